import type { RibbonLane, RibbonSpan } from '#contract/coverage.ts'
import { dayNamed, isoWeekNamed, isoWeekOf, weekAfter, type IsoWeek } from '#core/clocks/iso-week.ts'
import type { Plan } from '#core/coverage/plan-document.ts'
import { overlapOf, type Window } from '#core/instant.ts'
import { swapFlags, type Shift } from '#core/on-call/swap-flags.ts'
import { spanWords } from '#core/on-call/swap-message.ts'
import type { Person } from '#core/people/people.ts'
import type { Policy } from '#core/policy/policy.ts'
import { joinedWindows, windowsWithout } from '#core/windows.ts'
import type { Roster, StoredAccount } from '../db/workspace.ts'

/** What the ribbon is drawn from. */
export interface RibbonFacts {
  readonly roster: Roster
  /** Plans that were not taken away. */
  readonly plans: readonly Plan[]
  readonly shifts: readonly (Shift & { readonly title: string; readonly replacement: string | null })[]
  readonly policy: Pick<Policy, 'onCall'>
  readonly now: number
}

/** Absences, covers and on-call shifts over some weeks. */
export interface Ribbon extends Window {
  readonly weeks: IsoWeek[]
  readonly lanes: RibbonLane[]
  readonly now: number
}

/** The weeks that are looked at, and how times are written. */
interface View extends RibbonFacts {
  readonly range: Window
  /** Every time in words is one of the reader's zone. */
  readonly span: (window: Window) => string
}

/**
 * The ribbon from the Monday of a week in my zone on, the present week where none is named; undefined when there is no week of that
 * name. A lane is there when something of it lies in these weeks, mine always. Spans have their true times, also where they begin
 * or end outside. What was asked and not answered is no gap of its own: its words say that nobody covers until it is accepted.
 */
export function ribbonOf(week: string | undefined, count: number, facts: RibbonFacts): Ribbon | undefined {
  const timeZone = facts.roster.me?.timeZone ?? 'UTC'
  const first = week === undefined ? isoWeekOf(facts.now, timeZone) : isoWeekNamed(week, timeZone)
  if (!first) return undefined
  const weeks = [first]
  for (let last = first; weeks.length < count; weeks.push(last)) last = weekAfter(last, timeZone)
  const range = { startsAt: first.startsAt, endsAt: weeks.at(-1)?.endsAt ?? first.endsAt }
  const view: View = { ...facts, range, span: (window) => spanWords(window, timeZone) }
  const lanes = [...aseLanes(view), ...accountLanes(view), ...onCallLanes(view)]
  return { ...range, weeks, lanes, now: facts.now }
}

function aseLanes(view: View): RibbonLane[] {
  const { roster } = view
  const aseIds = new Set(roster.accounts.map(({ aseId }) => aseId))
  return meFirst(
    roster.people.filter(({ id }) => aseIds.has(id) || id === roster.me?.id),
    view,
  )
    .map((person) =>
      lane('ase', person.id, person.name, [...absencesOf(person, view), ...daysOffOf(person, view)], view),
    )
    .filter(({ id, spans }) => spans.length > 0 || id === `ase/${roster.me?.id}`)
}

function absencesOf(person: Person, { roster, span }: View): RibbonSpan[] {
  return roster.absences
    .filter(({ personId }) => personId === person.id)
    .map((absence) => ({
      ...spanOf('absence', absence.id, absence),
      label: `${firstName(person.name)} away`,
      words: `${person.name} is away ${span(absence)}.`,
      mine: person.id === roster.me?.id,
      planId: absence.planId,
    }))
}

function daysOffOf(person: Person, { roster, span }: View): RibbonSpan[] {
  return person.daysOff.map((name) => {
    const day = dayNamed(name, person.timeZone)
    return {
      ...spanOf('day-off', `${person.id}/${name}`, day),
      label: 'Day off',
      words: `${person.name} has a day off, ${span(day)}.`,
      mine: person.id === roster.me?.id,
    }
  })
}

function accountLanes(view: View): RibbonLane[] {
  return view.roster.accounts
    .map((account) => {
      const asked = askedOf(account, view)
      const spans = [...coversOf(account, view), ...asked, ...gapsOf(account, asked, view)]
      return lane('account', account.id, account.name, spans, view)
    })
    .filter(({ spans }) => spans.length > 0)
}

function coversOf(account: StoredAccount, { roster, span }: View): RibbonSpan[] {
  return roster.coverages
    .filter(({ accountId }) => accountId === account.id)
    .map((coverage) => {
      const name = nameIn(roster, coverage.coverId)
      const back = coverage.handedBackAt === coverage.endsAt ? ' It was handed back then.' : ''
      return {
        ...spanOf('cover', coverage.id, coverage),
        label: firstName(name),
        words: `${name} covers ${account.name} ${span(coverage)}.${back}`,
        mine: coverage.coverId === roster.me?.id,
        planId: coverage.planId,
      }
    })
}

