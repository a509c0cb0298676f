import type { Issue } from '../world/issue.ts'
import { taskCounts } from '../world/task-list.ts'
import type { Ticket } from '../world/ticket.ts'
import type { World } from '../world/world.ts'
import { gitlabTruth, type GitlabTruth } from './gitlab-truth.ts'

/** A ticket as the simulator knows it; instants are ms since the epoch. */
export type TrueTicket = Pick<
  Ticket,
  | 'id'
  | 'organizationId'
  | 'requesterId'
  | 'assigneeId'
  | 'subject'
  | 'status'
  | 'priority'
  | 'tags'
  | 'ccIds'
  | 'followerIds'
  | 'createdAt'
  | 'updatedAt'
  | 'assignedAt'
  | 'solvedAt'
  | 'clocks'
> & {
  readonly comments: number
  /** Why no list shows it, if none does. */
  readonly fate: 'deleted' | 'archived' | 'restricted' | null
  /** The ticket that it was merged into. */
  readonly mergedInto: number | null
}

/** An issue as the simulator knows it. */
export type TrueIssue = Pick<
  Issue,
  'id' | 'iid' | 'title' | 'state' | 'labels' | 'createdAt' | 'updatedAt' | 'dueDate'
> & {
  readonly projectId: number
  readonly projectPath: string
  readonly description: string | null
  readonly confidential: boolean
  readonly authorId: number
  readonly assigneeIds: readonly number[]
  readonly tasks: number
  readonly tasksDone: number
  /** Notes that people wrote on it. */
  readonly notes: number
  readonly isGone: boolean
  readonly movedToId: number | null
}

/** Everything there is at this moment. `organization_id` in the query limits the tickets to one organization. */
export interface Truth {
  readonly now: number
  readonly tickets: readonly TrueTicket[]
  readonly issues: readonly TrueIssue[]
  readonly gitlab: GitlabTruth
}

/** Reads the world's state, for tests to compare with. */
export function truth(world: World, now: number, query: URLSearchParams): Truth {
  const organization = query.get('organization_id')
  const rows = world.list(
    organization === null
      ? { kind: 'all', hidden: true }
      : { kind: 'organization', id: Number(organization), hidden: true },
    'id',
  )
  return {
    now,
    tickets: Array.from({ length: rows.length }, (_, position) => trueTicket(rows.ticketAt(position), world)),
    issues: world.issues.map(trueIssue),
    gitlab: gitlabTruth(world),
  }
}

function trueTicket(ticket: Ticket, { fates }: World): TrueTicket {
  const { id, organizationId, requesterId, assigneeId, subject, status, priority, tags, ccIds, followerIds } = ticket
  const { createdAt, updatedAt, assignedAt, solvedAt, clocks, comments } = ticket
  return {
    id,
    organizationId,
    requesterId,
    assigneeId,
    subject,
    status,
    priority,
    tags,
    ccIds,
    followerIds,
    createdAt,
    updatedAt,
    assignedAt,
    solvedAt,
    clocks,
    comments: comments.length,
    fate: fates.of(id)?.kind ?? null,
    mergedInto: fates.mergedInto(id),
  }
}

function trueIssue(issue: Issue): TrueIssue {
  const { id, iid, title, state, labels, createdAt, updatedAt, dueDate, project } = issue
  const tasks = taskCounts(issue.description)
  return {
    id,
    iid,
    title,
    state,
    labels,
    createdAt,
    updatedAt,
    dueDate,
    projectId: project.id,
    projectPath: project.path,
    description: issue.description,
    confidential: issue.confidential,
    authorId: issue.author.id,
    assigneeIds: issue.assignees.map((user) => user.id),
    tasks: tasks.count,
    tasksDone: tasks.done,
    notes: issue.notes.filter(({ system }) => !system).length,
    isGone: issue.isGone || project.isGone,
    movedToId: issue.movedToId,
  }
}
