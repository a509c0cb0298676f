import type { DeskOnboarding, DeskPage, DeskPerson } from '#contract/desk.ts'
import { nextAvailable } from '#core/clocks/next-available.ts'
import { isoDay } from '#core/coverage/plan-words.ts'
import type { DeskDocument } from '#core/desk/desk-document.ts'
import { hoursThere } from '#core/desk/hours-there.ts'
import { onboardingSteps } from '#core/desk/onboarding-steps.ts'
import { isWithin } from '#core/instant.ts'
import { writeHours } from '#core/people/hours-words.ts'
import { fillIn } from '#core/policy/fill-in.ts'
import type { Policy } from '#core/policy/policy.ts'
import { readDesk } from '../db/desks.ts'
import { openIssuesOf } from '../db/read-issues.ts'
import { liveTicketsOf } from '../db/read-tickets.ts'
import type { ReadDb } from '../db/sql.ts'
import { readOrganization, type Roster, type StoredAccount, type StoredCoverage } from '../db/workspace.ts'
import { Refusal } from '../refusal.ts'
import { onboardingEvidence } from './onboarding-evidence.ts'

/** What the page of an account is made from. */
export interface DeskSetting {
  readonly db: ReadDb
  readonly roster: Roster
  readonly policy: Policy
  readonly now: number
  /** Path of the project in which notes of organizations are kept; null while none is named. */
  readonly organizationsProject: string | null
}

/**
 * Finds an account by its number.
 *
 * @throws {Refusal} when it is not followed.
 */
export function followedAccount(roster: Roster, accountId: number): StoredAccount {
  const account = roster.accounts.find(({ id }) => id === accountId)
  if (account) return account
  const missing = { what: 'account', id: String(accountId) }
  throw new Refusal('not-found', `Organization ${accountId} is not followed.`, { missing })
}

/**
 * The page of an account, from what is stored.
 *
 * @throws {Refusal} when it is not followed.
 */
export function deskPageOf(
  setting: DeskSetting,
  accountId: number,
  relation: DeskPage['account']['relation'],
): DeskPage {
  const { db, roster, now } = setting
  const account = followedAccount(roster, accountId)
  const { document, restricted } = readDesk(db, accountId)
  const { id, name, aseSince, label, gitlabGroup } = account
  return {
    account: {
      ...{ id, name, aseSince, label, gitlabGroup, relation },
      openTickets: liveTicketsOf(db, id),
      openIssues: openIssuesOf(db, id),
    },
    restricted,
    people: peopleOf(setting, account),
    document: mutable(document),
    orgNote: readOrganization(db, id)?.notes ?? null,
    coverages: roster.coverages
      .filter((coverage) => coverage.accountId === id)
      .toSorted((a, b) => b.startsAt - a.startsAt)
      .map((coverage) => coverageOf(coverage, setting)),
    onboarding: onboardingOf(setting, account, document),
    now,
  }
}

function coverageOf({ id, coverId, startsAt, endsAt }: StoredCoverage, { roster, now }: DeskSetting) {
  return {
    id,
    coverName: roster.people.find((person) => person.id === coverId)?.name ?? `User ${coverId}`,
    mine: coverId === roster.me?.id,
    phase: phaseOf({ startsAt, endsAt }, now),
    startsAt,
    endsAt,
  }
}

function phaseOf(window: { readonly startsAt: number; readonly endsAt: number }, now: number) {
  if (isWithin(now, window)) return 'running' as const
  return window.startsAt > now ? ('upcoming' as const) : ('past' as const)
}

function peopleOf(setting: DeskSetting, account: StoredAccount): DeskPerson[] {
  const { roster, now } = setting
  const coverages = roster.coverages
    .filter(({ accountId, endsAt }) => accountId === account.id && endsAt > now)
    .toSorted((a, b) => a.startsAt - b.startsAt)
  const running = coverages.filter((coverage) => isWithin(now, coverage))
  const next = coverages.find(({ startsAt }) => startsAt > now)
  return [
    ...(account.aseId === null ? [] : personOf(setting, 'ase', account.aseId, null)),
    ...running.flatMap((coverage) => personOf(setting, 'covering', coverage.coverId, coverage)),
    ...(next ? personOf(setting, 'covering-next', next.coverId, next) : []),
  ]
}

function personOf(
  { roster, now }: DeskSetting,
  role: DeskPerson['role'],
  personId: number,
  coverage: StoredCoverage | null,
): DeskPerson[] {
  const person = roster.people.find(({ id }) => id === personId)
  if (!person) return []
  const { id, name, region, timeZone, workingHours, slackHandle } = person
  const here = roster.me?.timeZone ?? 'UTC'
  const absences = roster.absences.filter((absence) => absence.personId === id)
  return [
    {
      ...{ role, id, name, region, timeZone, slackHandle },
      me: id === roster.me?.id,
      hours: writeHours(workingHours),
      hoursHere: writeHours(hoursThere(workingHours, { from: timeZone, to: here }, now)),
      nextAvailableAt: nextAvailable(person, absences, now) ?? null,
      startsAt: coverage?.startsAt ?? null,
      endsAt: coverage?.endsAt ?? null,
    },
  ]
}

function onboardingOf(setting: DeskSetting, account: StoredAccount, desk: DeskDocument): DeskOnboarding {
  const { db, roster, policy, now } = setting
  const { onboarding } = policy
  const ase = roster.people.find(({ id }) => id === account.aseId)
  const timeZone = ase?.timeZone ?? roster.me?.timeZone ?? 'UTC'
  const set = desk.onboarding.startsOn
  const startsOn = set ?? (account.aseSince === null ? null : isoDay(account.aseSince, timeZone))
  const words = {
    account: account.name,
    accountId: String(account.id),
    ase: ase?.name ?? 'the Assigned Support Engineer',
    aseId: account.aseId === null ? '' : String(account.aseId),
    sender: roster.me?.name ?? '',
  }
  const written = (lines: readonly string[]) =>
    lines
      .map((line) => fillIn(line, words))
      .join('\n')
      .trimEnd()
  const { introduction, autoAssign } = onboarding
  return {
    startsOn,
    startsOnFrom: set === null ? (startsOn === null ? null : 'ase') : 'set',
    steps: onboardingSteps({
      policy: onboarding,
      workingDays: policy.baseline.workingDays,
      startsOn,
      today: isoDay(now, timeZone),
      ticked: desk.onboarding.ticked,
      evidence: onboardingEvidence(db, account, policy, { timeZone, now }),
    }),
    edition: policy.title,
    agenda: { minutes: introduction.minutes, text: written(introduction.agenda), source: introduction.source },
    autoAssign:
      autoAssign.by === 'form'
        ? { ...autoAssign, choices: [...autoAssign.choices] }
        : {
            by: 'issue',
            project: setting.organizationsProject,
            title: fillIn(autoAssign.title, words),
            text: written(autoAssign.lines),
            remark: autoAssign.remark,
            source: autoAssign.source,
          },
  }
}

/** The contract's lists may be changed by whoever gets them; those of a desk may not. */
function mutable(desk: DeskDocument): DeskPage['document'] {
  return structuredClone(desk) as DeskPage['document']
}
