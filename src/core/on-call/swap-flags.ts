import { isWithin, overlapOf, type Window } from '../instant.ts'
import type { Coverage } from '../people/people.ts'
import type { OnCallPolicy } from '../policy/policy.ts'

/** An on-call shift as the swap rule sees one. */
export interface Shift extends Window {
  readonly id: string
  readonly personId: number
}

/** A part of a shift in which the same accounts are covered all the time, too many of them for being on call. */
export interface SwapOverlap extends Window {
  /** By their id. */
  readonly accountIds: readonly number[]
}

/** Why a shift has to change hands. */
export interface SwapFlag {
  readonly shiftId: string
  /** In order and apart from each other; at least one. */
  readonly overlaps: readonly SwapOverlap[]
  /** The coverage that brought it about: the last one to begin of those that run when the first overlap begins. */
  readonly since: Coverage
}

/**
 * The shifts that have to change hands (rule 2): those during which their engineer covers so many accounts at the same instant as the
 * policy names. Whether somebody took a shift is for the caller to look at.
 *
 * @param coverages accepted ones, of anybody.
 */
export function swapFlags(
  shifts: readonly Shift[],
  coverages: readonly Coverage[],
  { swapFromAccounts }: Pick<OnCallPolicy, 'swapFromAccounts'>,
): SwapFlag[] {
  const byPerson = Map.groupBy(coverages, (coverage) => coverage.coverId)
  return shifts.flatMap((shift) => {
    const during = (byPerson.get(shift.personId) ?? []).filter(
      (coverage) => overlapOf(coverage, shift) && !isLifted(coverage, shift),
    )
    const overlaps = joined(
      stretchesOf(shift, during).filter(({ accountIds }) => accountIds.length >= swapFromAccounts),
    )
    const [first] = overlaps
    const since = first && lastToBegin(during.filter((coverage) => isWithin(first.startsAt, coverage)))
    return since ? [{ shiftId: shift.id, overlaps, since }] : []
  })
}

/** Whether a coverage was handed back early while the shift ran: what is left of the shift is no matter of it any more (rule 7). */
function isLifted({ endsAt, handedBackAt }: Coverage, shift: Shift): boolean {
  return endsAt === handedBackAt && endsAt < shift.endsAt
}

/** A shift cut wherever a coverage begins or ends, with the accounts covered in each part. */
function stretchesOf(shift: Window, during: readonly Coverage[]): SwapOverlap[] {
  const cuts = [shift, ...during]
    .flatMap(({ startsAt, endsAt }) => [startsAt, endsAt])
    .filter((instant) => instant >= shift.startsAt && instant <= shift.endsAt)
  const edges = [...new Set(cuts)].toSorted((a, b) => a - b)
  return edges.slice(1).map((endsAt, index) => {
    const part = { startsAt: edges[index] ?? endsAt, endsAt }
    const covered = during.filter((coverage) => overlapOf(coverage, part)).map((coverage) => coverage.accountId)
    return { ...part, accountIds: [...new Set(covered)].toSorted((a, b) => a - b) }
  })
}

/** Neighbours with the same accounts as one. */
function joined(parts: readonly SwapOverlap[]): SwapOverlap[] {
  const whole: SwapOverlap[] = []
  for (const part of parts) {
    const last = whole.at(-1)
    const goesOn = last?.endsAt === part.startsAt && last.accountIds.join() === part.accountIds.join()
    if (last && goesOn) whole[whole.length - 1] = { ...last, endsAt: part.endsAt }
    else whole.push(part)
  }
  return whole
}

function lastToBegin(coverages: readonly Coverage[]): Coverage | undefined {
  return coverages.toSorted((a, b) => b.startsAt - a.startsAt || a.id.localeCompare(b.id))[0]
}
