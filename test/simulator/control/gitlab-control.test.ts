import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask } from '../ask.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
let simulator: Simulator
let ask: Ask

beforeEach(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  onTestFinished(() => simulator.stop())
  ask = createAsk(simulator.description)
})

async function order(path: string, body: object): Promise<Record<string, number>> {
  const url = new URL(`/gitlab${path}`, simulator.description.control.url)
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  expect(answer.ok).toBe(true)
  return (await answer.json()) as Record<string, number>
}

const anIssue = () => {
  const found = simulator.truth().issues[0]
  if (!found) throw new Error('There is an issue')
  return found
}

test('an issue that is opened, relabelled, noted and moved is seen so', async () => {
  const { projectId } = anIssue()
  const { id, iid } = await order(`/projects/${projectId}/issues`, { title: 'New', labels: ['one'] })
  await order(`/items/${id}`, { labels: ['two'], state: 'closed' })
  await order(`/items/${id}/notes`, { body: 'Hush', internal: true })
  const target = simulator.truth().issues.find((issue) => issue.projectId !== projectId)?.projectId
  const moved = await order(`/items/${id}/move`, { project_id: target })
  const { body } = await ask.gitlab(`/projects/${projectId}/issues/${iid}`)
  expect(body).toMatchObject({ labels: ['two'], state: 'closed', user_notes_count: 1, moved_to_id: moved['id'] })
  const notes = await ask.gitlab(`/projects/${projectId}/issues/${iid}/notes?activity_filter=only_comments&sort=asc`)
  expect(notes.body).toMatchObject([{ body: 'Hush', internal: true, system: false }])
  expect((await ask.gitlab(`/projects/${target}/issues/${moved['iid']}`)).body).toMatchObject({ title: 'New' })
})

test('what is gone is 404 by itself and in no list, and comes back', async () => {
  const { id, iid, projectId } = anIssue()
  const list = `/projects/${projectId}/issues?iids[]=${iid}`
  await order(`/items/${id}`, { is_gone: true })
  expect((await ask.gitlab(`/projects/${projectId}/issues/${iid}`)).status).toBe(404)
  expect((await ask.gitlab(list)).body).toEqual([])
  await order(`/items/${id}`, { is_gone: false })
  expect((await ask.gitlab(list)).body).toHaveLength(1)
  await order(`/projects/${projectId}`, { is_gone: true })
  expect((await ask.gitlab(list)).status).toBe(404)
})

test('a project that was renamed answers to its id, and its former path points there', async () => {
  const { projectId, projectPath } = anIssue()
  await order(`/projects/${projectId}`, { path: 'account-management/elsewhere' })
  expect((await ask.gitlab(`/projects/${projectId}`)).body).toMatchObject({
    path_with_namespace: 'account-management/elsewhere',
  })
  const { url, token } = simulator.description.gitlab
  const former = `${url}/api/v4/projects/${encodeURIComponent(projectPath)}`
  const answer = await fetch(former, { headers: { 'private-token': token }, redirect: 'manual' })
  expect([answer.status, answer.headers.get('location')]).toEqual([301, `${url}/api/v4/projects/${projectId}`])
})

test('epics are told by REST, only by GraphQL, or not at all', async () => {
  const group = encodeURIComponent('account-management/apac/meridian-health')
  const epics = () => ask.gitlab(`/groups/${group}/epics`)
  expect((await epics()).body[0]).toHaveProperty('work_item_id')
  await order('', { epics: 'graphql' })
  expect((await epics()).status).toBe(404)
  await order('', { epics: 'none' })
  expect((await epics()).status).toBe(403)
})

test('addresses that are too long are 414, and lists of issues can be linked by cursor', async () => {
  await order('', { longest_url: 150, keyset: true })
  const { projectId } = anIssue()
  const iids = Array.from({ length: 40 }, (_, index) => `iids[]=${index}`).join('&')
  expect((await ask.gitlab(`/projects/${projectId}/issues?${iids}`)).status).toBe(414)
  const page = await ask.gitlab(`/projects/${projectId}/issues?per_page=1&order_by=created_at&sort=asc`)
  expect(page.headers.get('link')).toContain('cursor=')
})
