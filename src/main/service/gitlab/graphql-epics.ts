import { z } from 'zod'
import { countTasks } from '#core/issues/count-tasks.ts'
import type { Issue, IssueNote } from '#core/issues/issue.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { GitlabClient } from './gitlab-client.ts'
import type { GitlabPage } from './gitlab-page.ts'
import { readGitlab } from './read-gitlab.ts'
import { instant } from './wire-issues.ts'

/** Which epics are asked for. */
export interface EpicsWanted {
  readonly label: string | null
  readonly first: number
  readonly after: string | null
  /** One of the group itself, by its number. */
  readonly iid?: number
}

// Small on purpose: GitLab counts what a query may cost.
const epicsQuery = `query ($path: ID!, $label: [String!], $iids: [String!], $below: Boolean, $first: Int, $after: String) {
  group(fullPath: $path) {
    workItems(types: [EPIC], labelName: $label, iids: $iids, includeDescendants: $below, sort: CREATED_ASC, first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        id iid title state confidential createdAt updatedAt webUrl reference(full: true)
        namespace { id fullPath }
        widgets {
          ... on WorkItemWidgetDescription { description }
          ... on WorkItemWidgetLabels { labels { nodes { title } } }
          ... on WorkItemWidgetAssignees { assignees { nodes { username } } }
          ... on WorkItemWidgetStartAndDueDate { dueDate }
        }
      }
    }
  }
}`

const notesQuery = `query ($path: ID!, $iid: String!, $after: String) {
  group(fullPath: $path) {
    workItem(iid: $iid) {
      widgets {
        ... on WorkItemWidgetNotes {
          discussions(filter: ONLY_COMMENTS, first: 50, after: $after) {
            pageInfo { hasNextPage endCursor }
            nodes { notes { nodes { id body system internal createdAt updatedAt author { username } } } }
          }
        }
      }
    }
  }
}`

/** The number at the end of a name like `gid://gitlab/WorkItem/12`. */
const globalId = z.string().transform((text, context) => {
  const id = Number(/\/(\d+)$/.exec(text)?.[1] ?? 0)
  if (id === 0) context.addIssue({ code: 'custom', message: 'is not an id' })
  return id
})
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() })

const widget = z.object({
  description: z.string().nullish(),
  labels: z.object({ nodes: z.array(z.object({ title: z.string() })) }).nullish(),
  assignees: z.object({ nodes: z.array(z.object({ username: z.string() })) }).nullish(),
  dueDate: z.string().nullish(),
})

const workItem = z
  .object({
    id: globalId,
    iid: z.coerce.number().int().positive(),
    title: z.string(),
    state: z.string(),
    confidential: z.boolean().nullish(),
    createdAt: instant,
    updatedAt: instant,
    webUrl: z.url(),
    reference: z.string(),
    namespace: z.object({ id: globalId }),
    widgets: z.array(widget),
  })
  .transform((item): Issue => {
    const widgets = Object.assign({}, ...item.widgets) as z.infer<typeof widget>
    const description = widgets.description ?? ''
    const tasks = countTasks(description)
    return {
      kind: 'epic',
      projectId: item.namespace.id,
      iid: item.iid,
      id: item.id,
      title: item.title,
      description,
      state: item.state === 'CLOSED' ? 'closed' : 'opened',
      labels: widgets.labels?.nodes.map(({ title }) => title) ?? [],
      assignees: widgets.assignees?.nodes.map(({ username }) => username) ?? [],
      reference: item.reference,
      url: item.webUrl,
      confidential: item.confidential ?? false,
      dueDate: widgets.dueDate ?? null,
      tasksDone: tasks.done,
      tasksTotal: tasks.total,
      notesCount: null,
      movedToId: null,
      createdAt: item.createdAt,
      updatedAt: item.updatedAt,
    }
  })

const epicsAnswer = z.object({
  group: z.object({ workItems: z.object({ pageInfo, nodes: z.array(workItem) }) }).nullable(),
})

const note = z.object({
  id: globalId,
  body: z.string(),
  system: z.boolean(),
  internal: z.boolean().nullish(),
  createdAt: instant,
  updatedAt: instant,
  author: z.object({ username: z.string() }).nullish(),
})
const discussions = z.object({
  pageInfo,
  nodes: z.array(z.object({ notes: z.object({ nodes: z.array(note) }) })),
})
const notesAnswer = z.object({
  group: z
    .object({
      workItem: z.object({ widgets: z.array(z.object({ discussions: discussions.nullish() })) }).nullable(),
    })
    .nullable(),
})

/** Epics as work items of GraphQL: the way of the future, and the only one where the REST API for epics is gone. */
export async function graphqlEpics(
  client: GitlabClient,
  groupPath: string,
  wanted: EpicsWanted,
): Promise<GitlabPage<Issue>> {
  const data = await ask(client, epicsQuery, {
    path: groupPath,
    label: wanted.label === null ? null : [wanted.label],
    iids: wanted.iid === undefined ? null : [String(wanted.iid)],
    below: wanted.iid === undefined,
    first: wanted.first,
    after: wanted.after,
  })
  const { group } = readGitlab('epics', epicsAnswer, data)
  if (!group) throw notThere()
  return { rows: group.workItems.nodes, ...goingOn(group.workItems.pageInfo) }
}

/** What people wrote on an epic, thread by thread. */
export async function graphqlEpicNotes(
  client: GitlabClient,
  groupPath: string,
  iid: number,
  after: string | null,
): Promise<GitlabPage<IssueNote>> {
  const { group } = readGitlab(
    'notes',
    notesAnswer,
    await ask(client, notesQuery, { path: groupPath, iid: String(iid), after }),
  )
  if (!group?.workItem) throw notThere()
  const found = group.workItem.widgets.flatMap((one) => one.discussions ?? [])[0]
  const written = found?.nodes.flatMap((thread) => thread.notes.nodes).filter(({ system }) => !system) ?? []
  return {
    rows: written.map(({ id, body, author, internal, createdAt, updatedAt }) => ({
      id,
      author: author?.username ?? 'somebody who is gone',
      internal: internal ?? false,
      text: body,
      createdAt,
      updatedAt,
    })),
    ...goingOn(found?.pageInfo ?? { hasNextPage: false }),
  }
}

const graphqlErrors = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) })

/** GraphQL tells its errors with status 200. */
async function ask(
  client: GitlabClient,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const body = await client.graphql(query, variables)
  const failed = graphqlErrors.safeParse(body)
  if (failed.success) {
    const detail = failed.data.errors[0]?.message.slice(0, 300) ?? null
    throw new RemoteFailure('rejected', 'GitLab did not accept the question for epics.', { status: 200, detail })
  }
  return z.object({ data: z.unknown() }).safeParse(body).data?.data
}

function goingOn({ hasNextPage, endCursor }: z.infer<typeof pageInfo>) {
  return {
    next: hasNextPage ? (endCursor ?? null) : null,
    unchanged: false,
    asked: { address: '/api/graphql', etag: null },
  }
}

function notThere(): RemoteFailure {
  return new RemoteFailure('not-found', 'GitLab does not have this group or epic, or does not let you see it.', {
    refused: true,
  })
}
