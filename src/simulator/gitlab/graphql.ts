import { z } from 'zod'
import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { gitlabTime } from '../time.ts'
import type { Epic } from '../world/issue.ts'
import { groupAt } from './place-replies.ts'
import { descriptionOf } from './rendering.ts'
import type { RouteDeps } from './route-deps.ts'

const asked = z.object({
  query: z.string(),
  variables: z
    .object({
      path: z.string(),
      label: z.array(z.string()).nullish(),
      iids: z.array(z.string()).nullish(),
      iid: z.string().nullish(),
      below: z.boolean().nullish(),
      first: z.number().int().max(100).nullish(),
      after: z.string().nullish(),
    })
    .loose(),
})

/** As GitLab does, with status 200 for what is wrong with a query, and with null for what may not be seen. */
const failed = (message: string): VendorReply => json({ errors: [{ message }] })

/**
 * Answers the questions of GraphQL that are asked about epics as work items. It reads what is wanted from the names of the fields and the
 * variables; another question is answered as one that GitLab cannot parse.
 */
export function answerGraphql(request: VendorRequest, { world, switches, zendeskUrl }: RouteDeps): VendorReply {
  if (request.method !== 'POST') return json({ error: '405 Not Allowed' }, 405)
  const read = asked.safeParse(JSON.parse(request.body || '{}'))
  if (!read.success) return failed('Unexpected end of document')
  const { query, variables } = read.data
  if (!/\bgroup\(fullPath:/.test(query)) return failed('Field must have selections')
  const group = groupAt(variables.path)
  if (!group) return json({ data: { group: null } })
  if (switches.read().epics === 'none')
    return failed("Argument 'types' on Field 'workItems' has an invalid value ([EPIC])")
  const seen = world.epics.filter(({ isGone }) => !isGone)
  if (/\bworkItem\(iid:/.test(query)) {
    const epic = seen.find((one) => one.group.id === group.id && String(one.iid) === variables.iid)
    return json({
      data: { group: { workItem: epic ? { widgets: [{}, { discussions: discussionsOf(epic) }] } : null } },
    })
  }
  if (!/\bworkItems\(types: \[EPIC\]/.test(query)) return failed(`Field 'epics' doesn't exist on type 'Group'`)
  const chosen = seen
    .filter(
      (one) => one.group.id === group.id || (variables.below === true && one.group.path.startsWith(`${group.path}/`)),
    )
    .filter((one) => (variables.label ?? []).every((label) => one.labels.includes(label)))
    .filter((one) => variables.iids == null || variables.iids.includes(String(one.iid)))
    .toSorted((a, b) => a.createdAt - b.createdAt || a.id - b.id)
  const start = Number(variables.after ?? 0)
  const end = start + (variables.first ?? 20)
  return json({
    data: {
      group: {
        workItems: {
          pageInfo: { hasNextPage: end < chosen.length, endCursor: String(end) },
          nodes: chosen.slice(start, end).map((epic) => workItem(epic, request.origin, zendeskUrl())),
        },
      },
    },
  })
}

function workItem(epic: Epic, origin: string, zendeskUrl: string): Record<string, unknown> {
  return {
    id: `gid://gitlab/WorkItem/${epic.workItemId}`,
    iid: String(epic.iid),
    title: epic.title,
    state: epic.state === 'closed' ? 'CLOSED' : 'OPEN',
    confidential: epic.confidential,
    createdAt: gitlabTime(epic.createdAt),
    updatedAt: gitlabTime(epic.updatedAt),
    webUrl: `${origin}/groups/${epic.group.path}/-/epics/${epic.iid}`,
    reference: `${epic.group.path}&${epic.iid}`,
    namespace: { id: `gid://gitlab/Group/${epic.group.id}`, fullPath: epic.group.path },
    widgets: [
      { description: descriptionOf(epic, zendeskUrl) },
      { labels: { nodes: epic.labels.map((title) => ({ title })) } },
      { assignees: { nodes: epic.assignees.map(({ username }) => ({ username })) } },
      { dueDate: epic.dueDate },
      {},
    ],
  }
}

function discussionsOf(epic: Epic): Record<string, unknown> {
  const notes = epic.notes.filter(({ system }) => !system)
  return {
    pageInfo: { hasNextPage: false, endCursor: null },
    nodes: notes.map(({ id, text, system, internal, createdAt, author }) => ({
      notes: {
        pageInfo: { hasNextPage: false, endCursor: null },
        nodes: [
          {
            id: `gid://gitlab/Note/${id}`,
            body: text,
            system,
            internal,
            createdAt: gitlabTime(createdAt),
            updatedAt: gitlabTime(createdAt),
            author: { username: author.username },
          },
        ],
      },
    })),
  }
}
