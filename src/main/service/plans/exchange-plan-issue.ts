import type { GitlabMode } from '#contract/gitlab-connection.ts'
import type { WriteIntent, WritePreview } from '#contract/outbox.ts'
import type { WorkProject } from '#contract/work-project.ts'
import { mergePlans } from '#core/coverage/merge-plans.ts'
import { planChanges } from '#core/coverage/plan-changes.ts'
import { planConflicts, type PlanConflict } from '#core/coverage/plan-conflicts.ts'
import type { PlanDocument } from '#core/coverage/plan-document.ts'
import { putPlanPart } from '#core/coverage/plan-part.ts'
import { planTitle, writePlanMarkdown } from '#core/coverage/write-plan-text.ts'
import type { Issue } from '#core/issues/issue.ts'
import { stripMarkers } from '#core/outbox/marker.ts'
import { canonical } from '#core/sharing/versioned.ts'
import { readProject, storeProject } from '../db/gitlab-projects.ts'
import { readPlanIssue, writePlanIssue, type PlanIssue } from '../db/plans.ts'
import { transaction, type WriteDb } from '../db/sql.ts'
import { gitlabPathOf } from '../accounts/accounts.ts'
import type { GitlabProject, GitlabWrites } from '../gitlab/gitlab-writes.ts'
import { toWorkProject, whoSees } from '../gitlab/known-projects.ts'
import { Refusal } from '../refusal.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { knownPlan } from './edit-plans.ts'
import { takeInPlan, type PlanImport } from './exchange-plans.ts'
import { readIssueAddress } from './issue-address.ts'
import { adoptSentPlans, openOrderOf } from './plan-orders.ts'
import { readingOf, stepWords, wordsFor, type PlanSetting } from './plan-setting.ts'
import {
  goneProjectWords,
  goneWords,
  movedWords,
  otherPlanWords,
  readPlanInIssue,
  toPlanIssue,
  type PlanInIssue,
} from './read-plan-issue.ts'

/** What plans and issues of GitLab are exchanged with. */
export interface IssueDesk {
  readonly db: WriteDb
  /** Null where no GitLab is connected. */
  readonly gitlab: {
    readonly url: string
    readonly writes: Pick<GitlabWrites, 'project' | 'issue'>
    /** What the sign-in may do, as far as it was found out. */
    readonly mode: () => GitlabMode | null
  } | null
  preview(intents: readonly WriteIntent[]): Promise<readonly WritePreview[]>
  setting(): PlanSetting
  /** Path of the project in which coverage issues are opened. */
  readonly coverageProject: string | null
}

/** How a plan stands to its issue. */
export interface PlanIssueStanding {
  readonly issue: PlanIssue | null
  readonly order: ReturnType<typeof openOrderOf>
  readonly toSend: boolean
  readonly waiting: { readonly changes: readonly string[]; readonly conflicts: readonly PlanConflict[] } | null
}

/** How a plan stands to its issue as that was last read. */
export function planIssueStanding(desk: Pick<IssueDesk, 'db' | 'setting'>, planId: string): PlanIssueStanding {
  const { document } = knownPlan(desk.db, planId)
  const issue = readPlanIssue(desk.db, planId)
  const there = issue?.document ?? null
  const merged = there && mergePlans(document, there)
  const waiting = merged && canonical(merged) !== canonical(document) && changesOf(document, merged, desk.setting())
  return {
    issue,
    order: openOrderOf(desk.db, planId),
    toSend: issue !== null && (there === null || canonical(merged) !== canonical(there)),
    waiting: waiting && waiting.changes.length + waiting.conflicts.length > 0 ? waiting : null,
  }
}

/**
 * Takes in the plan that stands in its issue, or in the one that is named; without `apply` it only says what would change.
 *
 * @throws {Refusal} where there is no issue, or no plan in it.
 * @throws {RemoteFailure} where GitLab cannot be asked.
 */
export async function fetchPlan(
  desk: IssueDesk,
  input: ({ readonly planId: string } | { readonly reference: string }) & { readonly apply: boolean },
): Promise<PlanImport> {
  const issue = await issueMeant(desk, input)
  if (issue.movedToId !== null) throw new Refusal('refused', movedWords(issue.reference))
  const setting = desk.setting()
  const read = readPlanInIssue(issue, setting)
  if ('planId' in input) noteRead(desk.db, input.planId, issue, read, setting)
  if (read.kind !== 'read') throw new Refusal('refused', read.words)
  const { plan } = read
  if ('planId' in input && plan.id !== input.planId) throw new Refusal('refused', otherPlanWords(issue.reference))
  const next = toPlanIssue(issue, plan, readPlanIssue(desk.db, plan.id), setting.now)
  return takeInPlan(desk.db, { plan, apply: input.apply, issue: next }, setting)
}

