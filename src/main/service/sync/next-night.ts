import { Temporal } from 'temporal-polyfill'

const nightHour = 3

/**
 * The first night after an instant in which everything is looked through: at three o'clock on the wall of `timeZone`, a while
 * later by `delayMs`. Where the clocks skip that hour it is the one after it.
 */
export function nextNight(after: number, timeZone: string, delayMs: number): number {
  const day = Temporal.Instant.fromEpochMilliseconds(after - delayMs)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
  const nightOf = (date: Temporal.PlainDate): number =>
    date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from({ hour: nightHour }) }).epochMilliseconds +
    delayMs
  const tonight = nightOf(day)
  return tonight > after ? tonight : nightOf(day.add({ days: 1 }))
}
