import type { Board } from '../world/boards.ts'
import type { GitlabLabel } from '../world/labels.ts'
import type { World } from '../world/world.ts'

/** A note that somebody wrote on an issue or epic; instants are ms since the epoch. */
export interface TrueNote {
  readonly id: number
  /** Of the issue or epic, GitLab's own. */
  readonly itemId: number
  readonly authorId: number
  readonly body: string
  readonly internal: boolean
  readonly createdAt: number
}

/** A file of a branch, as text. */
export interface TrueFile {
  readonly projectId: number
  readonly branch: string
  readonly path: string
  readonly content: string
  readonly lastCommitId: string
}

/** A commit after the first one of its project. */
export interface TrueCommit {
  readonly projectId: number
  readonly id: string
  readonly message: string
  readonly authorId: number
  readonly paths: readonly string[]
}

/** A merge request as the simulator knows it. */
export interface TrueMergeRequest {
  readonly id: number
  readonly iid: number
  readonly projectId: number
  readonly title: string
  readonly description: string | null
  readonly sourceBranch: string
  readonly targetBranch: string
  readonly state: 'opened' | 'closed' | 'merged'
  readonly authorId: number
  readonly assigneeIds: readonly number[]
  readonly reviewerIds: readonly number[]
}

/** What GitLab holds beside its issues. */
export interface GitlabTruth {
  readonly notes: readonly TrueNote[]
  readonly labels: readonly GitlabLabel[]
  /** Subscriptions to labels, each as `PROJECT_ID LABEL_ID`. */
  readonly subscribedLabels: readonly string[]
  readonly boards: readonly Board[]
  readonly files: readonly TrueFile[]
  readonly commits: readonly TrueCommit[]
  readonly mergeRequests: readonly TrueMergeRequest[]
}

/** Reads what GitLab holds, for tests to compare with and to count what was made twice. */
export function gitlabTruth(world: World): GitlabTruth {
  const { labels, boards, repositories, mergeRequests } = world
  return {
    notes: [...world.issues, ...world.epics].flatMap((item) =>
      item.notes
        .filter(({ system }) => !system)
        .map(({ id, author, text: body, internal, createdAt }) => {
          return { id, itemId: item.id, authorId: author.id, body, internal, createdAt }
        }),
    ),
    labels: labels.all(),
    subscribedLabels: labels.subscribed(),
    boards: boards.all(),
    files: repositories.all().flatMap((repository) =>
      [...repository.branches.keys()].flatMap((branch) =>
        [...(repositories.find(repository, `refs/heads/${branch}`)?.files ?? [])].map(([path, file]) => {
          const { content, lastCommitId } = file
          return { projectId: repository.project.id, branch, path, content: content.toString('utf8'), lastCommitId }
        }),
      ),
    ),
    commits: repositories.all().flatMap(({ project, commits }) =>
      [...commits.values()]
        .filter(({ parentIds, message }) => parentIds.length > 0 || message !== 'Initial commit')
        .map(({ id, message, author, files }) => {
          const paths = [...files].filter(([, { lastCommitId }]) => lastCommitId === id).map(([path]) => path)
          return { projectId: project.id, id, message, authorId: author.id, paths }
        }),
    ),
    mergeRequests: mergeRequests.all.map((one) => {
      const { id, iid, title, description, sourceBranch, targetBranch, state, author, assignees, reviewers } = one
      const rest = { assigneeIds: assignees.map((user) => user.id), reviewerIds: reviewers.map((user) => user.id) }
      const whole = { id, iid, title, description, sourceBranch, targetBranch, state, authorId: author.id, ...rest }
      return { ...whole, projectId: one.project.id }
    }),
  }
}
