import type { Log } from '#service/ports.ts'
import type { BusListener, NotificationBus } from './notification-bus.ts'

/** Whether the desktop's notification server can be reached, and calls to it. */
export interface ServerReach {
  /** What the server can do; null while none answers. */
  able(): ReadonlySet<string> | null
  /** What is wrong, in words; null while nothing is. */
  problem(): string | null
  /** Makes a call if there is a server. Resolves in any case. */
  call(work: (bus: NotificationBus, able: ReadonlySet<string>) => Promise<void>): Promise<void>
  disconnect(): void
}

/** What reaching the server needs. */
export interface ServerReachOptions {
  readonly connect: (listener: BusListener) => Promise<NotificationBus>
  /** Whether a call failed because there is no server. */
  readonly isNoServer: (error: unknown) => boolean
  /** Says a sentence to the person. */
  readonly report: (sentence: string) => void
  readonly log: Log
  /** Resolves after so many ms. */
  readonly wait: (ms: number) => Promise<void>
}

/** What is heard of the server besides its answers. */
export interface ServerListener extends Pick<BusListener, 'onAction' | 'onClosed'> {
  /** Another server, or none: numbers of the former mean nothing any more. */
  readonly onChanged: () => void
  /** A server answers that did not before. */
  readonly onAble: () => void
}

/** A server that does not answer by then is taken for gone until it does. */
const patienceMs = 3_000

/** Connects to the bus and asks the server what it can do. Never fails: what is wrong is said once. */
export async function openServerReach(options: ServerReachOptions, listener: ServerListener): Promise<ServerReach> {
  let bus: NotificationBus | null = null
  let able: ReadonlySet<string> | null = null
  let problem: string | null = null
  let said = false

  const failed = (error: unknown) => {
    able = null
    problem = options.isNoServer(error) ? noServer : unreachable
    options.log.warn({ err: error }, 'the desktop’s notifications cannot be reached')
    if (!said) options.report(problem)
    said = true
  }
  const inTime = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    const late = options.wait(patienceMs).then(() => Promise.reject(new Error(`no answer within ${patienceMs} ms`)))
    late.catch(() => undefined)
    return Promise.race([answer, late])
  }
  const probe = async () => {
    if (!bus) return
    const answer = bus.capabilities().then((words) => {
      able = words
      problem = null
      listener.onAble()
    })
    await inTime(answer).catch(failed)
  }
  const onServer = (present: boolean) => {
    if (!present) able = null
    listener.onChanged()
    void probe()
  }
  const onBroken = (error: Error) => {
    bus = null
    failed(error)
  }
  try {
    bus = await inTime(options.connect({ ...listener, onServer, onBroken }))
  } catch (error) {
    failed(error)
  }
  await probe()
  return {
    able: () => able,
    problem: () => problem,
    async call(work) {
      if (!bus || !able) return
      const answer = work(bus, able)
      try {
        await inTime(answer)
      } catch (error) {
        failed(error)
        // An answer that comes late says that the server is there after all.
        answer.then(probe, () => undefined)
      }
    },
    disconnect() {
      bus?.disconnect()
      bus = null
      able = null
    },
  }
}

const noServer =
  'No program of this desktop shows notifications, so alerts wait for an open window. Start one, like dunst or your desktop’s own, and they appear.'
const unreachable =
  'The desktop’s notifications cannot be reached, so alerts wait for an open window. The log says why; start Understudy again once they work.'
