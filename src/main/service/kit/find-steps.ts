import type { KitStep } from '#contract/account-kit.ts'
import { callTemplate, templateSetsLabel } from '#core/issues/call-template.ts'
import { branchName } from '#core/outbox/branch-name.ts'
import type { ProactivePolicy } from '#core/policy/policy.ts'
import type {
  GitlabBoard,
  GitlabLabel,
  GitlabMergeRequest,
  GitlabProject,
  GitlabWrites,
} from '../gitlab/gitlab-writes.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import {
  boardIntent,
  labelIntent,
  subscriptionIntent,
  templateIntent,
  type KitIntent,
  type KitSubject,
} from './kit-intents.ts'

/** What was found out about one part of a project: as the contract has it, or what would make it. */
export type KitFinding =
  | ({ readonly id: KitStep['id'] } & Pick<KitStep, 'words' | 'url'> & {
        readonly state: Exclude<KitStep['state'], 'missing'>
      })
  | ({ readonly id: KitStep['id']; readonly state: 'missing' } & Pick<KitStep, 'words'> & {
        readonly intent: KitIntent
      })

/** What the parts are found out from. */
export interface StepSource {
  readonly writes: GitlabWrites
  readonly project: GitlabProject
  readonly subject: KitSubject
  /** Labels that can be used in the project; a failure where GitLab did not tell them. */
  readonly labels: readonly GitlabLabel[] | RemoteFailure
  readonly policy: ProactivePolicy
}

/** Looks at every part of what a project needs. What one cannot be found out about does not keep the others back. */
export async function findSteps(source: StepSource): Promise<KitFinding[]> {
  return Promise.all([
    told('label', async () => findLabel(source)),
    told('subscription', async () => findSubscription(source)),
    told('board', () => findBoard(source)),
    told('template', () => findTemplate(source)),
  ])
}

/** What was found out, or that GitLab did not tell. */
async function told(id: KitStep['id'], find: () => Promise<KitFinding>): Promise<KitFinding> {
  try {
    return await find()
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error
    const state = error.kind === 'forbidden' ? 'not-permitted' : 'unknown'
    return { id, state, words: error.message, url: null }
  }
}

function findLabel({ project, subject, labels }: StepSource): KitFinding {
  const id = 'label'
  const label = labelIn(labels, subject.label)
  if (label) {
    const words = label.isProjectLabel
      ? `The project has the label ${label.name}.`
      : `A group above the project has the label ${label.name}, so it can be used here.`
    return { id, state: 'done', words, url: labelsUrl(project, label.name) }
  }
  return {
    id,
    state: 'missing',
    words: `The project does not have the label ${subject.label}.`,
    intent: labelIntent(subject),
  }
}

function findSubscription({ project, subject, labels }: StepSource): KitFinding {
  const id = 'subscription'
  const label = labelIn(labels, subject.label)
  if (label?.subscribed) {
    return {
      id,
      state: 'done',
      words: 'GitLab tells you of new issues that carry the label.',
      url: labelsUrl(project, label.name),
    }
  }
  return {
    id,
    state: 'missing',
    words: 'GitLab does not tell you of new issues that carry the label.',
    intent: subscriptionIntent(subject),
  }
}

async function findBoard({ writes, project, subject }: StepSource): Promise<KitFinding> {
  const id = 'board'
  const boards = await writes.boards(project.id)
  const scoped = boards.find(({ labels }) => isOnly(labels, subject.label))
  if (scoped) {
    return { id, state: 'done', words: `The board ${scoped.name} shows only this label.`, url: scoped.url }
  }
  const listed = boards.find((board) => isSingleList(board, subject.label))
  if (listed) {
    const words = `The board ${listed.name} has this label as its only list. It is not limited to it: that takes GitLab Premium.`
    return { id, state: 'done', words, url: listed.url }
  }
  return { id, state: 'missing', words: 'No board shows only this label.', intent: boardIntent(subject) }
}

async function findTemplate(source: StepSource): Promise<KitFinding> {
  const { writes, project, subject, policy } = source
  const id = 'template'
  const { path } = callTemplate(policy, { account: subject.accountName, label: subject.label })
  const { defaultBranch } = project
  if (defaultBranch === null) {
    const words = 'There is no issue template for calls. The repository is empty: the template is its first file.'
    return { id, state: 'missing', words, intent: templateIntent(subject, policy, 'commit') }
  }
  const file = await writes.file(project.id, path, defaultBranch)
  if (file) {
    const words = templateSetsLabel(file.content, subject.label)
      ? `${path} is there and sets the label.`
      : `${path} is there and is left as it is. It does not set the label: add the line /label ~"${subject.label}" to it.`
    return { id, state: 'done', words, url: `${project.url}/-/blob/${encodeURIComponent(defaultBranch)}/${path}` }
  }
  const words = 'There is no issue template for calls.'
  if (mayNotChangeFiles(project) || (await mayPush(source, defaultBranch))) {
    return { id, state: 'missing', words, intent: templateIntent(subject, policy, 'commit') }
  }
  const intent = templateIntent(subject, policy, 'merge-request')
  const asked = await openRequest(source, intent)
  if (asked) {
    return { id, state: 'waiting', words: 'A merge request adds it. It is there once that is merged.', url: asked.url }
  }
  return {
    id,
    state: 'missing',
    words: `${words} The branch ${defaultBranch} is protected, so it goes there by a merge request.`,
    intent,
  }
}

async function mayPush({ writes, project }: StepSource, branch: string): Promise<boolean> {
  const { canPush, isProtected } = (await writes.branch(project.id, branch)) ?? { canPush: true, isProtected: false }
  return canPush ?? (!isProtected || (project.accessLevel ?? 0) >= maintainer)
}

/** The merge request that an earlier order of the same made, while it is open. */
async function openRequest(
  { writes, project }: StepSource,
  intent: KitIntent,
): Promise<GitlabMergeRequest | undefined> {
  if (intent.kind !== 'file-change') return undefined
  const requests = await writes.mergeRequests(project.id, branchName(project.id, intent.path, intent.content))
  return requests.find(({ state }) => state === 'opened')
}

/** Whether the role does not do for any way of changing a file; the preview of the change says so. */
function mayNotChangeFiles({ accessLevel }: GitlabProject): boolean {
  return accessLevel !== null && accessLevel < developer
}

/** From this role on files can be changed. */
const developer = 30
/** From this role on a protected branch can usually be pushed to. */
const maintainer = 40

/** The label, where the project has it. @throws {RemoteFailure} where its labels are not known. */
function labelIn(labels: StepSource['labels'], name: string): GitlabLabel | undefined {
  if (labels instanceof RemoteFailure) throw labels
  return labels.find((label) => label.name === name)
}

function isOnly(labels: readonly string[], label: string): boolean {
  return labels.length === 1 && labels[0] === label
}

function isSingleList({ labels, lists }: GitlabBoard, label: string): boolean {
  const named = lists.flatMap((list) => list.label ?? [])
  return labels.length === 0 && isOnly(named, label)
}

function labelsUrl(project: GitlabProject, label: string): string {
  return `${project.url}/-/labels?search=${encodeURIComponent(label)}`
}
