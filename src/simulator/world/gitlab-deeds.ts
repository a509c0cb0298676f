import { wholeSecond } from '../time.ts'
import type { GitlabProject, GitlabUser, Issue, IssueNote, WorkItem } from './issue.ts'

/** The issues of a world and where they lie, for changing them by hand. */
export interface GitlabWorld {
  readonly issues: Issue[]
  readonly projects: ReadonlyMap<number, GitlabProject>
  readonly now: () => number
}

/** What can be changed of an issue or epic. Left out means untouched. */
export interface WorkItemChange {
  readonly title?: string
  readonly state?: 'opened' | 'closed'
  readonly labels?: readonly string[]
  readonly isGone?: boolean
  /** False: `updated_at` stays. No document says of every change that it moves it. */
  readonly touch?: boolean
}

/** Changes issues and projects by hand, as people do in GitLab. */
export function createGitlabDeeds({ issues, projects, now }: GitlabWorld) {
  let noteId = 990_000_000

  return {
    change(item: WorkItem, { title, state, labels, isGone, touch = true }: WorkItemChange, by: GitlabUser): void {
      const at = wholeSecond(now())
      if (title !== undefined) item.title = title
      if (labels !== undefined) item.labels = [...labels].sort()
      if (isGone !== undefined) item.isGone = isGone
      if (state !== undefined && state !== item.state) {
        item.state = state
        item.closedAt = state === 'closed' ? at : null
        item.closedBy = state === 'closed' ? by : null
      }
      // What goes out of sight is not changed by it.
      if (touch && [title, state, labels].some((part) => part !== undefined)) item.updatedAt = at
    },
    /** Writes a note; its item counts as changed. */
    note(item: WorkItem, note: Pick<IssueNote, 'author' | 'text' | 'internal'>): IssueNote {
      const at = wholeSecond(now())
      const written = { ...note, id: noteId++, createdAt: at, system: false }
      item.notes = [...item.notes, written]
      item.updatedAt = at
      return written
    },
    /** Opens an issue in a project. */
    open(project: GitlabProject, title: string, labels: readonly string[], author: GitlabUser): Issue {
      const at = wholeSecond(now())
      const issue: Issue = {
        id: Math.max(...issues.map(({ id }) => id)) + 1,
        iid: Math.max(0, ...issues.filter((one) => one.project.id === project.id).map(({ iid }) => iid)) + 1,
        project,
        title,
        author,
        createdAt: at,
        confidential: false,
        dueDate: null,
        assignees: [author],
        intro: '',
        tasks: [],
        tasksDone: 0,
        labels: [...labels].sort(),
        state: 'opened',
        updatedAt: at,
        closedAt: null,
        closedBy: null,
        notes: [],
        isGone: false,
        movedToId: null,
      }
      issues.push(issue)
      return issue
    },
    /** Moves an issue to another project: it is closed there and goes on here under a number of its own. */
    move(issue: Issue, project: GitlabProject, by: GitlabUser): Issue {
      const copy = this.open(project, issue.title, issue.labels, issue.author)
      this.change(issue, { state: 'closed' }, by)
      issue.movedToId = copy.id
      return copy
    },
    /** Renames or moves a project; its former path leads to it. */
    rename(project: GitlabProject, path: string): void {
      project.formerPaths = [...project.formerPaths, project.path]
      project.path = path
    },
    /** Deletes a project or takes it from our sight, or brings it back. */
    lose(project: GitlabProject, isGone: boolean): void {
      project.isGone = isGone
    },
    projects,
  }
}
