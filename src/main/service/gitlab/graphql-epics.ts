import { Groups } from '@gitbeaker/rest'
import { z } from 'zod'
import { countTasks } from '#core/issues/count-tasks.ts'
import type { Issue, IssueNote } from '#core/issues/issue.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { lackedPermissions, lackWords } from './explain-refusal.ts'
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

/** A group as it is known: the id stays when it is renamed, and only the path is understood by GraphQL. */
interface EpicsGroup {
  readonly id: number
  readonly path: string
}

/** Threads, and notes of a long one, asked for at once, and rows of anything where GitLab finds the cost of more too high. */
const mostThreads = 50
const mostOfThread = 100
const fewRows = 20

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

const noteFields = 'id body system internal createdAt updatedAt author { username }'

const notesQuery = `query ($path: ID!, $iid: String!, $first: Int, $after: String) {
  group(fullPath: $path) {
    workItem(iid: $iid) {
      widgets {
        ... on WorkItemWidgetNotes {
          discussions(filter: ONLY_COMMENTS, first: $first, after: $after) {
            pageInfo { hasNextPage endCursor }
            nodes { notes { pageInfo { hasNextPage endCursor } nodes { ${noteFields} } } }
          }
        }
      }
    }
  }
}`

/** The rest of one thread: a thread cannot be asked for by itself, but by any note of it. */
const threadQuery = `query ($note: NoteID!, $first: Int, $after: String) {
  note(id: $note) {
    discussion {
      notes(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${noteFields} } }
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

// GitLab may leave a place in a list empty; what is missing there is looked up by itself.
const epicsAnswer = z.object({
  group: z.object({ workItems: z.object({ pageInfo, nodes: z.array(workItem.nullable()) }) }).nullable(),
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
const thread = z.object({ pageInfo: pageInfo.nullish(), nodes: z.array(note) })
type Thread = z.infer<typeof thread>
const discussions = z.object({ pageInfo, nodes: z.array(z.object({ notes: thread })) })
const threadAnswer = z.object({ note: z.object({ discussion: z.object({ notes: thread }).nullable() }).nullable() })
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
  group: EpicsGroup,
  wanted: EpicsWanted,
): Promise<GitlabPage<Issue>> {
  const variables = {
    label: wanted.label === null ? null : [wanted.label],
    iids: wanted.iid === undefined ? null : [String(wanted.iid)],
    below: wanted.iid === undefined,
    first: wanted.first,
    after: wanted.after,
  }
  const { workItems } = await askGroup(client, group, epicsQuery, variables, (data) => {
    return readGitlab('epics', epicsAnswer, data).group
  })
  return { rows: workItems.nodes.filter((node) => node !== null), ...goingOn(workItems.pageInfo) }
}

/** What people wrote on an epic, thread by thread. */
export async function graphqlEpicNotes(
  client: GitlabClient,
  group: EpicsGroup,
  iid: number,
  after: string | null,
): Promise<GitlabPage<IssueNote>> {
  const variables = { iid: String(iid), first: mostThreads, after }
  const { workItem: epic } = await askGroup(client, group, notesQuery, variables, (data) => {
    return readGitlab('notes', notesAnswer, data).group
  })
  if (!epic) throw notThere()
  const found = epic.widgets.flatMap((one) => one.discussions ?? [])[0]
  const all: z.infer<typeof note>[] = []
  for (const { notes } of found?.nodes ?? []) all.push(...notes.nodes, ...(await restOfThread(client, notes)))
  const written = all.filter(({ system }) => !system)
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

/** What of a long thread did not come with its first hundred notes. One that is gone meanwhile has no more. */
async function restOfThread(client: GitlabClient, begun: Thread): Promise<Thread['nodes']> {
  const [first] = begun.nodes
  const rest: Thread['nodes'] = []
  const asked = new Set<string>()
  for (let page = begun; first && page.pageInfo?.hasNextPage === true && page.pageInfo.endCursor;) {
    const after = page.pageInfo.endCursor
    if (asked.has(after)) throw new RemoteFailure('malformed', 'GitLab sent notes that lead round in a circle.')
    asked.add(after)
    const variables = { note: `gid://gitlab/Note/${first.id}`, first: mostOfThread, after }
    const { note: found } = readGitlab('notes', threadAnswer, await askForLess(client, threadQuery, variables))
    page = found?.discussion?.notes ?? { nodes: [] }
    rest.push(...page.nodes)
  }
  return rest
}

interface Variables {
  readonly first: number
  readonly [name: string]: unknown
}

/** Asks for something of a group; one that is not there by its path is looked for by its id once, since it may have been renamed. */
async function askGroup<Found>(
  client: GitlabClient,
  { id, path }: EpicsGroup,
  query: string,
  variables: Variables,
  read: (data: unknown) => Found | null,
): Promise<Found> {
  const found = read(await askForLess(client, query, { path, ...variables }))
  if (found) return found
  const { body } = await client.call((options) => new Groups(options).show(id))
  const { full_path: now } = readGitlab('a group', namedGroup, body)
  const again = now === path ? null : read(await askForLess(client, query, { path: now, ...variables }))
  if (again) return again
  throw notThere()
}

const namedGroup = z.object({ full_path: z.string() })

/** Asks, and for fewer rows where GitLab finds the cost too high: what it allows differs from version to version. */
async function askForLess(client: GitlabClient, query: string, variables: Variables): Promise<unknown> {
  try {
    return await ask(client, query, variables)
  } catch (error) {
    const isTooCostly =
      error instanceof RemoteFailure && error.kind === 'rejected' && tooCostly.test(error.detail ?? '')
    if (!isTooCostly || variables.first <= fewRows) throw error
    return ask(client, query, { ...variables, first: fewRows })
  }
}

const tooCostly = /exceeds max complexity/i

const graphqlErrors = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) })

/** GraphQL tells its errors with status 200. */
async function ask(client: GitlabClient, query: string, variables: Variables): Promise<unknown> {
  const body = await client.graphql(query, variables)
  const failed = graphqlErrors.safeParse(body)
  if (failed.success) {
    const detail = failed.data.errors[0]?.message.slice(0, 300) ?? null
    const more = { status: 200, detail, refused: true }
    const lacked = lackedPermissions(detail)
    if (lacked !== null) throw new RemoteFailure('forbidden', lackWords(lacked), more)
    const reason = tooCostly.test(detail ?? '') ? 'it finds it too costly' : 'it does not understand it'
    throw new RemoteFailure('rejected', `GitLab did not answer what was asked of its epics: ${reason}.`, more)
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