/** What sending would write, and what the issue says that is sent along. */
export interface SendingPreview {
  readonly preview: WritePreview
  readonly along: { readonly changes: readonly string[]; readonly conflicts: readonly PlanConflict[] }
}

/**
 * What sending a plan to GitLab would write: the issue it is in, read anew and merged with what is here, or a new one.
 *
 * @throws {Refusal} where it cannot be sent anywhere, or is being sent.
 * @throws {RemoteFailure} where GitLab cannot be asked.
 */
export async function previewPlanIssue(
  desk: IssueDesk,
  { planId, another }: { readonly planId: string; readonly another: boolean },
): Promise<SendingPreview> {
  const gitlab = connected(desk)
  adoptSentPlans(desk.db, () => desk.setting())
  const { document } = knownPlan(desk.db, planId)
  assertNothingOpen(desk, planId)
  const link = another ? null : readPlanIssue(desk.db, planId)
  return link ? previewText(desk, gitlab, document, link) : previewNew(desk, gitlab, document)
}

/**
 * A project by its path or address.
 *
 * @throws {Refusal} where GitLab does not show it.
 */
export async function findCoverageProject(desk: IssueDesk, given: string): Promise<WorkProject> {
  const { writes, mode } = connected(desk)
  const path = gitlabPathOf(given)
  if (path === null) throw new Refusal('refused', 'Write the path of a project, like support/coverage.')
  const project = await found(() => writes.project(path), goneProjectWords(path))
  transaction(desk.db, () => storeProject(desk.db, project, desk.setting().now))
  return toWorkProject(desk.db, project, mode())
}

async function previewNew(
  desk: IssueDesk,
  { writes }: NonNullable<IssueDesk['gitlab']>,
  document: PlanDocument,
): Promise<SendingPreview> {
  const { coverageProject } = desk
  if (coverageProject === null) {
    throw new Refusal('refused', 'Name the project in which coverage issues are opened, in Settings under Work.')
  }
  const project = await found(() => writes.project(coverageProject), goneProjectWords(coverageProject))
  const { title, markdown } = written(desk, document)
  const intent = {
    kind: 'create-issue' as const,
    projectId: project.id,
    title,
    description: short(putPlanPart({ before: '', visible: '', after: '', edited: false }, markdown)),
    labels: [],
    assigneeIds: [],
    confidential: true,
    dueDate: null,
  }
  const words = `Opens a confidential issue in ${project.path}, in your name: “${title}”. Its text is the plan, with a mark at its end that does not show, by which Understudy finds it again.`
  const preview = await previewed(desk, intent, project)
  return { preview: { ...preview, words }, along: { changes: [], conflicts: [] } }
}

async function previewText(
  desk: IssueDesk,
  { writes }: NonNullable<IssueDesk['gitlab']>,
  document: PlanDocument,
  link: PlanIssue,
): Promise<SendingPreview> {
  const issue = await issueAt(writes, link)
  if (issue.movedToId !== null) throw new Refusal('refused', movedWords(issue.reference))
  const project = readProject(desk.db, issue.projectId) ?? (await writes.project(issue.projectId))
  const setting = desk.setting()
  const read = readPlanInIssue(issue, setting)
  noteRead(desk.db, document.id, issue, read, setting)
  const { merged, part, warnings, isSame } = mergedWith(document, issue.reference, read)
  const { title, markdown } = written(desk, merged)
  const description = short(putPlanPart({ ...part, after: stripMarkers(part.after) }, markdown))
  const intent = {
    ...{ kind: 'issue-text' as const, projectId: issue.projectId, iid: issue.iid, description },
    ...(title !== issue.title && ownTitle.test(issue.title) ? { title } : {}),
  }
  const preview = await previewed(desk, intent, project)
  const along = changesOf(document, merged, setting)
  const crossed = along.conflicts.map(
    ({ about }) => `Both sides changed this: ${about}. Both are sent; choose one in the plan.`,
  )
  const nothing = isSame ? `${issue.reference} says what the plan says here. There is nothing to send.` : null
  return {
    preview: {
      ...preview,
      words: textWords(issue.reference, 'title' in intent ? intent.title : null),
      warnings: [...warnings, ...crossed, ...preview.warnings],
      refusal: nothing ?? preview.refusal,
      // The text was made from this state of the issue; what comes after it is a conflict.
      stamp: issue.updatedAt,
    },
    along,
  }
}

/**
 * What both sides know of a plan, and what becomes of the text around it. An issue in which no plan can be read any more gets it
 * back; all that stands there stays.
 */
