import { Temporal } from 'temporal-polyfill'
import { overlapOf, type Window } from '../instant.ts'
import type { Absence, Account, Coverage, Person } from '../people/people.ts'
import { joinedWindows, windowsWithout } from '../windows.ts'
import { canCover, type ReductionOf } from '../workload/week-load.ts'
import type { Plan, PlannedCover } from './plan-document.ts'
import { listed, spanWords, type PlanWords } from './plan-words.ts'

/** What can be wrong with a plan. */
export type PlanProblemKind =
  | 'gap'
  | 'not-accepted'
  | 'double-cover'
  | 'cover-away'
  | 'too-many'
  | 'outside-absence'
  | 'covers-own-absence'
  | 'no-account'
  | 'other-ase'

/** Something about a plan that somebody has to know or mend, and when. */
export interface PlanProblem extends Window {
  readonly kind: PlanProblemKind
  /** `missing`: somebody has to be found. `warning`: to be known. */
  readonly weight: 'missing' | 'warning'
  readonly accountId: number | null
  readonly entryIds: readonly string[]
  readonly words: string
}

/** What a plan is held against. Of this plan itself nothing is in it. */
export interface PlanFacts {
  readonly people: readonly Person[]
  readonly accounts: readonly Account[]
  /** Everybody's, without the one that is planned. */
  readonly absences: readonly Absence[]
  /** Everybody's, without those that follow from the plan. */
  readonly coverages: readonly Coverage[]
  readonly reductionOf: ReductionOf
  readonly words: PlanWords
}

/** An entry as far as it lies inside the absence. */
interface Cover extends PlannedCover {
  readonly entry: PlannedCover
}

/**
 * What is missing in a plan and what is to be known about it, by when it begins. Who declined covers nothing; who was not asked or
 * did not answer yet fills no gap for certain, which is a finding of its own. Entries count as far as they lie inside the absence,
 * and for accounts that are part of it.
 */
export function findPlanProblems(plan: Plan, facts: PlanFacts): PlanProblem[] {
  const standing = plan.entries.filter(({ request }) => request.state !== 'declined')
  const covers = standing
    .filter(({ accountId }) => plan.accountIds.includes(accountId))
    .flatMap((entry): Cover[] => {
      const inside = overlapOf(entry, plan)
      return inside ? [{ ...entry, ...inside, entry }] : []
    })
  return [
    ...emptyPlan(plan, facts),
    ...plan.accountIds.flatMap((accountId) => [
      ...otherAse(plan, accountId, facts),
      ...gaps(plan, accountId, covers, facts),
      ...doubleCovers(accountId, covers, facts),
    ]),
    ...standing.flatMap((entry) => misplaced(plan, entry, facts)),
    ...covers.flatMap((cover) => [...notAccepted(cover, facts), ...coverAway(plan, cover, facts)]),
    ...tooMany(covers, facts),
  ].toSorted((a, b) => a.startsAt - b.startsAt)
}

function emptyPlan(plan: Plan, { words }: PlanFacts): PlanProblem[] {
  const { startsAt, endsAt } = plan
  const problem = { weight: 'missing', accountId: null, entryIds: [], startsAt, endsAt } as const
  const ase = words.personName(plan.aseId)
  return [
    ...(startsAt < endsAt
      ? []
      : [
          {
            ...problem,
            kind: 'outside-absence' as const,
            words: `The absence of ${ase} ends before it begins, because both ends were moved. Set them again.`,
          },
        ]),
    ...(plan.accountIds.length > 0
      ? []
      : [{ ...problem, kind: 'no-account' as const, words: 'No account is part of the plan. Choose the accounts.' }]),
  ]
}

function otherAse(plan: Plan, accountId: number, { accounts, words }: PlanFacts): PlanProblem[] {
  const account = accounts.find(({ id }) => id === accountId)
  if (!account || account.aseId === plan.aseId) return []
  const whose = account.aseId === null ? 'has no ASE' : `is ${words.personName(account.aseId)}’s`
  return [
    {
      kind: 'other-ase',
      weight: 'warning',
      accountId,
      entryIds: [],
      startsAt: plan.startsAt,
      endsAt: plan.endsAt,
      words: `${account.name} ${whose} by now, and not ${words.personName(plan.aseId)}’s.`,
    },
  ]
}

function gaps(plan: Plan, accountId: number, covers: readonly Cover[], { words }: PlanFacts): PlanProblem[] {
  const account = words.accountName(accountId)
  return windowsWithout(
    plan.startsAt < plan.endsAt ? [plan] : [],
    covers.filter((cover) => cover.accountId === accountId),
  ).map((gap) => ({
    kind: 'gap',
    weight: 'missing',
    accountId,
    entryIds: [],
    ...gap,
    words: `Nobody covers ${account} ${spanWords(gap, words.timeZone)}.`,
  }))
}

function doubleCovers(accountId: number, all: readonly Cover[], { words }: PlanFacts): PlanProblem[] {
  const covers = all.filter((cover) => cover.accountId === accountId)
  return stretchesOf(covers)
    .filter(({ active }) => active.length > 1)
    .map(({ active, startsAt, endsAt }) => {
      const names = [...new Set(active.map(({ coverId }) => words.personName(coverId)))]
      const who =
        names.length === 1
          ? `${names[0]} is down more than once for`
          : `${listed(names)} ${names[2] === undefined ? 'both' : 'all'} cover`
      return {
        kind: 'double-cover',
        weight: 'warning',
        accountId,
        entryIds: active.map(({ id }) => id),
        startsAt,
        endsAt,
        words: `${who} ${words.accountName(accountId)} ${spanWords({ startsAt, endsAt }, words.timeZone)}.`,
      }
    })
}

