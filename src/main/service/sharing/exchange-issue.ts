import type { GitlabMode } from '#contract/gitlab-connection.ts'
import type { WriteIntent, WritePreview } from '#contract/outbox.ts'
import { longestDescription } from '#contract/work-intent.ts'
import type { WorkProject } from '#contract/work-project.ts'
import type { Issue } from '#core/issues/issue.ts'
import { stripMarkers } from '#core/outbox/marker.ts'
import { emptyPart, putSharedPart } from '#core/sharing/issue-part.ts'
import { canonical } from '#core/sharing/versioned.ts'
import { gitlabPathOf } from '../accounts/accounts.ts'
import { readProject, storeProject } from '../db/gitlab-projects.ts'
import { readSharedIssue, writeSharedIssue, type SharedIssue } from '../db/document-issues.ts'
import { transaction, type WriteDb } from '../db/sql.ts'
import type { GitlabProject, GitlabWrites } from '../gitlab/gitlab-writes.ts'
import { toWorkProject, whoSees } from '../gitlab/known-projects.ts'
import { Refusal } from '../refusal.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { readIssueAddress } from './issue-address.ts'
import { goneProjectWords, goneWords, movedWords, otherOneWords, partlyReadWords } from './issue-words.ts'
import { readInIssue, toSharedIssue, type SharedInIssue } from './read-issue.ts'
import type { Crossed, Identified, SharedKind, Timed } from './document-kind.ts'
import { adoptSent, openOrderOf } from './issue-orders.ts'
import { takeIn, type TakenIn } from './take-in.ts'

/** What documents and issues of GitLab are exchanged with. */
export interface IssueDesk<Setting> {
  readonly db: WriteDb
  /** Null where no GitLab is connected. */
  readonly gitlab: {
    readonly url: string
    readonly writes: Pick<GitlabWrites, 'project' | 'issue'>
    /** What the sign-in may do, as far as it was found out. */
    readonly mode: () => GitlabMode | null
  } | null
  preview(intents: readonly WriteIntent[]): Promise<readonly WritePreview[]>
  setting(): Setting
  /** Path of the project in which coverage issues are opened. */
  readonly coverageProject: string | null
}

/** What became otherwise, and what crossed. */
export interface Along<Conflict> {
  readonly changes: readonly string[]
  readonly conflicts: readonly Conflict[]
}

/** How a document stands to its issue. */
export interface IssueStanding<Document, Conflict> {
  readonly issue: SharedIssue<Document> | null
  readonly order: ReturnType<typeof openOrderOf>
  readonly toSend: boolean
  readonly waiting: Along<Conflict> | null
}

/** What sending would write, and what the issue says that is sent along. */
export interface SendingPreview<Conflict> {
  readonly preview: WritePreview
  readonly along: Along<Conflict>
}

/** The exchange of a kind of document with issues of GitLab. */
export interface IssueExchange<Document, Conflict> {
  /** How a document stands to its issue as that was last read. */
  standing(id: string): IssueStanding<Document, Conflict>
  /**
   * Takes in the document that stands in its issue, or in the one that is named; without `apply` it only says what would change.
   *
   * @throws {Refusal} where there is no issue, or nothing of the kind in it.
   * @throws {RemoteFailure} where GitLab cannot be asked.
   */
  fetch(
    input: ({ readonly id: string } | { readonly reference: string }) & { readonly apply: boolean },
  ): Promise<TakenIn<Conflict>>
  /**
   * What sending a document to GitLab would write: the issue it is in, read anew and merged with what is here, or a new one.
   *
   * @throws {Refusal} where it cannot be sent anywhere, or is being sent.
   * @throws {RemoteFailure} where GitLab cannot be asked.
   */
  preview(id: string, another: boolean): Promise<SendingPreview<Conflict>>
}

/**
 * Exchanges a kind of document with issues of GitLab.
 *
 * @param known a document that is known here; throws a `Refusal` for any other.
 */
