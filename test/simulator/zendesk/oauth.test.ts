import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { sentKnowingly } from '#test/judge/judged-file.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Answer, Ask } from '../ask.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
const verifier = 'a-verifier-that-is-long-enough-to-be-one-of-forty-three'
const challenge = createHash('sha256').update(verifier).digest('base64url')
const redirectUri = 'http://127.0.0.1:47811/callback'
let simulator: Simulator
let ask: Ask

beforeEach(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  ask = createAsk(simulator.description)
})
afterEach(() => simulator.stop())

const asked = {
  response_type: 'code',
  client_id: 'understudy',
  redirect_uri: redirectUri,
  scope: 'read tickets:write',
  state: 'a b&c',
  code_challenge: challenge,
  code_challenge_method: 'S256',
}

const authorize = (changes: Record<string, string> = {}, init: RequestInit = {}): Promise<Answer> =>
  ask.plain(`/oauth/authorizations/new?${new URLSearchParams({ ...asked, ...changes }).toString()}`, init)

const backAt = (answer: Answer): URLSearchParams => new URL(answer.headers.get('location') ?? '').searchParams

const tokens = (body: Record<string, unknown>): Promise<Answer> =>
  ask.plain('/oauth/tokens', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_id: 'understudy', redirect_uri: redirectUri, ...body }),
  })

async function codeFor(changes: Record<string, string> = {}): Promise<string> {
  await ask.order('/oauth', { approve: true })
  return backAt(await authorize(changes)).get('code') ?? ''
}

const exchange = (code: string, changes: Record<string, unknown> = {}): Promise<Answer> =>
  tokens({ grant_type: 'authorization_code', code, code_verifier: verifier, ...changes })

const refresh = (token: string): Promise<Answer> => tokens({ grant_type: 'refresh_token', refresh_token: token })

test('a page asks, and each button leads back with the state as it was sent', async () => {
  const page = await authorize()
  expect(page.status).toBe(200)
  expect(page.body).toContain('<form method="post"')
  const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
  const allowed = await authorize({}, { ...form, body: 'decision=allow' })
  expect(allowed.status).toBe(302)
  expect(backAt(allowed).get('state')).toBe('a b&c')
  expect(backAt(allowed).get('code')).not.toBe('')
  const denied = await authorize({}, { ...form, body: 'decision=deny' })
  expect(Object.fromEntries(backAt(denied))).toMatchObject({ error: 'access_denied', state: 'a b&c' })
})

test('an unknown client or address is told on a page and never redirected', async () => {
  for (const wrong of [
    { client_id: 'other' },
    { redirect_uri: 'http://127.0.0.1:1/callback' },
    { redirect_uri: `${redirectUri}/` },
  ]) {
    const answer = await authorize(wrong)
    expect(answer.status).toBe(400)
    expect(answer.headers.get('location')).toBeNull()
  }
})

test('without an S256 challenge, a code or a scope there is an error in the redirect', async () => {
  for (const [wrong, error] of [
    [{ code_challenge: '' }, 'invalid_request'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ scope: '' }, 'invalid_scope'],
  ] as const) {
    expect(backAt(await authorize(wrong)).get('error')).toBe(error)
  }
})

test('a code becomes a pair of tokens that lets in', async () => {
  const made = await exchange(await codeFor(), { expires_in: 600, refresh_token_expires_in: 604_800 })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ token_type: 'bearer', expires_in: 600, scope: 'read tickets:write' })
  const bearer = `Bearer ${made.body.access_token}`
  expect((await ask.zendesk('/users/me', bearer)).body.user.id).toBe(simulator.description.workspace.meId)
  const current = await ask.zendesk('/oauth/tokens/current', bearer)
  expect(current.body.token).toMatchObject({ scopes: ['read', 'tickets:write'], expires_at: '2026-11-18T10:10:00Z' })
  expect(current.body.token.token).toBe(made.body.access_token.slice(0, 10))
})

