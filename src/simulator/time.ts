export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Cuts an instant down to its second: both vendors' timestamps are no finer. */
export function wholeSecond(instantMs: number): number {
  return Math.floor(instantMs / SECOND) * SECOND
}

/** An instant as Zendesk writes it, `2026-11-20T08:00:00Z`. */
export function zendeskTime(instantMs: number): string {
  return `${new Date(instantMs).toISOString().slice(0, 19)}Z`
}

/** An instant as GitLab writes it, `2026-11-20T08:00:00.000Z`. */
export function gitlabTime(instantMs: number): string {
  return new Date(instantMs).toISOString()
}

const formats = new Map<string, Intl.DateTimeFormat>()

function offsetAt(zone: string, instantMs: number): number {
  let format = formats.get(zone)
  if (!format) {
    const numeric = 'numeric' as const
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    })
    formats.set(zone, format)
  }
  const part = Object.fromEntries(format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second) - wholeSecond(instantMs)
}

/**
 * The instant at which a clock on the wall in `zone` shows `minute` past midnight, `days` days after the local day that
 * contains `instantMs`. Daylight-saving changes between the two are counted.
 */
export function localTime(zone: string, instantMs: number, days: number, minute = 0): number {
  const today = Math.floor((instantMs + offsetAt(zone, instantMs)) / DAY) * DAY
  const wall = today + days * DAY + minute * MINUTE
  const guess = wall - offsetAt(zone, wall)
  return wall - offsetAt(zone, guess)
}

/** The local day, like `2026-12-26`, that comes `days` after the one in `zone` that contains the instant. */
export function localDay(zone: string, instantMs: number, days: number): string {
  const today = Math.floor((instantMs + offsetAt(zone, instantMs)) / DAY)
  return new Date((today + days) * DAY).toISOString().slice(0, 10)
}

/** ISO weekday (1 is Monday) of the local day in `zone` that contains the instant. */
export function weekdayIn(zone: string, instantMs: number): number {
  const day = Math.floor((instantMs + offsetAt(zone, instantMs)) / DAY)
  return ((day + 3) % 7) + 1
}
