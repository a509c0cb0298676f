import type { SimulatorDescription } from '#simulator/description.ts'

/** A JSON answer with what a test looks at. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Body
}

/** Parsed JSON of a vendor, walked without types: what is wrong in it is what the tests are to find. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Body = any

async function read(response: Response): Promise<Answer> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true && text !== ''
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}

/** Orders ISO times. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Requests to a running simulator, signed in. Paths of Zendesk and GitLab begin below their API's base. */
export function createAsk({ zendesk, gitlab, control }: SimulatorDescription) {
  return {
    zendesk: async (path: string, authorization = `Bearer ${zendesk.token}`) =>
      read(await fetch(`${zendesk.url}/api/v2${path}`, { headers: { authorization } })),
    /** A request that changes something, with a JSON body. */
    write: async (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
      read(
        await fetch(`${zendesk.url}/api/v2${path}`, {
          method,
          headers: { authorization: `Bearer ${zendesk.token}`, 'content-type': 'application/json', ...headers },
          ...(body ? { body: JSON.stringify(body) } : {}),
        }),
      ),
    /** Anything at Zendesk's address, redirects not followed. */
    plain: async (path: string, init: RequestInit = {}) =>
      read(await fetch(new URL(path, zendesk.url), { redirect: 'manual', ...init })),
    follow: async (url: string) => read(await fetch(url, { headers: { authorization: `Bearer ${zendesk.token}` } })),
    gitlab: async (path: string, headers: Record<string, string> = { 'private-token': gitlab.token }) =>
      read(await fetch(`${gitlab.url}/api/v4${path}`, { headers })),
    /** A request to GitLab that changes something, with a JSON body. */
    change: async (method: string, path: string, body?: object, token = gitlab.token) =>
      read(
        await fetch(`${gitlab.url}/api/v4${path}`, {
          method,
          headers: { 'private-token': token, 'content-type': 'application/json' },
          ...(body ? { body: JSON.stringify(body) } : {}),
        }),
      ),
    look: async (path: string) => read(await fetch(`${control.url}${path}`)),
    order: async (path: string, body: object = {}) =>
      read(await fetch(`${control.url}${path}`, { method: 'POST', body: JSON.stringify(body) })),
  }
}

export type Ask = ReturnType<typeof createAsk>

/** Reads every page of a ticket list from `path` on, by cursor. */
export async function readPages(ask: Ask, path: string): Promise<readonly Body[]> {
  const rows: Body[] = []
  let answer = await ask.zendesk(path)
  rows.push(...answer.body.tickets)
  while (answer.body.meta.has_more) {
    answer = await ask.follow(answer.body.links.next)
    rows.push(...answer.body.tickets)
  }
  return rows
}
