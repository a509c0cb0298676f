/** What names an issue: the id of its project, and its number there. */
interface IssueOf {
  readonly projectId: number
  readonly iid: number
}

/** One change in GitLab that a person wants made. Projects and people are named by their GitLab ids. */
export type WorkWish =
  | {
      readonly kind: 'create-issue'
      readonly projectId: number
      readonly title: string
      /** Markdown. */
      readonly description: string
      readonly labels: readonly string[]
      readonly assigneeIds: readonly number[]
      readonly confidential: boolean
      /** Calendar day. */
      readonly dueDate: string | null
    }
  | ({ readonly kind: 'issue-comment'; readonly body: string; readonly internal: boolean } & IssueOf)
  | IssueWish
  | ({ readonly kind: 'create-label'; readonly color: string; readonly description: string } & LabelOf)
  | ({ readonly kind: 'subscribe-label' } & LabelOf)
  | { readonly kind: 'create-board'; readonly projectId: number; readonly name: string; readonly label: string }
  | FileWish

/** A change to what an issue itself says. */
export type IssueWish =
  | ({ readonly kind: 'issue-labels'; readonly add: readonly string[]; readonly remove: readonly string[] } & IssueOf)
  | ({ readonly kind: 'issue-state'; readonly state: 'opened' | 'closed' } & IssueOf)
  | ({ readonly kind: 'issue-task'; readonly text: string; readonly nth: number; readonly done: boolean } & IssueOf)
  | ({
      readonly kind: 'issue-text'
      readonly title?: string | undefined
      readonly description: string
    } & IssueOf)

interface LabelOf {
  readonly projectId: number
  readonly name: string
}

/** Another content for a file. */
export interface FileWish {
  readonly kind: 'file-change'
  readonly projectId: number
  readonly path: string
  readonly content: string
  readonly by: 'commit' | 'merge-request'
  /** Of the commit, and of the merge request. */
  readonly title: string
  /** Of the merge request, Markdown. */
  readonly description: string
  /** Of the merge request. */
  readonly assigneeIds: readonly number[]
}

/** What a wish is about: changes to the same are made in the order pressed, others do not wait for each other. */
export function targetOf(wish: WorkWish): string {
  return 'iid' in wish ? `issue ${wish.projectId}/${wish.iid}` : `project ${wish.projectId}`
}

/** Whether two wishes decide about the same thing, so that the later one counts. */
export function sameWorkTopic(a: WorkWish, b: WorkWish): boolean {
  return targetOf(a) === targetOf(b) && topicOf(a) === topicOf(b)
}

/** Whether two wishes ask for the very same. */
export function sameWork(a: WorkWish, b: WorkWish): boolean {
  return sameWorkTopic(a, b) && contentOf(a) === contentOf(b)
}

/** GitLab tells labels apart by case, which makes two of one by a slip; here they are the same label. */
export function sameLabel(a: string, b: string): boolean {
  return labelKey(a) === labelKey(b)
}

/** A label as a project spells it; as it was asked for where the project has none like it. */
export function spelling(label: string, existing: readonly string[]): string {
  return existing.find((one) => one === label) ?? existing.find((one) => sameLabel(one, label)) ?? label
}

/** What labels are compared by. */
export function labelKey(label: string): string {
  return label.trim().toLowerCase()
}

function topicOf(wish: WorkWish): string {
  switch (wish.kind) {
    case 'create-issue':
    case 'issue-comment':
      // Two that say something else are two.
      return contentOf(wish)
    case 'issue-labels':
    case 'issue-state':
    case 'issue-text':
      return wish.kind
    case 'issue-task':
      return `task ${wish.nth} ${wish.text}`
    case 'create-label':
    case 'subscribe-label':
      return `${wish.kind} ${labelKey(wish.name)}`
    case 'create-board':
      return `board ${labelKey(wish.label)}`
    case 'file-change':
      return `file ${wish.path}`
  }
}

function contentOf(wish: WorkWish): string {
  const labels = (names: readonly string[]) => names.map(labelKey).toSorted()
  switch (wish.kind) {
    case 'create-issue': {
      const { title, description, assigneeIds, confidential, dueDate } = wish
      const assignees = assigneeIds.toSorted((a, b) => a - b)
      return JSON.stringify([title, description, labels(wish.labels), assignees, confidential, dueDate])
    }
    case 'issue-comment':
      return JSON.stringify([wish.body, wish.internal])
    case 'issue-labels':
      return JSON.stringify([labels(wish.add), labels(wish.remove)])
    case 'issue-state':
      return wish.state
    case 'issue-task':
      return String(wish.done)
    case 'issue-text':
      return JSON.stringify([wish.title ?? null, wish.description])
    case 'create-label':
    case 'subscribe-label':
    case 'create-board':
      return wish.kind
    case 'file-change':
      return JSON.stringify([wish.content, wish.by])
  }
}
