import { clockWords, whyWords } from '#core/alerts/alert-words.ts'
import type { AlertFacts, DueAlert } from '#core/alerts/alert.ts'
import { nextAvailable } from '#core/clocks/next-available.ts'
import { swapFlags } from '#core/on-call/swap-flags.ts'
import type { Coverage } from '#core/people/people.ts'
import type { AlertKey } from '../db/alerts.ts'
import { readShifts } from '../db/shifts.ts'
import type { ReadDb } from '../db/sql.ts'
import type { StoredCoverage } from '../db/workspace.ts'
import { meetingEvents } from './meeting-alerts.ts'
import type { Situation } from './situation.ts'
import type { StandingEvent } from './standing-event.ts'

/** How a sign-in stands. */
export interface SignInStanding {
  readonly host: 'Zendesk' | 'GitLab'
  /** When it ends; null where it does not, or nobody knows. */
  readonly endsAt: number | null
  /** Renewed while it is used: only its last day is worth telling of. */
  readonly renews: boolean
  /** What is wrong with it now, in words; null where nothing is. */
  readonly problem: string | null
}

/** What is to be told that is not about a ticket, and when to look again. */
export interface StandingAlerts {
  readonly due: readonly DueAlert[]
  /** Null: nothing is to come. */
  readonly nextAt: number | null
}

/** What standing alerts follow from, beside the situation. */
export interface StandingFacts {
  readonly db: ReadDb
  readonly situation: Situation
  readonly signIns: readonly SignInStanding[]
  /** Since when this computer has been awake and the app running, without a break. */
  readonly awakeSince: number
  /** Whether nothing is left to be done about an alert. */
  readonly isSettled: (key: AlertKey) => boolean
}

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const comingMs = 2 * dayMs
/** So long after its time a return meeting is still worth telling of. */
const meetingMs = 14 * dayMs
/** An account that was not seen for so long is told of. */
const unseenMs = 10 * minuteMs
/** How long before its end a sign-in is told of: time enough to ask an administrator, and the last day. */
const signInLeads = [14 * dayMs, dayMs]

/** Coverages, return meetings, shifts, sign-ins and accounts out of sight: what is to be told of them by now, whether or not it was told. */
export function standingAlerts(facts: StandingFacts): StandingAlerts {
  const { situation } = facts
  const { now, first } = situation
  const events = [...coverageEvents(facts), ...meetingEvents(facts), ...signInEvents(facts), ...unseenEvents(facts)]
  const due = events
    .filter((event) => event.at <= now && !facts.isSettled(event))
    .flatMap((event) => toDue(event, now, first))
  const later = events.map(({ at }) => at).filter((at) => at > now && at < Number.POSITIVE_INFINITY)
  return { due: [...due, ...swapAlerts(facts)], nextAt: later.length === 0 ? null : Math.min(...later) }
}

function toDue(
  { at, until, tell, subject, instance, accountId }: StandingEvent,
  now: number,
  first: number,
): DueAlert[] {
  // Of what had come and gone before Understudy looked, nothing is kept.
  if (until <= first) return []
  const listed = now >= until ? 'It was over before this could be told.' : at < first ? knownWords : null
  return [{ ...tell(), subject, instance, accountId, ticketId: null, dueAt: at, listed }]
}

const knownWords = 'It was so before Understudy looked for the first time.'

function coverageEvents({ situation, signIns }: StandingFacts): StandingEvent[] {
  const { roster, me } = situation
  return roster.coverages
    .filter(({ coverId }) => coverId === me.id)
    .flatMap((coverage) => eventsOf(coverage, situation, () => signInProblem(signIns, coverage, situation)))
}

/** What is wrong with a sign-in, or will be before a coverage is over. */
function signInProblem(signIns: readonly SignInStanding[], coverage: Coverage, { reader }: Situation): string | null {
  const present = signIns.find(({ problem }) => problem !== null)
  if (present) return present.problem
  const ending = signIns.find(({ endsAt, renews }) => endsAt !== null && !renews && endsAt < coverage.endsAt)
  if (!ending || ending.endsAt === null) return null
  const at = clockWords(ending.endsAt, reader.now, reader.timeZone)
  return `Your sign-in to ${ending.host} ends ${at}, before the coverage does. Sign in anew in Settings.`
}

