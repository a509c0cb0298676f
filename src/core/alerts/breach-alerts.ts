import { isWithin, type InstantMs, type Window } from '../instant.ts'
import type { EndingClock } from './alert.ts'

/** One thing to be told of a clock. */
export interface BreachAlert {
  readonly kind: 'breach-coming' | 'breached'
  /** Which occasion: metric, the instant the clock ends, and how long before it this is told. SLA instance numbers restart, these do not. */
  readonly instance: string
  /** When its time is by the clock alone; it is due then, or as soon after it as anybody can be told. */
  readonly clockAt: InstantMs
  readonly dueAt: InstantMs
  /** Why it is only listed; null when it is to be told. */
  readonly listed: string | null
}

/** What of a clock is to be told by now, and when to look again. */
export interface BreachOutlook {
  readonly due: readonly BreachAlert[]
  /** When the next thing of this clock is to be told; null when nothing is left. */
  readonly nextAt: InstantMs | null
}

/** What decides about the alerts of a clock. */
export interface BreachSetting {
  /** How many minutes before its end a clock is announced. */
  readonly leadMinutes: readonly number[]
  /** When its account concerns me. */
  readonly concerns: readonly Window[]
  /** When the account had been read for the first time: nothing was known before. */
  readonly knownSince: InstantMs
  readonly now: InstantMs
}

/** A clock that had ended before anybody could look. */
export const knownBeforeWords = 'It was so before Understudy first read this account.'
/** A warning that a later one came with. */
export const laterWarningWords = 'A later warning of the same clock came at the same time.'
/** A warning whose clock had ended before it could be given. */
export const endedBeforeWords = 'The clock had ended before this could be told.'

const minuteMs = 60_000

/**
 * What is to be told of a clock that runs or has run out: a warning so many minutes before its end, and its end. A warning whose time lies
 * before the account began to concern me is due when that begins, if the clock ends after it. Of several that are due, the last counts.
 */
export function breachAlerts(clock: EndingClock, setting: BreachSetting): BreachOutlook {
  const { now } = setting
  const { breachAt } = clock
  const warnings = [...new Set(setting.leadMinutes)]
    .toSorted((a, b) => b - a)
    .flatMap((minutes) => {
      const dueAt = warningDueAt(breachAt, breachAt - minutes * minuteMs, setting)
      return dueAt === null ? [] : [{ minutes, dueAt }]
    })
  const isTold = setting.concerns.some((window) => isWithin(breachAt, window))
  const dueWarnings = warnings.filter(({ dueAt }) => dueAt <= now)
  const due: BreachAlert[] = dueWarnings.map(({ minutes, dueAt }, index) => ({
    kind: 'breach-coming',
    instance: `${clock.metric}@${breachAt}-${minutes}m`,
    clockAt: breachAt - minutes * minuteMs,
    dueAt,
    listed: breachAt <= now ? endedBeforeWords : index < dueWarnings.length - 1 ? laterWarningWords : null,
  }))
  if (isTold && breachAt <= now) {
    const listed = breachAt < setting.knownSince ? knownBeforeWords : null
    due.push({ kind: 'breached', instance: `${clock.metric}@${breachAt}`, clockAt: breachAt, dueAt: breachAt, listed })
  }
  const later = [...warnings.map(({ dueAt }) => dueAt), ...(isTold ? [breachAt] : [])].filter((at) => at > now)
  return { due, nextAt: later.length === 0 ? null : Math.min(...later) }
}

/** When a warning is due: at its time, or as soon after it, and before the end, as the account concerns me and is known. */
function warningDueAt(breachAt: InstantMs, at: InstantMs, { concerns, knownSince }: BreachSetting): InstantMs | null {
  const starts = concerns
    .filter((window) => window.endsAt > Math.max(at, knownSince))
    .map((window) => Math.max(at, knownSince, window.startsAt))
    .filter((dueAt) => dueAt < breachAt)
  return starts.length === 0 ? null : Math.min(...starts)
}
