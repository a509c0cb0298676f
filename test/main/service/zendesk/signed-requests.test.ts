import { describe, expect, test } from 'vitest'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import type { RemoteRequest, RemoteResponse } from '#service/transport/transport.ts'
import type { ZendeskCredentials } from '#service/zendesk/credentials/credentials.ts'
import { createSignedRequests } from '#service/zendesk/signed-requests.ts'

const call = (method: string): RemoteRequest => ({
  method,
  url: 'https://acme.zendesk.com/api/v2/tickets/1',
  headers: { Accept: 'application/json', authorization: 'Bearer of a library', COOKIE: 'x=1', 'x-csrf-token': 'old' },
  urgency: 'person',
  ...(method === 'PUT' ? { body: '{"ticket":{}}' } : {}),
})

/** A sign-in whose headers are numbered, and a host that fails as told before it answers. */
function signing(failures: RemoteFailure[], canRenew: boolean | RemoteFailure = true) {
  const sent: RemoteRequest[] = []
  const renewed: unknown[] = []
  let number = 1
  const credentials: ZendeskCredentials = {
    kind: 'oauth',
    fetch: null,
    headers: async (method) => ({ Authorization: `Bearer ${method} ${number}` }),
    async renew(used, failure) {
      renewed.push([used, failure.status])
      if (canRenew instanceof RemoteFailure) throw canRenew
      number += 1
      return canRenew
    },
    health: () => Promise.reject(new Error('not asked')),
    signOut: () => Promise.reject(new Error('not asked')),
  }
  const transport = {
    async request(request: RemoteRequest): Promise<RemoteResponse> {
      sent.push(request)
      const failure = failures.shift()
      if (failure) throw failure
      return { status: 200, headers: new Headers(), body: { ok: true } }
    },
  }
  return { send: createSignedRequests(credentials, transport), sent, renewed }
}

const refused = (kind: 'unauthorized' | 'forbidden' | 'rejected', status: number) =>
  new RemoteFailure(kind, 'No.', { status, refused: true })

test('a call carries our headers and none that somebody else signed it with', async () => {
  const { send, sent } = signing([])
  expect((await send(call('GET'))).body).toEqual({ ok: true })
  expect(sent).toEqual([{ ...call('GET'), headers: { Accept: 'application/json', Authorization: 'Bearer GET 1' } }])
})

describe('a refused call is repeated once, as it was, with renewed headers', () => {
  test.each([
    ['GET', refused('unauthorized', 401)],
    ['PUT', refused('unauthorized', 401)],
    ['PUT', refused('forbidden', 403)],
    ['PUT', refused('rejected', 422)],
    ['GET', new RemoteFailure('rejected', 'Elsewhere.', { status: 302 })],
    ['GET', new RemoteFailure('rejected', 'Elsewhere.')],
  ])('%s: %s', async (method, failure) => {
    const { send, sent, renewed } = signing([failure])
    await send(call(method))
    expect(renewed).toEqual([[{ Authorization: `Bearer ${method} 1` }, failure.status]])
    expect(sent.map(({ headers }) => headers['Authorization'])).toEqual([`Bearer ${method} 1`, `Bearer ${method} 2`])
    expect(sent[1]?.body).toBe(call(method).body)
  })
})

test('a second refusal is the answer', async () => {
  const { send, sent } = signing([refused('unauthorized', 401), refused('unauthorized', 401)])
  await expect(send(call('GET'))).rejects.toMatchObject({ status: 401 })
  expect(sent).toHaveLength(2)
})

test('without a new sign-in the refusal is the answer', async () => {
  const { send, sent } = signing([refused('forbidden', 403)], false)
  await expect(send(call('PUT'))).rejects.toMatchObject({ kind: 'forbidden' })
  expect(sent).toHaveLength(1)
})

test('what the sign-in says of itself is the answer where it says something', async () => {
  const { send } = signing([refused('unauthorized', 401)], new RemoteFailure('unauthorized', 'Sign in again.'))
  await expect(send(call('GET'))).rejects.toThrow('Sign in again.')
})

describe('nothing is repeated that may have been carried out, or that has nothing to do with the sign-in', () => {
  test.each([
    ['PUT', new RemoteFailure('rejected', 'Elsewhere.', { status: 302, mayHaveArrived: true })],
    ['PUT', new RemoteFailure('unauthorized', 'A page.', { status: 200, mayHaveArrived: true })],
    ['PUT', new RemoteFailure('timeout', 'Silence.')],
    ['GET', new RemoteFailure('server', 'Trouble.', { status: 502 })],
    ['GET', new RemoteFailure('not-found', 'Gone.', { status: 404, refused: true })],
    ['PUT', new RemoteFailure('conflict', 'Changed.', { status: 409, refused: true })],
    ['PUT', refused('rejected', 400)],
  ])('%s: %s', async (method, failure) => {
    const { send, sent, renewed } = signing([failure])
    await expect(send(call(method))).rejects.toBe(failure)
    expect(sent).toHaveLength(1)
    expect(renewed).toEqual([])
  })
})