function eventsOf(coverage: StoredCoverage, situation: Situation, problemOf: () => string | null): StandingEvent[] {
  const { roster, me, reader } = situation
  const { id, accountId, startsAt, endsAt } = coverage
  const account = roster.accounts.find((one) => one.id === accountId)
  if (!account) return []
  const ase = roster.people.find((person) => person.id === account.aseId)
  const aseName = ase?.name ?? 'the ASE'
  const shared = { subject: `coverage ${id}`, accountId }
  const tell = (kind: 'coverage-coming' | 'coverage-started' | 'coverage-ended') => () => ({
    facts: { kind, account: account.name, aseName, startsAt, endsAt, signInProblem: problemOf() },
    why: whyWords({ as: 'cover', endsAt }, account.name, reader),
  })
  const absences = roster.absences.filter(({ personId }) => personId === account.aseId && personId !== me.id)
  // Reckoned when the coverage is over: until then nobody asks, and plans change.
  const meetingAt =
    endsAt > situation.now ? Number.POSITIVE_INFINITY : ((ase && nextAvailable(ase, absences, endsAt)) ?? endsAt)
  const event = (
    kind: 'coverage-coming' | 'coverage-started' | 'coverage-ended',
    at: number,
    until: number,
  ): StandingEvent => ({
    ...shared,
    kind,
    tell: tell(kind),
    instance: `${kind === 'coverage-ended' ? endsAt : startsAt}`,
    at,
    until,
  })
  const begun = [event('coverage-coming', startsAt - comingMs, startsAt), event('coverage-started', startsAt, endsAt)]
  // Who handed it back knows that it is over.
  if (coverage.handedBackAt !== null) return begun
  return [
    ...begun,
    event('coverage-ended', endsAt, endsAt + meetingMs),
    {
      ...shared,
      kind: 'return-meeting-due',
      tell: () => ({
        facts: { kind: 'return-meeting-due', account: account.name, aseName },
        why: `You covered ${account.name} for ${aseName}.`,
      }),
      instance: `${endsAt}`,
      at: meetingAt,
      until: meetingAt + meetingMs,
    },
  ]
}

function signInEvents({ signIns, situation }: StandingFacts): StandingEvent[] {
  return signIns.flatMap(({ host, endsAt, renews }) => {
    if (endsAt === null) return []
    const facts: AlertFacts = { kind: 'sign-in-ending', host, endsAt }
    const leads = renews ? signInLeads.slice(-1) : signInLeads
    return leads.map((leadMs, index): StandingEvent => ({
      kind: 'sign-in-ending',
      tell: () => ({ facts, why: `You are signed in to ${host}.` }),
      subject: `sign-in ${host.toLowerCase()}`,
      instance: `${endsAt}-${leadMs / dayMs}d`,
      accountId: null,
      at: Math.max(endsAt - leadMs, situation.first),
      // The last warning says all that an earlier one does.
      until: endsAt - (leads[index + 1] ?? 0),
    }))
  })
}

function unseenEvents({ situation, awakeSince, signIns }: StandingFacts): StandingEvent[] {
  const { settings } = situation
  // Nothing is connected, so nobody expects to see anything.
  if (signIns.length === 0) return []
  const patienceMs = Math.max(unseenMs, 2 * settings.syncEverySeconds * 1000)
  return [...situation.accounts.values()].flatMap(({ account, concern, completedAt, problem }): StandingEvent[] => {
    if (concern === null || completedAt === null) return []
    return [
      {
        kind: 'account-unseen',
        tell: () => ({
          facts: { kind: 'account-unseen', account: account.name, since: completedAt, problem },
          why: whyWords(concern, account.name, situation.reader),
        }),
        subject: `account ${account.id}`,
        instance: `since ${completedAt}`,
        accountId: account.id,
        at: Math.max(completedAt, awakeSince) + patienceMs,
        until: Number.POSITIVE_INFINITY,
      },
    ]
  })
}

/** My shifts that nobody takes although I cover too much (rule 2). */
function swapAlerts({ db, situation }: StandingFacts): DueAlert[] {
  const { roster, me, policy, now, first } = situation
  const shifts = readShifts(db, now)
  const open = shifts.filter(({ personId, replacement }) => personId === me.id && replacement === null)
  return swapFlags(open, roster.coverages, policy.onCall).flatMap(({ shiftId, overlaps, since }) => {
    const shift = shifts.find(({ id }) => id === shiftId)
    if (!shift) return []
    const ids = new Set(overlaps.flatMap(({ accountIds }) => accountIds))
    const accounts = roster.accounts.filter(({ id }) => ids.has(id)).map(({ name }) => name)
    return [
      {
        facts: { kind: 'swap-open', shift: shift.title, startsAt: shift.startsAt, accounts },
        subject: `shift ${shiftId}`,
        instance: `${shift.startsAt}`,
        ticketId: null,
        accountId: since.accountId,
        why: 'You are on call while you cover several accounts.',
        dueAt: Math.max(first, Math.min(now, overlaps[0]?.startsAt ?? now)),
        listed: null,
      },
    ]
  })
}
