import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Answer, Ask } from '../ask.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
let simulator: Simulator
let ask: Ask

beforeEach(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  ask = createAsk(simulator.description)
})
afterEach(() => simulator.stop())

const form = (email: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({ 'user[email]': email, 'user[password]': 'x' }).toString(),
})

const cookieOf = ({ headers }: Answer): string => (headers.get('set-cookie') ?? '').split(';')[0] ?? ''

async function signIn(): Promise<string> {
  return cookieOf(await ask.plain('/access/login', form(simulator.description.zendesk.email)))
}

interface Write {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const api = (path: string, cookie: string, write?: Write): Promise<Answer> =>
  ask.plain(`/api/v2${path}`, { ...write, headers: { cookie, ...write?.headers } })

const put = (token?: string): Write => ({
  method: 'PUT',
  headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { 'x-csrf-token': token }) },
  body: JSON.stringify({ ticket: { priority: 'urgent' } }),
})

test('the workspace leads to a form, the form to a cookie, the cookie to the workspace', async () => {
  const away = await ask.plain('/agent/filters/1')
  expect(away).toMatchObject({ status: 302 })
  const loginAt = away.headers.get('location') ?? ''
  expect(loginAt).toBe('/access/login?return_to=%2Fagent%2Ffilters%2F1')
  expect((await ask.plain(loginAt)).body).toContain('name="user[password]"')
  const done = await ask.plain(loginAt, form(simulator.description.zendesk.email))
  expect(done.headers.get('location')).toBe('/agent/filters/1')
  expect(done.headers.get('set-cookie')).toContain('HttpOnly')
  expect((await ask.plain('/agent', { headers: { cookie: cookieOf(done) } })).status).toBe(200)
})

test('somebody unknown gets no cookie, and nobody is sent to another host', async () => {
  const refused = await ask.plain('/access/login', form('nobody@support.example'))
  expect(refused.status).toBe(401)
  expect(refused.headers.get('set-cookie')).toBeNull()
  const tricked = await ask.plain(
    '/access/login?return_to=https://evil.invalid/',
    form(simulator.description.zendesk.email),
  )
  expect(tricked.headers.get('location')).toBe('/agent')
})

test('with single sign-on the way leads over another host name and back', async () => {
  await ask.order('/session', { sso: true })
  const away = await ask.plain('/access/login?return_to=/agent')
  const provider = new URL(away.headers.get('location') ?? '')
  expect(provider.hostname).toBe('localhost')
  const path = `${provider.pathname}${provider.search}`
  const back = await ask.plain(path, form(simulator.description.zendesk.email))
  const home = back.headers.get('location') ?? ''
  expect(new URL(home).origin).toBe(simulator.description.zendesk.url)
  const cookie = cookieOf(await ask.plain(home))
  expect((await api('/users/me', cookie)).body.user.id).toBe(simulator.description.workspace.meId)
  expect((await ask.plain(home)).status).toBe(401)
})

test('reads need the cookie only, writes the token of the session as well', async () => {
  const cookie = await signIn()
  const { body } = await api('/users/me', cookie)
  const ticket = simulator.truth().tickets.findLast(({ status }) => status === 'open')?.id
  expect((await api(`/tickets/${ticket}`, cookie, put())).status).toBe(403)
  expect((await api(`/tickets/${ticket}`, cookie, put('wrong'))).status).toBe(403)
  const written = await api(`/tickets/${ticket}`, cookie, put(body.user.authenticity_token))
  expect(written).toMatchObject({ status: 200, body: { ticket: { priority: 'urgent' } } })
})

test('renewing gives a new token for writes and ends the old one', async () => {
  const cookie = await signIn()
  const old = (await api('/users/me', cookie)).body.user.authenticity_token
  const fresh = (await api('/users/me/session/renew', cookie)).body.authenticity_token
  const ticket = simulator.truth().tickets.findLast(({ status }) => status === 'open')?.id
  expect((await api(`/tickets/${ticket}`, cookie, put(old))).status).toBe(403)
  expect((await api(`/tickets/${ticket}`, cookie, put(fresh))).status).toBe(200)
  expect((await api('/users/me/session', cookie)).body.session[0].user_id).toBe(simulator.description.workspace.meId)
})

test('a session ends when it is not used, when it is ended, and by signing out', async () => {
  await ask.order('/session', { minutes: 30 })
  const cookie = await signIn()
  simulator.advanceBy(20 * 60_000)
  expect((await api('/users/me', cookie)).status).toBe(200)
  simulator.advanceBy(31 * 60_000)
  expect((await api('/users/me', cookie)).status).toBe(401)
  const second = await signIn()
  await ask.order('/session/expire')
  expect((await api('/users/me', second)).status).toBe(401)
  const third = await signIn()
  await ask.plain('/access/logout', { headers: { cookie: third } })
  expect((await api('/users/me', third)).status).toBe(401)
})
