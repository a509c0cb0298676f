import type { InstantMs } from '../instant.ts'

/** A labelled GitLab issue as Understudy keeps it: proactive work of an account. */
export interface Issue {
  readonly projectId: number
  readonly iid: number
  readonly title: string
  readonly state: string
  readonly labels: readonly string[]
  readonly assignees: readonly string[]
  /** `group/project#12` */
  readonly reference: string
  readonly url: string
  readonly confidential: boolean
  /** Calendar day, `YYYY-MM-DD`. */
  readonly dueDate: string | null
  readonly tasksDone: number
  readonly tasksTotal: number
  readonly createdAt: InstantMs
  readonly updatedAt: InstantMs
}
