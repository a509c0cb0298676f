import type { OrgNoteRequest } from '#contract/org-notes.ts'
import type { Settings } from '#contract/settings.ts'
import type { WriteIntent, WritePreview } from '#contract/outbox.ts'
import type { WorkProject } from '#contract/work-project.ts'
import { lintNote, type NoteLint } from '#core/org-note/lint-note.ts'
import { gitlabPathOf } from '../accounts/accounts.ts'
import { storeProject } from '../db/gitlab-projects.ts'
import { transaction } from '../db/sql.ts'
import { noteOfOrganization } from '../db/workspace.ts'
import type { GitlabIdentities } from '../gitlab/gitlab-identity.ts'
import type { GitlabFiles } from '../gitlab/gitlab-files.ts'
import type { GitlabProject, GitlabWrites } from '../gitlab/gitlab-writes.ts'
import { toWorkProject } from '../gitlab/known-projects.ts'
import { Refusal } from '../refusal.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { newNoteFile, tidyNote, writeNote } from '../yaml/note-file.ts'
import { findNoteFile, type FoundNoteFile } from './find-note-file.ts'
import { factsOf, noteSubject, type NoteSubject } from './org-note-facts.ts'
import type { OrgNoteDesk } from './show-org-note.ts'

/** What merge requests for notes are asked for with. */
export interface NoteRequestDesk extends OrgNoteDesk {
  /** Null where no GitLab is connected. */
  readonly gitlab: {
    readonly writes: Pick<GitlabWrites, 'project' | 'file' | 'findPeople'>
    readonly files: GitlabFiles
    readonly identity: Pick<GitlabIdentities, 'known'>
  } | null
  /** Path of the Organizations project; null while none is named. */
  readonly project: string | null
  /** Whom merge requests are assigned to. */
  readonly manager: Settings['gitlabManager']
  preview(intents: readonly WriteIntent[]): Promise<readonly WritePreview[]>
}

/**
 * What asking for a note by merge request would write: another content for the file of its organization, or a new file.
 *
 * @throws {Refusal} where the account is restricted, the note is empty, no project is named, or the file cannot be changed.
 * @throws {RemoteFailure} where GitLab cannot be asked.
 */
export async function previewNoteRequest(
  desk: NoteRequestDesk,
  asked: { readonly accountId: number; readonly text: string; readonly removal: boolean },
): Promise<OrgNoteRequest> {
  const { db, policy, now } = desk
  const subject = noteSubject(db, asked.accountId, policy, now)
  const { account } = subject
  // SECURITY: of a restricted account nothing is written outside of Zendesk, its name included.
  if (subject.restricted) {
    const words = `${account.name} is restricted: its note stays in Zendesk, without a merge request.`
    throw new Refusal('refused', `${words} Copy the text, and have it entered there.`)
  }
  const note = tidyNote(asked.text)
  if (note === '') throw new Refusal('refused', 'The note is empty. Write it first, or fill it from the account.')
  const { writes, files } = connected(desk)
  const { project, shown } = await projectOf(desk, desk.project)
  const found = await findNoteFile({ db, files, writes, now: () => now }, project, account)
  const content = contentOf(found, account, note)
  const lint = lintNote(note, policy.orgNote, factsOf(subject, now))
  const title = asked.removal
    ? `Org note of ${account.name}: take out the coverage text`
    : `Org note of ${account.name}`
  const intent = {
    ...{ kind: 'file-change' as const, projectId: project.id, path: found.path, content, by: 'merge-request' as const },
    title: title.length > 255 ? `${title.slice(0, 254)}…` : title,
    description: descriptionOf(lint, policy.title, asked.removal),
    assigneeIds: desk.manager ? [desk.manager.id] : [],
  }
  const [preview] = await desk.preview([intent])
  if (!preview) throw new Error('a preview was not answered')
  const refusal = shown.customerSees.visible
    ? `${shown.customerSees.words} An organization note is for colleagues: name another project in Settings under Work.`
    : preview.refusal
  return {
    preview: {
      ...preview,
      words: `${preview.words}${desk.manager ? ` Assigned to ${desk.manager.name}.` : ''}`,
      customerSees: shown.customerSees,
      warnings: [...warningsOf(desk, { subject, found, lint, removal: asked.removal }), ...preview.warnings],
      refusal,
    },
    before: found.kind === 'there' ? found.file.note : '',
    after: note,
    path: found.path,
    exists: found.kind === 'there',
    project: shown,
  }
}

