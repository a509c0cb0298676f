import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createRequestHistory } from '#service/db/requests.ts'
import type { WriteDb } from '#service/db/sql.ts'
import type { Clock } from '#service/ports.ts'
import type { Urgency } from '#service/transport/governor.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { createTransport, type RemoteRequest } from '#service/transport/transport.ts'
import { withMemoryDatabase } from '#test/support/memory-database.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { createSteppedClock } from '#test/support/stepped-clock.ts'

const anchor = Date.UTC(2026, 10, 18, 9)

/**
 * A transport to a simulated Zendesk, both on the clock of its world; waiting takes no real time.
 *
 * @param timeoutMs of real time, in which also a busy machine answers; short only where nothing is to answer.
 */
async function toSimulator(timeoutMs = 30_000) {
  const simulator = await createSimulator({ anchor, now: anchor, speed: 0, scale: 300 })
  onTestFinished(() => simulator.stop())
  const { zendesk, control } = simulator.description
  const waits: number[] = []
  const clock: Pick<Clock, 'now' | 'wakeAt'> = {
    now: () => simulator.advanceBy(0),
    wakeAt(at, wake) {
      const turn = setImmediate(() => {
        const ms = Math.max(0, at - clock.now())
        waits.push(ms)
        simulator.advanceBy(ms)
        wake()
      })
      return () => clearImmediate(turn)
    },
  }
  const transport = createTransport({
    name: 'Zendesk',
    origin: zendesk.url,
    log: createSilentLog(),
    signal: new AbortController().signal,
    clock,
    timeoutMs,
    perMinute: () => 20,
  })
  const basic = `Basic ${Buffer.from(`${zendesk.email}/token:${zendesk.token}`).toString('base64')}`
  const call = (path: string, more: Partial<RemoteRequest> = {}) =>
    transport.request({
      method: 'GET',
      url: `${zendesk.url}/api/v2/${path}`,
      headers: { Authorization: basic, 'Content-Type': 'application/json' },
      ...more,
    })
  const order = (path: string, body: unknown) =>
    fetch(new URL(path, control.url), { method: 'POST', body: JSON.stringify(body) }).then((answer) => answer.json())
  return { simulator, waits, transport, call, order }
}

describe('a Zendesk', () => {
  test.each([
    ['429', [2000]],
    ['503', [2000]],
    ['502', [expect.any(Number)]],
    ['truncate', [expect.any(Number)]],
    ['hang', [expect.any(Number)]],
  ] as const)('that has trouble once (%s) is asked again, and answers', async (kind, waited) => {
    const { simulator, call, waits } = await toSimulator(kind === 'hang' ? 1000 : undefined)
    simulator.misbehave({ target: 'zendesk', kind, retryAfter: 2 })
    expect((await call('users/me')).body).toMatchObject({ user: { role: 'agent' } })
    expect(waits).toEqual(waited)
    expect(simulator.record()).toHaveLength(2)
  })

  test.each([
    ['401', 'unauthorized', "Couldn't authenticate you"],
    ['403', 'forbidden', expect.stringMatching(/^Forbidden: You do not have access/)],
    ['404', 'not-found', 'Not found'],
    ['409', 'conflict', expect.stringMatching(/^Safe Update prevented the update/)],
    ['422', 'rejected', 'Record validation errors: Status: closed prevents ticket update'],
    ['html', 'unauthorized', null],
  ] as const)('that refuses (%s) is understood and not asked again', async (kind, failure, detail) => {
    const { simulator, call } = await toSimulator()
    simulator.misbehave({ target: 'zendesk', kind, form: 'object' })
    await expect(call('users/me')).rejects.toMatchObject({ kind: failure, detail })
    expect(simulator.record()).toHaveLength(1)
  })

  test.each(['lost-502', 'lost-hang', 'lost-cut'] as const)(
    'that did what it was asked and could not say so (%s) is not asked to do it again',
    async (kind) => {
      const { simulator, call } = await toSimulator(kind === 'lost-hang' ? 1000 : undefined)
      const [ticket] = simulator.truth().tickets.filter((each) => each.status === 'open')
      simulator.misbehave({ target: 'zendesk', kind })
      const body = JSON.stringify({ ticket: { comment: { body: 'Seen.', public: false } } })
      await expect(call(`tickets/${ticket?.id}`, { method: 'PUT', body })).rejects.toMatchObject({
        mayHaveArrived: true,
        refused: false,
      })
      expect(simulator.record()).toHaveLength(1)
    },
  )

  test('whose port is closed refuses the connection, and is there again once it is open', async () => {
    const { call, order, transport } = await toSimulator()
    await order('/port', { target: 'zendesk', open: false })
    await expect(call('users/me', { method: 'PUT', body: '{}' })).rejects.toMatchObject({
      kind: 'offline',
      mayHaveArrived: false,
    })
    await expect(call('users/me')).rejects.toMatchObject({ kind: 'offline' })
    expect(transport.meter().waiting).toMatchObject({ reason: 'unreachable' })
    await order('/port', { target: 'zendesk', open: true })
    transport.reachableAgain()
    expect((await call('users/me')).status).toBe(200)
  })

  test('whose company has used up nearly everything is never asked into its last tenth, for an hour', async () => {
    const { simulator, call, order } = await toSimulator()
    await order('/zendesk', { plan: 'team', others_per_minute: 174, minute: 'simulated' })
    const end = anchor + 3_600_000
    while (simulator.advanceBy(0) < end) {
      await call('users/me', { urgency: 'detail' })
      simulator.advanceBy(4000)
    }
    const left = simulator.record().map((exchange) => Number(exchange.responseHeaders['x-rate-limit-remaining']))
    expect(left.length).toBeGreaterThan(200)
    expect(Math.min(...left)).toBe(20)
    expect(simulator.record().every((exchange) => exchange.status === 200)).toBe(true)
  })
})

