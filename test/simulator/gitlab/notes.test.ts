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

test('a note is written, counted, and moves its issue', async () => {
  const [issue] = simulator.truth().issues
  const path = `/projects/${issue?.projectId}/issues/${issue?.iid}`
  const written = await ask.change('POST', `${path}/notes`, { body: 'Hush', internal: true })
  expect(written).toMatchObject({
    status: 201,
    body: { body: 'Hush', internal: true, system: false, noteable_type: 'Issue', author: { username: 'jfeldkamp' } },
  })
  expect((await ask.gitlab(path)).body).toMatchObject({
    updated_at: '2026-11-18T10:00:00.000Z',
    user_notes_count: (issue?.notes ?? 0) + 1,
  })
  expect(simulator.truth().gitlab.notes.filter(({ body }) => body === 'Hush')).toMatchObject([
    { itemId: issue?.id, internal: true, authorId: 41_001 },
  ])
})

test('an empty note and one that is missing are refused', async () => {
  const [issue] = simulator.truth().issues
  const path = `/projects/${issue?.projectId}/issues/${issue?.iid}/notes`
  expect(await ask.change('POST', path, { body: ' ' })).toMatchObject({
    status: 400,
    body: { message: '400 Bad request - Note {:note=>["can\'t be blank"]}' },
  })
  expect(await ask.change('POST', path, {})).toMatchObject({ status: 400, body: { error: 'body is missing' } })
})

test('an epic takes a note under its id, where epics are told by REST', async () => {
  const group = `/groups/${encodeURIComponent('account-management/apac/meridian-health')}`
  const { body } = await ask.gitlab(`${group}/epics`)
  const path = `${group}/epics/${body[0].id}/notes`
  expect(await ask.change('POST', path, { body: 'Seen' })).toMatchObject({
    status: 201,
    body: { body: 'Seen', noteable_type: 'Epic' },
  })
  expect((await ask.gitlab(`${path}?sort=desc`)).body[0]).toMatchObject({ body: 'Seen' })
  await ask.order('/gitlab', { epics: 'none' })
  expect((await ask.change('POST', path, { body: 'Seen' })).status).toBe(403)
})
