import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#simulator/create-simulator.ts'
import { canJudge, deviationsIn, openJudge } from '#test/judge/judged-file.ts'
import type { Ask, Body } from './ask.ts'
import { createAsk, readPages } from './ask.ts'

/*
 * Everything that the simulator imitates, asked for at least once, so that all of it comes before the judge.
 */
const anchor = Date.UTC(2026, 10, 18, 10)
let simulator: Simulator
let ask: Ask

beforeAll(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0, recordBodies: canJudge })
  ask = createAsk(simulator.description)
  await askForPeople()
  await signInInEveryWay()
  await readEveryTicket()
  await changeTickets()
  await endTickets()
  if (!canJudge) {
    const { length } = simulator.record()
    console.info(`The vendor's specification is not beside this project: ${length} exchanges were not judged.`)
  }
})
afterAll(() => simulator.stop())

const reason = canJudge ? '' : ', whose specification is not beside this project'

test('nothing that the simulator imitates was refused by mistake, or failed', () => {
  const failed = simulator.record().filter(({ status }) => status >= 500 || status === 405)
  expect(failed).toEqual([])
})

test.runIf(canJudge)(`everything that is imitated is answered as the vendor describes it${reason}`, async () => {
  const judge = await openJudge()
  const record = simulator.record()
  expect(deviationsIn(record, judge)).toEqual([])
  const answered = record.filter(({ status }) => status < 300).flatMap((one) => judge.operation(one) ?? [])
  expect([...new Set(answered)].map((name) => name.replace('/api/v2', '')).toSorted()).toEqual(imitated)
})

const imitated = [
  'DELETE /oauth/tokens/current',
  'GET /deleted_tickets',
  'GET /groups',
  'GET /job_statuses/show_many',
  'GET /job_statuses/{job_status_id}',
  'GET /oauth/tokens/current',
  'GET /organizations',
  'GET /organizations/autocomplete',
  'GET /organizations/show_many',
  'GET /organizations/{organization_id}',
  'GET /organizations/{organization_id}/tickets',
  'GET /organizations/{organization_id}/tickets/count',
  'GET /search',
  'GET /search/count',
  'GET /ticket_forms',
  'GET /tickets',
  'GET /tickets/show_many',
  'GET /tickets/{ticket_id}',
  'GET /tickets/{ticket_id}/audits',
  'GET /tickets/{ticket_id}/collaborators',
  'GET /tickets/{ticket_id}/comments',
  'GET /tickets/{ticket_id}/email_ccs',
  'GET /tickets/{ticket_id}/followers',
  'GET /tickets/{ticket_id}/metrics',
  'GET /users/autocomplete',
  'GET /users/me',
  'GET /users/me/session',
  'GET /users/me/session/renew',
  'GET /users/search',
  'GET /users/show_many',
  'GET /users/{user_id}',
  'GET /users/{user_id}/group_memberships',
  'GET /users/{user_id}/groups',
  'GET /users/{user_id}/tickets/assigned',
  'GET /users/{user_id}/tickets/ccd',
  'GET /users/{user_id}/tickets/followed',
  'POST /oauth/tokens',
  'PUT /organizations/{organization_id}',
  'PUT /tickets/update_many',
  'PUT /tickets/{ticket_id}',
]

async function readAll(...paths: readonly string[]): Promise<void> {
  for (const path of paths) await ask.zendesk(path)
}

async function askForPeople(): Promise<void> {
  const { meId, accounts } = simulator.description.workspace
  const ids = accounts.map(({ id }) => id)
  const requesters = simulator.truth().tickets.map(({ requesterId }) => requesterId)
  const people = [...new Set(requesters)].slice(0, 99)
  await readAll(
    '/ticket_forms?per_page=100',
    '/users/me.json',
    `/users/${meId}`,
    `/users/show_many?ids=${[meId, ...people].join(',')}`,
    '/users/autocomplete?name=Jo&filter=assignable&per_page=100',
    `/users/search?query=${encodeURIComponent('email:"jonas.feldkamp@support.example"')}`,
    `/users/${meId}/groups`,
    `/users/${meId}/group_memberships`,
    '/groups',
    '/organizations?page[size]=5',
    '/organizations',
    '/organizations/autocomplete?name=Ca',
    `/organizations/show_many?ids=${ids.join(',')}`,
    ...ids.map((id) => `/organizations/${id}`),
    `/organizations/${ids[0]}/tickets/count`,
    '/organizations/search?name=Cascadia',
    '/slas/policies',
    '/ticket_audits',
    '/incremental/tickets/cursor?start_time=1',
  )
  await ask.zendesk('/users/me', 'Bearer nobody')
  await ask.order('/zendesk', { anonymous: true })
  await ask.zendesk('/users/me', 'Bearer nobody')
  await ask.order('/zendesk', { anonymous: false })
  for (let time = 0; time < 6; time += 1) {
    await ask.write('PUT', `/organizations/${ids[0]}`, { organization: { notes: `Written for the ${time}. time` } })
  }
}

