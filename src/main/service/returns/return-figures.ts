import type { FigureDay, ReturnFigures } from '#contract/return-figures.ts'
import type { ReturnList, ReturnMeeting } from '#contract/returns.ts'
import { dayNamed, dayNameOf } from '#core/clocks/iso-week.ts'
import { isWithin, overlapOf } from '#core/instant.ts'
import type { Person } from '#core/people/people.ts'
import type { Policy } from '#core/policy/policy.ts'
import { countFigures, type CountSetting, type DayCounts } from '#core/return-meeting/count-figures.ts'
import { dayOffOf } from '#core/workload/day-off.ts'
import { coveredOn, dayLoad } from '#core/workload/week-load.ts'
import { takenAt } from '../db/read-tickets.ts'
import { ticketsHandedOver } from '../db/return-orders.ts'
import { baselineOf, loadSettingOf } from '../rpc/workload-view.ts'
import { buildReturnList, type ReturnDesk } from './build-return-list.ts'
import { ticketHistories } from './ticket-histories.ts'

/** What figures are reckoned from: what the list is built from, and what loads are. */
export interface FigureDesk extends ReturnDesk {
  readonly policy: Policy
  /** Non-ASE tickets a week as set by hand, or null to measure. */
  readonly setBaseline: number | null
}

type Cover = ReturnMeeting['covers'][number]

const nothing: DayCounts = { hours: 0, replies: 0, notes: 0, opened: 0, solved: 0 }

/**
 * A coverage in numbers, over the same time as the list of its return meeting and counted from the same rows.
 *
 * @throws {Refusal} when the coverage is not known, or is not mine to hand back.
 */
export function returnFigures(desk: FigureDesk, coverageId: string): ReturnFigures {
  const list = buildReturnList(desk, coverageId)
  const { since, until, accountId, covers } = list
  const window = { startsAt: since, endsAt: until }
  const tickets = since < until ? ticketHistories(desk.db, accountId, window) : []
  const zoneAt = zoneFinder(desk, list)
  const setting: CountSetting = { ...window, accountId, coverIds: new Set(covers.map(({ id }) => id)), zoneAt }
  const { days, ...totals } = countFigures(list.rows, tickets, setting)
  const othersOn = otherTickets(desk, list)
  return {
    accountName: list.accountName,
    aseName: list.aseName,
    coverNames: [...new Set(covers.map(({ name }) => name))],
    ...{ since, until },
    ...totals,
    transferred: new Set([...transferredIn(list), ...ticketsHandedOver(desk.db, list.meetingId)]).size,
    days: namesOfDays(list, zoneAt, [...days.keys()]).map((day) => ({
      day,
      working: worksOn(day, desk, list),
      ...(days.get(day) ?? nothing),
      ...othersOn(day),
    })),
  }
}

/** Tickets that whoever covered assigned to somebody before the meeting. */
function transferredIn({ rows }: ReturnList): number[] {
  return rows.flatMap(({ kind, ticketId }) => (kind === 'transferred' && ticketId !== null ? [ticketId] : []))
}

/** By whose clock and calendar something is told: of who did it where they cover, else of who covered then. */
function zoneFinder({ roster }: ReturnDesk, { covers, aseTimeZone }: ReturnMeeting): CountSetting['zoneAt'] {
  return (at, byId) => {
    const cover = covers.find(({ id }) => id === byId) ?? coverAt(covers, at)
    return personOf(roster.people, cover)?.timeZone ?? aseTimeZone
  }
}

/** Who covered at an instant; before the first and where nobody did, who came next. */
function coverAt(covers: readonly Cover[], at: number): Cover | undefined {
  return covers.find((cover) => isWithin(at, cover)) ?? covers.find(({ startsAt }) => startsAt > at) ?? covers.at(-1)
}

function personOf(people: readonly Person[], cover: Cover | undefined): Person | undefined {
  return people.find(({ id }) => id === cover?.id)
}

/** All days from the first to the last, also those on which nothing was done. */
function namesOfDays(
  { since, until }: ReturnList,
  zoneAt: CountSetting['zoneAt'],
  counted: readonly string[],
): string[] {
  if (since >= until) return []
  const ends = [since, until - 1].map((at) => dayNameOf(at, zoneAt(at, null)))
  const [first, ...more] = [...ends, ...counted].toSorted()
  const last = more.at(-1) ?? ''
  const names: string[] = []
  for (let day = first ?? last; day <= last; day = dayNameOf(dayNamed(day, 'UTC').endsAt, 'UTC')) names.push(day)
  return names
}

/** Who covered on a day of their own calendar; where nobody did, who was next to. */
function coversOn(name: string, { roster }: ReturnDesk, { covers, aseTimeZone }: ReturnMeeting): Cover[] {
  const dayOf = (cover: Cover) => dayNamed(name, personOf(roster.people, cover)?.timeZone ?? aseTimeZone)
  return covers.filter((cover) => overlapOf(cover, dayOf(cover)))
}

function worksOn(name: string, desk: FigureDesk, meeting: ReturnMeeting): boolean {
  const { roster, policy } = desk
  const touching = coversOn(name, desk, meeting)
  const next = coverAt(meeting.covers, dayNamed(name, meeting.aseTimeZone).startsAt)
  return (touching.length > 0 || !next ? touching : [next]).some((cover) => {
    const person = personOf(roster.people, cover)
    const day = dayNamed(name, person?.timeZone ?? meeting.aseTimeZone)
    const absences = roster.absences.filter(({ personId }) => personId === person?.id)
    return policy.baseline.workingDays.includes(day.weekday) && !(person && dayOffOf(day, person, absences))
  })
}

/** My other tickets by the day, taken and planned. Those of others are stored with them alone. */
function otherTickets(
  desk: FigureDesk,
  meeting: ReturnMeeting,
): (name: string) => Pick<FigureDay, 'otherTaken' | 'otherPlanned'> {
  const { db, now, policy } = desk
  const { me } = desk.roster
  const { coverages, reductionOf, offOf } = loadSettingOf(me, desk)
  // What was usual when the coverage began; what came later is what is compared with it.
  const baseline = baselineOf(me, { ...desk, now: meeting.startsAt })
  return (name) => {
    if (!me || !coversOn(name, desk, meeting).some(({ id }) => id === me.id)) {
      return { otherTaken: null, otherPlanned: null }
    }
    const day = dayNamed(name, me.timeZone)
    const reductions = [...coveredOn(day, coverages)].map(reductionOf)
    const load = dayLoad(baseline.perWeek, { ...day, off: offOf(day) }, policy.baseline.workingDays, reductions)
    return {
      otherTaken: takenAt(db, me.id, day.startsAt, Math.min(day.endsAt, now)).length,
      otherPlanned: baseline.origin === 'none' ? null : load.allowed,
    }
  }
}
