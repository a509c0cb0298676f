import type { ZendeskUser } from './people.ts'

/** A GitLab user, as little as issues show of one. */
export interface GitlabUser {
  readonly id: number
  readonly username: string
  readonly name: string
}

/** A GitLab project. `path` is its full path, which changes when it is renamed or moved; the id stays. */
export interface GitlabProject {
  readonly id: number
  path: string
  /** Paths that lead here by a redirection. */
  formerPaths: readonly string[]
  /** Deleted, or out of our sight: GitLab answers the same to both. */
  isGone: boolean
  readonly visibility: 'private' | 'internal'
  /** What we may do in it: 10 guest, 20 reporter, 30 developer, 40 maintainer. */
  accessLevel: number
}

/** A note on an issue or epic; those of the system say what was changed. */
export interface IssueNote {
  readonly id: number
  readonly author: GitlabUser
  readonly text: string
  readonly createdAt: number
  readonly system: boolean
  readonly internal: boolean
}

/** What issues and epics have in common; instants are ms since the epoch. */
export interface WorkItem {
  readonly id: number
  readonly iid: number
  title: string
  readonly author: GitlabUser
  readonly createdAt: number
  confidential: boolean
  dueDate: string | null
  assignees: readonly GitlabUser[]
  /** Markdown; `{ticket 5}` in it stands for the address of that ticket. Null: it was opened without one. */
  description: string | null
  labels: readonly string[]
  state: 'opened' | 'closed'
  updatedAt: number
  closedAt: number | null
  closedBy: GitlabUser | null
  notes: readonly IssueNote[]
  /** Deleted, or out of our sight. */
  isGone: boolean
}

/** What kind of work item an issue is. */
export type IssueType = 'issue' | 'incident' | 'test_case' | 'requirement' | 'task' | 'ticket'

/** An issue as the simulator knows it. */
export interface Issue extends WorkItem {
  readonly project: GitlabProject
  readonly type: IssueType
  /** The id of the issue that it became by being moved to another project. */
  movedToId: number | null
}

/** An epic of a group. As a work item it has another id and the same number. */
export interface Epic extends WorkItem {
  readonly group: { readonly id: number; readonly path: string }
  readonly workItemId: number
}

/** The GitLab user of somebody who has a Zendesk user: customers are members of their collaboration project. */
export function gitlabUserOf(user: Pick<ZendeskUser, 'id' | 'name' | 'email'>): GitlabUser {
  return {
    id: 50_000 + (user.id % 10_000),
    username: (user.email.split('@')[0] ?? '').replace('.', '_'),
    name: user.name,
  }
}
