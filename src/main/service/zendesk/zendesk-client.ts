import zendesk from 'node-zendesk'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { RemoteRequest, RemoteResponse, Urgency } from '../transport/transport.ts'

/** Tells whether an answer is what was expected, and reads it; a zod schema is one. */
export interface Reader<Value> {
  safeParse(body: unknown):
    | { readonly success: true; readonly data: Value }
    | {
        readonly success: false
        readonly error: {
          readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
        }
      }
}

/** Path and query of a call: parts of the path, then at most one object for the query. */
export type Resource = readonly (string | number | object)[]

/** Reads from Zendesk. `what` is the word for it in sentences. */
export interface ZendeskClient {
  /** @throws {RemoteFailure} when the call fails, or answers with something of another shape. */
  get<Value>(
    what: string,
    reader: Reader<Value>,
    resource: Resource,
  ): Promise<{ readonly value: Value; readonly headers: Headers }>
}

/** How Zendesk is reached. */
export interface ZendeskReach {
  /** `https://example.zendesk.com`, without a slash at its end. */
  readonly url: string
  /** Signs a call and makes it. */
  readonly send: (request: RemoteRequest) => Promise<RemoteResponse>
}

/**
 * Creates what builds the calls of one urgency: node-zendesk builds them, `send` makes them. The library's own handling of
 * failures is bypassed, because it turns a 429 or a 502 into a result; its reading of lists too, because it drops where the
 * next page is. The whole answer is handed through on the adapted response instead.
 */
export function createZendeskClient({ url, send }: ZendeskReach, urgency: Urgency): ZendeskClient {
  const client = zendesk.createClient({
    endpointUri: `${url}/api/v2`,
    oauth: true,
    // The library cannot change its credentials after creation: it gets none, and what it makes of that is left out below.
    token: 'signed-elsewhere',
    throwOriginalException: true,
    transportConfig: {
      transportFn: async (uri: string, options: { method: string; headers: Record<string, string>; body?: string }) => {
        const headers = Object.entries(options.headers).filter(([name]) => name.toLowerCase() !== 'authorization')
        return send({
          method: options.method,
          url: uri,
          headers: Object.fromEntries(headers),
          urgency,
          ...(options.body === undefined ? {} : { body: options.body }),
        })
      },
      responseAdapter: (response: RemoteResponse) => ({
        status: response.status,
        statusText: '',
        headers: { get: (name: string) => (name === 'retry-after' ? null : response.headers.get(name)) },
        json: () => response.body,
        whole: response,
      }),
    },
  })
  return {
    async get(what, reader, resource) {
      // The library declares that a call answers with a module; what it hands back is our adapted response.
      const { response } = (await client.tickets.get([...resource])) as unknown as {
        response: { whole: RemoteResponse }
      }
      return { value: readAs(what, reader, response.whole.body), headers: response.whole.headers }
    },
  }
}

/**
 * Reads an answer, or the part of it that lies at `place`.
 *
 * @throws {RemoteFailure} of the kind `malformed` that names the first place where it differs, and nothing of its content.
 */
export function readAs<Value>(
  what: string,
  reader: Reader<Value>,
  body: unknown,
  place: readonly PropertyKey[] = [],
): Value {
  const read = reader.safeParse(body)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  throw new RemoteFailure(
    'malformed',
    `Zendesk sent ${what} of an unknown shape (${[...place, ...(issue?.path ?? [])].join('.')}: ${issue?.message}).`,
  )
}
