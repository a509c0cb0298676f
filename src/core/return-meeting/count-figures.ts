import { Temporal } from 'temporal-polyfill'
import { dayNameOf } from '../clocks/iso-week.ts'
import { isWithin, type InstantMs } from '../instant.ts'
import { clockCourses } from './clock-courses.ts'
import { judgeCourse } from './nearly-missed.ts'
import type { ReturnEvidence, ReturnRow, ReturnRowKind, ReturnSetting } from './return-row.ts'
import { eachOnce, ticketChanges, type TicketHistory } from './ticket-changes.ts'
import { whileOfAccount } from './ticket-look.ts'

/** What was done on one day, by the calendar of who covered. */
export interface DayCounts {
  readonly hours: number
  readonly replies: number
  readonly notes: number
  readonly opened: number
  readonly solved: number
}

/** A coverage counted. */
export interface ReturnCounts extends Omit<DayCounts, 'hours'> {
  readonly ticketsHandled: number
  readonly emergencies: number
  readonly breached: number
  readonly nearlyMissed: number
  readonly breachesAvoided: number
  /** By day, `2026-12-24`; days on which nothing was done are not there. */
  readonly days: ReadonlyMap<string, DayCounts>
}

/** What is counted, and by whose calendar. */
export interface CountSetting extends Pick<ReturnSetting, 'startsAt' | 'endsAt' | 'accountId' | 'coverIds'> {
  /** By whose clocks and calendar something is put on a day: the zone of whoever did it where they cover, else of who covered then. */
  readonly zoneAt: (at: InstantMs, byId: number | null) => string
}

/** The parts of a row that are counted. */
export type CountedRow = Pick<ReturnRow, 'kind' | 'ticketId' | 'at'> & {
  readonly evidence: readonly Pick<ReturnEvidence, 'at' | 'byId'>[]
}

/** Something that somebody who covers did on a ticket. */
interface Deed {
  readonly at: InstantMs
  readonly byId: number
}

/**
 * Counts a coverage. What the list of the meeting tells is counted from its rows, so that the two agree; the rest from what they are made of:
 *
 * | figure                      | is                                                                                                                                |
 * | --------------------------- | --------------------------------------------------------------------------------------------------------------------------------- |
 * | tickets handled             | those on which somebody who covers wrote, or changed anything                                                                      |
 * | opened, solved              | rows of that kind: one for each ticket, whoever opened or solved it, and also where it was opened again                            |
 * | emergencies, breached       | rows of that kind: one for each ticket, and for each clock                                                                         |
 * | nearly missed               | rows of that kind: clocks that were answered in their last tenth, by anybody                                                       |
 * | replies, notes              | messages of who covers                                                                                                            |
 * | breaches avoided            | clocks that still ran when a public reply of somebody who covers ended them (`clockCourses`), however much time was left to them   |
 * | hours                       | hours of the clock with at least one reply, note or change of somebody who covers, each person's counted for themself              |
 */
export function countFigures(
  rows: readonly CountedRow[],
  tickets: readonly TicketHistory[],
  setting: CountSetting,
): ReturnCounts {
  const looks = tickets.map((ticket) => lookAt(ticket, setting))
  const of = (kind: ReturnRowKind) => rows.filter((row) => row.kind === kind)
  const messages = (kind: ReturnRowKind) => of(kind).flatMap(({ evidence }) => evidence)
  const perTicket = (kind: ReturnRowKind) => of(kind).map(({ at }) => ({ at, byId: null }))
  const counted = {
    replies: messages('replied'),
    notes: messages('noted'),
    opened: of('new').map(({ evidence, at }) => ({ at: evidence[0]?.at ?? at, byId: null })),
    solved: perTicket('solved'),
  }
  return {
    ...lengthsOf(counted),
    ticketsHandled: looks.filter(({ deeds }) => deeds.length > 0).length,
    emergencies: of('emergency').length,
    breached: of('breached').length,
    nearlyMissed: of('nearly-missed').length,
    breachesAvoided: looks.reduce((sum, { avoided }) => sum + avoided, 0),
    days: daysOf(
      counted,
      looks.flatMap(({ deeds }) => deeds),
      setting,
    ),
  }
}

type Counted = Readonly<
  Record<Exclude<keyof DayCounts, 'hours'>, readonly { readonly at: InstantMs; readonly byId: number | null }[]>
>

function lengthsOf({ replies, notes, opened, solved }: Counted): Omit<DayCounts, 'hours'> {
  return { replies: replies.length, notes: notes.length, opened: opened.length, solved: solved.length }
}

function daysOf(counted: Counted, deeds: readonly Deed[], { zoneAt }: CountSetting): Map<string, DayCounts> {
  const onDay = ({ at, byId }: { readonly at: InstantMs; readonly byId: number | null }) =>
    dayNameOf(at, zoneAt(at, byId))
  const hours = new Map(
    deeds.map((deed) => [`${deed.byId} ${hourOf(deed.at, zoneAt(deed.at, deed.byId))}`, onDay(deed)] as const),
  )
  const perDay = {
    hours: Map.groupBy(hours.values(), (day) => day),
    replies: Map.groupBy(counted.replies, onDay),
    notes: Map.groupBy(counted.notes, onDay),
    opened: Map.groupBy(counted.opened, onDay),
    solved: Map.groupBy(counted.solved, onDay),
  }
  const names = new Set(Object.values(perDay).flatMap((days) => [...days.keys()]))
  const countOn = (days: ReadonlyMap<string, readonly unknown[]>, day: string) => days.get(day)?.length ?? 0
  return new Map(
    [...names].toSorted().map((day) => [
      day,
      {
        hours: countOn(perDay.hours, day),
        replies: countOn(perDay.replies, day),
        notes: countOn(perDay.notes, day),
        opened: countOn(perDay.opened, day),
        solved: countOn(perDay.solved, day),
      },
    ]),
  )
}

/** When the hour of the clock began that an instant lies in; of one that the clocks repeat, each by itself. */
function hourOf(at: InstantMs, timeZone: string): InstantMs {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .round({ smallestUnit: 'hour', roundingMode: 'floor' }).epochMilliseconds
}

/** What who covers did on a ticket while it was the account's, and how many of its clocks they ended in time. */
function lookAt(
  recorded: TicketHistory,
  setting: CountSetting,
): { readonly deeds: readonly Deed[]; readonly avoided: number } {
  const history = { ...recorded, events: eachOnce(recorded.events) }
  const changes = ticketChanges(history)
  const window = whileOfAccount(changes, setting)
  const ours = (at: InstantMs, byId: number | null) =>
    byId !== null && setting.coverIds.has(byId) && isWithin(at, window) ? [{ at, byId }] : []
  const deeds = [
    ...history.messages.flatMap(({ at, authorId }) => ours(at, authorId)),
    ...changes.flatMap(({ at, byId }) => ours(at, byId)),
  ]
  const avoided = clockCourses(history, changes).filter((course) => {
    const { answerId, answeredBy, endedAt } = course
    if (answerId === null || endedAt === null || ours(endedAt, answeredBy).length === 0) return false
    return judgeCourse(course, history.readUntil) !== 'breached'
  })
  return { deeds, avoided: avoided.length }
}
