import type { WorkingHours } from './people.ts'

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const dayMinutes = 1440
const stretch = /^([a-z]{3})(?:-([a-z]{3}))? ([012]\d):([0-5]\d)-([012]\d):([0-5]\d)$/i

/** How working hours are written, for a hint. */
export const hoursExample = 'Mon-Fri 09:00-17:00, Sat 22:00-06:00'

/**
 * Reads working hours as people write them: `Mon-Fri 09:00-17:00, Sat 22:00-06:00`. An end that is not after the beginning is on the
 * next day; nothing at all says nothing of them. Null when a part is not written like this.
 */
export function readHours(text: string): WorkingHours[] | null {
  if (text.trim() === '') return []
  const parts = text.split(/[,;\n]+/).map((part) => stretchOf(part.trim().replaceAll(/\s+/g, ' ').replaceAll('–', '-')))
  return parts.includes(null) ? null : parts.flatMap((part) => part ?? [])
}

function stretchOf(part: string): WorkingHours[] | null {
  const [, first, last, ...clock] = stretch.exec(part) ?? []
  if (first === undefined) return null
  const [from, to] = [dayOf(first), dayOf(last ?? first)]
  const [fromHour = 0, fromPast = 0, toHour = 0, toPast = 0] = clock.map(Number)
  const [fromMinute, toMinute] = [fromHour * 60 + fromPast, toHour * 60 + toPast]
  if (from === 0 || to === 0 || fromMinute >= dayMinutes || toMinute > dayMinutes) return null
  const days = (to - from + dayNames.length) % dayNames.length
  return Array.from({ length: days + 1 }, (_, index) => ({
    weekday: ((from - 1 + index) % dayNames.length) + 1,
    fromMinute,
    toMinute: toMinute > fromMinute ? toMinute : toMinute + dayMinutes,
  }))
}

/** The ISO weekday of a name, 0 for none. */
function dayOf(name: string): number {
  return dayNames.findIndex((day) => day.toLowerCase() === name.toLowerCase()) + 1
}

/** Writes working hours as `readHours` reads them, days with the same hours together. */
export function writeHours(hours: readonly WorkingHours[]): string {
  const parts: { readonly clock: string; readonly first: number; last: number }[] = []
  const byClock = hours.toSorted(
    (a, b) => a.fromMinute - b.fromMinute || a.toMinute - b.toMinute || a.weekday - b.weekday,
  )
  for (const { weekday, fromMinute, toMinute } of byClock) {
    const clock = `${written(fromMinute)}-${written(toMinute > dayMinutes ? toMinute - dayMinutes : toMinute)}`
    const before = parts.at(-1)
    if (before?.clock === clock && before.last + 1 === weekday) before.last = weekday
    else parts.push({ clock, first: weekday, last: weekday })
  }
  const name = (weekday: number) => dayNames[weekday - 1] ?? String(weekday)
  return parts
    .toSorted((a, b) => a.first - b.first)
    .map(({ clock, first, last }) => `${name(first)}${last === first ? '' : `-${name(last)}`} ${clock}`)
    .join(', ')
}

function written(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