export function createIssueExchange<Document extends Identified, Setting extends Timed, Conflict extends Crossed>(
  kind: SharedKind<Document, Setting, Conflict>,
  desk: IssueDesk<Setting>,
  known: (id: string) => Document,
): IssueExchange<Document, Conflict> {
  const { db } = desk
  const { noun, table } = kind
  const issueOf = (id: string) => readSharedIssue<Document>(db, table, id)
  const changesOf = (before: Document, after: Document, setting: Setting): Along<Conflict> => ({
    changes: kind.changes(before, after, setting),
    conflicts: kind.conflicts(after, setting),
  })

  /** The issue that is in GitLab under what a person named. */
  async function issueMeant(input: { readonly id: string } | { readonly reference: string }): Promise<Issue> {
    const { writes, url } = connected(desk)
    if ('id' in input) {
      known(input.id)
      const link = issueOf(input.id)
      if (link) return issueAt(writes, link)
      throw refusal(`This ${noun} is in no issue yet. Send it, or paste the address of the issue it is in.`)
    }
    const { path, iid } = readIssueAddress(input.reference, url, desk.coverageProject)
    const reference = `${path}#${iid}`
    const project = await found(() => writes.project(path), goneWords(kind, reference))
    return issueAt(writes, { projectId: project.id, iid, reference })
  }

  async function issueAt(
    writes: Pick<GitlabWrites, 'issue'>,
    { projectId, iid, reference }: Pick<SharedIssue<Document>, 'projectId' | 'iid' | 'reference'>,
  ): Promise<Issue> {
    return found(() => writes.issue(projectId, iid), goneWords(kind, reference))
  }

  /** Keeps what stands in the issue of a document as the state that a person was shown. Nothing of the document itself changes. */
  function noteRead(id: string, issue: Issue, read: SharedInIssue<Document>, { now }: Setting): void {
    const there = read.kind === 'read' && read.document.id === id ? read.document : null
    const partly = partlyReadWords(kind, read.unread, issue.reference)
    const problem = read.kind !== 'read' ? read.words : there ? partly : otherOneWords(kind, issue.reference)
    const next = toSharedIssue(issue, there, issueOf(id), now, problem)
    transaction(db, () => writeSharedIssue(db, table, id, next))
  }

  async function previewNew({ writes }: Connected, document: Document): Promise<SendingPreview<Conflict>> {
    const { coverageProject } = desk
    if (coverageProject === null) {
      throw refusal('Name the project in which coverage issues are opened, in Settings under Work.')
    }
    const project = await found(() => writes.project(coverageProject), goneProjectWords(coverageProject))
    const { title, markdown } = kind.write(document, desk.setting())
    const intent = {
      kind: 'create-issue' as const,
      projectId: project.id,
      title,
      description: short(putSharedPart(emptyPart, markdown, kind.layout)),
      labels: [],
      assigneeIds: [],
      confidential: true,
      dueDate: null,
    }
    const words = `Opens a confidential issue in ${project.path}, in your name: “${title}”. Its text is the ${noun}, with a mark at its end that does not show, by which Understudy finds it again.`
    const preview = await previewed(intent, project)
    return { preview: { ...preview, words }, along: { changes: [], conflicts: [] } }
  }

  async function previewText(
    { writes }: Connected,
    document: Document,
    link: SharedIssue<Document>,
  ): Promise<SendingPreview<Conflict>> {
    const issue = await issueAt(writes, link)
    if (issue.movedToId !== null) throw refusal(movedWords(kind, issue.reference))
    const project = readProject(db, issue.projectId) ?? (await writes.project(issue.projectId))
    const setting = desk.setting()
    const read = readInIssue(kind, issue, setting)
    noteRead(document.id, issue, read, setting)
    const { merged, part, unread, warnings, isSame } = mergedWith(document, issue.reference, read)
    const { title, markdown, beside } = kind.write(merged, setting)
    const next = putSharedPart({ ...part, after: stripMarkers(part.after) }, markdown, kind.layout, unread)
    const intent = {
      ...{ kind: 'issue-text' as const, projectId: issue.projectId, iid: issue.iid, description: short(next) },
      ...(title !== issue.title && kind.ownTitle.test(issue.title) ? { title } : {}),
    }
    const preview = await previewed(intent, project)
    const along = changesOf(document, merged, setting)
    const crossed = along.conflicts.map(
      ({ about }) => `Both sides changed this: ${about}. Both are sent; choose one in the ${noun}.`,
    )
    const nothing = `${issue.reference} says what the ${noun} says here. There is nothing to send.`
    return {
      preview: {
        ...preview,
        words: textWords(issue.reference, noun, 'title' in intent ? intent.title : null),
        warnings: [...warnings, ...crossed, ...preview.warnings],
        refusal: isSame && part.visible.includes(beside) ? nothing : preview.refusal,
        // The text was made from this state of the issue; what comes after it is a conflict.
        stamp: issue.updatedAt,
      },
      along,
    }
  }

  /**
   * What both sides know of a document, and what becomes of the text around it. An issue in which it cannot be read any more gets
   * it back; all that stands there stays.
   */
  function mergedWith(document: Document, reference: string, read: SharedInIssue<Document>) {
    if (read.kind === 'several' || read.kind === 'newer') throw refusal(read.words)
    const { part } = read
    const unread = read.unread.map(({ text }) => text)
    if (read.kind !== 'read') {
      const lost = `The ${noun} in ${reference} cannot be read any more. It is put there anew; the other text stays.`
      return {
        merged: document,
        part: { ...part, edited: part.visible !== '' },
        unread,
        warnings: [lost],
        isSame: false,
      }
    }
    const merged = kind.merge(document, read.document)
    if (!merged) throw refusal(otherOneWords(kind, reference))
    const byHand = `Somebody changed the text of the ${noun} by hand. It is written anew; what they wrote stays below it.`
    const lost = read.unread.map(
      ({ words }) => `${words} It is put there anew as it is here; what stood there stays below it.`,
    )
    const isSame = !part.edited && unread.length === 0 && canonical(merged) === canonical(read.document)
    return { merged, part, unread, warnings: [...(part.edited ? [byHand] : []), ...lost], isSame }
  }

  /** What the outbox says of a change, and who sees it: what is handed over is for colleagues. */
  async function previewed(intent: WriteIntent, project: GitlabProject): Promise<WritePreview> {
    transaction(db, () => storeProject(db, project, desk.setting().now))
    const [preview] = await desk.preview([intent])
    if (!preview) throw new Error('a preview was not answered')
    const customerSees = whoSees(db, project)
    const refused = customerSees.visible
      ? `${customerSees.words} A ${kind.name} is for colleagues: name another project in Settings under Work.`
      : preview.refusal
    return { ...preview, customerSees, refusal: refused }
  }

  function short(text: string): string {
    if (text.length <= longestDescription) return text
    throw refusal(`With all that was changed in it, this ${noun} is too long for an issue. Hand it over as a file.`)
  }

  function assertNothingOpen(id: string): void {
    const order = openOrderOf(kind, db, id)
    if (!order) return
    throw refusal(
      order.state === 'failed' || order.state === 'conflict'
        ? `The last sending of this ${noun} needs you. Give it up or try it again under Changes, then send anew.`
        : `This ${noun} is being sent already. Changes shows how far that is.`,
    )
  }

  return {
    standing(id) {
      const document = known(id)
      const issue = issueOf(id)
      const there = issue?.document ?? null
      const merged = there && kind.merge(document, there)
      const waiting = merged && canonical(merged) !== canonical(document) && changesOf(document, merged, desk.setting())
      return {
        issue,
        order: openOrderOf(kind, db, id),
        toSend: issue !== null && (there === null || canonical(merged) !== canonical(there)),
        waiting: waiting && waiting.changes.length + waiting.conflicts.length > 0 ? waiting : null,
      }
    },
    async fetch(input) {
      const issue = await issueMeant(input)
      if (issue.movedToId !== null) throw refusal(movedWords(kind, issue.reference))
      const setting = desk.setting()
      const read = readInIssue(kind, issue, setting)
      if ('id' in input) noteRead(input.id, issue, read, setting)
      if (read.kind !== 'read') throw refusal(read.words)
      const { document, unread } = read
      if ('id' in input && document.id !== input.id) throw refusal(otherOneWords(kind, issue.reference))
      const problem = partlyReadWords(kind, unread, issue.reference)
      const next = toSharedIssue(issue, document, issueOf(document.id), setting.now, problem)
      return takeIn(kind, db, { document, apply: input.apply, issue: next, unread }, setting)
    },
    async preview(id, another) {
      const gitlab = connected(desk)
      adoptSent(kind, db, () => desk.setting())
      const document = known(id)
      assertNothingOpen(id)
      const link = another ? null : issueOf(id)
      return link ? previewText(gitlab, document, link) : previewNew(gitlab, document)
    },
  }
}

