import { z } from 'zod'
import type { VendorReply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { gitlabTime } from '../time.ts'
import { membersAmong, myUser } from '../world/gitlab-people.ts'
import type { MergeRequest, MergeRequestChange } from '../world/merge-requests.ts'
import { pageReply } from './listing.ts'
import { flag, ids, names, readParams, whole } from './params.ts'
import { userBasicJson } from './rendering.ts'
import type { ProjectQuestion, ProjectRoute } from './route-deps.ts'
import { levels, refusedBelow } from './route-deps.ts'

/** Addresses of merge requests, below a project. */
export const mergeRequestRoutes: readonly ProjectRoute[] = [
  ['GET', /^\/merge_requests$/, list],
  ['POST', /^\/merge_requests$/, create],
  [
    'GET',
    /^\/merge_requests\/(\d+)$/,
    (asked, iid) => withRequest(asked, iid, (one) => json(mergeRequestJson(asked, one))),
  ],
  ['PUT', /^\/merge_requests\/(\d+)$/, (asked, iid) => withRequest(asked, iid, (one) => update(asked, one))],
]

const requestsOf = ({ world, project }: ProjectQuestion): readonly MergeRequest[] => world.mergeRequests.of(project)

function withRequest(
  asked: ProjectQuestion,
  iid: string | undefined,
  then: (request: MergeRequest) => VendorReply,
): VendorReply {
  const request = requestsOf(asked).find((one) => String(one.iid) === iid)
  return request ? then(request) : json({ message: '404 Not found' }, 404)
}

const listSchema = z.object({
  state: z.enum(['opened', 'closed', 'locked', 'merged', 'all']).default('all'),
  source_branch: z.string().optional(),
  target_branch: z.string().optional(),
  author_id: whole.optional(),
  search: z.string().default(''),
  scope: z.enum(['created_by_me', 'assigned_to_me', 'all']).default('all'),
})

function list(asked: ProjectQuestion): VendorReply {
  const read = readParams(asked.request, listSchema)
  if (read.refusal) return read.refusal
  const { state, source_branch: source, target_branch: target, author_id: author, search, scope } = read.params
  const isMine = ({ author: by, assignees }: MergeRequest): boolean =>
    scope === 'all' || (scope === 'created_by_me' ? [by] : assignees).some(({ id }) => id === myUser().id)
  const chosen = requestsOf(asked)
    .filter((one) => state === 'all' || one.state === state)
    .filter((one) => source === undefined || one.sourceBranch === source)
    .filter((one) => target === undefined || one.targetBranch === target)
    .filter((one) => author === undefined || one.author.id === author)
    .filter((one) => `${one.title}\n${one.description ?? ''}`.toLowerCase().includes(search.toLowerCase()))
    .filter(isMine)
    .toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id)
  return pageReply(asked.request, chosen, (one) => mergeRequestJson(asked, one))
}

const common = {
  description: z.string().nullish(),
  labels: names.optional(),
  assignee_id: ids.optional(),
  assignee_ids: ids.optional(),
  reviewer_ids: ids.optional(),
  remove_source_branch: flag.optional(),
  squash: flag.optional(),
}

const createSchema = z.object({
  title: z.string(),
  source_branch: z.string(),
  target_branch: z.string(),
  target_project_id: whole.optional(),
  ...common,
})

function create(asked: ProjectQuestion): VendorReply {
  const refusal = refusedBelow(asked, levels.developer)
  if (refusal) return refusal
  const read = readParams(asked.request, createSchema)
  if (read.refusal) return read.refusal
  const { world, project } = asked
  const sent = read.params
  const { source_branch: sourceBranch, target_branch: targetBranch } = sent
  // There are no forks here: a branch can only go into its own project.
  if ((sent.target_project_id ?? project.id) !== project.id) return json({ message: '404 Project Not Found' }, 404)
  if (sent.title.trim() === '') return json({ message: { title: ["can't be blank"] } }, 400)
  const fault = faultInBranches(asked, sourceBranch, targetBranch) ?? duplicate(asked, sourceBranch, targetBranch)
  if (fault) return fault
  const { title, labels = [], description, squash = false, remove_source_branch: removesSourceBranch = false } = sent
  const made = world.mergeRequests.open({
    project,
    author: myUser(),
    sourceBranch,
    targetBranch,
    title,
    description: description ?? null,
    labels,
    assignees: membersAmong(project, sent.assignee_ids ?? sent.assignee_id ?? []),
    reviewers: membersAmong(project, sent.reviewer_ids ?? []),
    removesSourceBranch,
    squash,
  })
  return json(mergeRequestJson(asked, made), 201)
}

function faultInBranches({ world, project }: ProjectQuestion, source: string, target: string): VendorReply | null {
  const { branches } = world.repositories.of(project)
  if (source === target) {
    return json({ message: ["You can't use same project/branch for source and target"] }, 422)
  }
  if (!branches.has(source)) return json({ message: [`Source branch "${source}" does not exist`] }, 422)
  return branches.has(target) ? null : json({ message: [`Target branch "${target}" does not exist`] }, 422)
}

