import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask } from '../ask.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
const minute = 60_000
let simulator: Simulator
let ask: Ask
let issues: string

beforeEach(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  onTestFinished(() => simulator.stop())
  ask = createAsk(simulator.description)
  issues = `/projects/${encodeURIComponent('account-management/emea/brandt-soehne/collaboration')}/issues`
})

const open = async (body: object = {}) =>
  (await ask.change('POST', issues, { title: 'Plan the upgrade', ...body })).body
const named = (title: string) => simulator.truth().issues.filter((issue) => issue.title === title)

test('an issue that is opened is the next of its project, with labels that are made, tasks that are counted and members only', async () => {
  const before = simulator.truth().issues.filter(({ projectPath }) => projectPath.endsWith('soehne/collaboration'))
  const { status, body } = await ask.change('POST', issues, {
    title: 'Plan the upgrade',
    description: 'Before:\n\n- [ ] staging\n- [x] backup\n\n```\n- [ ] no task\n```\n\n/label ~"quick"',
    labels: 'upgrade, Ünïque label',
    assignee_ids: [41_001, 99],
    due_date: '2026-12-01',
    confidential: true,
  })
  expect(status).toBe(201)
  expect(body).toMatchObject({
    iid: Math.max(...before.map(({ iid }) => iid)) + 1,
    state: 'opened',
    labels: ['upgrade', 'Ünïque label'],
    assignees: [{ username: 'jfeldkamp' }],
    author: { username: 'jfeldkamp' },
    due_date: '2026-12-01',
    confidential: true,
    task_completion_status: { count: 2, completed_count: 1 },
    created_at: '2026-11-18T10:00:00.000Z',
    subscribed: true,
    user_notes_count: 0,
  })
  expect((await ask.gitlab(`${issues}/${body.iid}`)).body).toEqual(body)
  const made = await ask.gitlab(`${issues.replace(/issues$/, 'labels')}/${encodeURIComponent('Ünïque label')}`)
  expect(made.body).toMatchObject({ name: 'Ünïque label', is_project_label: true, subscribed: false })
  expect((await ask.gitlab(`${issues}?labels=quick`)).body).toEqual([])
})

test('what cannot be opened is refused in the words of the vendor', async () => {
  for (const [sent, said] of [
    [{}, { error: 'title is missing' }],
    [{ title: ' ' }, { message: { title: ["can't be blank"] } }],
    [{ title: 'x'.repeat(256) }, { message: { title: ['is too long (maximum is 255 characters)'] } }],
    [{ title: 'x', due_date: 'soon' }, { error: 'due_date is invalid' }],
    [{ title: 'x', issue_type: 'wish' }, { error: 'issue_type does not have a valid value' }],
  ]) {
    expect(await ask.change('POST', issues, sent)).toMatchObject({ status: 400, body: said })
  }
  expect((await ask.change('POST', '/projects/1/issues', { title: 'x' })).body).toEqual({
    message: '404 Project Not Found',
  })
  expect(await ask.change('DELETE', issues)).toMatchObject({ status: 405 })
})

test('a label that is to be added and removed is removed, and labels replaces all of them', async () => {
  const { iid } = await open({ labels: ['one', 'two'] })
  const change = async (body: object) => (await ask.change('PUT', `${issues}/${iid}`, body)).body.labels
  expect(await change({ add_labels: 'three,four', remove_labels: ['one', 'four'] })).toEqual(['three', 'two'])
  expect(await change({ labels: ['five'] })).toEqual(['five'])
  expect(await change({ labels: '' })).toEqual([])
})

test('a change moves updated_at, and one that changes nothing does not', async () => {
  const { iid } = await open({ description: '- [ ] one', labels: ['a'] })
  const at = async (body: object) => (await ask.change('PUT', `${issues}/${iid}`, body)).body.updated_at
  simulator.advanceBy(minute)
  expect(
    await at({ title: 'Plan the upgrade', description: '- [ ] one', add_labels: 'a', state_event: 'reopen' }),
  ).toBe('2026-11-18T10:00:00.000Z')
  expect(await at({ description: '- [x] one' })).toBe('2026-11-18T10:01:00.000Z')
  simulator.advanceBy(minute)
  expect(await at({ assignee_ids: [41_002], due_date: '' })).toBe('2026-11-18T10:02:00.000Z')
  const { body } = await ask.gitlab(`${issues}/${iid}`)
  expect(body).toMatchObject({
    task_completion_status: { count: 1, completed_count: 1 },
    assignees: [{ username: 'dwhitfield' }],
  })
})

