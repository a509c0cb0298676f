import type { InstantMs } from '../instant.ts'

/** Where a piece of proactive work lives: an issue in a project, an epic in a group. */
export type WorkKind = 'issue' | 'epic'

/**
 * Why a piece of work is in its account's list no more: it lost the label, it was moved to another project, or GitLab says that
 * it is not there. GitLab says the same of what was deleted and of what we may not see.
 */
export type IssueFate = 'unlabelled' | 'moved' | 'out-of-sight'

/** A labelled GitLab issue or epic as Understudy keeps it: proactive work of an account. */
export interface Issue {
  readonly kind: WorkKind
  /** Id of the project, of an epic that of its group. */
  readonly projectId: number
  readonly iid: number
  /** GitLab's own id, by which a moved issue names the one that took its place. */
  readonly id: number
  readonly title: string
  /** Markdown, as it was written. */
  readonly description: string
  readonly state: string
  readonly labels: readonly string[]
  readonly assignees: readonly string[]
  /** `group/project#12`, of an epic `group&12`. */
  readonly reference: string
  readonly url: string
  readonly confidential: boolean
  /** Calendar day, `YYYY-MM-DD`. */
  readonly dueDate: string | null
  readonly tasksDone: number
  readonly tasksTotal: number
  /** Notes that people wrote; null where the source does not count them. */
  readonly notesCount: number | null
  /** The id of the issue that this one became by being moved to another project. */
  readonly movedToId: number | null
  readonly createdAt: InstantMs
  readonly updatedAt: InstantMs
}

/** What names a piece of work at its GitLab. */
export type IssueKey = Pick<Issue, 'kind' | 'projectId' | 'iid'>

/** A note that somebody wrote on an issue or epic. */
export interface IssueNote {
  readonly id: number
  readonly author: string
  /** GitLab's internal note: seen by members of the project only, of a customer's project its people among them. */
  readonly internal: boolean
  /** Markdown, as it was written. */
  readonly text: string
  readonly createdAt: InstantMs
  readonly updatedAt: InstantMs
}
