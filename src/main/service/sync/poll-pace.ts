/** What the pace of polling depends on. */
export interface PaceNeeds {
  /** How often the person wishes, ms. */
  readonly wishMs: number
  /** Requests that one poll takes. */
  readonly requests: number
  /** Our own cap of requests a minute at this host, or null. */
  readonly perMinute: number | null
  /** What the host last told of the account's budget, which colleagues and other tools share. */
  readonly budget: { readonly limit: number; readonly remaining: number; readonly asOf: number } | null
  /** Time of the service's clock, ms. */
  readonly now: number
}

const minuteMs = 60_000
/** Polling leaves as many requests of our cap as it takes: for people, conversations and sweeps. */
const capPerPollRequest = 2
/** What is left of a budget that was told longer ago is not known any more. */
const budgetLastsMs = 2 * minuteMs
const jitterShare = 0.1

/**
 * How long to wait from one poll to the next, ms: the person's wish, longer where a poll takes many requests, and longer
 * where little is left of the account's budget.
 */
export function pollEveryMs({ wishMs, requests, perMinute, budget, now }: PaceNeeds): number {
  const affordable = perMinute === null ? 0 : ((requests * capPerPollRequest) / perMinute) * minuteMs
  return Math.round(Math.max(wishMs, affordable) * strain(budget, now))
}

/** Twice as long with less than a third of the budget left, four times with less than a sixth. */
function strain(budget: PaceNeeds['budget'], now: number): number {
  if (budget === null || budget.limit <= 0 || now - budget.asOf > budgetLastsMs) return 1
  const left = budget.remaining / budget.limit
  return left < 1 / 6 ? 4 : left < 1 / 3 ? 2 : 1
}

/**
 * An interval a little shorter, a tenth at most, so that many Understudys do not ask at the same instant, and nobody waits longer
 * than they were told. The same seed and instant give the same one.
 */
export function jittered(everyMs: number, seed: number, at: number): number {
  return Math.round(everyMs * (1 - jitterShare * share(seed, at)))
}

/** A number from 0 to 1 that looks random and follows from two others. */
export function share(seed: number, salt: number): number {
  let hash = (seed ^ Math.floor(salt / 2 ** 32) ^ (salt | 0)) | 0
  for (const [shift, factor] of [
    [16, 0x7feb352d],
    [15, 0x846ca68b],
  ] as const) {
    hash = Math.imul(hash ^ (hash >>> shift), factor)
  }
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
