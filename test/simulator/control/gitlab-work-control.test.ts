import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask } from '../ask.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
const brandt = 58_003_001
let simulator: Simulator
let ask: Ask

beforeEach(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  onTestFinished(() => simulator.stop())
  ask = createAsk(simulator.description)
})

test('a colleague edits an issue, makes a label and changes a file', async () => {
  const issue = simulator.truth().issues.find(({ projectId }) => projectId === brandt)
  await ask.order(`/gitlab/items/${issue?.id}`, { description: '- [ ] Other', labels: ['theirs'] })
  await ask.order(`/gitlab/projects/${brandt}/labels`, { name: 'made', description: 'By hand' })
  const file = await ask.order(`/gitlab/projects/${brandt}/files`, { path: 'README.md', content: 'Theirs' })
  expect((await ask.gitlab(`/projects/${brandt}/issues/${issue?.iid}`)).body).toMatchObject({
    description: '- [ ] Other',
    labels: ['theirs'],
    updated_at: '2026-11-18T10:00:00.000Z',
  })
  expect((await ask.gitlab(`/projects/${brandt}/labels/made`)).body).toMatchObject({ description: 'By hand' })
  expect((await ask.gitlab(`/projects/${brandt}/labels/theirs`)).status).toBe(200)
  const readme = await ask.gitlab(`/projects/${brandt}/repository/files/README.md?ref=main`)
  expect(readme.body).toMatchObject({ last_commit_id: file.body.id, content: Buffer.from('Theirs').toString('base64') })
  expect(simulator.truth().gitlab.commits).toMatchObject([{ id: file.body.id, authorId: 41_010, paths: ['README.md'] }])
})

test('a merge request is closed and opened again, and not merged where both sides changed a file', async () => {
  await ask.order(`/gitlab/projects/${brandt}/files`, { path: 'README.md', content: 'Mine', branch: 'mine' })
  const order = { source_branch: 'mine', target_branch: 'main', title: 'Mine' }
  const { id } = (await ask.change('POST', `/projects/${brandt}/merge_requests`, order)).body
  const merge = () => ask.order(`/gitlab/merge_requests/${id}/merge`)
  await ask.order(`/gitlab/merge_requests/${id}`, { state: 'closed' })
  expect((await merge()).status).toBe(409)
  await ask.order(`/gitlab/merge_requests/${id}`, { state: 'opened' })
  await ask.order(`/gitlab/projects/${brandt}/files`, { path: 'README.md', content: 'Theirs' })
  expect((await merge()).status).toBe(409)
  await ask.order(`/gitlab/projects/${brandt}/files`, { path: 'README.md', content: null, branch: 'mine' })
  expect(simulator.truth().gitlab.mergeRequests).toMatchObject([{ id, state: 'opened', authorId: 41_001 }])
})

test('what is not there and what is not understood is said', async () => {
  for (const [path, body, what] of [
    ['/projects/1/labels', { name: 'x' }, 'project'],
    ['/projects/1/files', { path: 'x', content: 'x' }, 'project'],
    ['/labels/1/delete', {}, 'label'],
    ['/merge_requests/1', { state: 'closed' }, 'merge request'],
    ['/merge_requests/1/merge', {}, 'merge request'],
  ] as const) {
    expect(await ask.order(`/gitlab${path}`, body)).toMatchObject({ status: 404, body: { error: `no such ${what}` } })
  }
  expect((await ask.order(`/gitlab/projects/${brandt}/files`, { path: 'x' })).status).toBe(400)
})
