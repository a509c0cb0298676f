import { createRequesterFn, type RequestOptions } from '@gitbeaker/requester-utils'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { RemoteRequest, RemoteResponse } from '../transport/transport.ts'
import { explainRefusal } from './explain-refusal.ts'
import { nextQuery } from './next-query.ts'

/** What a resource of gitbeaker is created with, so that our transport makes its call. */
export interface ResourceOptions {
  readonly host: string
  readonly token: string
  readonly queryTimeout: number
  readonly requesterFn: ReturnType<typeof createRequesterFn>
}

/** What GitLab answered, before its body was read. */
export interface GitlabAnswer {
  readonly body: unknown
  /** True for a 304: the list is as it was when it was called by this name. There is no body then. */
  readonly unchanged: boolean
  readonly etag: string | null
  /** Path and query that were asked, for finding the etag again. */
  readonly address: string
  /** Query of the next page, or null. */
  readonly next: string | null
}

/** How GitLab's state of a list was called when all of it was stored, by the address that was asked. */
export type KnownEtag = (address: string) => string | null

/** Calls to one GitLab: gitbeaker builds them, our transport makes them, and nothing of what came back is dropped. */
export interface GitlabClient {
  /** Makes the one call that `use` builds with a resource of gitbeaker. */
  call(use: (options: ResourceOptions) => Promise<unknown>, known?: KnownEtag): Promise<GitlabAnswer>
  /** Asks GraphQL, which gitbeaker does not know. A query only reads, but is sent once, since it is a POST. */
  graphql(query: string, variables: Readonly<Record<string, unknown>>): Promise<unknown>
}

/**
 * Creates the client.
 *
 * @param send makes a call that carries the sign-in.
 */
export function createGitlabClient(
  url: string,
  send: (request: RemoteRequest) => Promise<RemoteResponse>,
): GitlabClient {
  async function explained(request: RemoteRequest): Promise<RemoteResponse> {
    try {
      return await send(request)
    } catch (error) {
      throw error instanceof RemoteFailure ? explainRefusal(error) : error
    }
  }

  return {
    async call(use, known) {
      let answer: GitlabAnswer | null = null
      const requesterFn = createRequesterFn(
        async (_options, request) => request ?? {},
        async (endpoint, request) => {
          const { method = 'GET', prefixUrl = '', searchParams = '', body } = (request ?? {}) as Partial<RequestOptions>
          const address = `${String(prefixUrl).replace(/\/+$/, '')}/${endpoint}${askedFor(method, searchParams)}`
          const path = address.slice(url.length)
          const etag = known?.(path) ?? null
          const response = await explained({
            method,
            url: address,
            headers: {
              Accept: 'application/json',
              ...(etag === null ? {} : { 'If-None-Match': etag }),
              ...(typeof body === 'string' ? { 'Content-Type': 'application/json' } : {}),
            },
            ...(typeof body === 'string' ? { body } : {}),
          })
          answer = {
            body: response.body,
            unchanged: response.status === 304,
            etag: response.headers.get('etag'),
            address: path,
            next: nextQuery(response.headers.get('link')),
          }
          // Without the link, the library does not go on to pages of its own accord.
          return { body: (response.body ?? {}) as never, headers: {}, status: response.status }
        },
      )
      // It insists on a token at creation; each request carries the present sign-in instead.
      await use({ host: url, token: 'signed-elsewhere', queryTimeout: 0, requesterFn })
      if (answer === null) throw new Error('Nothing was asked of GitLab')
      return answer
    },
    async graphql(query, variables) {
      const { body } = await explained({
        method: 'POST',
        url: `${url}/api/graphql`,
        headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      })
      return body
    },
  }
}

/**
 * The query keys that are ever sent. GitLab ignores one it does not know, so that a typo would quietly widen the answer, and the
 * second half of this list is from next pages, which are GitLab's own words.
 */
const allowedKeys: ReadonlySet<string> = new Set([
  ...['labels', 'state', 'scope', 'issue_type', 'order_by', 'sort', 'per_page', 'iids[]', 'activity_filter'],
  ...['updated_after', 'created_after', 'include_descendant_groups', 'include_ancestor_groups', 'confidential'],
  ...['include_subgroups', 'archived', 'with_shared', 'search', 'with_counts', 'ref', 'source_branch'],
  ...['page', 'pagination', 'cursor', 'id_after'],
])

function askedFor(method: string, searchParams: unknown): string {
  const query = new URLSearchParams(typeof searchParams === 'string' ? searchParams : '')
  for (const key of query.keys()) {
    if (method === 'GET' && !allowedKeys.has(key)) throw new Error(`Unknown GitLab query key: ${key}`)
  }
  return query.size === 0 ? '' : `?${query.toString()}`
}

/** The query of a next page, as far as it has keys we know: GitLab names its groups and projects in it again. */
export function allowedQuery(query: string): Record<string, string | string[]> {
  const params = new URLSearchParams(query)
  const keys = [...new Set(params.keys())].filter((key) => allowedKeys.has(key))
  return Object.fromEntries(
    keys.map((key) => [key.replace('[]', ''), key.endsWith('[]') ? params.getAll(key) : (params.get(key) ?? '')]),
  )
}
