import { wholeSecond } from '../time.ts'
import type { GitlabProject, GitlabUser } from './issue.ts'
import type { GitRepositories } from './repositories.ts'

/** A merge request inside one project. */
export interface MergeRequest {
  readonly id: number
  readonly iid: number
  readonly project: GitlabProject
  readonly author: GitlabUser
  readonly createdAt: number
  readonly sourceBranch: string
  targetBranch: string
  title: string
  description: string | null
  labels: readonly string[]
  assignees: readonly GitlabUser[]
  reviewers: readonly GitlabUser[]
  removesSourceBranch: boolean
  squash: boolean
  state: 'opened' | 'closed' | 'merged'
  updatedAt: number
  closedAt: number | null
  closedBy: GitlabUser | null
  mergedAt: number | null
  mergedBy: GitlabUser | null
  mergeCommitId: string | null
}

type Changeable =
  | 'targetBranch'
  | 'title'
  | 'description'
  | 'labels'
  | 'assignees'
  | 'reviewers'
  | 'removesSourceBranch'
  | 'squash'

/** What can be changed of a merge request. Left out means untouched. */
export type MergeRequestChange = Partial<Pick<MergeRequest, Changeable>> & { readonly state?: 'opened' | 'closed' }

/** How a merge request begins. */
export type MergeRequestOpening = Pick<MergeRequest, 'project' | 'author' | 'sourceBranch' | Changeable>

/** The merge requests of a world. `now` is simulated time. */
export function createMergeRequests(repositories: GitRepositories, now: () => number) {
  const all: MergeRequest[] = []
  return {
    all: all as readonly MergeRequest[],
    of: (project: GitlabProject): readonly MergeRequest[] => all.filter((one) => one.project.id === project.id),
    open(opening: MergeRequestOpening): MergeRequest {
      const at = wholeSecond(now())
      const request: MergeRequest = {
        ...opening,
        id: 412_000_000 + all.length * 7,
        iid: this.of(opening.project).length + 1,
        createdAt: at,
        state: 'opened',
        updatedAt: at,
        closedAt: null,
        closedBy: null,
        mergedAt: null,
        mergedBy: null,
        mergeCommitId: null,
      }
      all.push(request)
      return request
    },
    change(request: MergeRequest, { state, ...plain }: MergeRequestChange, by: GitlabUser): void {
      const at = wholeSecond(now())
      Object.assign(request, plain)
      if (state !== undefined && state !== request.state) {
        request.state = state
        request.closedAt = state === 'closed' ? at : null
        request.closedBy = state === 'closed' ? by : null
      }
      request.updatedAt = at
    },
    /** Merges it: its branch lands in the target. False when it is not open or both branches changed the same file. */
    merge(request: MergeRequest, by: GitlabUser): boolean {
      if (request.state !== 'opened') return false
      const repository = repositories.of(request.project)
      const made = repositories.merge(repository, request.sourceBranch, request.targetBranch, by)
      if (!made) return false
      if (request.removesSourceBranch) repository.branches.delete(request.sourceBranch)
      Object.assign(request, { state: 'merged', mergedAt: made.createdAt, mergedBy: by, mergeCommitId: made.id })
      request.updatedAt = made.createdAt
      return true
    },
  }
}