test('an issue is closed and opened again', async () => {
  const { iid } = await open()
  const turn = async (event: string) => (await ask.change('PUT', `${issues}/${iid}`, { state_event: event })).body
  expect(await turn('close')).toMatchObject({ state: 'closed', closed_by: { username: 'jfeldkamp' } })
  expect(await turn('reopen')).toMatchObject({ state: 'opened', closed_at: null, closed_by: null })
  expect(await turn('shut')).toEqual({ error: 'state_event does not have a valid value' })
  expect((await ask.change('PUT', `${issues}/${iid}`, { colour: 'red' })).body.error).toMatch(
    /are missing, at least one parameter must be provided$/,
  )
  expect(await ask.change('PUT', `${issues}/9999`, { title: 'x' })).toMatchObject({ status: 404 })
})

test('a token that may only read, a fine-grained one without the permission, and a guest write nothing', async () => {
  await ask.order('/gitlab/token', { token: 'reads', scopes: ['read_api'] })
  await ask.order('/gitlab/token', { token: 'fine', scopes: ['granular'], lacks: ['/issues'] })
  const body = { title: 'Never' }
  expect(await ask.change('POST', issues, body, 'reads')).toMatchObject({
    status: 403,
    body: { error: 'insufficient_scope', error_description: expect.any(String), scope: 'api' },
  })
  expect(await ask.change('POST', issues, body, 'fine')).toMatchObject({
    status: 403,
    body: { message: '403 Forbidden' },
  })
  expect(named('Never')).toEqual([])
  const [foreign] = simulator.truth().issues.filter(({ projectPath }) => projectPath.includes('cascadia'))
  await ask.order(`/gitlab/projects/${foreign?.projectId}`, { access_level: 10 })
  const asGuest = (method: string, path: string) =>
    ask.change(method, `/projects/${foreign?.projectId}/issues${path}`, { title: 'By a guest', labels: ['own'] })
  expect(await asGuest('PUT', `/${foreign?.iid}`)).toMatchObject({ status: 403, body: { message: '403 Forbidden' } })
  expect(await asGuest('POST', '')).toMatchObject({ status: 201, body: { labels: [] } })
})

test('a write whose answer is lost was carried out, and one that met a gateway or no answer was not', async () => {
  const lose = async (kind: 'lost-502' | '502' | 'lost-cut') => {
    simulator.misbehave({ target: 'gitlab', kind, method: 'POST', pathContains: '/issues' })
    return ask.change('POST', issues, { title: kind }).catch(() => 'cut')
  }
  expect(await lose('lost-502')).toMatchObject({ status: 502 })
  expect(await lose('502')).toMatchObject({ status: 502 })
  expect(await lose('lost-cut')).toBe('cut')
  expect([named('lost-502').length, named('502').length, named('lost-cut').length]).toEqual([1, 0, 1])
})

test('refusals come in the four shapes that GitLab has, and a 429 in plain text where it is set up so', async () => {
  await ask.order('/gitlab', { plain_429: true })
  const said = async (order: Omit<Parameters<Simulator['misbehave']>[0], 'target'>) => {
    simulator.misbehave({ target: 'gitlab', ...order })
    return (await ask.change('POST', issues, { title: 'Never' })).body
  }
  expect(await said({ kind: '403', form: 'text' })).toEqual({ message: '403 Forbidden' })
  expect(await said({ kind: '422' })).toEqual({ message: { base: [expect.any(String)] } })
  expect(await said({ kind: '404' })).toEqual({ error: '404 Not Found' })
  expect(await said({ kind: '401', form: 'text' })).toMatchObject({ error: 'invalid_token' })
  expect(await said({ kind: '429' })).toBe('Retry later\n')
  expect(named('Never')).toEqual([])
})
