import { isoDay } from '#core/coverage/plan-words.ts'
import type { OnboardingStepId } from '#core/desk/onboarding-policy.ts'
import type { StepEvidence } from '#core/desk/onboarding-steps.ts'
import { lintNote } from '#core/org-note/lint-note.ts'
import type { OrgNotePolicy } from '#core/org-note/org-note-policy.ts'
import type { Policy } from '#core/policy/policy.ts'
import { readDesk, seenKitOf } from '../db/desks.ts'
import { prepared, type ReadDb } from '../db/sql.ts'
import { readOrganization, type StoredAccount } from '../db/workspace.ts'

/** What can be read of the steps of taking over an account, from what is stored. */
export type OnboardingEvidence = Partial<Record<OnboardingStepId, StepEvidence>>

/** Looks what is stored of each step. Announcements leave no trace, so nothing is said of them. */
export function onboardingEvidence(
  db: ReadDb,
  account: StoredAccount,
  { orgNote }: Pick<Policy, 'orgNote'>,
  at: { readonly timeZone: string; readonly now: number },
): OnboardingEvidence {
  return {
    introduction: introductionOf(db, account.id),
    cadence: cadenceOf(db, account.id),
    'auto-assign': autoAssignOf(db, account),
    'org-note': noteOf(db, account.id, orgNote, at),
    'project-kit': kitOf(db, account.id, at.timeZone),
  }
}

function introductionOf(db: ReadDb, accountId: number): StepEvidence {
  const row = prepared<[number], { title: string }>(
    db,
    `SELECT title FROM issues WHERE account_id = ? AND title GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] Call:*'
       AND title LIKE '%introduc%' ORDER BY created_at LIMIT 1`,
  ).get(accountId)
  return row
    ? { done: true, words: `“${row.title}” is among the account’s issues.` }
    : { done: false, words: 'Seen by itself once an issue “YYYY-MM-DD Call: Introduction” is there.' }
}

function cadenceOf(db: ReadDb, accountId: number): StepEvidence {
  const { cadence } = readDesk(db, accountId).document
  return cadence === ''
    ? { done: false, words: 'Seen by itself once the cadence is written down on this page.' }
    : { done: true, words: `Written down: ${cadence}` }
}

/** The field of an organization that names its ASE, as companies call it. */
const aseFields = ['assigned_se', 'assigned_support_engineer', 'ase'] as const

function autoAssignOf(db: ReadDb, { id, aseId }: StoredAccount): StepEvidence {
  const fields = readOrganization(db, id)?.fields ?? {}
  const set = aseFields.map((name) => fields[name]).find((value) => value !== undefined && value !== '')
  if (set === undefined) return { done: false, words: 'The organization in Zendesk names no ASE yet.' }
  return aseId !== null && String(set) === String(aseId)
    ? { done: true, words: 'The organization in Zendesk names the ASE.' }
    : { done: false, words: `The organization in Zendesk names ${String(set)} as ASE, which is somebody else here.` }
}

function kitOf(db: ReadDb, accountId: number, timeZone: string): StepEvidence {
  const kit = seenKitOf(db, accountId)
  if (!kit) return { done: false, words: 'Nobody has looked in GitLab yet.' }
  const when = isoDay(kit.at, timeZone)
  return kit.missing.length === 0
    ? { done: true, words: `${kit.project} had all of it on ${when}.` }
    : { done: false, words: `On ${when} ${kit.project} lacked: ${kit.missing.join(', ')}.` }
}

function noteOf(
  db: ReadDb,
  accountId: number,
  policy: OrgNotePolicy,
  at: { readonly timeZone: string; readonly now: number },
): StepEvidence {
  const note = readOrganization(db, accountId)?.notes ?? ''
  if (note.trim() === '') return { done: false, words: 'The organization has no note yet.' }
  const { answered, of } = lintNote(note, policy, { ...at, ase: null, restrictedName: null })
  return answered === of
    ? { done: true, words: `The organization’s note answers all ${of} questions.` }
    : { done: false, words: `The organization’s note answers ${answered} of ${of} questions.` }
}
