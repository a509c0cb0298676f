import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { createAsk, type Ask } from '../ask.ts'

let simulator: Simulator
let ask: Ask
beforeAll(async () => {
  simulator = await createSimulator({ seed: 5, speed: 0, scale: 200 })
  ask = createAsk(simulator.description)
})
afterAll(() => simulator.stop())

const at = () => simulator.description.gitlab.url
const post = async (path: string, fields: Record<string, string>) => {
  const answer = await fetch(`${at()}${path}`, { method: 'POST', body: new URLSearchParams(fields) })
  return { status: answer.status, body: await answer.json() }
}
const withToken = (token: string) => ({ 'private-token': token })

test('a token tells its scopes and its end, and ends on that day', async () => {
  const today = new Date(simulator.description.clock.now)
  const tomorrow = new Date(today.getTime() + 86_400_000).toISOString().slice(0, 10)
  await ask.order('/gitlab/token', { token: 'glpat-a', scopes: ['read_api'], expires_at: tomorrow })
  const self = await ask.gitlab('/personal_access_tokens/self', withToken('glpat-a'))
  expect(self.body).toMatchObject({ scopes: ['read_api'], expires_at: tomorrow, active: true, revoked: false })
  await ask.order('/gitlab/token', { token: 'glpat-a', expires_at: today.toISOString().slice(0, 10) })
  expect((await ask.gitlab('/user', withToken('glpat-a'))).status).toBe(401)
})

test('a scope that does not suffice is refused with the ones that would', async () => {
  await ask.order('/gitlab/token', { token: 'glpat-b', scopes: ['read_user'] })
  expect((await ask.gitlab('/user', withToken('glpat-b'))).status).toBe(200)
  const { status, body } = await ask.gitlab('/version', withToken('glpat-b'))
  expect({ status, body }).toMatchObject({ status: 403, body: { error: 'insufficient_scope', scope: 'api read_api' } })
})

test('a fine-grained token refuses barely what it has no permission for', async () => {
  await ask.order('/gitlab/token', { token: 'glpat-c', scopes: ['granular'], lacks: ['/version'] })
  expect((await ask.gitlab('/user', withToken('glpat-c'))).status).toBe(200)
  expect(await ask.gitlab('/version', withToken('glpat-c'))).toMatchObject({
    status: 403,
    body: { message: '403 Forbidden' },
  })
})

test('a code is asked about no sooner than told, and is good once', async () => {
  const { body: begun } = await post('/oauth/authorize_device', { client_id: 'understudy', scope: 'api' })
  const poll = () =>
    post('/oauth/token', {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: 'understudy',
      device_code: begun.device_code,
    })
  expect((await poll()).body.error).toBe('slow_down')
  simulator.advanceBy(10_000)
  expect((await poll()).body.error).toBe('authorization_pending')
  await ask.order('/gitlab/oauth', { approve: true })
  simulator.advanceBy(10_000)
  const { body: issued } = await poll()
  expect(issued).toMatchObject({ token_type: 'Bearer', expires_in: 7200, scope: 'api' })
  expect((await poll()).body.error).toBe('invalid_grant')
  const refreshed = await post('/oauth/token', {
    grant_type: 'refresh_token',
    client_id: 'understudy',
    refresh_token: issued.refresh_token,
  })
  expect(refreshed.status).toBe(200)
  const dead = await ask.gitlab('/user', { authorization: `Bearer ${issued.access_token}` })
  expect(dead.status).toBe(401)
  expect((await post('/oauth/revoke', { client_id: 'understudy', token: issued.access_token })).status).toBe(200)
  const living = { authorization: `Bearer ${refreshed.body.access_token}` }
  expect((await ask.gitlab('/user', living)).status).toBe(200)
})

test('moved below a path, nothing lives at the root', async () => {
  await ask.order('/gitlab/path', { path: '/dev' })
  expect((await ask.gitlab('/user')).status).toBe(404)
  const below = await fetch(`${at()}/dev/api/v4/user`, { headers: withToken(simulator.description.gitlab.token) })
  expect(below.status).toBe(200)
})
