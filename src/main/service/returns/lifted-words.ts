import type { ReturnMeeting } from '#contract/returns.ts'
import { dayNamed, dayNameOf } from '#core/clocks/iso-week.ts'
import { instantWords, listed, spanWords } from '#core/coverage/plan-words.ts'
import { isWithin } from '#core/instant.ts'
import { swapFlags } from '#core/on-call/swap-flags.ts'
import { policyFor } from '#core/policy/policy-overrides.ts'
import type { Policy } from '#core/policy/policy.ts'
import { coveredOn, percentOf, shareLeft } from '#core/workload/week-load.ts'
import { readShifts } from '../db/shifts.ts'
import type { ReadDb } from '../db/sql.ts'
import type { Roster } from '../db/workspace.ts'

/** A handing back, with who covers what before it and after it. */
export interface Lifting {
  readonly db: ReadDb
  readonly now: number
  readonly policy: Policy
  readonly meeting: ReturnMeeting
  readonly before: Roster
  readonly after: Roster
}

/** What ended when an account was handed back, and what did not, a sentence each. */
export function liftedWords(lifting: Lifting): string[] {
  return [
    ...coverageWords(lifting),
    ...loadWords(lifting),
    ...flagWords(lifting),
    ...alertWords(lifting),
    ...absenceWords(lifting),
  ]
}

function coverageWords(lifting: Lifting): string[] {
  const { now, meeting, before, after } = lifting
  const theirs = ofMeeting(before, lifting)
  const left = new Set(after.coverages.map(({ id }) => id))
  const fallen = theirs.filter(({ id }) => !left.has(id))
  const last = theirs.at(-1)
  if (last && theirs.every(({ endsAt }) => endsAt <= now)) {
    const endedAt = Math.max(...theirs.map(({ endsAt }) => endsAt))
    return [`The coverage had ended on ${instant(endedAt, lifting)} by itself.`]
  }
  return fallen.map(({ coverId, startsAt }) => {
    const subject = coverId === before.me?.id ? 'You do' : `${nameOf(coverId, before)} does`
    return `${subject} not take ${meeting.accountName} over on ${instant(startsAt, lifting)} any more.`
  })
}

/** Whose share of other work is another one today: it is what the load of the day is reckoned with (rule 1). */
function loadWords(lifting: Lifting): string[] {
  const { before, after } = lifting
  return coverIds(lifting).flatMap((id) => {
    const [was, is] = [before, after].map((roster) => shareToday(id, roster, lifting))
    if (was === undefined || is === undefined || was === is) return []
    return [`${whose(id, before)} load is ${percentOf(is)} again; it was ${percentOf(was)}.`]
  })
}

function shareToday(personId: number, { people, accounts, coverages }: Roster, { now, policy }: Lifting): number {
  const timeZone = people.find(({ id }) => id === personId)?.timeZone ?? 'UTC'
  const today = dayNamed(dayNameOf(now, timeZone), timeZone)
  const theirs = coverages.filter(({ coverId }) => coverId === personId)
  return shareLeft(
    [...coveredOn(today, theirs)].map((accountId) => {
      const own = accounts.find(({ id }) => id === accountId)?.policyOverrides ?? {}
      return policyFor(own, policy).covering.reductionPerAccount
    }),
  )
}

function flagWords({ db, now, policy, before, after, ...lifting }: Lifting): string[] {
  const open = readShifts(db, now).filter(({ replacement }) => replacement === null)
  const flagged = ({ coverages }: Roster) =>
    new Set(swapFlags(open, coverages, policy.onCall).map(({ shiftId }) => shiftId))
  const [was, is] = [flagged(before), flagged(after)]
  return open
    .filter(({ id }) => was.has(id) && !is.has(id))
    .map((shift) => {
      const span = spanWords(shift, zoneOf({ before, ...lifting }))
      const of = shift.personId === before.me?.id ? 'your' : `${nameOf(shift.personId, before)}’s`
      return `The swap flag of ${of} shift “${shift.title}” ${span} is down.`
    })
}

function alertWords(lifting: Lifting): string[] {
  const { now, before, after, meeting } = lifting
  const running = (roster: Roster) => ofMeeting(roster, lifting).filter((coverage) => isWithin(now, coverage))
  const ended = running(before).filter(({ id }) => !running(after).some((coverage) => coverage.id === id))
  if (ended.length === 0) return []
  const { accountName, aseName, role } = meeting
  const isMine = ended.some(({ coverId }) => coverId === before.me?.id)
  const others = role === 'ase' ? listed([...new Set(ended.map(({ coverId }) => nameOf(coverId, before)))]) : aseName
  return [
    ...(isMine ? [`Alerts of ${accountName} have stopped, and its tickets are not guarded any more.`] : []),
    ...(role === 'ase' ? [`Alerts of ${accountName} come to you again.`] : []),
    `${others}’s own Understudy hears nothing of this: ${accountName} is handed back there, too.`,
  ]
}

function absenceWords({ now, meeting, before, ...lifting }: Lifting): string[] {
  const absence = before.absences.find(({ id }) => id === meeting.absenceId)
  if (!absence || absence.endsAt <= now) return []
  const subject = absence.personId === before.me?.id ? 'Your' : `${meeting.aseName}’s`
  const until = instantWords(absence.endsAt, zoneOf({ before, meeting, ...lifting }))
  return [`${subject} absence is planned until ${until} still. That is changed under Coverage.`]
}

function ofMeeting({ coverages }: Roster, { meeting }: Lifting) {
  const { absenceId, accountId } = meeting
  return coverages.filter((coverage) => coverage.absenceId === absenceId && coverage.accountId === accountId)
}

function coverIds(lifting: Lifting): number[] {
  return [...new Set(ofMeeting(lifting.before, lifting).map(({ coverId }) => coverId))]
}

function instant(at: number, lifting: Lifting): string {
  return instantWords(at, zoneOf(lifting))
}

function zoneOf({ before, meeting }: Pick<Lifting, 'before' | 'meeting'>): string {
  return before.me?.timeZone ?? meeting.aseTimeZone
}

function whose(id: number, roster: Roster): string {
  return id === roster.me?.id ? 'Your' : `${nameOf(id, roster)}’s`
}

function nameOf(id: number, { people }: Roster): string {
  return people.find((person) => person.id === id)?.name ?? `User ${id}`
}
