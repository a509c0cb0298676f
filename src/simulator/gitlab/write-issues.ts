import { z } from 'zod'
import type { VendorReply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import type { WorkItemChange } from '../world/gitlab-deeds.ts'
import { membersAmong, myUser } from '../world/gitlab-people.ts'
import type { GitlabUser, Issue } from '../world/issue.ts'
import { day, flag, ids, names, readParams } from './params.ts'
import { descriptionOf } from './rendering.ts'
import type { ProjectQuestion } from './route-deps.ts'
import { levels, refusedBelow } from './route-deps.ts'

type Outcome = { readonly issue: Issue } | { readonly refusal: VendorReply }

const common = {
  description: z.string().nullish(),
  assignee_ids: ids.optional(),
  assignee_id: ids.optional(),
  due_date: day.optional(),
  confidential: flag.optional(),
  issue_type: z.enum(['issue', 'incident', 'test_case', 'task']).optional(),
}

const createSchema = z.object({ title: z.string(), labels: names.optional(), ...common })

/** Opens an issue. Whoever may not label or assign here has that left out without a word. Quick actions in the description stay text. */
export function createIssue(asked: ProjectQuestion): Outcome {
  const refusal = refusedBelow(asked, levels.guest)
  if (refusal) return { refusal }
  const { request, project, world } = asked
  const read = readParams(request, createSchema)
  if (read.refusal) return { refusal: read.refusal }
  const { title, description, labels, due_date: dueDate, confidential, issue_type: type } = read.params
  const fault = faultInTitle(title)
  if (fault) return { refusal: fault }
  const mayArrange = project.accessLevel >= levels.reporter
  const assigneeIds = read.params.assignee_ids ?? read.params.assignee_id
  return {
    issue: world.gitlab.open(project, {
      title,
      author: myUser(),
      description: description ?? null,
      confidential: confidential ?? false,
      type: type ?? 'issue',
      ...(mayArrange
        ? { labels: labels ?? [], assignees: membersAmong(project, assigneeIds ?? []), dueDate: dueDate ?? null }
        : {}),
    }),
  }
}

const updateSchema = z.object({
  title: z.string().optional(),
  labels: names.optional(),
  add_labels: names.optional(),
  remove_labels: names.optional(),
  state_event: z.enum(['close', 'reopen']).optional(),
  ...common,
})

/** Changes an issue. What is as it was sent already leaves `updated_at` alone. */
export function updateIssue(asked: ProjectQuestion, issue: Issue): Outcome {
  const isOwn = issue.author.id === myUser().id || issue.assignees.some(({ id }) => id === myUser().id)
  const refusal = isOwn ? null : refusedBelow(asked, levels.reporter)
  if (refusal) return { refusal }
  const read = readParams(asked.request, updateSchema)
  if (read.refusal) return { refusal: read.refusal }
  const sent = read.params
  if (Object.values(sent).every((value) => value === undefined)) {
    const keys = Object.keys(updateSchema.shape).join(', ')
    return { refusal: json({ error: `${keys} are missing, at least one parameter must be provided` }, 400) }
  }
  const fault = sent.title === undefined ? null : faultInTitle(sent.title)
  if (fault) return { refusal: fault }
  asked.world.gitlab.change(issue, changeOf(asked, issue, sent), myUser())
  return { issue }
}

/** What is really different from how the issue is. */
function changeOf(
  { project, zendeskUrl }: ProjectQuestion,
  issue: Issue,
  sent: z.infer<typeof updateSchema>,
): WorkItemChange {
  const { title, description, due_date: dueDate, confidential, state_event: event } = sent
  const labels = labelsAfter(issue.labels, sent)
  const assigneeIds = sent.assignee_ids ?? sent.assignee_id
  const assignees = assigneeIds && membersAmong(project, assigneeIds)
  const state = event === undefined ? undefined : event === 'close' ? 'closed' : 'opened'
  const same = (a: readonly unknown[], b: readonly unknown[]): boolean => String(a) === String(b)
  const idsOf = (users: readonly GitlabUser[]): readonly number[] => users.map(({ id }) => id)
  return {
    ...(title !== undefined && title !== issue.title ? { title } : {}),
    ...(description !== undefined && description !== descriptionOf(issue, zendeskUrl()) ? { description } : {}),
    ...(dueDate !== undefined && dueDate !== issue.dueDate ? { dueDate } : {}),
    ...(confidential !== undefined && confidential !== issue.confidential ? { confidential } : {}),
    ...(state !== undefined && state !== issue.state ? { state } : {}),
    ...(same(labels, issue.labels) ? {} : { labels }),
    ...(assignees && !same(idsOf(assignees), idsOf(issue.assignees)) ? { assignees } : {}),
  }
}

/** `labels` replaces what there is; of two orders about one label, the one that takes it away wins. */
function labelsAfter(before: readonly string[], sent: z.infer<typeof updateSchema>): readonly string[] {
  const removed = sent.remove_labels ?? []
  const wanted = [...(sent.labels ?? before), ...(sent.add_labels ?? [])]
  return [...new Set(wanted)].filter((name) => !removed.includes(name)).sort()
}

/** Titles have at most 255 characters. */
const longestTitle = 255

function faultInTitle(title: string): VendorReply | null {
  if (title.trim() === '') return json({ message: { title: ["can't be blank"] } }, 400)
  if (title.length <= longestTitle) return null
  return json({ message: { title: [`is too long (maximum is ${longestTitle} characters)`] } }, 400)
}
