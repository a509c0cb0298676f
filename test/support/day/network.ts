import type { SteppedClock } from '#test/support/stepped-clock.ts'

/** A call as it went out, by the stepped clock. */
export interface Call {
  readonly at: number
  readonly method: string
  readonly path: string
  /** Headers of its answer, when that was heard; null before, and when the line or the app ended first. */
  told: Headers | null
}

/** What a network does wrong by itself: the host's name is not found, or there is no secure connection. */
export type NetworkFault = 'unknown name' | 'no secure connection'

/** The network between the app and Zendesk. Calls are noted as they go out, and it is known whether one is on its way. */
export interface Network {
  readonly fetch: typeof fetch
  readonly calls: readonly Call[]
  /** How often each of its faults came up, and `page move`. */
  readonly met: Readonly<Record<string, number>>
  /** Lets the next calls, so many, end with a fault. */
  fail(fault: NetworkFault, count: number): void
  /** Before each of the next pages that come after another page, so many, something happens in Zendesk. */
  beforeNextPages(count: number, act: (path: string) => Promise<unknown>): void
  /** Nothing is ordered any more. */
  clear(): void
  /** All lines break off. */
  cut(): void
  /** Lets everything come to rest that can without time passing. */
  settle(): Promise<void>
}

/** So many turns of the event loop without a call on its way: nothing moves any more. */
const quietTurns = 12

/** Creates a network over which one app at a time talks to Zendesk. */
export function createNetwork(clock: SteppedClock): Network {
  const calls: Call[] = []
  const met: Record<string, number> = {}
  const lines = new Set<AbortController>()
  let faults: NetworkFault[] = []
  let moves = 0
  let beforePage: (path: string) => Promise<unknown> = async () => undefined
  const count = (name: string) => void (met[name] = (met[name] ?? 0) + 1)

  async function send(input: string, init: RequestInit): Promise<Response> {
    const { pathname, search } = new URL(input)
    const fault = faults.shift()
    if (fault) count(fault)
    if (fault === 'unknown name') throw networkError('ENOTFOUND', 'getaddrinfo')
    if (moves > 0 && /[?&]page(\[|%5B)after/.test(search)) {
      moves -= 1
      count('page move')
      await beforePage(pathname)
    }
    // Zendesk's own port, which speaks no encryption.
    return fetch(fault ? input.replace(/^http:/, 'https:') : input, init)
  }

  return {
    calls,
    met,
    fetch: (async (input: string, init: RequestInit = {}) => {
      const { pathname, search } = new URL(input)
      const call: Call = { at: clock.now(), method: init.method ?? 'GET', path: `${pathname}${search}`, told: null }
      calls.push(call)
      const line = new AbortController()
      lines.add(line)
      const end = () => void lines.delete(line)
      const signals = [line.signal, ...(init.signal ? [init.signal] : [])]
      try {
        const response = await send(input, { ...init, signal: AbortSignal.any(signals) })
        const read = response.text.bind(response)
        const heard = () => {
          end()
          if (!line.signal.aborted) call.told = response.headers
        }
        return Object.defineProperty(response, 'text', { value: () => read().finally(heard) })
      } catch (error) {
        end()
        throw error
      }
    }) as typeof fetch,
    fail(fault, times) {
      faults = [...faults, ...Array.from({ length: times }, () => fault)]
    },
    beforeNextPages(times, act) {
      moves = times
      beforePage = act
    },
    clear() {
      faults = []
      moves = 0
    },
    cut() {
      for (const line of lines) line.abort(networkError('ECONNRESET', 'read'))
      // Whether the app got as far as to note what it had just been told is not known.
      const last = calls.at(-1)
      if (last) last.told = null
    },
    async settle() {
      for (let quiet = 0; quiet < quietTurns; quiet = lines.size > 0 ? 0 : quiet + 1) {
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}

/** As Node's fetch tells it. */
function networkError(code: string, syscall: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(`${syscall} ${code}`), { code, syscall }) })
}
