import type { OnCallShift } from '#contract/on-call.ts'
import type { Coverage } from '#core/people/people.ts'
import { swapFlags, type SwapFlag } from '#core/on-call/swap-flags.ts'
import { accountWords, instantWords, swapMessage } from '#core/on-call/swap-message.ts'
import type { OnCallPolicy } from '#core/policy/policy.ts'
import type { StoredShift } from '../db/shifts.ts'
import type { Roster } from '../db/workspace.ts'
import { nameOf } from './router-deps.ts'

/** What on-call shifts are shown with. */
export interface OnCallFacts {
  readonly roster: Roster
  readonly policy: OnCallPolicy
}

/** Shifts as they are shown, each with its flag as long as nobody is recorded who takes it (rule 2). */
export function toOnCallShifts(shifts: readonly StoredShift[], facts: OnCallFacts): OnCallShift[] {
  const { roster, policy } = facts
  const open = shifts.filter(({ replacement }) => replacement === null)
  const flags = new Map(swapFlags(open, roster.coverages, policy).map((flag) => [flag.shiftId, flag]))
  return shifts.map((shift) => {
    const flag = flags.get(shift.id)
    const { id, personId, startsAt, endsAt, title, replacement, replacementAt, calendarName, lapsed } = shift
    return {
      id,
      personId,
      personName: engineerOf(shift, roster).name,
      mine: personId === roster.me?.id,
      startsAt,
      endsAt,
      title,
      feedName: calendarName,
      swap: flag ? toSwap(shift, flag, facts) : null,
      replacement: replacement === null ? null : { name: replacement, at: replacementAt ?? startsAt },
      lapsed,
    }
  })
}

function toSwap(shift: StoredShift, flag: SwapFlag, { roster, policy }: OnCallFacts): OnCallShift['swap'] {
  const engineer = engineerOf(shift, roster)
  const accountName = (id: number) => roster.accounts.find((account) => account.id === id)?.name ?? `Organization ${id}`
  const overlaps = flag.overlaps.map(({ startsAt, endsAt, accountIds }) => ({
    startsAt,
    endsAt,
    accountNames: accountIds.map(accountName),
  }))
  const touched = roster.coverages.filter(
    (coverage) =>
      coverage.coverId === shift.personId &&
      flag.overlaps.some(
        ({ startsAt, endsAt, accountIds }) =>
          coverage.startsAt < endsAt && coverage.endsAt > startsAt && accountIds.includes(coverage.accountId),
      ),
  )
  const coverages = touched.map((coverage) => ({
    startsAt: coverage.startsAt,
    endsAt: coverage.endsAt,
    accountName: accountName(coverage.accountId),
    aseName: aseNameOf(coverage, roster),
  }))
  return {
    overlaps,
    since: sinceWords(flag, engineer.timeZone, accountName(flag.since.accountId), aseNameOf(flag.since, roster)),
    message: swapMessage({
      engineerName: engineer.name,
      timeZone: engineer.timeZone,
      shift,
      overlaps,
      coverages,
      policy,
    }),
    source: policy.source,
  }
}

function sinceWords({ since, overlaps }: SwapFlag, timeZone: string, account: string, ase: string | null): string {
  const forWhom = ase === null ? '' : ` for ${ase}`
  const count = accountWords(overlaps[0]?.accountIds.length ?? 0)
  return `${account} covered${forWhom} from ${instantWords(since.startsAt, timeZone)} makes it ${count} at once`
}

function aseNameOf(coverage: Coverage, roster: Roster): string | null {
  const absence = roster.absences.find(({ id }) => id === coverage.absenceId)
  return nameOf(absence?.personId ?? null, roster)
}

function engineerOf({ personId }: StoredShift, roster: Roster): { readonly name: string; readonly timeZone: string } {
  return roster.people.find(({ id }) => id === personId) ?? { name: `User ${personId}`, timeZone: 'UTC' }
}