function misplaced(plan: Plan, entry: PlannedCover, { words }: PlanFacts): PlanProblem[] {
  const { accountId, coverId, startsAt, endsAt } = entry
  const [account, cover] = [words.accountName(accountId), words.personName(coverId)]
  const problem = { accountId, entryIds: [entry.id] }
  if (startsAt >= endsAt) {
    const said = `That ${cover} covers ${account} ends before it begins, because both ends were moved. Set them again.`
    return [{ ...problem, kind: 'outside-absence', weight: 'missing', startsAt, endsAt, words: said }]
  }
  const outside = windowsWithout([entry], plan.startsAt < plan.endsAt ? [plan] : []).map((window): PlanProblem => ({
    ...problem,
    kind: 'outside-absence',
    weight: 'warning',
    ...window,
    words: `${cover} is down for ${account} ${spanWords(window, words.timeZone)}, outside the absence. It does not count there.`,
  }))
  if (plan.accountIds.includes(accountId)) return outside
  const said = `${cover} is down for ${account}, which is not part of the plan. It does not count.`
  return [...outside, { ...problem, kind: 'no-account', weight: 'warning', startsAt, endsAt, words: said }]
}

function notAccepted(cover: Cover, { words }: PlanFacts): PlanProblem[] {
  const { state } = cover.request
  if (state === 'accepted') return []
  const name = words.personName(cover.coverId)
  const { id, accountId, startsAt, endsAt } = cover
  const why = state === 'draft' ? 'has not been asked for' : 'has not accepted'
  const said = `${name} ${why} ${words.accountName(accountId)} ${spanWords(cover, words.timeZone)}. Until then nothing changes hands.`
  return [{ kind: 'not-accepted', weight: 'warning', accountId, entryIds: [id], startsAt, endsAt, words: said }]
}

function coverAway(plan: Plan, cover: Cover, facts: PlanFacts): PlanProblem[] {
  const { words } = facts
  const { id, accountId, coverId } = cover
  const name = words.personName(coverId)
  const problem = { accountId, entryIds: [id] }
  if (coverId === plan.aseId) {
    const said = `${name} cannot cover ${words.accountName(accountId)} during their own absence.`
    const { startsAt, endsAt } = cover
    return [{ ...problem, kind: 'covers-own-absence', weight: 'missing', startsAt, endsAt, words: said }]
  }
  const absences = facts.absences.filter(({ personId }) => personId === coverId)
  const away = joinedWindows(absences.flatMap((absence) => overlapOf(absence, cover) ?? []))
  const person = facts.people.find((candidate) => candidate.id === coverId)
  const off = joinedWindows(person ? daysOffIn(person, cover) : []).flatMap((window) =>
    windowsWithout([window], absences),
  )
  const covering = `while covering ${words.accountName(accountId)}`
  return [
    ...away.map((window): PlanProblem => ({
      ...problem,
      kind: 'cover-away',
      weight: 'missing',
      ...window,
      words: `${name} is away ${spanWords(window, words.timeZone)}, ${covering}.`,
    })),
    ...off.map((window): PlanProblem => ({
      ...problem,
      kind: 'cover-away',
      weight: 'warning',
      ...window,
      words: `${name} has a day off ${spanWords(window, person?.timeZone ?? words.timeZone)}, ${covering}.`,
    })),
  ]
}

/** Their days off as far as they lie in a window, each from midnight to midnight where they are. */
function daysOffIn({ daysOff, timeZone }: Person, window: Window): Window[] {
  return daysOff.flatMap((text) => {
    const day = Temporal.PlainDate.from(text)
    const startsAt = day.toZonedDateTime(timeZone).epochMilliseconds
    const endsAt = day.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds
    return overlapOf({ startsAt, endsAt }, window) ?? []
  })
}

function tooMany(covers: readonly Cover[], facts: PlanFacts): PlanProblem[] {
  const { words, reductionOf } = facts
  return [...new Set(covers.map(({ coverId }) => coverId))].flatMap((coverId) => {
    const planned = covers.filter((cover) => cover.coverId === coverId)
    const others = facts.coverages.filter((coverage) => coverage.coverId === coverId)
    return stretchesOf<Cover | Coverage>([...planned, ...others]).flatMap(({ active, startsAt, endsAt }) => {
      const entryIds = active.flatMap((each) => ('entry' in each ? [each.id] : []))
      const accountIds = [...new Set(active.map(({ accountId }) => accountId))]
      if (entryIds.length === 0 || canCover(accountIds.map(reductionOf))) return []
      const taken = Math.round(accountIds.reduce((sum, id) => sum + reductionOf(id), 0) * 1000) / 10
      const said =
        `${words.personName(coverId)} would cover ${listed(accountIds.map(words.accountName))} at once ` +
        `${spanWords({ startsAt, endsAt }, words.timeZone)}. That takes ${taken} % of their other work: impossible.`
      return [{ kind: 'too-many', weight: 'missing', accountId: null, entryIds, startsAt, endsAt, words: said }]
    })
  })
}

/** Cuts time wherever a window begins or ends, and says which run in between. */
function stretchesOf<Each extends Window>(windows: readonly Each[]): (Window & { readonly active: readonly Each[] })[] {
  const cuts = [...new Set(windows.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]))].toSorted((a, b) => a - b)
  return cuts.slice(0, -1).map((startsAt, index) => {
    const active = windows.filter((window) => window.startsAt <= startsAt && window.endsAt > startsAt)
    return { startsAt, endsAt: cuts[index + 1] ?? startsAt, active }
  })
}