/**
 * A project by its path or address.
 *
 * @throws {Refusal} where GitLab does not show it.
 */
export async function findCoverageProject(desk: IssueDesk<Timed>, given: string): Promise<WorkProject> {
  const { writes, mode } = connected(desk)
  const path = gitlabPathOf(given)
  if (path === null) throw refusal('Write the path of a project, like support/coverage.')
  const project = await found(() => writes.project(path), goneProjectWords(path))
  transaction(desk.db, () => storeProject(desk.db, project, desk.setting().now))
  return toWorkProject(desk.db, project, mode())
}

type Connected = NonNullable<IssueDesk<unknown>['gitlab']>

function connected({ gitlab }: Pick<IssueDesk<unknown>, 'gitlab'>): Connected {
  if (gitlab) return gitlab
  throw refusal('No GitLab is connected here. Connect it in Settings under Connections.')
}

function textWords(reference: string, noun: string, title: string | null): string {
  const named = title === null ? '' : `the title “${title}” and `
  return `Gives ${reference} ${named}the ${noun} as it is now, in place of the one that stands there. The other text of the issue stays, and so do its comments.`
}

/** GitLab says the same of what is gone and of what we may not see. */
async function found<Result>(ask: () => Promise<Result>, goneAs: string): Promise<Result> {
  try {
    return await ask()
  } catch (cause) {
    if (!(cause instanceof RemoteFailure) || cause.kind !== 'not-found') throw cause
    throw new Refusal('refused', goneAs, { cause })
  }
}

function refusal(words: string): Refusal {
  return new Refusal('refused', words)
}
