import type { Window } from '#core/instant.ts'
import { createGiveWay } from '../give-way.ts'
import { inSlices } from '../in-slices.ts'
import type { CalendarContents, CalendarEvent } from './calendar-event.ts'
import { expandRule } from './expand-rule.ts'
import { propertyNamed, textOf } from './property.ts'
import { readEvent, wallAfter, type WrittenEvent, type WrittenTime } from './read-event.ts'
import { scanIcs, type ScannedIcs } from './scan-ics.ts'
import { zonesOf } from './zones.ts'

/** Most occurrences of one event that are kept, and most of a calendar. */
const mostOfEvent = 1000
const mostInAll = 5000
/** Most times an event and what stands for its single occurrences are read, and most people whose calendar it may be. */
const mostVersions = 2000
const mostPeople = 1000
/** Sentences about single events that are kept; the rest is counted. */
const mostProblems = 20
/** Longest way of a wall clock from UTC, with room to spare. */
const zoneRoomMs = 24 * 3_600_000
const dayMs = 24 * 3_600_000

/**
 * Reads a calendar: its events that lie in the window at least in part, rules expanded, in slices of time.
 *
 * @throws {Refusal} in words, where it is no calendar or breaks off in its middle.
 */
export async function readCalendar(text: string, window: Window): Promise<CalendarContents> {
  const scanned = await scanIcs(text)
  const named = ['X-WR-CALNAME', 'NAME'].map((key) => textOf(propertyNamed(scanned.lines, key)))
  const name = named.find((each) => each !== '') ?? null
  const people = new Set(name === null ? [] : [name])
  const problems: string[] = []
  const byUid = await eventsByUid(scanned, { people, problems })
  const expansion = createExpansion(window, problems)
  for (const versions of byUid.values()) await expansion.add(seriesOf(versions))
  return { name, people: [...people], events: expansion.events(), problems: shortened(problems) }
}

/** Reads the events one by one. Each uid has what is written of it; whom they name and what is wrong is added to what is given. */
async function eventsByUid(
  { events, zones }: ScannedIcs,
  { people, problems }: { readonly people: Set<string>; readonly problems: string[] },
): Promise<ReadonlyMap<string, readonly WrittenEvent[]>> {
  const known = zonesOf(zones)
  const byUid = new Map<string, WrittenEvent[]>()
  const overfull = new Set<string>()
  await inSlices(events, (part) => {
    const { event, problem } = readEvent(part, known)
    if (problem !== null) problems.push(problem)
    if (!event) return
    for (const each of event.people) if (people.size < mostPeople) people.add(each)
    const same = byUid.get(event.uid)
    if (same === undefined) return void byUid.set(event.uid, [event])
    if (same.length < mostVersions) return void same.push(event)
    if (!overfull.has(event.uid)) problems.push(tooOftenChangedWords(event.title))
    overfull.add(event.uid)
  })
  return byUid
}

/** An event with what stands for single occurrences of it. */
interface Series {
  /** Null where only single occurrences of it are in the calendar. */
  readonly event: WrittenEvent | null
  readonly exceptions: readonly WrittenEvent[]
}

/** What is written of one uid as a series; of several versions the latest counts. */
function seriesOf(versions: readonly WrittenEvent[]): Series {
  const [only] = versions
  if (versions.length === 1 && only?.standsFor === null) return { event: only, exceptions: [] }
  const [event = null] = latest(versions.filter(({ standsFor }) => standsFor === null))
  const exceptions = versions.filter(({ standsFor }) => standsFor !== null)
  const byDay = Map.groupBy(exceptions, ({ standsFor }) => (standsFor ? occurrenceName(standsFor) : ''))
  return { event, exceptions: [...byDay.values()].flatMap((same) => latest(same).slice(0, 1)) }
}

/** Highest sequence first; of equal ones the last in the file. */
function latest(versions: readonly WrittenEvent[]): WrittenEvent[] {
  return versions.toReversed().toSorted((a, b) => b.sequence - a.sequence)
}

/** What names an occurrence: its instant where there is a zone, else its wall clock or its day. */
function occurrenceName({ wall, isDay, clock }: WrittenTime): string {
  return clock ? new Date(clock(wall)).toISOString() : timeName({ wall, isDay, clock })
}

interface Expansion {
  add(series: Series): Promise<void>
  events(): readonly CalendarEvent[]
}

