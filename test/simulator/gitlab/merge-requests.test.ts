import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask } from '../ask.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
const organizations = `/projects/${encodeURIComponent('support/organizations')}`
const path = 'organizations/brandt.yaml'
let simulator: Simulator
let ask: Ask

beforeEach(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  onTestFinished(() => simulator.stop())
  ask = createAsk(simulator.description)
  await ask.change('POST', `${organizations}/repository/commits`, {
    branch: 'note/brandt',
    start_branch: 'master',
    commit_message: 'Note',
    actions: [{ action: 'update', file_path: path, content: 'new note' }],
  })
})

const open = (more: object = {}) =>
  ask.change('POST', `${organizations}/merge_requests`, {
    source_branch: 'note/brandt',
    target_branch: 'master',
    title: 'Note of Brandt & Söhne',
    ...more,
  })
const list = async (query: string) => (await ask.gitlab(`${organizations}/merge_requests?${query}`)).body
const fileOn = async (branch: string) => {
  const { body } = await ask.gitlab(`${organizations}/repository/files/${encodeURIComponent(path)}?ref=${branch}`)
  return Buffer.from(body.content, 'base64').toString('utf8')
}

test('a merge request is opened, assigned to members only, and found by its branches and state', async () => {
  const order = { assignee_id: 41_010, reviewer_ids: [41_002, 7], remove_source_branch: true, squash: true }
  const { status, body } = await open({ description: 'Why', ...order })
  expect(status).toBe(201)
  expect(body).toMatchObject({
    iid: 1,
    state: 'opened',
    description: 'Why',
    assignees: [{ username: 'rlindqvist' }],
    reviewers: [{ username: 'dwhitfield' }],
    force_remove_source_branch: true,
    squash: true,
    web_url: `${simulator.description.gitlab.url}/support/organizations/-/merge_requests/1`,
  })
  expect((await ask.gitlab(`${organizations}/merge_requests/1`)).body).toEqual(body)
  expect(await list('source_branch=note/brandt&state=opened')).toEqual([body])
  expect(await list('source_branch=note/other')).toEqual([])
  expect(await list('target_branch=master&scope=created_by_me')).toHaveLength(1)
  expect(await list('state=merged')).toEqual([])
  expect(await list('state=open')).toEqual({ error: 'state does not have a valid value' })
})

test('a second one for the same branches is refused while the first is open', async () => {
  await open()
  expect(await open()).toMatchObject({
    status: 409,
    body: { message: ['Another open merge request already exists for this source branch: !1'] },
  })
  await ask.change('PUT', `${organizations}/merge_requests/1`, { state_event: 'close' })
  expect((await open()).body).toMatchObject({ iid: 2 })
  expect((await ask.change('PUT', `${organizations}/merge_requests/1`, { state_event: 'reopen' })).status).toBe(409)
})

test('a branch that is not there, the same branch twice, a missing title and another project are refused', async () => {
  expect(await open({ source_branch: 'nowhere' })).toMatchObject({ status: 422 })
  expect(await open({ target_branch: 'nowhere' })).toMatchObject({ status: 422 })
  expect(await open({ target_branch: 'note/brandt' })).toMatchObject({
    status: 422,
    body: { message: ["You can't use same project/branch for source and target"] },
  })
  expect(await open({ title: '' })).toMatchObject({ status: 400, body: { message: { title: ["can't be blank"] } } })
  expect(await open({ target_project_id: 1 })).toMatchObject({ status: 404 })
  expect(simulator.truth().gitlab.mergeRequests).toEqual([])
})

test('what is changed is seen', async () => {
  await open({ assignee_id: 41_010 })
  simulator.advanceBy(60_000)
  const sent = { title: 'Other', description: 'Because', assignee_ids: [41_001], state_event: 'close' }
  const { body } = await ask.change('PUT', `${organizations}/merge_requests/1`, sent)
  expect(body).toMatchObject({
    title: 'Other',
    description: 'Because',
    assignees: [{ username: 'jfeldkamp' }],
    state: 'closed',
    closed_by: { username: 'jfeldkamp' },
    updated_at: '2026-11-18T10:01:00.000Z',
  })
})

test('when a colleague merges it, its commit lands in the target and its branch goes', async () => {
  const { body } = await open({ remove_source_branch: true })
  expect(await fileOn('master')).not.toBe('new note')
  await ask.order('/gitlab/projects/57400002/files', { path: 'README.md', content: 'Meanwhile' })
  expect((await ask.order(`/gitlab/merge_requests/${body.id}/merge`)).status).toBe(200)
  expect(await fileOn('master')).toBe('new note')
  expect((await ask.gitlab(`${organizations}/repository/branches/note%2Fbrandt`)).status).toBe(404)
  const readme = simulator.truth().gitlab.files.find((file) => file.path === 'README.md' && file.branch === 'master')
  expect(readme?.content).toBe('Meanwhile')
  const after = await ask.gitlab(`${organizations}/merge_requests/1`)
  expect(after.body).toMatchObject({ state: 'merged', merge_user: { username: 'rlindqvist' } })
  expect(await ask.change('PUT', `${organizations}/merge_requests/1`, { state_event: 'close' })).toMatchObject({
    body: { state: 'merged' },
  })
})
