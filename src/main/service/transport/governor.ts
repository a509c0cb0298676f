import type { Clock, Log } from '../ports.ts'
import { askedToWait } from './answer-failure.ts'
import { createBudgets } from './budgets.ts'
import { createCircuitBreaker } from './circuit-breaker.ts'
import { createMeterNews } from './meter-news.ts'
import { budgetLow, endOfPause, ownPace } from './pause-words.ts'
import type { RateNotice } from './rate-headers.ts'
import { createRecentCalls, type HostPause, type RequestHistory } from './recent-calls.ts'
import { RemoteFailure } from './remote-failure.ts'
import { createSteadyTime } from './steady-time.ts'

/** Who waits for a call: a person, the minute's poll, conversations, sweeps. The first in this order goes first. */
export type Urgency = 'person' | 'poll' | 'detail' | 'sweep'

/** How the calls to one host stand. */
export interface Meter {
  readonly requestsLastHour: number
  readonly requestsLastMinute: number
  /** Our own cap, requests a minute; null: none (the sample's own simulator). */
  readonly perMinute: number | null
  /** The account's budget as the host last told it. */
  readonly budget: { readonly limit: number; readonly remaining: number; readonly asOf: number } | null
  /** Why nothing goes out at present, in words, and until when (ms), or null. */
  readonly waiting: {
    readonly reason: 'own-pace' | 'asked-to-wait' | 'budget-low' | 'unreachable'
    readonly until: number
    readonly words: string
  } | null
  /** Calls waiting for their turn. */
  readonly queued: number
}

/** A call's place in the queue, kept over all its tries. */
export interface Place {
  readonly urgency: Urgency
  /** Method and path without ids: calls of one route share Zendesk's endpoint allowances. */
  readonly route: string
  readonly order: number
  readonly askedAt: number
}

/** A try that failed and is to be repeated. */
export interface FailedTry {
  readonly failure: RemoteFailure
  readonly backOffMs: number
}

/** Decides when the next call to a host may go out. One at a time, people first. */
export interface Governor {
  /** Gives a call its place. */
  enter(urgency: Urgency, route: string): Place
  /**
   * Waits for the call's turn, which lasts until `end`.
   *
   * @param failed the try before, when there was one.
   * @throws {RemoteFailure} when the call should not wait for it: the wait is too long, the host is not there, the app stops.
   */
  turn(place: Place, failed: FailedTry | null): Promise<void>
  /** Ends the turn: what the host told of its limits, if it answered, and what became of the call. */
  end(place: Place, told: RateNotice | null, failure: RemoteFailure | null): void
  /** Until when the host asked to be left alone, in words. */
  endOfWait(waitMs: number): string
  /** The network is back: forgets failures and waits between tries; never what the host asked for. */
  reachableAgain(): void
  meter(): Meter
}

/** What a governor needs. */
export interface GovernorOptions {
  /** Word for the source in sentences. */
  readonly name: string
  readonly log: Log
  /** Ends every wait. */
  readonly signal: AbortSignal
  readonly clock: Pick<Clock, 'now' | 'wakeAt'>
  readonly perMinute: () => number | null
  readonly history?: RequestHistory | undefined
  readonly onMeter?: (() => void) | undefined
}

type Pause = NonNullable<Meter['waiting']>

interface Waiting {
  readonly place: Place
  readonly failed: RemoteFailure | null
  notBefore: number
  go(): void
  fail(failure: RemoteFailure): void
}

const ranks: Readonly<Record<Urgency, number>> = { person: 0, poll: 1, detail: 2, sweep: 3 }
/** Longer than this a run ends and says when it may go on, rather than holding everything up. */
const longestWaitMs = 90_000
/** Places of each minute that are kept for a person who would otherwise wait longer than `patienceMs`. */
const placesForPeople = 2
const patienceMs = 10_000
const minuteMs = 60_000
const hourMs = 3_600_000

