import type { ServerResponse } from 'node:http'
import { createClient } from 'node-zendesk'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createZendeskClient } from '#service/zendesk/zendesk-client.ts'
import { loopbackServer, sendJson, type ReceivedRequest } from '#test/support/loopback-server.ts'
import { reachZendesk } from '#test/support/zendesk-reach.ts'

async function clientTo(answer: (request: ReceivedRequest, response: ServerResponse, count: number) => void) {
  let count = 0
  let signed = 0
  const server = await loopbackServer((request, response) => answer(request, response, (count += 1)))
  const reach = reachZendesk(server.url, () => `Bearer token-${(signed += 1)}`)
  const get = async () =>
    createZendeskClient(reach, 'poll').get('a list', z.object({ rows: z.array(z.number()) }), ['tickets', 7, 'rows'])
  return { get, server, reach }
}

const bareClientTo = (url: string) =>
  createClient({ endpointUri: `${url}/api/v2`, oauth: true, token: 'x', throwOriginalException: true })

test('a call carries no sign-in of the library’s own, and is signed anew each time', async () => {
  const { get, server, reach } = await clientTo((_request, response) => sendJson(response, { rows: [] }))
  await get()
  await get()
  for (const { headers } of reach.sent) {
    expect(Object.keys(headers).map((name) => name.toLowerCase())).not.toContain('authorization')
  }
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
})

test('an answer comes with its headers; one of another shape is refused with the place, and nothing of what stood there', async () => {
  const { get } = await clientTo((_request, response, count) =>
    sendJson(response, count === 1 ? { rows: [1] } : { rows: [1, 'Carla, +49 30 1234'] }, {
      headers: { 'x-rate-limit': '700' },
    }),
  )
  const { value, headers } = await get()
  expect([value, headers.get('x-rate-limit')]).toEqual([{ rows: [1] }, '700'])
  const failure = await get().catch((error: unknown) => error)
  expect(failure).toMatchObject({
    kind: 'malformed',
    message: expect.stringContaining('a list of an unknown shape (rows.1: '),
  })
  expect(String(failure)).not.toContain('Carla')
})

describe('a failure that the library alone takes for a result', () => {
  const busy = (response: ServerResponse) =>
    sendJson(response, { error: 'TooManyRequests' }, { status: 429, headers: { 'Retry-After': '9' } })

  test('429 with Retry-After: the bare library resolves with an Error inside, we wait and ask again', async () => {
    const bareServer = await loopbackServer((_request, response) => busy(response))
    const bare = await bareClientTo(bareServer.url).tickets.get(['organizations', 1, 'tickets'])
    expect((bare as unknown as { result: unknown }).result).toBeInstanceOf(Error)

    const { get, server, reach } = await clientTo((_request, response, count) => {
      if (count === 1) busy(response)
      else sendJson(response, { rows: [1] })
    })
    expect((await get()).value.rows).toHaveLength(1)
    expect(server.requests).toHaveLength(2)
    expect(Math.max(...reach.waits)).toBeGreaterThan(8000)
  })

  test('502: the bare library resolves, we do not', async () => {
    const gone = (response: ServerResponse) => {
      response.writeHead(502, { 'Content-Type': 'text/html' })
      response.end('<html>Bad Gateway</html>')
    }
    const bareServer = await loopbackServer((_request, response) => gone(response))
    await expect(bareClientTo(bareServer.url).tickets.get(['organizations', 1, 'tickets'])).resolves.toBeDefined()

    const { get } = await clientTo((_request, response) => gone(response))
    await expect(get()).rejects.toMatchObject({ kind: 'server', status: 502 })
  })

  test.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [422, 'rejected'],
  ])('%i reaches the caller as %s', async (status, kind) => {
    const { get } = await clientTo((_request, response) => sendJson(response, { error: 'no' }, { status }))
    await expect(get()).rejects.toMatchObject({ kind, status })
  })
})