async function signInInEveryWay(): Promise<void> {
  const { email } = simulator.description.zendesk
  const form = new URLSearchParams({ 'user[email]': email, 'user[password]': 'x' }).toString()
  const type = 'application/x-www-form-urlencoded'
  const signedIn = await ask.plain('/access/login', { method: 'POST', headers: { 'content-type': type }, body: form })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  for (const path of ['/users/me', '/users/me/session', '/users/me/session/renew']) {
    await ask.plain(`/api/v2${path}`, { headers: { cookie } })
  }
  const verifier = 'a-verifier-that-is-long-enough-to-be-one-of-forty-three'
  const redirect = { client_id: 'understudy', redirect_uri: 'http://127.0.0.1:47810/callback' }
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const wanted = { response_type: 'code', scope: 'read tickets:write', state: 'x', code_challenge_method: 'S256' }
  const query = new URLSearchParams({ ...redirect, ...wanted, code_challenge: challenge }).toString()
  await ask.order('/oauth', { approve: true })
  const back = await ask.plain(`/oauth/authorizations/new?${query}`)
  const code = new URL(back.headers.get('location') ?? '').searchParams.get('code')
  const tokens = async (body: object): Promise<Body> => {
    const headers = { 'content-type': 'application/json' }
    return (await ask.plain('/oauth/tokens', { method: 'POST', headers, body: JSON.stringify(body) })).body
  }
  const given = { ...redirect, expires_in: 600, refresh_token_expires_in: 604_800 }
  const first = await tokens({ ...given, grant_type: 'authorization_code', code, code_verifier: verifier })
  const next = await tokens({ ...given, grant_type: 'refresh_token', refresh_token: first.refresh_token })
  await tokens({ ...given, grant_type: 'refresh_token', refresh_token: first.refresh_token })
  const bearer = `Bearer ${next.access_token}`
  await ask.zendesk('/oauth/tokens/current', bearer)
  await ask.write('DELETE', '/oauth/tokens/current', undefined, { authorization: bearer })
  await readAll('/oauth/tokens/current')
}

async function readEveryTicket(): Promise<void> {
  const { meId, accounts } = simulator.description.workspace
  const everything = 'include=slas,users,organizations,groups,metric_sets'
  const tickets = await readPages(ask, `/tickets?page[size]=100&sort=-updated_at&${everything}`)
  const some = tickets.filter((_: Body, index: number) => index % 80 === 0).map(({ id }: Body) => id)
  await readPages(ask, `/organizations/${accounts[0]?.id}/tickets?page[size]=100&sort=id&${everything}`)
  for (const list of ['assigned', 'ccd', 'followed']) {
    await readPages(ask, `/users/${meId}/tickets/${list}?page[size]=100&sort=-updated_at&${everything}`)
  }
  await readAll(
    `/tickets?per_page=50&page=2&sort_by=updated_at&sort_order=desc&${everything}`,
    `/tickets/show_many?ids=${some.join(',')}&${everything}`,
    '/tickets/1',
  )
  for (const id of some) {
    await readAll(
      `/tickets/${id}?${everything}`,
      `/tickets/${id}/comments?page[size]=100&sort=-created_at&include=users`,
      `/tickets/${id}/comments?sort_order=desc&per_page=5`,
      `/tickets/${id}/audits?page[size]=100&include=users`,
      ...['metrics', 'email_ccs', 'followers', 'collaborators'].map((rest) => `/tickets/${id}/${rest}`),
    )
  }
  const search = (query: string, rest = '') => `/search?query=${encodeURIComponent(query)}${rest}`
  await readAll(
    search('type:ticket status<solved', `&include=${encodeURIComponent('tickets(slas,users)')}&per_page=100`),
    search('type:ticket', '&sort_by=updated_at&sort_order=desc&page=10&per_page=100'),
    search('type:ticket', '&page=11&per_page=100'),
    search('type:user Jonas'),
    search('type:organization Cascadia'),
    `/search/count?query=${encodeURIComponent('type:ticket status:open')}`,
  )
}