function createExpansion(window: Window, problems: string[]): Expansion {
  const found = new Map<string, CalendarEvent>()
  const giveWay = createGiveWay()
  const firstWall = wallOf(window.startsAt - zoneRoomMs)
  const lastWall = wallOf(window.endsAt + zoneRoomMs)
  let without = 0
  let isFull = false

  function keep(event: WrittenEvent, start: WrittenTime, key: string): void {
    const occurrence = occurrenceOf(event, start, key)
    const { time } = occurrence
    const room = zoneRoomMs
    const span: Window =
      time.kind === 'fixed'
        ? time
        : { startsAt: Date.parse(`${time.startsAt}Z`) - room, endsAt: Date.parse(`${time.endsAt}Z`) + room }
    if (time.startsAt === time.endsAt) without += 1
    else if (span.startsAt < window.endsAt && span.endsAt > window.startsAt) {
      if (found.size < mostInAll || found.has(key)) found.set(key, occurrence)
      else isFull = true
    }
  }

  async function* startsOf(event: WrittenEvent, fromWall: string): AsyncGenerator<WrittenTime> {
    const { start, rules, alsoOn, title } = event
    const walls = new Set([
      start.wall,
      ...alsoOn.filter(({ clock }) => !clock).map(({ wall, isDay }) => timed(wall, isDay, start)),
    ])
    for (const rule of rules) {
      const walk = walkOf(rule)
      for (;;) {
        const step = walk()
        if (step === 'bad')
          problems.push(`“${title}” repeats by a rule that cannot be followed; only its first time counts.`)
        if (step === 'given-up' || walls.size > mostOfEvent) problems.push(tooOftenWords(title))
        if (typeof step !== 'object' || walls.size > mostOfEvent) break
        if (step.wall >= fromWall) walls.add(step.wall)
        await giveWay()
      }
    }
    for (const wall of walls) yield { ...start, wall }
    for (const time of alsoOn) if (time.clock) yield time

    function walkOf(rule: string) {
      const walk = expandRule(rule, start, { firstWall: fromWall, lastWall })
      return (): 'bad' | 'given-up' | 'done' | { readonly wall: string } => {
        try {
          const step = walk.next()
          return step.done === true ? step.value : { wall: step.value }
        } catch {
          return 'bad'
        }
      }
    }
  }

  async function addEvent(event: WrittenEvent, replaced: ReadonlySet<string>): Promise<void> {
    const { start, uid } = event
    const repeats = event.rules.length > 0 || event.alsoOn.length > 0
    if (isFull || start.wall > lastWall || (!repeats && event.endWall < firstWall)) return
    const excepted = new Set(event.exceptOn.map((time) => (start.clock ? occurrenceName(time) : timeName(time))))
    const length = event.length()
    const fromWall = wallOf(window.startsAt - zoneRoomMs - length.days * dayMs - length.ms)
    const seen = new Set<string>()
    for await (const time of startsOf(event, fromWall)) {
      if (time.wall > lastWall || time.wall < fromWall) continue
      const name = occurrenceName(time)
      const names = [name, time.wall, time.wall.slice(0, 10)]
      if (seen.has(name) || names.some((each) => excepted.has(each) || replaced.has(each))) continue
      seen.add(name)
      keep(event, time, repeats ? `${uid}/${name}` : uid)
      await giveWay()
    }
  }

  return {
    async add({ event, exceptions }) {
      if (event?.cancelled === true) return
      const replaced = new Set(exceptions.flatMap(({ standsFor }) => (standsFor ? occurrenceName(standsFor) : [])))
      await giveWay()
      if (event) await addEvent(event, replaced)
      for (const exception of exceptions) {
        if (exception.cancelled || !exception.standsFor) continue
        keep(exception, exception.start, `${exception.uid}/${occurrenceName(exception.standsFor)}`)
      }
    },
    events() {
      if (without > 0) problems.push(withoutEndWords(without))
      if (isFull) problems.push(`There is more in it than ${mostInAll} events; what comes after those was left out.`)
      return [...found.values()]
    },
  }
}

function withoutEndWords(count: number): string {
  return count === 1
    ? 'One event has no end, so it takes no time and was left out.'
    : `${count} events have no end, so they take no time and were left out.`
}

function tooOftenWords(title: string): string {
  return `“${title}” repeats too often to be followed to its end; its first times count.`
}

function tooOftenChangedWords(title: string): string {
  return `“${title}” is written more than ${mostVersions} times, each for another day; what comes after those was left out.`
}

/** What names an occurrence of an event that has no zone. */
function timeName({ wall, isDay }: WrittenTime): string {
  return isDay ? wall.slice(0, 10) : wall
}

/** A day on which an event with a time is as well: at that time. */
function timed(wall: string, isDay: boolean, start: WrittenTime): string {
  return isDay && !start.isDay ? `${wall.slice(0, 10)}${start.wall.slice(10)}` : wall
}

function occurrenceOf(event: WrittenEvent, start: WrittenTime, key: string): CalendarEvent {
  const { wall, isDay, clock } = start
  const { title } = event
  const length = event.length()
  if (clock === null) {
    const time = { kind: 'local' as const, startsAt: wall, endsAt: wallAfter(wall, length) }
    return { key, title, allDay: isDay, time }
  }
  const startsAt = clock(wall)
  // Days go by the calendar and the rest by the clock, so that a shift of twelve hours is one on any night.
  const endsAt = (length.days === 0 ? startsAt : clock(wallAfter(wall, { days: length.days, ms: 0 }))) + length.ms
  return { key, title, allDay: false, time: { kind: 'fixed', startsAt, endsAt } }
}

function wallOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19)
}

function shortened(problems: readonly string[]): string[] {
  const left = problems.length - mostProblems
  if (left <= 0) return [...problems]
  return [...problems.slice(0, mostProblems), `${left} more of its events have something wrong.`]
}