/** An answer of a host, or how the connection to it fails. */
interface HostAnswer {
  readonly outcome: number | 'web page' | 'cut JSON' | 'ECONNREFUSED' | 'ECONNRESET'
  readonly retryAfter: { readonly seconds: number; readonly asDate: boolean } | null
  readonly budget: {
    readonly form: 'old zendesk' | 'zendesk' | 'gitlab'
    readonly limit: number
    readonly left: number
    readonly reset: number | null
  } | null
  readonly endpoint: string | null
}

type Command =
  | {
      readonly do: 'call'
      readonly times: number
      readonly urgency: Urgency
      readonly method: string
      readonly path: string
    }
  | { readonly do: 'step' | 'set the clock back'; readonly ms: number }
  | { readonly do: 'restart' | 'network back' }

const often = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null, freq: 2 })

const anAnswer: fc.Arbitrary<HostAnswer> = fc.record({
  outcome: fc.oneof(
    { weight: 3, arbitrary: fc.constant(200 as const) },
    fc.constantFrom(
      204,
      302,
      304,
      401,
      404,
      409,
      422,
      429,
      429,
      500,
      502,
      503,
      'web page' as const,
      'cut JSON' as const,
    ),
    fc.constantFrom('ECONNREFUSED' as const, 'ECONNRESET' as const),
  ),
  retryAfter: often(fc.record({ seconds: fc.nat(200), asDate: fc.boolean() })),
  budget: often(
    fc.record({
      form: fc.constantFrom('old zendesk' as const, 'zendesk' as const, 'gitlab' as const),
      limit: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(700)),
      left: fc.nat(1000),
      reset: fc.option(fc.integer({ min: 0, max: 120 }), { nil: null }),
    }),
  ),
  endpoint: often(
    fc.constantFrom('total=100; remaining=3; resets=20', 'total=100; remaining=90; resets=20', 'nonsense'),
  ),
})

/** A host that is well most of the time, so that our own pace is what counts. */
const aCalmAnswer: fc.Arbitrary<HostAnswer> = fc.constant({
  outcome: 200,
  retryAfter: null,
  budget: null,
  endpoint: null,
})

/** Short and long ones, and those that end just before or at the end of a minute. */
const stepsMs = fc.oneof(fc.nat(5000), fc.nat(130_000), fc.constantFrom(1, 1000, 29_500, 59_000, 59_999, 60_000))

const aCommand: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('call' as const),
      times: fc.integer({ min: 1, max: 6 }),
      urgency: fc.constantFrom('person' as const, 'poll' as const, 'detail' as const, 'sweep' as const),
      method: fc.constantFrom('GET', 'GET', 'PUT'),
      path: fc.constantFrom('/api/v2/tickets/1', '/api/v2/search', '/api/v4/projects/7/issues'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('step' as const), ms: stepsMs }),
  },
  fc.record({ do: fc.constant('set the clock back' as const), ms: fc.nat(100_000) }),
  fc.record({ do: fc.constantFrom('restart' as const, 'network back' as const) }),
)

test('whatever is asked and answered, no minute holds more calls than it may, and nothing goes out against the host’s will', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.array(anAnswer, { minLength: 1, maxLength: 12 }),
        fc.array(fc.oneof({ weight: 9, arbitrary: aCalmAnswer }, anAnswer), { minLength: 1, maxLength: 30 }),
        fc.array(aCalmAnswer, { minLength: 1, maxLength: 1 }),
      ),
      fc.array(aCommand, { maxLength: 60, size: 'max' }),
      fc.constantFrom(1, 2, 5, 20),
      (answers, commands, perMinute) => withMemoryDatabase((db) => live(db, answers, commands, perMinute)),
    ),
    { numRuns: 100 },
  )
}, 60_000)

