import type { RecordedExchange } from '#simulator/http/record.ts'
import type { Call } from './network.ts'
import { browserAgent } from './sign-in-by-hand.ts'

const minuteMs = 60_000
/** The cap that settings begin with. */
const perMinute = 20

/** Whether the app made a request to Zendesk; the person's browser makes some as well. */
export function byTheApp({ target, requestHeaders }: RecordedExchange): boolean {
  return target === 'zendesk' && requestHeaders['user-agent'] !== browserAgent
}

/** The most calls that went out within any minute. */
export function mostInAMinute(calls: readonly Call[]): number {
  let first = 0
  return calls.reduce((most, { at }, index) => {
    while ((calls[first]?.at ?? 0) <= at - minuteMs) first += 1
    return Math.max(most, index - first + 1)
  }, 0)
}

/** Minutes in which more calls went out than settings allow, if there is one. */
export function busyMinutes(calls: readonly Call[]): string[] {
  const most = mostInAMinute(calls)
  return most > perMinute ? [`${most} calls went out within one minute`] : []
}

/** Calls that went out although Zendesk had asked to be left alone, or had said that only the last tenth of its allowance was left. */
export function unwantedCalls(calls: readonly Call[]): string[] {
  let leftAloneUntil = 0
  let usedUpUntil = 0
  return calls.flatMap(({ at, method, path, told }, index) => {
    const unwanted = [
      ...(at < leftAloneUntil ? [`call ${index}, ${method} ${path}, before the end of a Retry-After`] : []),
      ...(at < usedUpUntil ? [`call ${index}, ${method} ${path}, into the last tenth`] : []),
    ]
    const header = (name: string) => Number(told?.get(name) ?? Number.NaN)
    const wait = header('retry-after')
    if (wait > 0) leftAloneUntil = Math.max(leftAloneUntil, at + wait * 1000)
    const [limit, left] = [header('x-rate-limit'), header('x-rate-limit-remaining')]
    if (Number.isFinite(left)) {
      usedUpUntil = left <= Math.ceil(limit / 10) ? (Math.floor(at / minuteMs) + 1) * minuteMs : 0
    }
    return unwanted
  })
}

/** Requests in each whole hour from `from` on. */
export function requestsByHour(calls: readonly Call[], from: number, hours: number): number[] {
  return Array.from({ length: hours }, (_, hour) => {
    const begin = from + hour * 60 * minuteMs
    return calls.filter(({ at }) => at >= begin && at < begin + 60 * minuteMs).length
  })
}
