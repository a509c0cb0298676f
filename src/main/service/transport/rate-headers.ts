/** What is left of an allowance of requests, as a host told it. */
export interface Allowance {
  /** Requests in all, or null when only the rest was told. */
  readonly limit: number | null
  readonly remaining: number
  /** In how many ms it is full again. */
  readonly resetsInMs: number
}

/** What an answer says about how much more may be asked. */
export interface RateNotice {
  /** How long nobody may ask anything (`Retry-After`), or null. */
  readonly waitMs: number | null
  /** The account's allowance, shared with every colleague and tool, or null when it was not told. */
  readonly account: Allowance | null
  /** Allowances of single endpoints, by the vendor's name for them: `tickets-index`, `search-index`, … */
  readonly endpoints: ReadonlyMap<string, Allowance>
}

/** How long a host's own allowances last when it does not say: both vendors count by the minute. */
const wholeMinuteMs = 60_000
/** Longest trust in a reset that was told; then one call asks again. No allowance of the vendors is counted longer. */
const longestResetMs = 3_600_000
/** Longest obedience to a `Retry-After`; a host that means more says so again. */
const longestWaitMs = 86_400_000
/** A greater number of seconds is an instant of the epoch: GitLab's way; Zendesk's is seconds to go. */
const epochSeconds = 1_000_000_000
const endpointHeader = /^zendesk-ratelimit-(.+)$/

/** Reads every header about limits: Retry-After, both vendors' account allowance, and Zendesk's endpoint families. */
export function readRateHeaders(headers: Headers, now: number): RateNotice {
  // What a host tells as an instant is meant on its own clock, which need not be ours.
  const hostNow = httpDate(headers.get('date')) ?? now
  const endpoints = new Map<string, Allowance>()
  headers.forEach((value, name) => {
    const endpoint = endpointHeader.exec(name)?.[1]
    const allowance = endpoint === undefined ? null : endpointAllowance(value, hostNow)
    if (endpoint !== undefined && allowance) endpoints.set(endpoint, allowance)
  })
  return {
    waitMs: retryAfter(headers.get('retry-after'), hostNow),
    account: accountAllowance(headers, hostNow),
    endpoints,
  }
}

/**
 * Whether so little is left that the next request would reach into the last tenth, which belongs to people and other tools.
 * Of a limit below ten, one request is that tenth.
 */
export function isNearlyUsedUp(allowance: Pick<Allowance, 'limit' | 'remaining'>): boolean {
  return allowance.remaining <= (allowance.limit === null ? 0 : Math.ceil(allowance.limit / 10))
}

/** Zendesk sends its account's allowance twice, under old and new names; where they differ the tighter one counts. */
function accountAllowance(headers: Headers, hostNow: number): Allowance | null {
  const reset = headers.get('ratelimit-reset')
  const named = (limit: string, remaining: string) =>
    allowanceOf(headers.get(limit), headers.get(remaining), reset, hostNow)
  const present = named('ratelimit-limit', 'ratelimit-remaining')
  const former = named('x-rate-limit', 'x-rate-limit-remaining')
  if (!present || !former) return present ?? former
  return share(former) < share(present) ? former : present
}

function share({ limit, remaining }: Allowance): number {
  return limit === null ? Number.POSITIVE_INFINITY : remaining / limit
}

/** Reads `total=100; remaining=3; resets=42`. */
function endpointAllowance(value: string, hostNow: number): Allowance | null {
  const parts = new Map(
    value.split(/[;,]/).map((part) => {
      const [name = '', number = ''] = part.split('=')
      return [name.trim().toLowerCase(), number.trim()]
    }),
  )
  return allowanceOf(parts.get('total'), parts.get('remaining'), parts.get('resets'), hostNow)
}

function allowanceOf(
  limit: string | null | undefined,
  remaining: string | null | undefined,
  reset: string | null | undefined,
  hostNow: number,
): Allowance | null {
  const left = leadingNumber(remaining)
  if (left === null) return null
  const all = leadingNumber(limit)
  return {
    limit: all !== null && all > 0 ? all : null,
    remaining: Math.max(0, left),
    resetsInMs: resetMs(leadingNumber(reset), hostNow),
  }
}

function resetMs(reset: number | null, hostNow: number): number {
  if (reset === null) return wholeMinuteMs
  const ms = reset > epochSeconds ? reset * 1000 - hostNow : reset * 1000
  return Math.min(Math.max(0, Math.ceil(ms)), longestResetMs)
}

function retryAfter(value: string | null, hostNow: number): number | null {
  if (value === null) return null
  const seconds = /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : null
  const until = httpDate(value)
  const ms = seconds !== null ? seconds * 1000 : until === null ? null : until - hostNow
  return ms === null ? null : Math.min(Math.max(0, Math.ceil(ms)), longestWaitMs)
}

/** Ms of an HTTP date (`Sat, 21 Nov 2026 08:00:00 GMT`), or null; `Date.parse` alone reads dates into almost anything. */
function httpDate(value: string | null): number | null {
  if (value === null || !/^\s*[A-Z][a-z]{2,8}, .*\d GMT\s*$/.test(value)) return null
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? null : ms
}

/** The number a value begins with; a proxy that joins two headers makes `700, 700` of them. */
function leadingNumber(value: string | null | undefined): number | null {
  const found = /^\s*(-?\d+(\.\d+)?)/.exec(value ?? '')?.[1]
  return found === undefined ? null : Number(found)
}