test('a code is good once, for two minutes, for its verifier, client and address', async () => {
  const code = await codeFor()
  for (const wrong of [
    { code_verifier: 'another' },
    { code_verifier: undefined },
    { client_id: 'other' },
    { redirect_uri: 'http://127.0.0.1:47810/callback' },
  ]) {
    expect(await exchange(code, wrong)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  }
  expect((await exchange(code)).status).toBe(201)
  expect((await exchange(code)).body.error).toBe('invalid_grant')
  const late = await codeFor()
  simulator.advanceBy(120_000)
  expect((await exchange(late)).body.error).toBe('invalid_grant')
})

test('an access token ends, a refresh makes a new pair and kills both old tokens', async () => {
  const first = (await exchange(await codeFor())).body
  simulator.advanceBy(1_800_000)
  expect(await ask.zendesk('/users/me', `Bearer ${first.access_token}`)).toMatchObject({
    status: 401,
    body: { error: 'invalid_token' },
  })
  const second = (await refresh(first.refresh_token)).body
  expect(second.refresh_token).not.toBe(first.refresh_token)
  const third = (await refresh(second.refresh_token)).body
  expect((await ask.zendesk('/users/me', `Bearer ${second.access_token}`)).status).toBe(401)
  expect((await ask.zendesk('/users/me', `Bearer ${third.access_token}`)).status).toBe(200)
  expect(await refresh(first.refresh_token)).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant', error_description: expect.stringMatching(/invalid, expired, revoked/) },
  })
  expect((await ask.look('/oauth')).body).toMatchObject({ issued: 3, refreshed: 2, reused: 1 })
  // What was refused does not hurt the pair that lives.
  expect((await ask.zendesk('/users/me', `Bearer ${third.access_token}`)).status).toBe(200)
})

test('a refresh token ends after its days', async () => {
  await ask.order('/oauth', { refresh_days: 7 })
  const { body } = await exchange(await codeFor())
  simulator.advanceBy(7 * 86_400_000)
  expect((await refresh(body.refresh_token)).body.error).toBe('invalid_grant')
})

test('signing out ends both tokens', async () => {
  const { body } = await exchange(await codeFor())
  const signOut = await ask.write('DELETE', '/oauth/tokens/current', undefined, {
    authorization: `Bearer ${body.access_token}`,
  })
  expect(signOut.status).toBe(204)
  expect((await ask.zendesk('/users/me', `Bearer ${body.access_token}`)).status).toBe(401)
  expect((await refresh(body.refresh_token)).body.error).toBe('invalid_grant')
})

test('scopes limit what a token may do, and a scope of the wrong form may do nothing', async () => {
  sentKnowingly('POST /oauth/tokens, body: scope must be string')
  const narrow = `Bearer ${(await exchange(await codeFor({ scope: 'tickets:read' }))).body.access_token}`
  expect((await ask.zendesk('/tickets?page[size]=1', narrow)).status).toBe(200)
  expect((await ask.zendesk('/users/me', narrow)).status).toBe(403)
  const ticket = simulator.truth().tickets.at(-1)?.id
  const write = await ask.write('PUT', `/tickets/${ticket}`, { ticket: {} }, { authorization: narrow })
  expect(write).toMatchObject({ status: 403, body: { error: { title: 'Forbidden' } } })
  const useless = await exchange(await codeFor(), { scope: ['read', 'write'] })
  expect(useless.status).toBe(201)
  expect((await ask.zendesk('/users/me', `Bearer ${useless.body.access_token}`)).status).toBe(403)
})

test('a lost answer to a refresh leaves the old pair dead', async () => {
  const { body } = await exchange(await codeFor())
  await ask.order('/misbehave', { target: 'zendesk', kind: 'lost-cut', pathContains: '/oauth/tokens' })
  await expect(refresh(body.refresh_token)).rejects.toThrow('fetch failed')
  expect((await refresh(body.refresh_token)).body.error).toBe('invalid_grant')
})

test('lifetimes out of range, other grants and bodies that are no JSON are refused', async () => {
  expect((await tokens({ grant_type: 'refresh_token', expires_in: 60 })).body.error).toBe('invalid_request')
  expect((await tokens({ grant_type: 'password' })).body.error).toBe('unsupported_grant_type')
  expect((await ask.plain('/oauth/tokens', { method: 'POST', body: 'grant_type=refresh_token' })).status).toBe(400)
})

test('an admin can end every token', async () => {
  const { body } = await exchange(await codeFor())
  await ask.order('/oauth/revoke')
  expect((await ask.zendesk('/users/me', `Bearer ${body.access_token}`)).status).toBe(401)
})

test('codes, tokens and verifiers are not in the record', async () => {
  const own = await createSimulator({ anchor, now: anchor, speed: 0, recordBodies: true })
  const other = createAsk(own.description)
  await other.order('/oauth', { approve: true })
  const at = await other.plain(`/oauth/authorizations/new?${new URLSearchParams(asked).toString()}`)
  const code = backAt(at).get('code') ?? ''
  const body = { grant_type: 'authorization_code', client_id: 'understudy', redirect_uri: redirectUri, code }
  const made = await other.plain('/oauth/tokens', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, code_verifier: verifier }),
  })
  await own.stop()
  const [, exchanged] = own.record()
  const said = JSON.stringify(exchanged)
  for (const secret of [code, verifier, made.body.access_token, made.body.refresh_token]) {
    expect(said).not.toContain(secret)
  }
  expect(JSON.parse(exchanged?.requestBody ?? '')).toMatchObject({ code: '(sent)', grant_type: 'authorization_code' })
})
