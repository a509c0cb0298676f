import type { InstantMs } from '#core/instant.ts'

// The window's words are English, so its dates are too, on a 24-hour clock.
const locale = 'en-GB'
const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** `14:05` today, `Fri 14:05` within six days, else `4 Dec 14:05`, with the year when it is another one. */
export function wallClock(instant: InstantMs, now: InstantMs, timeZone: string): string {
  const time = format(timeZone, 'time').format(instant)
  if (isSameDay(instant, now, timeZone)) return time
  if (Math.abs(instant - now) < 6 * dayMs) return `${format(timeZone, 'weekday').format(instant)} ${time}`
  const sameYear = format(timeZone, 'year').format(instant) === format(timeZone, 'year').format(now)
  return `${format(timeZone, sameYear ? 'date' : 'datedYear').format(instant)} ${time}`
}

/** `Fri 4 Dec, 14:05`, also today: for the ends of a stretch of time. */
export function dayAndTime(instant: InstantMs, timeZone: string): string {
  return format(timeZone, 'dayAndTime').format(instant)
}

/** `14:05`, whatever the day. */
export function timeOfDay(instant: InstantMs, timeZone: string): string {
  return format(timeZone, 'time').format(instant)
}

/** `Fri`. */
export function weekday(instant: InstantMs, timeZone: string): string {
  return format(timeZone, 'weekday').format(instant)
}

/** `Saturday 21 November 2026 at 14:05 CET`. */
export function fullTime(instant: InstantMs, timeZone: string): string {
  return format(timeZone, 'full').format(instant)
}

/** `Saturday 21 November`. */
export function longDate(instant: InstantMs, timeZone: string): string {
  return format(timeZone, 'longDate').format(instant)
}

/** `Los Angeles`: where a zone's clock hangs. */
export function cityName(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')
}

/** `Berlin (CET)`: a zone as people say it. */
export function zoneName(timeZone: string, instant: InstantMs): string {
  const city = cityName(timeZone)
  const short = format(timeZone, 'zone')
    .formatToParts(instant)
    .find((part) => part.type === 'timeZoneName')?.value
  return short && short !== city ? `${city} (${short})` : city
}

/** A stretch of time in its two largest units: `2d 4h`, `1h 05m`, `12m 05s`, `40s`. The sign is dropped. */
export function duration(ms: number): string {
  const total = Math.abs(ms)
  const days = Math.floor(total / dayMs)
  const hours = Math.floor((total % dayMs) / hourMs)
  const minutes = Math.floor((total % hourMs) / minuteMs)
  const seconds = Math.floor((total % minuteMs) / secondMs)
  if (days > 0) return `${unit('day', days)} ${unit('hour', hours)}`
  if (hours > 0) return `${unit('hour', hours)} ${unit('minute', minutes, 2)}`
  if (minutes > 0) return `${unit('minute', minutes)} ${unit('second', seconds, 2)}`
  return unit('second', seconds)
}

/** `20 s ago`, `3 min ago`, `2 h ago`, `4 days ago`; `just now` below five seconds. */
export function ago(instant: InstantMs, now: InstantMs): string {
  const ms = Math.max(0, now - instant)
  if (ms < 5 * secondMs) return 'just now'
  if (ms < minuteMs) return `${Math.floor(ms / secondMs)} s ago`
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min ago`
  if (ms < dayMs) return `${Math.floor(ms / hourMs)} h ago`
  const days = Math.floor(ms / dayMs)
  return days === 1 ? '1 day ago' : `${days} days ago`
}

/** A number of tickets or a share, with at most one decimal. */
export function figure(value: number): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value)
}

/** A share as `75 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function unit(name: 'day' | 'hour' | 'minute' | 'second', value: number, digits = 1): string {
  return unitFormat(name, digits).format(value)
}

function unitFormat(name: string, digits: number): Intl.NumberFormat {
  const key = `${name}${digits}`
  const known = unitFormats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: name,
    unitDisplay: 'narrow',
    minimumIntegerDigits: digits,
  })
  unitFormats.set(key, made)
  return made
}

function isSameDay(a: InstantMs, b: InstantMs, timeZone: string): boolean {
  const day = format(timeZone, 'day')
  return day.format(a) === day.format(b)
}

const shapes = {
  time: { hour: '2-digit', minute: '2-digit' },
  weekday: { weekday: 'short' },
  date: { day: 'numeric', month: 'short' },
  datedYear: { day: 'numeric', month: 'short', year: 'numeric' },
  day: { day: 'numeric', month: 'numeric', year: 'numeric' },
  year: { year: 'numeric' },
  longDate: { weekday: 'long', day: 'numeric', month: 'long' },
  dayAndTime: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  zone: { hour: '2-digit', timeZoneName: 'short' },
  full: {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

// Making a formatter costs a hundred times what using it does, and every row uses several each second.
const formats = new Map<string, Intl.DateTimeFormat>()
const unitFormats = new Map<string, Intl.NumberFormat>()

function format(timeZone: string, shape: keyof typeof shapes): Intl.DateTimeFormat {
  const key = `${timeZone} ${shape}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, { ...shapes[shape], timeZone })
  formats.set(key, made)
  return made
}