async function changeTickets(): Promise<void> {
  const { meId } = simulator.description.workspace
  const open = simulator.truth().tickets.filter(({ status }) => status === 'open')
  const [id, ...others] = open.map((one) => one.id)
  const put = async (ticket: object, of = id): Promise<Body> =>
    (await ask.write('PUT', `/tickets/${of}`, { ticket })).body
  const stale = (await ask.zendesk(`/tickets/${id}`)).body.ticket.updated_at
  await ask.order('/advance', { ms: 60_000 })
  await put({ email_ccs: [{ user_id: meId, action: 'put' }], followers: [{ user_id: meId, action: 'put' }] })
  await put({ email_ccs: [{ user_id: meId, action: 'delete' }, { user_email: 'new.person@elsewhere.example' }] })
  await put({ comment: { body: 'Looking into it.', public: false } })
  await put({ comment: { html_body: '<p>Done</p>', public: true }, status: 'pending', priority: 'urgent' })
  await put({ priority: null, tags: ['one', 'two'], assignee_id: meId })
  await put({ priority: null })
  await put({ status: 'hold', safe_update: true, updated_stamp: stale })
  await ask.order('/zendesk', { ccs_and_followers: false })
  await put({ additional_collaborators: [meId] })
  await readAll(`/tickets/${id}/audits`, `/tickets/${id}/collaborators`)
  await ask.order('/zendesk', { ccs_and_followers: true })
  await readAll(`/tickets/${id}/audits`, `/tickets/${id}`)

  const finish = async (body: object, query = ''): Promise<void> => {
    const { job_status: job } = (await ask.write('PUT', `/tickets/update_many${query}`, body)).body
    for (let look = 0; look < 3; look += 1) await readAll(`/job_statuses/${job.id}`)
    await readAll(`/job_statuses/show_many?ids=${job.id}`)
  }
  const some = others.slice(0, 4)
  await finish({ ticket: { additional_tags: ['returned'], remove_tags: ['two'] } }, `?ids=${some.join(',')}`)
  for (const failing of ['none', 'half', 'all', 'job']) {
    await ask.order('/zendesk', { jobs: { failing } })
    await finish({
      tickets: some.map((one) => ({ id: one, assignee_id: meId, comment: { body: 'Yours', public: false } })),
    })
  }
  await ask.order('/zendesk', { jobs: { others: 30, failing: 'none' } })
  await ask.write('PUT', '/tickets/update_many', { tickets: [{ id, status: 'solved' }] })
}

async function endTickets(): Promise<void> {
  const tickets = simulator.truth().tickets.filter(({ status }) => status === 'open')
  const [merged, into, deleted, moved, hidden] = tickets.map(({ id }) => id)
  const archived = simulator.truth().tickets.find(({ status }) => status === 'closed')?.id
  await ask.order(`/tickets/${merged}/merge`, { into })
  await ask.order(`/tickets/${deleted}/delete`)
  await ask.order(`/tickets/${moved}/move`, { organization_id: simulator.description.workspace.accounts[1]?.id })
  await ask.order(`/tickets/${archived}/archive`)
  await ask.order(`/tickets/${hidden}/restrict`)
  const all = [merged, into, deleted, moved, archived, hidden]
  await readAll('/deleted_tickets', '/deleted_tickets?page[size]=1', `/tickets/show_many?ids=${all.join(',')}`)
  for (const id of all) {
    await readAll(`/tickets/${id}`, `/tickets/${id}/comments`, `/tickets/${id}/audits`)
    await ask.write('PUT', `/tickets/${id}`, { ticket: { priority: 'low' } })
  }
}