/** Carries out the commands, checks each call as it goes out, and waits until every call has come to an end. */
async function live(db: WriteDb, answers: readonly HostAnswer[], commands: readonly Command[], perMinute: number) {
  const host = aHost(answers, perMinute)
  let running = start(db, host, perMinute)
  let open = 0
  const request = (command: Extract<Command, { do: 'call' }>) => {
    const { method, path, urgency } = command
    for (let time = 0; time < command.times; time += 1) {
      open += 1
      void running.transport
        .request({ method, url: `${origin}${path}`, headers: {}, urgency })
        .catch((error: unknown) => {
          if (!(error instanceof RemoteFailure)) host.faults.push(String(error))
        })
        .finally(() => (open -= 1))
    }
  }
  for (const command of commands) {
    if (command.do === 'call') request(command)
    else if (command.do === 'step') host.pass(command.ms)
    else if (command.do === 'set the clock back') host.clock.step(-command.ms)
    else if (command.do === 'network back') running.transport.reachableAgain()
    else {
      running.stop()
      await host.settle()
      running = start(db, host, perMinute)
    }
    await host.settle()
  }
  // Whatever became of them, in the end every call has ended.
  for (let minutes = 0; open > 0 && minutes < 3000; minutes += 1) {
    host.pass(60_000)
    await host.settle()
  }
  running.stop()
  expect({ faults: host.faults, open }).toEqual({ faults: [], open: 0 })
}

const origin = 'https://acme.zendesk.com'

function start(db: WriteDb, host: ReturnType<typeof aHost>, perMinute: number) {
  const stopping = new AbortController()
  const transport = createTransport({
    name: 'Zendesk',
    origin,
    log: createSilentLog(),
    signal: stopping.signal,
    clock: host.clock,
    fetch: host.fetch,
    perMinute: () => perMinute,
    history: createRequestHistory(db, 'acme.zendesk.com'),
    onMeter: () => void transport.meter(),
  })
  return { transport, stop: () => stopping.abort() }
}

/** A host that gives its answers in turn and notes every call that should not have come. It keeps time by itself. */
function aHost(answers: readonly HostAnswer[], perMinute: number) {
  const clock = createSteppedClock(Date.UTC(2026, 10, 21, 8))
  const faults: string[] = []
  const calls: number[] = []
  let elapsed = 0
  let notBefore = 0
  let lowUntil = 0

  function check(): void {
    const minute = calls.filter((at) => at > elapsed - 60_000).length + 1
    if (minute > perMinute) faults.push(`${minute} calls in a minute at ${elapsed}`)
    if (elapsed < notBefore) faults.push(`a call at ${elapsed}, asked to wait until ${notBefore}`)
    if (elapsed < lowUntil) faults.push(`a call at ${elapsed}, budget low until ${lowUntil}`)
  }

  async function fetch(): Promise<Response> {
    check()
    const { outcome, ...told } = answers[calls.length % answers.length] as HostAnswer
    calls.push(elapsed)
    if (typeof outcome === 'string' && outcome.startsWith('E')) {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(outcome), { code: outcome }) })
    }
    const headers = new Headers({ Date: new Date(hostTime()).toUTCString() })
    tell(headers, told)
    if (outcome === 'web page') headers.set('Content-Type', 'text/html')
    const code = typeof outcome === 'number' ? outcome : 200
    const text = outcome === 'cut JSON' ? '{"a":[' : '{}'
    return new Response(code === 204 || code === 304 ? null : text, { status: code, headers })
  }

  /** The host's own time, in whole seconds as it tells it; hours from ours. */
  const hostTime = () => Math.floor((Date.UTC(2026, 10, 21, 3) + elapsed) / 1000) * 1000

  function tell(headers: Headers, { retryAfter, budget, endpoint }: Omit<HostAnswer, 'outcome'>): void {
    if (endpoint !== null) headers.set('zendesk-ratelimit-search-index', endpoint)
    if (retryAfter) {
      const { seconds, asDate } = retryAfter
      headers.set('Retry-After', asDate ? new Date(hostTime() + seconds * 1000).toUTCString() : String(seconds))
      notBefore = Math.max(notBefore, elapsed + seconds * 1000)
    }
    if (budget) {
      const { form, limit, reset } = budget
      const remaining = budget.left % (limit + 1)
      const names =
        form === 'old zendesk' ? ['X-Rate-Limit', 'X-Rate-Limit-Remaining'] : ['RateLimit-Limit', 'RateLimit-Remaining']
      headers.set(names[0] as string, String(limit))
      headers.set(names[1] as string, String(remaining))
      if (reset !== null) headers.set('RateLimit-Reset', String(form === 'gitlab' ? hostTime() / 1000 + reset : reset))
      lowUntil = remaining * 10 <= limit ? elapsed + (reset ?? 60) * 1000 : 0
    }
  }

  return {
    clock,
    faults,
    fetch,
    /** Lets time pass for everybody. In small steps, as life does: what is due is done when it is due. */
    pass(ms: number) {
      elapsed += ms
      clock.step(ms)
    },
    /** Lets everything run that can run without time passing. */
    async settle() {
      for (let before = -1; before !== calls.length;) {
        before = calls.length
        for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}
