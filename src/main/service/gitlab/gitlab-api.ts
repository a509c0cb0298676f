import { createRequesterFn, type FormattedResponse, type RequestOptions } from '@gitbeaker/requester-utils'
import { Issues } from '@gitbeaker/rest'
import { z } from 'zod'
import type { Issue } from '#core/issues/issue.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { Transport } from '../transport/transport.ts'

/** A page of labelled issues, in the order they changed. */
export interface IssuePage {
  readonly issues: readonly Issue[]
  /** Query of the next page, as GitLab's `Link` says; null on the last one. */
  readonly next: string | null
}

/** What Understudy reads from GitLab. Every call throws `RemoteFailure` when it fails. */
export interface GitlabApi {
  /**
   * Issues with a label in a group (subgroups included) or a project, those that changed longest ago first.
   *
   * @param place full path of a group or a project.
   * @param from where to go on: an instant (inclusive), the query of a next page, or null for the beginning.
   */
  labelledIssues(
    place: string,
    label: string,
    from: { readonly since: number } | { readonly next: string } | null,
  ): Promise<IssuePage>
}

const instant = z.string().transform((text, context) => {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) context.addIssue({ code: 'custom', message: 'is not a time' })
  return ms
})

const wireIssue = z.object({
  iid: z.number().int().positive(),
  project_id: z.number().int().positive(),
  title: z.string(),
  state: z.string(),
  labels: z.array(z.string()),
  assignees: z.array(z.object({ username: z.string() })).nullish(),
  references: z.object({ full: z.string() }).nullish(),
  web_url: z.url(),
  confidential: z.boolean().nullish(),
  due_date: z.string().nullish(),
  task_completion_status: z.object({ count: z.number().int(), completed_count: z.number().int() }).nullish(),
  created_at: instant,
  updated_at: instant,
})

/** The only keys ever sent: GitLab ignores unknown ones, so that a typo would quietly widen the answer. */
const allowedKeys: ReadonlySet<string> = new Set([
  'labels',
  'state',
  'scope',
  'issue_type',
  'order_by',
  'sort',
  'updated_after',
  'per_page',
  'page',
  'pagination',
  'cursor',
  'id',
])

/** Creates the GitLab connector: gitbeaker's resources over our transport, which brings timeout, Retry-After and headers. */
export function createGitlabApi(url: string, token: () => Promise<string>, transport: Transport): GitlabApi {
  const requesterFn = createRequesterFn(
    async (_options, request) => request ?? {},
    async (endpoint, request) => call(url, token, transport, endpoint, request as RequestOptions),
  )
  // The library insists on a token at creation; each request carries the present one instead.
  const { requester } = new Issues({ host: url, token: 'set-per-request', requesterFn })
  const kindOfPlace = new Map<string, 'groups' | 'projects'>()

  async function read(place: string, searchParams: Record<string, string>): Promise<FormattedResponse> {
    const known = kindOfPlace.get(place)
    const id = encodeURIComponent(place)
    if (known === 'projects') return requester.get(`projects/${id}/issues`, { searchParams })
    try {
      const answer = await requester.get(`groups/${id}/issues`, { searchParams })
      kindOfPlace.set(place, 'groups')
      return answer
    } catch (error) {
      if (known || !(error instanceof RemoteFailure) || error.kind !== 'not-found') throw error
      const answer = await requester.get(`projects/${id}/issues`, { searchParams })
      kindOfPlace.set(place, 'projects')
      return answer
    }
  }

  return {
    async labelledIssues(place, label, from) {
      const first = {
        labels: label,
        state: 'all',
        scope: 'all',
        issue_type: 'issue',
        order_by: 'updated_at',
        sort: 'asc',
        per_page: '100',
      }
      const query =
        from === null
          ? first
          : 'next' in from
            ? onlyAllowed(from.next)
            : { ...first, updated_after: new Date(from.since).toISOString() }
      const answer = await read(place, query)
      const page = z.array(wireIssue).safeParse(answer.body)
      if (!page.success) {
        const issue = page.error.issues[0]
        throw new RemoteFailure(
          'malformed',
          `GitLab sent issues of an unknown shape (${issue?.path.join('.')}: ${issue?.message}).`,
        )
      }
      return { issues: page.data.map(toIssue), next: nextQuery(answer.headers['link']) }
    },
  }
}

async function call(
  url: string,
  token: () => Promise<string>,
  transport: Transport,
  endpoint: string,
  request: RequestOptions,
): Promise<FormattedResponse<never>> {
  const target = new URL(`${url}/api/v4/${endpoint}`)
  for (const [key, value] of new URLSearchParams(request.searchParams ?? {})) {
    if (!allowedKeys.has(key)) throw new Error(`Unknown GitLab query key: ${key}`)
    target.searchParams.append(key, value)
  }
  const answer = await transport.request({
    method: request.method ?? 'GET',
    url: target.href,
    headers: { Accept: 'application/json', 'PRIVATE-TOKEN': await token() },
  })
  return { body: answer.body as never, headers: Object.fromEntries(answer.headers), status: answer.status }
}

function onlyAllowed(query: string): Record<string, string> {
  return Object.fromEntries([...new URLSearchParams(query)].filter(([key]) => allowedKeys.has(key)))
}

/** The query of `rel="next"`; its host is not used, because a proxied GitLab may name one that we cannot reach. */
export function nextQuery(link: string | undefined): string | null {
  for (const part of (link ?? '').split(/,\s*(?=<)/)) {
    const [, address, parameters] = /^\s*<([^>]*)>(.*)$/.exec(part) ?? []
    if (address && parameters && /;\s*rel="?next"?/.test(parameters)) {
      return address.includes('?') ? address.slice(address.indexOf('?') + 1) : null
    }
  }
  return null
}

function toIssue(wire: z.infer<typeof wireIssue>): Issue {
  return {
    projectId: wire.project_id,
    iid: wire.iid,
    title: wire.title,
    state: wire.state,
    labels: wire.labels,
    assignees: wire.assignees?.map((assignee) => assignee.username) ?? [],
    reference: wire.references?.full ?? `#${wire.iid}`,
    url: wire.web_url,
    confidential: wire.confidential ?? false,
    dueDate: wire.due_date ?? null,
    tasksDone: wire.task_completion_status?.completed_count ?? 0,
    tasksTotal: wire.task_completion_status?.count ?? 0,
    createdAt: wire.created_at,
    updatedAt: wire.updated_at,
  }
}