/** The Organizations project by its path or address. @throws {Refusal} where GitLab does not show it. */
export async function findOrganizationsProject(desk: NoteRequestDesk, given: string): Promise<WorkProject> {
  const path = gitlabPathOf(given)
  if (path === null) throw new Refusal('refused', 'Write the path of a project, like support/organizations.')
  return (await projectOf(desk, path)).shown
}

/** Members of the Organizations project by name or user name. @throws {Refusal} where none is named. */
export async function findManagers(desk: NoteRequestDesk, name: string) {
  const { writes } = connected(desk)
  const { project } = await projectOf(desk, desk.project)
  // GitLab finds nobody by the sign that stands before user names.
  const found = await writes.findPeople(project.id, name.replace(/^@/, ''))
  return found.map((person) => ({ id: person.id, username: person.username, name: person.name }))
}

async function projectOf(
  desk: NoteRequestDesk,
  path: string | null,
): Promise<{ readonly project: GitlabProject; readonly shown: WorkProject }> {
  const { writes, identity } = connected(desk)
  if (path === null) {
    throw new Refusal('refused', 'Name the project of organization notes, in Settings under Work.')
  }
  const project = await writes.project(path).catch((cause: unknown) => {
    if (!(cause instanceof RemoteFailure) || cause.kind !== 'not-found') throw cause
    throw new Refusal('refused', `GitLab does not show ${path}: it is gone, or you may not see it.`, { cause })
  })
  transaction(desk.db, () => storeProject(desk.db, project, desk.now))
  return { project, shown: toWorkProject(desk.db, project, identity.known()?.mode ?? null) }
}

function contentOf(
  found: FoundNoteFile,
  account: { readonly id: number; readonly name: string },
  note: string,
): string {
  if (found.kind === 'missing') return newNoteFile(account, note)
  const written = writeNote(found.content, note)
  if (written.kind === 'written') return written.text
  throw new Refusal('refused', `${found.path} cannot be changed. ${written.words} What you wrote is kept.`)
}

function warningsOf(
  { db, manager }: NoteRequestDesk,
  about: {
    readonly subject: NoteSubject
    readonly found: FoundNoteFile
    readonly lint: NoteLint
    readonly removal: boolean
  },
): string[] {
  const { subject, found, lint, removal } = about
  const shown = noteOfOrganization(db, subject.account.id)
  const open = lint.questions.filter(({ answers }) => answers.length === 0)
  return [
    ...(found.kind === 'missing'
      ? [`No file has the id of ${subject.account.name}. ${found.path} is made.${unreadWords(found.unread)}`]
      : shown?.changedAt != null && tidyNote(found.file.note) !== tidyNote(shown.note ?? '')
        ? [
            'The file says something else than Zendesk shows now. What the file says is replaced; compare the two below.',
          ]
        : []),
    ...(manager ? [] : ['No manager is named in Settings under Work, so the merge request is assigned to nobody.']),
    ...(open.length > 0 && !removal ? [`It leaves open: ${open.map(({ question }) => question).join(' ')}`] : []),
    ...lint.warnings.map(({ line, words }) => (line === null ? words : `Line ${line}: ${words}`)),
  ]
}

function unreadWords(unread: number): string {
  if (unread === 0) return ''
  const files = unread === 1 ? 'one file was' : `${unread} files were`
  return ` GitLab could not search, and ${files} not looked into: see first whether there is one.`
}

function descriptionOf({ answered, of }: NoteLint, edition: string, removal: boolean): string {
  const what = removal
    ? 'The absence is over: this takes out the text that held until then.'
    : 'Tells who the Assigned Support Engineer is, and how the tickets of this organization are worked.'
  return `${what}\n\nIt answers ${answered} of the ${of} points that an organization note has to make clear (${edition}).`
}

function connected({ gitlab }: NoteRequestDesk): NonNullable<NoteRequestDesk['gitlab']> {
  if (gitlab) return gitlab
  throw new Refusal('refused', 'No GitLab is connected here. Connect it in Settings under Connections.')
}
