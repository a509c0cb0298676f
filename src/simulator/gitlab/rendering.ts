import { gitlabTime } from '../time.ts'
import type { GitlabUser, Issue } from '../world/issue.ts'

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

/** The description with its task list, in GitLab's Markdown. */
export function descriptionOf(issue: Issue): string {
  const tasks = issue.tasks.map((task, index) => `- [${index < issue.tasksDone ? 'x' : ' '}] ${task}`)
  return [issue.intro, tasks.join('\n')].filter((part) => part !== '').join('\n\n')
}

/** An issue as lists give it. */
export function issueJson(issue: Issue, origin: string): Record<string, unknown> {
  const assignees = issue.assignees.map((user) => userBasicJson(user, origin))
  const { id, path } = issue.project
  const count = issue.tasks.length
  return {
    id: issue.id,
    iid: issue.iid,
    project_id: id,
    title: issue.title,
    description: descriptionOf(issue),
    state: issue.state,
    created_at: gitlabTime(issue.createdAt),
    updated_at: gitlabTime(issue.updatedAt),
    closed_at: time(issue.closedAt),
    closed_by: issue.closedBy ? userBasicJson(issue.closedBy, origin) : null,
    labels: issue.labels,
    milestone: null,
    assignees,
    author: userBasicJson(issue.author, origin),
    type: 'ISSUE',
    assignee: assignees[0] ?? null,
    user_notes_count: issue.notes,
    merge_requests_count: 0,
    upvotes: 0,
    downvotes: 0,
    start_date: null,
    due_date: issue.dueDate,
    confidential: issue.confidential,
    discussion_locked: null,
    issue_type: 'issue',
    web_url: `${origin}/${path}/-/work_items/${issue.iid}`,
    time_stats: { time_estimate: 0, total_time_spent: 0, human_time_estimate: null, human_total_time_spent: null },
    task_completion_status: { count, completed_count: issue.tasksDone },
    weight: null,
    blocking_issues_count: 0,
    has_tasks: count > 0,
    ...(count > 0 ? { task_status: `${issue.tasksDone} of ${count} tasks completed` } : {}),
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
    moved_to_id: null,
    imported: false,
    imported_from: 'none',
    service_desk_reply_to: null,
    epic_iid: null,
    epic: null,
    iteration: null,
    health_status: null,
  }
}
