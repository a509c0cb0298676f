import fc from 'fast-check'

/**
 * Some days of a zone, walked minute by minute before anything is asked of them, knowing nothing but what the clock on the
 * wall there shows. Only the days in the middle are told of: shifts of days that were not walked cannot reach into those.
 */
export interface WallClockWalk {
  readonly timeZone: string
  /** The first instant told of, ms. */
  readonly from: number
  /** The first instant not told of any more, ms. */
  readonly to: number
  /** What the clock shows at each minute walked, in minutes since 1970 if it were UTC. */
  readonly shown: readonly number[]
  /** Where in `shown` the minute of `from` is. */
  readonly lead: number
  /** Where in `shown` the clock shows a time first; one that it skips is as long after the last time before it as it says. */
  indexOf(wall: number): number
}

interface Hours {
  readonly weekday: number
  readonly fromMinute: number
  readonly toMinute: number
}

const minuteMs = 60_000
const dayMinutes = 1440
const daysTold = 4

/** Walks the days from three before an instant to three after the last one told of. */
function walkFrom(timeZone: string, instant: number): WallClockWalk {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  const lead = 3 * dayMinutes
  const first = new Map<number, number>()
  const shown: number[] = []
  for (let index = 0; index < (daysTold + 6) * dayMinutes; index += 1) {
    const written = format.format(instant + (index - lead) * minuteMs)
    const [month = 1, day = 1, year = 0, hour = 0, minute = 0] = (written.match(/\d+/g) ?? []).map(Number)
    const wall = Date.UTC(year, month - 1, day, hour, minute) / minuteMs
    shown.push(wall)
    if (!first.has(wall)) first.set(wall, index)
  }
  return {
    timeZone,
    from: instant,
    to: instant + daysTold * dayMinutes * minuteMs,
    shown,
    lead,
    indexOf(wall) {
      const exact = first.get(wall)
      if (exact !== undefined) return exact
      const before = shown.findIndex((value, index) => value < wall && (shown[index + 1] ?? 0) > wall)
      return before + wall - (shown[before] ?? 0)
    },
  }
}

/** Changes of clocks both ways, by an hour and by half of one, at night and at midnight, and a zone without. */
const walks: readonly WallClockWalk[] = (
  [
    ['Europe/Berlin', '2026-03-27'],
    ['Europe/Berlin', '2026-10-23'],
    ['America/New_York', '2026-03-06'],
    ['America/New_York', '2026-10-30'],
    ['Australia/Adelaide', '2026-10-02'],
    ['Australia/Adelaide', '2026-04-03'],
    ['Australia/Lord_Howe', '2026-10-02'],
    ['Australia/Lord_Howe', '2026-04-03'],
    ['Africa/Cairo', '2026-04-22'],
    ['Africa/Cairo', '2026-10-28'],
    ['America/Santiago', '2026-09-04'],
    ['America/Santiago', '2026-04-03'],
    ['Asia/Kolkata', '2026-11-16'],
  ] as const
).map(([timeZone, day]) => walkFrom(timeZone, Date.parse(`${day}T00:00Z`)))

const anyHours = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: dayMinutes }), fc.integer({ min: 1, max: 1500 }))
  .map(([weekday, fromMinute, length]): Hours => ({
    weekday,
    fromMinute,
    toMinute: Math.min(2 * dayMinutes, fromMinute + length),
  }))
const anyMinute = fc.integer({ min: 0, max: daysTold * dayMinutes })

/** Somebody's hours, absences and days off in some zone while its clocks change, and two instants of those days. */
export const anyWorkingCase = fc
  .record({
    walk: fc.constantFrom(...walks),
    workingHours: fc.array(anyHours, { maxLength: 7 }),
    away: fc.array(fc.tuple(anyMinute, fc.integer({ min: 1, max: 3000 })), { maxLength: 4 }),
    offDays: fc.array(fc.integer({ min: -2, max: daysTold + 2 }), { maxLength: 3 }),
    instants: fc.tuple(anyMinute, anyMinute),
  })
  .map(({ walk, workingHours, away, offDays, instants: [one, other] }) => ({
    walk,
    person: {
      timeZone: walk.timeZone,
      workingHours,
      daysOff: offDays.map((offset) => isoDay(Math.floor((walk.shown[walk.lead] ?? 0) / dayMinutes) + offset)),
    },
    absences: away.map(([start, length]) => ({
      startsAt: walk.from + start * minuteMs,
      endsAt: walk.from + (start + length) * minuteMs,
    })),
    from: walk.from + Math.min(one, other) * minuteMs,
    to: walk.from + Math.max(one, other) * minuteMs,
  }))

/** For each minute told of, whether somebody works then: 1 or 0. Found by marking minute after minute. */
export function workedMinutes(
  walk: WallClockWalk,
  person: { readonly workingHours: readonly Hours[]; readonly daysOff: readonly string[] },
  absences: readonly { readonly startsAt: number; readonly endsAt: number }[],
): Uint8Array {
  const worked = new Uint8Array(walk.shown.length)
  const [firstShown = 0] = walk.shown
  const firstDay = Math.floor(firstShown / dayMinutes) + 1
  for (let day = firstDay; day < firstDay + daysTold + 3; day += 1) {
    for (const hours of person.workingHours) {
      // 1970-01-01 was a Thursday.
      if (hours.weekday !== ((day + 3) % 7) + 1) continue
      const end = walk.indexOf(day * dayMinutes + hours.toMinute)
      for (let index = walk.indexOf(day * dayMinutes + hours.fromMinute); index < end; index += 1) worked[index] = 1
    }
  }
  const off = new Set(person.daysOff.map((day) => Date.parse(day) / minuteMs / dayMinutes))
  for (let index = walk.lead; index < walk.lead + daysTold * dayMinutes; index += 1) {
    if (worked[index] === 0) continue
    const instant = walk.from + (index - walk.lead) * minuteMs
    const isAway = absences.some((absence) => instant >= absence.startsAt && instant < absence.endsAt)
    if (isAway || off.has(Math.floor((walk.shown[index] ?? 0) / dayMinutes))) worked[index] = 0
  }
  return worked.subarray(walk.lead, walk.lead + daysTold * dayMinutes)
}

/** A day by its number since 1970, as `YYYY-MM-DD`. */
function isoDay(number: number): string {
  return new Date(number * dayMinutes * minuteMs).toISOString().slice(0, 10)
}
