import type { OrgNoteView } from '#contract/org-notes.ts'
import { composeNote, type NoteMaterial } from '#core/org-note/compose-note.ts'
import { lintNote, type NoteLint } from '#core/org-note/lint-note.ts'
import { temporarySentences, withoutTemporaryText } from '#core/org-note/temporary-text.ts'
import type { Policy } from '#core/policy/policy.ts'
import { readNoteDraft, writeNoteDraft } from '../db/org-notes.ts'
import type { WriteDb } from '../db/sql.ts'
import { transaction } from '../db/sql.ts'
import { noteOfOrganization, storeOrganization } from '../db/workspace.ts'
import { tidyNote } from '../yaml/note-file.ts'
import type { ZendeskApi } from '../zendesk/zendesk-api.ts'
import { dayAt, factsOf, materialOf, noteSubject, type NoteSubject } from './org-note-facts.ts'

/** What notes are shown and written with. */
export interface OrgNoteDesk {
  readonly db: WriteDb
  readonly policy: Policy
  readonly now: number
}

/**
 * An account's note as it stands in Zendesk, held against the rules, with what is being written.
 *
 * @param zendesk asked where the organization was never read; null where nobody can be.
 * @throws {Refusal} where the account is not followed.
 * @throws {RemoteFailure} where Zendesk has to be asked and cannot be.
 */
export async function showOrgNote(
  desk: OrgNoteDesk,
  accountId: number,
  zendesk: Pick<ZendeskApi, 'organization'> | null,
): Promise<OrgNoteView> {
  const { db, policy, now } = desk
  const subject = noteSubject(db, accountId, policy, now)
  if (zendesk && noteOfOrganization(db, accountId)?.changedAt == null) {
    const organization = await zendesk.organization(accountId)
    transaction(db, () => storeOrganization(db, organization))
  }
  const stored = noteOfOrganization(db, accountId)
  const note = stored?.note?.replaceAll('\r\n', '\n') ?? null
  const draft = readNoteDraft(db, accountId)
  return {
    accountId,
    accountName: subject.account.name,
    aseName: subject.ase?.name ?? null,
    restricted: subject.restricted,
    note,
    changedAt: stored?.changedAt ?? null,
    lint: note === null ? null : toView(lintNote(note, policy.orgNote, factsOf(subject, now))),
    edition: policy.title,
    // What reached Zendesk is no draft any more.
    draft: draft && tidyNote(draft.text) !== tidyNote(note ?? '') ? draft : null,
    autoAssigned: subject.autoAssigned,
    covers: [...subject.covers],
    removal: note === null ? null : removalOf(note, subject, now),
    now,
  }
}

/** A note from an account's facts. @throws {Refusal} where it has no ASE. */
export function composeOrgNote(
  { db, policy, now }: OrgNoteDesk,
  accountId: number,
  chosen: Partial<Pick<NoteMaterial, 'autoAssigned' | 'cover'>>,
) {
  const subject = noteSubject(db, accountId, policy, now)
  const { text, missing } = composeNote(materialOf(subject, chosen), policy.orgNote)
  return { text, missing: [...missing], lint: toView(lintNote(text, policy.orgNote, factsOf(subject, now))) }
}

/** What a text says; without an account nothing is known of whom it is about. */
export function lintText({ db, policy, now }: OrgNoteDesk, text: string, accountId: number | undefined) {
  const nobody = { now, timeZone: 'UTC', ase: null, restrictedName: null }
  const facts = accountId === undefined ? nobody : factsOf(noteSubject(db, accountId, policy, now), now)
  return toView(lintNote(text, policy.orgNote, facts))
}

/** Keeps what is being written; answers when it was, null where it was forgotten. */
export function saveOrgNoteDraft({ db, policy, now }: OrgNoteDesk, accountId: number, text: string): number | null {
  noteSubject(db, accountId, policy, now)
  const draft = text.trim() === '' ? null : { text, savedAt: now }
  writeNoteDraft(db, accountId, draft, now)
  return draft?.savedAt ?? null
}

/** The note without what held for an absence, as soon as that is over or nobody covers. */
function removalOf(note: string, { account, covers, ase }: NoteSubject, now: number): OrgNoteView['removal'] {
  const temporary = temporarySentences(note)
  if (temporary.length === 0) return null
  const today = dayAt(now, ase?.timeZone ?? 'UTC')
  const ended = temporary.some(({ until }) => until !== null && until < today)
  if (!ended && covers.length > 0) return null
  const words = ended
    ? 'The note says something that held until a day that is past.'
    : `The note says something that holds for a time, and no coverage of ${account.name} is known here.`
  return { text: withoutTemporaryText(note), words }
}

/** As the contract has it. */
function toView({ answered, of, questions, warnings }: NoteLint): NonNullable<OrgNoteView['lint']> {
  return {
    ...{ answered, of },
    questions: questions.map((question) => ({
      ...question,
      answers: question.answers.map((answer) => ({ ...answer })),
    })),
    warnings: warnings.map((warning) => ({ ...warning })),
  }
}
