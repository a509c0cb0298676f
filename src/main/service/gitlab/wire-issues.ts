import { z } from 'zod'
import { countTasks } from '#core/issues/count-tasks.ts'
import type { Issue, IssueNote } from '#core/issues/issue.ts'

/** An instant as GitLab writes it, as ms. */
export const instant = z.string().transform((text, context) => {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) context.addIssue({ code: 'custom', message: 'is not a time' })
  return ms
})

const common = {
  id: z.number().int().positive(),
  iid: z.number().int().positive(),
  title: z.string(),
  description: z.string().nullish(),
  state: z.string(),
  labels: z.array(z.string()),
  references: z.object({ full: z.string() }).nullish(),
  web_url: z.url(),
  confidential: z.boolean().nullish(),
  due_date: z.string().nullish(),
  created_at: instant,
  updated_at: instant,
}

/** An issue as lists and single calls give it. */
export const wireIssue = z
  .object({
    ...common,
    project_id: z.number().int().positive(),
    assignees: z.array(z.object({ username: z.string() })).nullish(),
    task_completion_status: z.object({ count: z.number().int(), completed_count: z.number().int() }).nullish(),
    user_notes_count: z.number().int().nullish(),
    moved_to_id: z.number().int().nullish(),
  })
  .transform((wire): Issue => ({
    ...sharedOf(wire),
    kind: 'issue',
    projectId: wire.project_id,
    reference: wire.references?.full ?? `#${wire.iid}`,
    assignees: wire.assignees?.map((assignee) => assignee.username) ?? [],
    tasksDone: wire.task_completion_status?.completed_count ?? 0,
    tasksTotal: wire.task_completion_status?.count ?? 0,
    notesCount: wire.user_notes_count ?? null,
    movedToId: wire.moved_to_id ?? null,
  }))

/** An epic as the REST API gives it: nobody is assigned, and its tasks are not counted for us. */
export const wireEpic = z.object({ ...common, group_id: z.number().int().positive() }).transform((wire): Issue => {
  const tasks = countTasks(wire.description ?? '')
  return {
    ...sharedOf(wire),
    kind: 'epic',
    projectId: wire.group_id,
    reference: wire.references?.full ?? `&${wire.iid}`,
    assignees: [],
    tasksDone: tasks.done,
    tasksTotal: tasks.total,
    notesCount: null,
    movedToId: null,
  }
})

/** A note. Those of the system, such as "changed the label", are left out by whoever reads it. */
export const wireNote = z.object({
  id: z.number().int().positive(),
  body: z.string(),
  author: z.object({ username: z.string() }).nullish(),
  system: z.boolean().nullish(),
  internal: z.boolean().nullish(),
  /** What older versions call `internal`. */
  confidential: z.boolean().nullish(),
  created_at: instant,
  updated_at: instant,
})

/** Notes that people wrote. */
export function toNotes(wire: readonly z.infer<typeof wireNote>[]): IssueNote[] {
  return wire
    .filter(({ system }) => system !== true)
    .map((note) => ({
      id: note.id,
      author: note.author?.username ?? 'somebody who is gone',
      internal: note.internal ?? note.confidential ?? false,
      text: note.body,
      createdAt: note.created_at,
      updatedAt: note.updated_at,
    }))
}

type Shared = z.infer<z.ZodObject<typeof common>>

function sharedOf(wire: Shared) {
  return {
    iid: wire.iid,
    id: wire.id,
    title: wire.title,
    description: wire.description ?? '',
    state: wire.state,
    labels: wire.labels,
    url: wire.web_url,
    confidential: wire.confidential ?? false,
    dueDate: wire.due_date ?? null,
    createdAt: wire.created_at,
    updatedAt: wire.updated_at,
  }
}
