import type { ZendeskUser } from './people.ts'

/** A GitLab user, as little as issues show of one. */
export interface GitlabUser {
  readonly id: number
  readonly username: string
  readonly name: string
}

/** A GitLab project. `path` is its full path. */
export interface GitlabProject {
  readonly id: number
  readonly path: string
}

/** An issue as the simulator knows it; instants are ms since the epoch. */
export interface Issue {
  readonly id: number
  readonly iid: number
  readonly project: GitlabProject
  readonly title: string
  readonly author: GitlabUser
  readonly createdAt: number
  readonly confidential: boolean
  readonly dueDate: string | null
  readonly assignees: readonly GitlabUser[]
  readonly intro: string
  /** Lines of the task list, in order. */
  readonly tasks: readonly string[]
  tasksDone: number
  labels: readonly string[]
  state: 'opened' | 'closed'
  updatedAt: number
  closedAt: number | null
  closedBy: GitlabUser | null
  notes: number
}

/** The GitLab user of somebody who has a Zendesk user: customers are members of their collaboration project. */
export function gitlabUserOf(user: Pick<ZendeskUser, 'id' | 'name' | 'email'>): GitlabUser {
  return {
    id: 50_000 + (user.id % 10_000),
    username: (user.email.split('@')[0] ?? '').replace('.', '_'),
    name: user.name,
  }
}