function mergedWith(document: PlanDocument, reference: string, read: PlanInIssue) {
  if (read.kind === 'several' || read.kind === 'newer') throw new Refusal('refused', read.words)
  const { part } = read
  if (read.kind !== 'read') {
    const lost = `The plan in ${reference} cannot be read any more. It is put there anew; the other text stays.`
    return { merged: document, part: { ...part, edited: part.visible !== '' }, warnings: [lost], isSame: false }
  }
  const merged = mergePlans(document, read.plan)
  if (!merged) throw new Refusal('refused', otherPlanWords(reference))
  const byHand = 'Somebody changed the text of the plan by hand. It is written anew; what they wrote stays below it.'
  const isSame = !part.edited && canonical(merged) === canonical(read.plan)
  return { merged, part, warnings: part.edited ? [byHand] : [], isSame }
}

/** The issue that is in GitLab under what a person named. */
async function issueMeant(
  desk: IssueDesk,
  input: { readonly planId: string } | { readonly reference: string },
): Promise<Issue> {
  const { writes, url } = connected(desk)
  if ('planId' in input) return issueAt(writes, linkOf(desk, input.planId))
  const { path, iid } = readIssueAddress(input.reference, url, desk.coverageProject)
  const reference = `${path}#${iid}`
  const project = await found(() => writes.project(path), goneWords(reference))
  return issueAt(writes, { projectId: project.id, iid, reference })
}

/** Keeps what stands in the issue of a plan as the state that a person was shown. Nothing of the plan itself changes. */
function noteRead(db: WriteDb, planId: string, issue: Issue, read: PlanInIssue, { now }: PlanSetting): void {
  const plan = read.kind === 'read' && read.plan.id === planId ? read.plan : null
  const problem = read.kind !== 'read' ? read.words : plan ? null : otherPlanWords(issue.reference)
  const next = toPlanIssue(issue, plan, readPlanIssue(db, planId), now, problem)
  transaction(db, () => writePlanIssue(db, planId, next))
}

function textWords(reference: string, title: string | null): string {
  const named = title === null ? '' : `the title “${title}” and `
  return `Gives ${reference} ${named}the plan as it is now, in place of the one that stands there. The other text of the issue stays, and so do its comments.`
}

/** Titles that were never written by a person. */
const ownTitle = /^Coverage for .+ from \d{4}-\d\d-\d\d until \d{4}-\d\d-\d\d$/

/** What the outbox says of a change, and who sees it: a plan is for colleagues. */
async function previewed(desk: IssueDesk, intent: WriteIntent, project: GitlabProject): Promise<WritePreview> {
  transaction(desk.db, () => storeProject(desk.db, project, desk.setting().now))
  const [preview] = await desk.preview([intent])
  if (!preview) throw new Error('a preview was not answered')
  const customerSees = whoSees(desk.db, project)
  const refusal = customerSees.visible
    ? `${customerSees.words} A coverage plan is for colleagues: name another project in Settings under Work.`
    : preview.refusal
  return { ...preview, customerSees, refusal }
}

function written(desk: IssueDesk, document: PlanDocument): { readonly title: string; readonly markdown: string } {
  const { words, checklist } = readingOf(document, desk.setting())
  return { title: planTitle(document, words), markdown: writePlanMarkdown(document, checklist, words) }
}

function changesOf(before: PlanDocument, after: PlanDocument, { roster, policy }: PlanSetting) {
  const words = wordsFor(after, roster)
  return {
    changes: planChanges(before, after, words, stepWords(policy)),
    conflicts: planConflicts(after, words, stepWords(policy)),
  }
}

/** Letters that a change may carry. */
const longestText = 200_000

function short(text: string): string {
  if (text.length <= longestText) return text
  throw new Refusal(
    'refused',
    'With all that was changed in it, this plan is too long for an issue. Hand it over as a file.',
  )
}

function assertNothingOpen({ db }: IssueDesk, planId: string): void {
  const order = openOrderOf(db, planId)
  if (!order) return
  throw new Refusal(
    'refused',
    order.state === 'failed' || order.state === 'conflict'
      ? 'The last sending of this plan needs you. Give it up or try it again under Changes, then send anew.'
      : 'This plan is being sent already. Changes shows how far that is.',
  )
}

function connected({ gitlab }: IssueDesk): NonNullable<IssueDesk['gitlab']> {
  if (gitlab) return gitlab
  throw new Refusal('refused', 'No GitLab is connected here. Connect it in Settings under Connections.')
}

function linkOf({ db }: IssueDesk, planId: string): PlanIssue {
  knownPlan(db, planId)
  const link = readPlanIssue(db, planId)
  if (link) return link
  throw new Refusal('refused', 'This plan is in no issue yet. Send it, or paste the address of the issue it is in.')
}

async function issueAt(
  writes: Pick<GitlabWrites, 'issue'>,
  { projectId, iid, reference }: Pick<PlanIssue, 'projectId' | 'iid' | 'reference'>,
): Promise<Issue> {
  return found(() => writes.issue(projectId, iid), goneWords(reference))
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
