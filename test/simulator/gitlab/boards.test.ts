import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask } from '../ask.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
const brandt = '/projects/58003001'
const label = 'ASE Work - Brandt & Söhne'
let ask: Ask

beforeEach(async () => {
  const simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  onTestFinished(() => simulator.stop())
  ask = createAsk(simulator.description)
})

const make = async () => (await ask.change('POST', `${brandt}/boards`, { name: label })).body

test('one account has a board for its label already, and another has none', async () => {
  const name = 'ASE Work - Cascadia Freight'
  expect((await ask.gitlab('/projects/58000001/boards')).body).toMatchObject([{ name, labels: [{ name }], lists: [] }])
  expect((await ask.gitlab(`${brandt}/boards`)).body).toEqual([])
})

test('a board is made, named anew and narrowed to a label', async () => {
  const { id, labels } = await make()
  expect(labels).toEqual([])
  const sent = { name: 'Mine', labels: label, hide_backlog_list: true, hide_closed_list: true }
  const { body } = await ask.change('PUT', `${brandt}/boards/${id}`, sent)
  expect(body).toMatchObject({
    name: 'Mine',
    hide_backlog_list: true,
    hide_closed_list: true,
    labels: [{ name: label }],
  })
  expect((await ask.gitlab(`${brandt}/boards/${id}`)).body).toEqual(body)
  expect(await ask.change('POST', `${brandt}/boards`, {})).toMatchObject({ body: { error: 'name is missing' } })
  expect((await ask.change('PUT', `${brandt}/boards/1`, sent)).status).toBe(404)
})

test('without the licence a board is made, and what it is to be narrowed to is ignored without a word', async () => {
  await ask.order('/gitlab', { licence: 'free' })
  const { id } = await make()
  await make()
  const { status, body } = await ask.change('PUT', `${brandt}/boards/${id}`, { labels: label })
  expect(status).toBe(200)
  expect(body).not.toHaveProperty('labels')
  await ask.order('/gitlab', { licence: 'premium' })
  expect((await ask.gitlab(`${brandt}/boards/${id}`)).body.labels).toEqual([])
  expect((await ask.gitlab(`${brandt}/boards`)).body).toHaveLength(2)
})

test('a list is for exactly one label that is there, once, and can be taken away', async () => {
  const { id } = await make()
  const lists = `${brandt}/boards/${id}/lists`
  const { id: labelId } = (await ask.gitlab(`${brandt}/labels/${encodeURIComponent(label)}`)).body
  const made = await ask.change('POST', lists, { label_id: labelId })
  expect(made).toMatchObject({ status: 201, body: { label: { name: label }, position: 0 } })
  expect((await ask.gitlab(lists)).body).toEqual([made.body])
  for (const [sent, said] of [
    [{ label_id: labelId }, { message: { label_id: ['has already been taken'] } }],
    [{ label_id: 1 }, { message: { error: 'Label not found!' } }],
    [{ label_id: labelId, assignee_id: 41_001 }, { error: 'label_id, assignee_id are mutually exclusive' }],
    [{}, { error: expect.stringMatching(/exactly one parameter must be provided$/) }],
  ]) {
    expect(await ask.change('POST', lists, sent)).toMatchObject({ status: 400, body: said })
  }
  expect((await ask.change('DELETE', `${lists}/${made.body.id}`)).status).toBe(204)
  expect((await ask.gitlab(lists)).body).toEqual([])
})
