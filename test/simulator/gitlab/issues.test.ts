import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask, Body } from '../ask.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
let simulator: Simulator
let ask: Ask
const issues = `/projects/${encodeURIComponent('support/assigned-support-engineers')}/issues`

beforeAll(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  ask = createAsk(simulator.description)
  const { body } = await ask.gitlab(issues.replace(/\/issues$/, ''))
  const open = (order: object) => ask.order(`/gitlab/projects/${body.id}/issues`, order)
  await open({ title: 'Coverage for Dana', author_id: 41_002, description: 'Cascadia <!-- a > marker-7 --> Freight' })
  simulator.advanceBy(60_000)
  await ask.change('POST', issues, { title: 'Coverage for Jonas', description: 'Brandt, code 0af4' })
  await ask.change('POST', issues, { title: 'A task', issue_type: 'task' })
})
afterAll(() => simulator.stop())

const titles = async (query: string) => (await ask.gitlab(`${issues}?${query}`)).body.map(({ title }: Body) => title)

test('the author is chosen by id, by name, or as me', async () => {
  expect(await titles('author_id=41002')).toEqual(['Coverage for Dana'])
  expect(await titles('author_username=dwhitfield')).toEqual(['Coverage for Dana'])
  expect(await titles('scope=created_by_me&issue_type=issue')).toEqual(['Coverage for Jonas'])
  expect(await titles('created_after=2026-11-18T10:00:30Z&issue_type=task')).toEqual(['A task'])
  expect((await ask.gitlab(`${issues}?author_id=me`)).body).toEqual({ error: 'author_id is invalid' })
})

test('words are sought in titles and descriptions, and not in comments of HTML', async () => {
  expect(await titles('search=cover%20brandt')).toEqual(['Coverage for Jonas'])
  expect(await titles('search=brandt&in=title')).toEqual([])
  expect(await titles('search=dana&in=title,description')).toEqual(['Coverage for Dana'])
  expect(await titles('search=freight')).toEqual(['Coverage for Dana'])
  expect(await titles('search=0af4')).toEqual(['Coverage for Jonas'])
  expect(await titles('search=marker')).toEqual([])
})

test('only an issue by itself says whether we are subscribed, and taking part subscribes', async () => {
  const { body } = await ask.gitlab(`${issues}?author_username=dwhitfield`)
  expect(body[0]).not.toHaveProperty('subscribed')
  const path = `${issues}/${body[0].iid}`
  expect((await ask.gitlab(path)).body).toMatchObject({ subscribed: false })
  expect(await ask.change('POST', `${path}/subscribe`)).toMatchObject({ status: 201, body: { subscribed: true } })
  expect((await ask.change('POST', `${path}/subscribe`)).status).toBe(304)
  expect((await ask.change('POST', `${path}/unsubscribe`)).status).toBe(201)
  await ask.change('POST', `${path}/notes`, { body: 'I can take it.' })
  expect((await ask.gitlab(path)).body).toMatchObject({ subscribed: false, user_notes_count: 1 })
})

test('a label where the number of an issue is due is not there', async () => {
  expect(await ask.change('POST', `${issues}/Coverage/subscribe`)).toMatchObject({ status: 404 })
})
