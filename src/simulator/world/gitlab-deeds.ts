import { wholeSecond } from '../time.ts'
import type { Boards } from './boards.ts'
import type { GitlabProject, GitlabUser, Issue, IssueNote, IssueType, WorkItem } from './issue.ts'
import type { GitlabLabel, GitlabLabels } from './labels.ts'

/** The issues of a world and where they lie, for changing them. */
export interface GitlabWorld {
  readonly issues: Issue[]
  readonly epics: readonly WorkItem[]
  readonly projects: ReadonlyMap<number, GitlabProject>
  readonly labels: GitlabLabels
  readonly boards: Boards
  readonly now: () => number
}

/** What can be changed of an issue or epic. Left out means untouched. */
export interface WorkItemChange {
  readonly title?: string
  readonly description?: string | null
  readonly state?: 'opened' | 'closed'
  readonly labels?: readonly string[]
  readonly assignees?: readonly GitlabUser[]
  readonly dueDate?: string | null
  readonly confidential?: boolean
  readonly isGone?: boolean
  /** False: `updated_at` stays. No document says of every change that it moves it. */
  readonly touch?: boolean
}

/** How an issue begins. */
export interface IssueOpening extends Pick<WorkItemChange, 'description' | 'labels' | 'assignees' | 'dueDate'> {
  readonly title: string
  readonly author: GitlabUser
  readonly confidential?: boolean
  readonly type?: IssueType
}

/** Changes issues, labels and projects as people do in GitLab. */
export function createGitlabDeeds({ issues, epics, projects, labels: known, boards, now }: GitlabWorld) {
  let noteId = 990_000_000
  const sortedNames = (names: readonly string[]): readonly string[] => [...new Set(names)].sort()

  return {
    change(item: WorkItem, changed: WorkItemChange, by: GitlabUser): void {
      const at = wholeSecond(now())
      const { state, labels, isGone, touch = true, ...plain } = changed
      Object.assign(item, plain)
      if (labels !== undefined) {
        if ('project' in item) known.ensure((item as Issue).project, labels)
        item.labels = sortedNames(labels)
      }
      if (isGone !== undefined) item.isGone = isGone
      if (state !== undefined && state !== item.state) {
        item.state = state
        item.closedAt = state === 'closed' ? at : null
        item.closedBy = state === 'closed' ? by : null
      }
      // What goes out of sight is not changed by it.
      if (touch && [...Object.values(plain), state, labels].some((part) => part !== undefined)) item.updatedAt = at
    },
    /** Writes a note; its item counts as changed. */
    note(item: WorkItem, note: Pick<IssueNote, 'author' | 'text' | 'internal'>): IssueNote {
      const at = wholeSecond(now())
      const written = { ...note, id: noteId++, createdAt: at, system: false }
      item.notes = [...item.notes, written]
      item.updatedAt = at
      return written
    },
    /** Opens an issue in a project; labels that are not there are made. */
    open(project: GitlabProject, opening: IssueOpening): Issue {
      const at = wholeSecond(now())
      const { title, author, description = null, labels = [], assignees = [], dueDate = null } = opening
      known.ensure(project, labels)
      const issue: Issue = {
        id: Math.max(...issues.map(({ id }) => id)) + 1,
        iid: Math.max(0, ...issues.filter((one) => one.project.id === project.id).map(({ iid }) => iid)) + 1,
        project,
        type: opening.type ?? 'issue',
        title,
        author,
        createdAt: at,
        confidential: opening.confidential ?? false,
        dueDate,
        assignees,
        description,
        labels: sortedNames(labels),
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
      const { title, labels, author } = issue
      const copy = this.open(project, { title, labels, author, assignees: [author] })
      this.change(issue, { state: 'closed' }, by)
      issue.movedToId = copy.id
      return copy
    },
    /** Deletes a label, and takes it from everything that has it. */
    deleteLabel(label: GitlabLabel): void {
      const isBelow = (issue: Issue): boolean => known.find(issue.project, label.name)?.id === label.id
      const without = [...issues.filter(isBelow), ...(label.owner.kind === 'group' ? epics : [])]
      known.remove(label)
      boards.forgetLabel(label)
      for (const item of without) item.labels = item.labels.filter((name) => name !== label.name)
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
