import type { WorkloadWeek } from '#contract/workload.ts'
import { isoWeekNamed, isoWeekOf, weeksBefore, workingDaysOf, type IsoWeek } from '#core/clocks/iso-week.ts'
import { policyFor, type PolicyOverrides } from '#core/policy/policy-overrides.ts'
import type { Policy } from '#core/policy/policy.ts'
import { measuredBaseline } from '#core/workload/baseline.ts'
import { coveredOn, weekLoad } from '#core/workload/week-load.ts'
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
  const { db, roster, policy, now } = facts
  const timeZone = roster.me?.timeZone ?? 'UTC'
  const asked = week === undefined ? isoWeekOf(now, timeZone) : isoWeekNamed(week, timeZone)
  if (!asked) return undefined
  const mine = roster.coverages.filter((coverage) => coverage.coverId === roster.me?.id)
  const baseline = baselineOf(facts, timeZone)
  const days = workingDaysOf(asked, timeZone, policy.baseline.workingDays)
  const load = weekLoad(baseline.perWeek, days, mine, (accountId) => {
    return policyFor(overridesOf(accountId, roster), policy).covering.reductionPerAccount
  })
  const covered = new Set(days.flatMap((day) => [...coveredOn(day, mine)]))
  return {
    ...asked,
    baseline,
    steps: [...load.steps],
    allowed: load.allowed,
    taken: roster.me ? takenAt(db, roster.me.id, asked.startsAt, Math.min(asked.endsAt, now)).length : 0,
    possible: load.possible,
    arithmetic: load.arithmetic,
    source: [policy.covering.source, ...overrideWords([...covered], facts, timeZone)].join(' · '),
  }
}

function overridesOf(accountId: number, roster: Roster): PolicyOverrides {
  return roster.accounts.find((account) => account.id === accountId)?.policyOverrides ?? {}
}

/** For which of the accounts the reduction is another one, who said so and why. */
function overrideWords(accountIds: readonly number[], { roster, policy }: WorkloadFacts, timeZone: string): string[] {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone })
  const percent = (share: number) => `${Math.round(share * 1000) / 10} %`
  return roster.accounts
    .filter((account) => accountIds.includes(account.id))
    .flatMap(({ name, policyOverrides: { reductionPerAccount: own } }) => {
      if (!own) return []
      const by = roster.people.find((person) => person.id === own.byId)?.name ?? 'Somebody'
      const values = `${percent(own.value)} instead of ${percent(policy.covering.reductionPerAccount)}`
      return [`${name}: ${values} (${by}, ${format.format(own.setAt)}: “${own.why}”)`]
    })
}

function baselineOf(facts: WorkloadFacts, timeZone: string): WorkloadWeek['baseline'] {
  const { db, roster, policy, now, setBaseline } = facts
  if (setBaseline !== null) return { perWeek: setBaseline, origin: 'set', weeks: [] }
  if (!roster.me) return { perWeek: 0, origin: 'none', weeks: [] }
  const meId = roster.me.id
  const weeks = weeksBefore(now, timeZone, policy.baseline.lookBackWeeks)
  const earliest = weeks.at(-1)?.startsAt ?? now
  const instants = takenAt(db, meId, earliest, weeks[0]?.endsAt ?? now)
  const busy = [
    ...roster.absences.filter((absence) => absence.personId === meId),
    ...roster.coverages.filter((coverage) => coverage.coverId === meId),
  ]
  const counted = weeks.map((week: IsoWeek) => ({
    ...week,
    taken: instants.filter((instant) => instant >= week.startsAt && instant < week.endsAt).length,
  }))
  const measured = measuredBaseline(counted, busy, policy.baseline)
  if (!measured || instants.length === 0) return { perWeek: 0, origin: 'none', weeks: [] }
  return {
    perWeek: measured.perWeek,
    origin: 'measured',
    weeks: measured.weeks.map(({ week, taken }) => ({ week, taken })),
  }
}
