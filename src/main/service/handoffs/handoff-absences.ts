import { planOf } from '#core/coverage/plan-document.ts'
import type { PlannedCover } from '#core/coverage/plan-document.ts'
import { absenceOfHandoff } from '#core/handoff/change-handoff.ts'
import type { HandoffDocument } from '#core/handoff/handoff-document.ts'
import { isWithin, type Window } from '#core/instant.ts'
import { shownOf } from '#core/sharing/versioned.ts'
import { coverageIdOf, readPlan } from '../db/plans.ts'
import type { Roster, StoredAbsence } from '../db/workspace.ts'
import type { HandoffDesk } from './handoff-desk.ts'

/** Somebody who accepted to cover an account. */
export interface Cover extends Window {
  readonly id: number
  readonly name: string
  /** When the account was handed back; null before, and where that is not known. */
  readonly handedBackAt: number | null
}

/** An absence with what is handed over for it. */
export interface HandoffAbsence extends Window {
  /** Of the stored absence; of one that is known from its handoffs alone, the name they have for it. */
  readonly id: string
  /** What ids of its handoffs begin with: the plan's id, else the absence's own. */
  readonly planOrAbsenceId: string
  readonly planId: string | null
  readonly aseId: number
  readonly aseName: string
  readonly aseTimeZone: string
  readonly accountIds: readonly number[]
  /** Who covers an account, by the start. It follows from the plan, or from the coverages; also while they change. */
  readonly coversOf: (accountId: number) => readonly Cover[]
}

/** Every absence that is stored here, and those that are known from handoffs alone. */
export function handoffAbsences(desk: HandoffDesk, documents: readonly HandoffDocument[]): HandoffAbsence[] {
  const stored = desk.roster.absences.map((absence) => storedAbsence(desk, absence))
  const known = new Set(stored.map(({ planOrAbsenceId }) => planOrAbsenceId))
  const others = Map.groupBy(documents, ({ id }) => absenceOfHandoff(id))
  return [
    ...stored,
    // What was handed over for a plan that was taken away since is nothing to prepare.
    ...[...others]
      .filter(([id]) => !known.has(id) && readPlan(desk.db, id) === undefined)
      .flatMap(([id, handoffs]) => absenceOf(desk, id, handoffs) ?? []),
  ]
}

/**
 * The absence of a handoff.
 *
 * @param id a stored absence's, a plan's, or what its handoffs call it.
 * @param handoffs what is known of them; asked for an absence that is not stored here.
 */
export function findAbsence(
  desk: HandoffDesk,
  id: string,
  handoffs: () => readonly HandoffDocument[],
): HandoffAbsence | undefined {
  const stored = desk.roster.absences.find((absence) => absence.id === id || absence.planId === id)
  return stored ? storedAbsence(desk, stored) : absenceOf(desk, id, handoffs())
}

/** Where an absence is in time. */
export function phaseOf(absence: Window, now: number): 'upcoming' | 'running' | 'past' {
  if (isWithin(now, absence)) return 'running'
  return absence.startsAt > now ? 'upcoming' : 'past'
}

/** How an absence, or one account of it, concerns me. */
export function roleIn({ aseId, accountIds, coversOf }: HandoffAbsence, { me }: Roster, accountId?: number) {
  if (me === null) return 'other' as const
  if (aseId === me.id) return 'ase' as const
  const covers = (accountId === undefined ? accountIds : [accountId]).flatMap(coversOf)
  return covers.some(({ id }) => id === me.id) ? ('cover' as const) : ('other' as const)
}

function storedAbsence({ db, roster }: HandoffDesk, absence: StoredAbsence): HandoffAbsence {
  const { id, personId, planId, startsAt, endsAt } = absence
  const ase = roster.people.find((person) => person.id === personId)
  const plan = planId === null ? undefined : readPlan(db, planId)?.document
  const planned = plan && planOf(plan)
  const coverages = roster.coverages.filter(({ absenceId }) => absenceId === id)
  const theirs = roster.accounts.filter(({ aseId }) => aseId === personId).map((account) => account.id)
  const accepted = planned?.entries
    .filter(({ request }) => request.state === 'accepted')
    .flatMap((entry) => asHandedBack(entry, planned.id, roster))
  const nameOf = (coverId: number) =>
    roster.people.find((person) => person.id === coverId)?.name ?? plan?.names.people[coverId]?.name
  return {
    ...{ id, planOrAbsenceId: planId ?? id, planId, aseId: personId, startsAt, endsAt },
    aseName: ase?.name ?? plan?.names.people[personId]?.name ?? `User ${personId}`,
    aseTimeZone: ase?.timeZone ?? plan?.names.people[personId]?.timeZone ?? 'UTC',
    accountIds: planned?.accountIds ?? [...new Set([...coverages.map(({ accountId }) => accountId), ...theirs])],
    coversOf: (accountId) =>
      (accepted ?? coverages)
        .filter((cover) => cover.accountId === accountId)
        .map((cover) => ({
          id: cover.coverId,
          name: nameOf(cover.coverId) ?? `User ${cover.coverId}`,
          startsAt: cover.startsAt,
          endsAt: cover.endsAt,
          handedBackAt: cover.handedBackAt,
        }))
        .toSorted((a, b) => a.startsAt - b.startsAt),
  }
}

/** An entry as it holds: one of an account that was handed back ends then, or never begins. */
function asHandedBack(
  entry: PlannedCover,
  planId: string,
  { coverages, plannedCoverages }: Roster,
): (PlannedCover & Pick<Cover, 'handedBackAt'>)[] {
  const id = coverageIdOf(planId, entry.id)
  const { handedBackAt } = plannedCoverages.find((coverage) => coverage.id === id) ?? { handedBackAt: null }
  if (handedBackAt === null) return [{ ...entry, handedBackAt }]
  const held = coverages.find((coverage) => coverage.id === id)
  return held ? [{ ...entry, endsAt: held.endsAt, handedBackAt }] : []
}

function absenceOf(
  { roster }: HandoffDesk,
  id: string,
  handoffs: readonly HandoffDocument[],
): HandoffAbsence | undefined {
  const [first] = handoffs
  const window = handoffs.map((handoff) => shownOf(handoff.window)?.value).find((shown) => shown !== undefined)
  if (!first || !window) return undefined
  const ase = roster.people.find((person) => person.id === first.aseId)
  return {
    ...{ id, planOrAbsenceId: id, planId: null, aseId: first.aseId, ...window },
    aseName: ase?.name ?? first.names.ase,
    aseTimeZone: ase?.timeZone ?? first.names.aseTimeZone,
    accountIds: handoffs.map(({ accountId }) => accountId),
    coversOf: (accountId) =>
      Object.entries(handoffs.find((handoff) => handoff.accountId === accountId)?.names.covers ?? {}).map(
        ([coverId, name]) => ({ id: Number(coverId), name, ...window, handedBackAt: null }),
      ),
  }
}