/** Creates the governor of one host. All its waits are on the injected clock. */
export function createGovernor(options: GovernorOptions): Governor {
  const { name, log, signal, history } = options
  const time = createSteadyTime(options.clock)
  const recent = createRecentCalls(time, log, history)
  const budgets = createBudgets()
  const breaker = createCircuitBreaker()
  const news = options.onMeter && createMeterNews(time, options.onMeter)
  const waiting: Waiting[] = []
  let isBusy = false
  let entered = 0
  let stop = loadedPause()
  let savedUntil = stop.until
  let cancelWake = (): void => undefined
  let awake: NodeJS.Timeout | undefined

  function loadedPause(): HostPause {
    const now = time.now()
    const none: HostPause = { since: now, until: 0, reason: 'asked-to-wait' }
    try {
      const before = history?.loadPause?.() ?? none
      // Noted by a clock that was ahead: the pause counts as just begun.
      return before.since > now ? { ...before, since: now, until: now + before.until - before.since } : before
    } catch (error) {
      log.warn({ err: error }, 'the pause of before the start cannot be read')
      return none
    }
  }

  /** Remembers the pause that would still be in force after a restart. */
  function savePause(now: number): void {
    const low = budgets.accountHold(now)
    const pause: HostPause = low > stop.until ? { since: now, until: low, reason: 'budget-low' } : stop
    const until = pause.until > now ? pause.until : 0
    if (until === savedUntil) return
    savedUntil = until
    try {
      const { since, reason } = pause
      history?.savePause?.(until === 0 ? null : { since: time.onClock(since), until: time.onClock(until), reason })
    } catch (error) {
      log.warn({ err: error }, 'a pause could not be noted')
    }
  }

  /** Pauses of the whole host. */
  function hostPauses(now: number): readonly Pause[] {
    const low = budgetLow(name, budgets.account)
    const pauses: readonly Pause[] = [
      { until: stop.until, reason: stop.reason, words: stop.reason === 'budget-low' ? low : askedToWait(name, null) },
      { until: budgets.accountHold(now), reason: 'budget-low', words: low },
      { until: breaker.openUntil, reason: 'unreachable', words: breaker.lastFailure?.message ?? '' },
    ]
    return pauses.filter((pause) => pause.until > now)
  }

  /** When a call may go out, and what it waits for. */
  function pauseOf({ place, failed, notBefore }: Waiting, now: number): Pause {
    return latest([
      paceOf(place),
      { until: budgets.endpointHold(place.route, now), reason: 'budget-low', words: budgetLow(name, null) },
      { until: failed ? notBefore : 0, reason: 'unreachable', words: failed?.message ?? '' },
      ...hostPauses(now).filter((pause) => pause.reason !== 'unreachable'),
    ])
  }

  /** Until when our own pace holds a call back. */
  function paceOf({ urgency, askedAt }: Place): Pause {
    const perMinute = capOf(options.perMinute())
    if (perMinute === null) return { until: 0, reason: 'own-pace', words: '' }
    const kept = Math.min(placesForPeople, Math.floor(perMinute / 4))
    const free = recent.freeAt(perMinute - kept)
    const impatient = urgency === 'person' && free - askedAt > patienceMs
    return {
      until: impatient ? recent.freeAt(perMinute) : free,
      reason: 'own-pace',
      words: ownPace(name, perMinute),
    }
  }

  /** Why a call should not wait any longer, or null. */
  function refusalOf({ place, failed }: Waiting, now: number): RemoteFailure | null {
    const { lastFailure, openUntil } = breaker
    const mayLook = place.urgency === 'person' && failed === null
    if (lastFailure && openUntil > now && !mayLook) {
      const { kind, message } = lastFailure
      return failed ?? new RemoteFailure(kind, message, { retryAfterMs: openUntil - now, mayHaveArrived: false })
    }
    const asked = stop.reason === 'asked-to-wait' ? stop.until : 0
    const account = Math.max(budgets.accountHold(now), stop.until)
    const until = Math.max(account, budgets.endpointHold(place.route, now))
    if (until - now <= longestWaitMs) return null
    if (failed && failed.retryAfterMs !== null) return failed
    const end = endOfPause(time.onClock(until), time.onClock(now))
    const low = budgetLow(name, until === account ? budgets.account : null)
    // A poll comes again by itself; a person has to.
    const words =
      place.urgency === 'person'
        ? `${until === asked ? `${name} asks to wait.` : low} Try again at ${end}.`
        : until === asked
          ? askedToWait(name, end)
          : `${low} Understudy goes on at ${end}.`
    return new RemoteFailure('rate-limited', words, { retryAfterMs: until - now })
  }

  function pauseNow(now: number): Pause | null {
    const [first, ...others] = hostPauses(now)
    if (first) return latest([first, ...others])
    if (isBusy) return null
    const soonest = waiting.map((call) => pauseOf(call, now)).toSorted((a, b) => a.until - b.until)[0]
    return soonest && soonest.until > now ? soonest : null
  }

  /** Lets the next call go if one may, and otherwise wakes up when one may. */
  function next(): void {
    cancelWake()
    const now = time.now()
    for (const call of [...waiting]) {
      const refusal = signal.aborted ? stopping(name) : refusalOf(call, now)
      if (refusal === null) continue
      leave(call)
      call.fail(refusal)
    }
    if (!isBusy) {
      const call = waiting.find((each) => pauseOf(each, now).until <= now)
      if (call) begin(call)
    }
    const due = isBusy ? [] : waiting.map((call) => pauseOf(call, now).until)
    stayAwake(due.length > 0)
    const pause = news ? pauseNow(now) : null
    news?.look(pause)
    // A pause is looked at again when it ends, also where no call waits for it: the meter shows it.
    const wakeUp = Math.min(...due, pause?.until ?? Number.POSITIVE_INFINITY)
    if (wakeUp < Number.POSITIVE_INFINITY && !signal.aborted) cancelWake = time.wakeAt(wakeUp, next)
  }

  function begin(call: Waiting): void {
    leave(call)
    isBusy = true
    // Before it is sent: what may have gone out counts.
    recent.add()
    budgets.sent(call.place.route)
    call.go()
  }

  function leave(call: Waiting): void {
    waiting.splice(waiting.indexOf(call), 1)
  }

  /** The clock's timers do not keep a process alive, and a command must not end in the middle of a pause. */
  function stayAwake(needed: boolean): void {
    if (!needed) {
      clearInterval(awake)
      awake = undefined
    }
    if (needed) awake ??= setInterval(() => undefined, hourMs)
  }

  signal.addEventListener('abort', next, { once: true })

  return {
    enter: (urgency, route) => ({ urgency, route, order: (entered += 1), askedAt: time.now() }),
    turn(place, failed) {
      return new Promise((resolve, reject) => {
        const call: Waiting = {
          place,
          failed: failed?.failure ?? null,
          notBefore: failed ? time.now() + failed.backOffMs : 0,
          go: resolve,
          fail: reject,
        }
        const behind = waiting.findIndex((other) => comesBefore(place, other.place))
        waiting.splice(behind === -1 ? waiting.length : behind, 0, call)
        next()
      })
    },
    end(place, told, failure) {
      const now = time.now()
      if (told) {
        budgets.told(place.route, told, now)
        const until = now + (told.waitMs ?? 0)
        if (until > stop.until) stop = { since: now, until, reason: 'asked-to-wait' }
      }
      breaker.ended(failure, now)
      savePause(now)
      isBusy = false
      next()
    },
    endOfWait(waitMs) {
      const now = time.onClock(time.now())
      return endOfPause(now + waitMs, now)
    },
    reachableAgain() {
      breaker.reset()
      for (const call of waiting) call.notBefore = 0
      next()
    },
    meter() {
      const pause = pauseNow(time.now())
      const budget = budgets.account
      return {
        requestsLastHour: recent.within(hourMs),
        requestsLastMinute: recent.within(minuteMs),
        perMinute: capOf(options.perMinute()),
        budget: budget && { ...budget, asOf: time.onClock(budget.asOf) },
        waiting: pause && { ...pause, until: time.onClock(pause.until) },
        queued: waiting.length,
      }
    },
  }
}

function latest(pauses: readonly [Pause, ...Pause[]]): Pause {
  return pauses.reduce((a, b) => (b.until > a.until ? b : a))
}

function comesBefore(a: Place, b: Place): boolean {
  return ranks[a.urgency] === ranks[b.urgency] ? a.order < b.order : ranks[a.urgency] < ranks[b.urgency]
}

/** A cap below one request a minute would be none at all. */
function capOf(perMinute: number | null): number | null {
  return perMinute === null ? null : Math.max(1, Math.floor(perMinute))
}

function stopping(name: string): RemoteFailure {
  return new RemoteFailure('aborted', `${name} was not asked because Understudy is stopping.`, {
    mayHaveArrived: false,
  })
}
