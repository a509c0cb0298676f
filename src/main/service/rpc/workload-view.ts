import type { WorkloadDay, WorkloadWeek } from '#contract/workload.ts'
import {
  dayNamed,
  dayNameOf,
  isoWeekNamed,
  isoWeekOf,
  weeksBefore,
  workingDaysOf,
  type IsoWeek,
} from '#core/clocks/iso-week.ts'
import type { Window } from '#core/instant.ts'
import type { Absence, Coverage, Person } from '#core/people/people.ts'
import { policyFor } from '#core/policy/policy-overrides.ts'
import type { Policy } from '#core/policy/policy.ts'
import { measuredBaseline } from '#core/workload/baseline.ts'
import { dayOffOf } from '#core/workload/day-off.ts'
import { coveredOn, dayLoad, percentOf, weekLoad, type ReductionOf, type WorkingDay } from '#core/workload/week-load.ts'
import { takenAt } from '../db/read-tickets.ts'
import type { ReadDb } from '../db/sql.ts'
import type { Roster } from '../db/workspace.ts'

/** What a week's load is reckoned from. */
export interface WorkloadFacts {
  readonly db: ReadDb
  readonly roster: Roster
  readonly policy: Policy
  readonly now: number
  /** Non-ASE tickets a week as set by hand, or null to measure. */
  readonly setBaseline: number | null
}

/** The load of a week (rule 1), or undefined when there is no week of that name. */
export function workloadOf(week: string | undefined, facts: WorkloadFacts): WorkloadWeek | undefined {
  const { db, roster, now } = facts
  const { timeZone, coverages, daysOf, reductionOf } = loadSettingOf(roster.me, facts)
  const asked = week === undefined ? isoWeekOf(now, timeZone) : isoWeekNamed(week, timeZone)
  if (!asked) return undefined
  const baseline = baselineOf(roster.me, facts)
  const days = daysOf(asked)
  const load = weekLoad(baseline.perWeek, days, coverages, reductionOf)
  const covered = new Set(days.filter(({ off }) => !off).flatMap((day) => [...coveredOn(day, coverages)]))
  return {
    ...asked,
    baseline,
    steps: [...load.steps],
    allowed: load.allowed,
    taken: roster.me ? takenAt(db, roster.me.id, asked.startsAt, Math.min(asked.endsAt, now)).length : 0,
    possible: load.possible,
    arithmetic: load.arithmetic,
    source: sourceOf([...covered], facts, timeZone),
  }
}

/** The load of a day by its name in my zone, today when none is named. */
export function workloadOfDay(name: string | undefined, facts: WorkloadFacts): WorkloadDay {
  const { db, roster, policy, now } = facts
  const { me } = roster
  const { timeZone, coverages, reductionOf, offOf } = loadSettingOf(me, facts)
  const asked = name ?? dayNameOf(now, timeZone)
  const day = dayNamed(asked, timeZone)
  const off = offOf(day)
  const covered = coveredOn(day, coverages)
  const { workingDays } = policy.baseline
  const load = dayLoad(baselineOf(me, facts).perWeek, { ...day, off }, workingDays, [...covered].map(reductionOf))
  return {
    day: asked,
    working: off === undefined && workingDays.includes(day.weekday),
    coveredAccounts: roster.accounts.filter(({ id }) => covered.has(id)).map(({ id, name: of }) => ({ id, name: of })),
    share: load.share,
    allowed: load.allowed,
    taken: me ? takenAt(db, me.id, day.startsAt, Math.min(day.endsAt, now)).length : 0,
    possible: load.possible,
    arithmetic: load.arithmetic,
    source: sourceOf([...covered], facts, timeZone),
  }
}

/** What somebody's load depends on beside the baseline. */
export interface LoadSetting {
  readonly timeZone: string
  readonly coverages: readonly Coverage[]
  readonly absences: readonly Absence[]
  readonly reductionOf: ReductionOf
  /** The working days of a week, with why they are off where they are. */
  daysOf(week: IsoWeek): WorkingDay[]
  /** Why they do not work on a day; undefined when they do. */
  offOf(day: Window): WorkingDay['off']
}

/** What the load of a person depends on; of nobody where nobody is signed in. */
export function loadSettingOf(
  person: Person | null,
  { roster, policy }: Pick<WorkloadFacts, 'roster' | 'policy'>,
): LoadSetting {
  const timeZone = person?.timeZone ?? 'UTC'
  const absences = roster.absences.filter(({ personId }) => personId === person?.id)
  const offOf = (day: Window) => (person ? dayOffOf(day, person, absences) : undefined)
  return {
    timeZone,
    coverages: roster.coverages.filter(({ coverId }) => coverId === person?.id),
    absences,
    reductionOf(accountId) {
      const own = roster.accounts.find(({ id }) => id === accountId)?.policyOverrides ?? {}
      return policyFor(own, policy).covering.reductionPerAccount
    },
    daysOf: (week) =>
      workingDaysOf(week, timeZone, policy.baseline.workingDays).map((day) => ({ ...day, off: offOf(day) })),
    offOf,
  }
}

/** Where the reduction comes from, and for which of the accounts it is another one, who said so and why. */
function sourceOf(accountIds: readonly number[], { roster, policy }: WorkloadFacts, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone })
  const overrides = roster.accounts
    .filter((account) => accountIds.includes(account.id))
    .flatMap(({ name, policyOverrides: { reductionPerAccount: own } }) => {
      if (!own) return []
      const by = roster.people.find((person) => person.id === own.byId)?.name ?? 'Somebody'
      const values = `${percentOf(own.value)} instead of ${percentOf(policy.covering.reductionPerAccount)}`
      return [`${name}: ${values} (${by}, ${format.format(own.setAt)}: “${own.why}”)`]
    })
  return [policy.covering.source, ...overrides].join(' · ')
}

/**
 * What somebody takes in a week without coverage. Set by hand it can only be mine, and measured only where their tickets are
 * stored, which are mine.
 */
export function baselineOf(person: Person | null, facts: WorkloadFacts): WorkloadWeek['baseline'] {
  const { db, roster, policy, now, setBaseline } = facts
  const isMe = person?.id === roster.me?.id
  if (setBaseline !== null && isMe) return { perWeek: setBaseline, origin: 'set', weeks: [] }
  if (!person || !isMe) return { perWeek: 0, origin: 'none', weeks: [] }
  const weeks = weeksBefore(now, person.timeZone, policy.baseline.lookBackWeeks)
  const instants = takenAt(db, person.id, weeks.at(-1)?.startsAt ?? now, weeks[0]?.endsAt ?? now)
  const { absences, coverages } = loadSettingOf(person, facts)
  const counted = weeks.map((week: IsoWeek) => ({
    ...week,
    taken: instants.filter((instant) => instant >= week.startsAt && instant < week.endsAt).length,
  }))
  const measured = measuredBaseline(counted, [...absences, ...coverages], policy.baseline)
  if (!measured || instants.length === 0) return { perWeek: 0, origin: 'none', weeks: [] }
  return {
    perWeek: measured.perWeek,
    origin: 'measured',
    weeks: measured.weeks.map(({ week, taken, outlier }) => ({ week, taken, outlier })),
  }
}
