import { gitlabTime } from '../time.ts'
import type { GitCommit } from '../world/repositories.ts'
import { taskCounts } from '../world/task-list.ts'
import type { Epic, GitlabUser, Issue, IssueNote, WorkItem } from '../world/issue.ts'

/** A user as issues show one. */
export function userBasicJson(user: GitlabUser, origin: string): Record<string, unknown> {
  return {
    id: user.id,
    username: user.username,
    public_email: '',
    name: user.name,
    state: 'active',
    locked: false,
    avatar_url: null,
    web_url: `${origin}/${user.username}`,
  }
}

const time = (instant: number | null): string | null => (instant === null ? null : gitlabTime(instant))

/** The description in GitLab's Markdown; `{ticket 5}` in it becomes the address of that ticket. */
export function descriptionOf({ description }: WorkItem, zendeskUrl: string): string | null {
  return description?.replaceAll(/\{ticket (\d+)\}/g, (_, id: string) => `${zendeskUrl}/agent/tickets/${id}`) ?? null
}

/** An issue as lists give it. */
export function issueJson(issue: Issue, origin: string, zendeskUrl: string): Record<string, unknown> {
  const assignees = issue.assignees.map((user) => userBasicJson(user, origin))
  const { id, path } = issue.project
  const { count, done } = taskCounts(issue.description)
  return {
    id: issue.id,
    iid: issue.iid,
    project_id: id,
    title: issue.title,
    description: descriptionOf(issue, zendeskUrl),
    state: issue.state,
    created_at: gitlabTime(issue.createdAt),
    updated_at: gitlabTime(issue.updatedAt),
    closed_at: time(issue.closedAt),
    closed_by: issue.closedBy ? userBasicJson(issue.closedBy, origin) : null,
    labels: issue.labels,
    milestone: null,
    assignees,
    author: userBasicJson(issue.author, origin),
    type: issue.type.toUpperCase(),
    assignee: assignees[0] ?? null,
    user_notes_count: issue.notes.filter(({ system }) => !system).length,
    merge_requests_count: 0,
    upvotes: 0,
    downvotes: 0,
    start_date: null,
    due_date: issue.dueDate,
    confidential: issue.confidential,
    discussion_locked: null,
    issue_type: issue.type,
    web_url: `${origin}/${path}/-/work_items/${issue.iid}`,
    time_stats: { time_estimate: 0, total_time_spent: 0, human_time_estimate: null, human_total_time_spent: null },
    task_completion_status: { count, completed_count: done },
    weight: null,
    blocking_issues_count: 0,
    has_tasks: count > 0,
    ...(count > 0 ? { task_status: `${done} of ${count} tasks completed` } : {}),
    _links: {
      self: `${origin}/api/v4/projects/${id}/issues/${issue.iid}`,
      notes: `${origin}/api/v4/projects/${id}/issues/${issue.iid}/notes`,
      award_emoji: `${origin}/api/v4/projects/${id}/issues/${issue.iid}/award_emoji`,
      project: `${origin}/api/v4/projects/${id}`,
      closed_as_duplicate_of: null,
    },
    references: {
      short: `#${issue.iid}`,
      relative: `${path.split('/').at(-1) ?? ''}#${issue.iid}`,
      full: `${path}#${issue.iid}`,
    },
    severity: 'UNKNOWN',
    moved_to_id: issue.movedToId,
    imported: false,
    imported_from: 'none',
    service_desk_reply_to: null,
    epic_iid: null,
    epic: null,
    iteration: null,
    health_status: null,
  }
}

/** An epic as the REST API gives it. */
export function epicJson(epic: Epic, origin: string, zendeskUrl: string): Record<string, unknown> {
  const { path, id } = epic.group
  return {
    id: epic.id,
    work_item_id: epic.workItemId,
    iid: epic.iid,
    color: '#1068bf',
    group_id: id,
    parent_id: null,
    parent_iid: null,
    title: epic.title,
    description: descriptionOf(epic, zendeskUrl),
    confidential: epic.confidential,
    author: userBasicJson(epic.author, origin),
    start_date: null,
    due_date: epic.dueDate,
    state: epic.state,
    web_url: `${origin}/groups/${path}/-/epics/${epic.iid}`,
    references: { short: `&${epic.iid}`, relative: `&${epic.iid}`, full: `${path}&${epic.iid}` },
    created_at: gitlabTime(epic.createdAt),
    updated_at: gitlabTime(epic.updatedAt),
    closed_at: time(epic.closedAt),
    labels: epic.labels,
    upvotes: 0,
    downvotes: 0,
  }
}

/** A note as its list gives it. */
export function noteJson(note: IssueNote, item: WorkItem, origin: string): Record<string, unknown> {
  return {
    id: note.id,
    type: null,
    body: note.text,
    author: userBasicJson(note.author, origin),
    created_at: gitlabTime(note.createdAt),
    updated_at: gitlabTime(note.createdAt),
    system: note.system,
    noteable_id: item.id,
    noteable_type: 'workItemId' in item ? 'Epic' : 'Issue',
    noteable_iid: item.iid,
    resolvable: false,
    confidential: note.internal,
    internal: note.internal,
    imported: false,
    imported_from: 'none',
    commands_changes: {},
  }
}

/** A commit as branches and the answer to a new one give it; `projectUrl` is where its page lies. */
export function commitJson(commit: GitCommit, projectUrl: string): Record<string, unknown> {
  const { id, parentIds, message, author, createdAt } = commit
  const at = gitlabTime(createdAt)
  const email = `${author.username}@users.noreply.example`
  return {
    id,
    short_id: id.slice(0, 8),
    created_at: at,
    parent_ids: parentIds,
    title: message.split('\n')[0],
    message,
    author_name: author.name,
    author_email: email,
    authored_date: at,
    committer_name: author.name,
    committer_email: email,
    committed_date: at,
    trailers: {},
    extended_trailers: {},
    web_url: `${projectUrl}/-/commit/${id}`,
  }
}