function duplicate(asked: ProjectQuestion, source: string, target: string): VendorReply | null {
  const other = requestsOf(asked).find(
    (one) => one.state === 'opened' && one.sourceBranch === source && one.targetBranch === target,
  )
  if (!other) return null
  return json({ message: [`Another open merge request already exists for this source branch: !${other.iid}`] }, 409)
}

const updateSchema = z.object({
  title: z.string().min(1).optional(),
  target_branch: z.string().min(1).optional(),
  state_event: z.enum(['close', 'reopen']).optional(),
  ...common,
})

function update(asked: ProjectQuestion, one: MergeRequest): VendorReply {
  const isOwn = one.author.id === myUser().id
  const refusal = isOwn ? null : refusedBelow(asked, levels.developer)
  if (refusal) return refusal
  const read = readParams(asked.request, updateSchema)
  if (read.refusal) return read.refusal
  const { title, target_branch: targetBranch, state_event: event, description, labels, squash } = read.params
  if (Object.values(read.params).every((value) => value === undefined)) {
    const keys = Object.keys(updateSchema.shape).join(', ')
    return json({ error: `${keys} are missing, at least one parameter must be provided` }, 400)
  }
  if (event === 'reopen' && one.state === 'closed') {
    const fault = duplicate(asked, one.sourceBranch, one.targetBranch)
    if (fault) return fault
  }
  const assigneeIds = read.params.assignee_ids ?? read.params.assignee_id
  const { reviewer_ids: reviewerIds, remove_source_branch: removesSourceBranch } = read.params
  const change: MergeRequestChange = {
    ...(title === undefined ? {} : { title }),
    ...(targetBranch === undefined ? {} : { targetBranch }),
    ...(description === undefined ? {} : { description }),
    ...(labels === undefined ? {} : { labels }),
    ...(squash === undefined ? {} : { squash }),
    ...(removesSourceBranch === undefined ? {} : { removesSourceBranch }),
    ...(assigneeIds === undefined ? {} : { assignees: membersAmong(asked.project, assigneeIds) }),
    ...(reviewerIds === undefined ? {} : { reviewers: membersAmong(asked.project, reviewerIds) }),
    // What is merged stays so.
    ...(event === undefined || one.state === 'merged' ? {} : { state: event === 'close' ? 'closed' : 'opened' }),
  }
  asked.world.mergeRequests.change(one, change, myUser())
  return json(mergeRequestJson(asked, one))
}

const time = (instant: number | null): string | null => (instant === null ? null : gitlabTime(instant))

function mergeRequestJson({ world, request, project }: ProjectQuestion, one: MergeRequest): Record<string, unknown> {
  const { path, id: projectId } = project
  const user = (someone: MergeRequest['closedBy']) => (someone ? userBasicJson(someone, request.origin) : null)
  const isDraft = /^(draft:|\[draft\]|\(draft\))/i.test(one.title)
  const head = world.repositories.find(world.repositories.of(project), `refs/heads/${one.sourceBranch}`)
  return {
    id: one.id,
    iid: one.iid,
    project_id: projectId,
    title: one.title,
    description: one.description,
    state: one.state,
    created_at: gitlabTime(one.createdAt),
    updated_at: gitlabTime(one.updatedAt),
    merge_user: user(one.mergedBy),
    merged_at: time(one.mergedAt),
    closed_by: user(one.closedBy),
    closed_at: time(one.closedAt),
    target_branch: one.targetBranch,
    source_branch: one.sourceBranch,
    user_notes_count: 0,
    upvotes: 0,
    downvotes: 0,
    author: user(one.author),
    assignees: one.assignees.map(user),
    assignee: user(one.assignees[0] ?? null),
    reviewers: one.reviewers.map(user),
    source_project_id: projectId,
    target_project_id: projectId,
    labels: one.labels,
    draft: isDraft,
    work_in_progress: isDraft,
    milestone: null,
    merge_when_pipeline_succeeds: false,
    merge_status: 'can_be_merged',
    detailed_merge_status: one.state === 'opened' ? 'mergeable' : 'not_open',
    sha: head?.id ?? null,
    merge_commit_sha: one.mergeCommitId,
    squash_commit_sha: null,
    discussion_locked: null,
    should_remove_source_branch: null,
    force_remove_source_branch: one.removesSourceBranch,
    references: { short: `!${one.iid}`, relative: `!${one.iid}`, full: `${path}!${one.iid}` },
    web_url: `${request.origin}/${path}/-/merge_requests/${one.iid}`,
    time_stats: { time_estimate: 0, total_time_spent: 0, human_time_estimate: null, human_total_time_spent: null },
    squash: one.squash,
    has_conflicts: false,
    blocking_discussions_resolved: true,
  }
}