function askedOf(account: StoredAccount, { roster, plans, span }: View): RibbonSpan[] {
  return plans.flatMap((plan) =>
    plan.entries
      .filter(({ accountId, request, startsAt, endsAt }) => {
        // Moved by two people who knew nothing of each other, an entry may end before it begins.
        return accountId === account.id && request.state === 'asked' && startsAt < endsAt
      })
      .map((entry) => {
        const name = nameIn(roster, entry.coverId)
        const what = `${name} is asked to cover ${account.name} ${span(entry)}`
        return {
          ...spanOf('asked', `${plan.id}/${entry.id}`, entry),
          label: `${firstName(name)} asked`,
          words: `${what}. Until it is accepted nobody covers it.`,
          mine: entry.coverId === roster.me?.id,
          planId: plan.id,
        }
      }),
  )
}

/** Stretches of absences of the account's ASE that nobody has accepted and nobody was asked for. */
function gapsOf(
  account: StoredAccount,
  asked: readonly RibbonSpan[],
  { roster, plans, range, span }: View,
): RibbonSpan[] {
  const { aseId, aseSince } = account
  if (aseId === null) return []
  const since = { startsAt: aseSince ?? 0, endsAt: Number.MAX_SAFE_INTEGER }
  const away = roster.absences.flatMap((absence) =>
    absence.personId === aseId ? (overlapOf(absence, since) ?? []) : [],
  )
  // From when it was handed back on, its ASE has it again.
  const covered = roster.plannedCoverages.filter(({ accountId }) => accountId === account.id)
  return windowsWithout(joinedWindows(away), [...covered, ...asked])
    .filter((gap) => overlapOf(gap, range))
    .map((gap) => {
      const of = plans.find((plan) => plan.accountIds.includes(account.id) && overlapOf(plan, gap))
      return {
        ...spanOf('gap', `${account.id}/${gap.startsAt}`, gap),
        label: 'Gap',
        words: `Nobody covers ${account.name} ${span(gap)}, while ${nameIn(roster, aseId)} is away.`,
        mine: aseId === roster.me?.id,
        planId: of?.id ?? null,
      }
    })
}

function onCallLanes(view: View): RibbonLane[] {
  const { roster, shifts } = view
  const engineers = [...new Set(shifts.map(({ personId }) => personId))].map((id) => ({ id, name: nameIn(roster, id) }))
  return meFirst(engineers, view)
    .map(({ id, name }) => lane('on-call', id, name, shiftsOf(id, name, view), view))
    .filter(({ spans }) => spans.length > 0)
}

function shiftsOf(personId: number, name: string, { roster, shifts, policy, span }: View): RibbonSpan[] {
  const own = shifts.filter((shift) => shift.personId === personId)
  const flags = swapFlags(own, roster.coverages, policy.onCall)
  return own.map((shift) => {
    const flag = shift.replacement === null ? flags.find(({ shiftId }) => shiftId === shift.id) : undefined
    const accountIds = [...new Set(flag?.overlaps.flatMap((overlap) => overlap.accountIds))]
    const covered = accountIds.map((id) => accountNameIn(roster, id)).toSorted((a, b) => a.localeCompare(b))
    const names = new Intl.ListFormat('en-GB').format(covered)
    const swap = flag ? ` ${firstName(name)} covers ${names} at the same time, so the shift has to change hands.` : ''
    const taken = shift.replacement === null ? '' : ` ${shift.replacement} takes it instead.`
    return {
      ...spanOf(flag ? 'shift-to-swap' : 'shift', shift.id, shift),
      label: shift.title,
      words: `${name} is on call (“${shift.title}”) ${span(shift)}.${swap}${taken}`,
      mine: personId === roster.me?.id,
      shiftId: shift.id,
    }
  })
}

function lane(
  kind: RibbonLane['kind'],
  id: number,
  name: string,
  spans: readonly RibbonSpan[],
  { range }: View,
): RibbonLane {
  const within = spans.filter((span) => overlapOf(span, range))
  return { id: `${kind}/${id}`, kind, name, spans: within.toSorted((a, b) => a.startsAt - b.startsAt) }
}

function spanOf(kind: RibbonSpan['kind'], id: string, { startsAt, endsAt }: Window) {
  return { id: `${kind}/${id}`, kind, startsAt, endsAt, planId: null, shiftId: null }
}

function meFirst<Somebody extends Pick<Person, 'id' | 'name'>>(
  people: readonly Somebody[],
  { roster }: View,
): Somebody[] {
  const order = (id: number) => (id === roster.me?.id ? 0 : 1)
  return people.toSorted((a, b) => order(a.id) - order(b.id) || a.name.localeCompare(b.name))
}

function nameIn(roster: Roster, personId: number): string {
  return roster.people.find(({ id }) => id === personId)?.name ?? `User ${personId}`
}

function accountNameIn(roster: Roster, accountId: number): string {
  const { accounts, formerAccounts } = roster
  return [...accounts, ...formerAccounts].find(({ id }) => id === accountId)?.name ?? `Organization ${accountId}`
}

function firstName(name: string): string {
  return name.split(' ')[0] ?? name
}
