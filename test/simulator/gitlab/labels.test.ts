import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask, Body } from '../ask.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
const cascadia = '/projects/58000001'
const brandt = '/projects/58003001'
const label = 'ASE Work - Brandt & Söhne'
let ask: Ask

beforeEach(async () => {
  const simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  onTestFinished(() => simulator.stop())
  ask = createAsk(simulator.description)
})

const names = async (project: string, query: string) =>
  (await ask.gitlab(`${project}/labels?${query}`)).body.map(({ name }: Body) => name)

test('a project lists its own labels and those of the groups above it', async () => {
  const all = await names(cascadia, 'per_page=100')
  expect(all).toContain('ASE Work - Cascadia Freight')
  expect(all).toContain('call')
  expect(await names(cascadia, 'include_ancestor_groups=false')).not.toContain('ASE Work - Cascadia Freight')
  expect(await names(cascadia, 'search=ase%20WORK')).toEqual([
    'ase work - cascadia freight',
    'ASE Work - Cascadia Freight',
  ])
  const first = await ask.gitlab(`${cascadia}/labels?per_page=1`)
  expect(first.body).toHaveLength(1)
  expect(first.headers.get('x-total')).toBe(String(all.length))
  const counted = await ask.gitlab(`${cascadia}/labels?with_counts=true&search=template`)
  expect(counted.body[0]).toMatchObject({ open_issues_count: 1, closed_issues_count: 0 })
})

test('a label is found by id and by its exact name', async () => {
  const found = await ask.gitlab(`${brandt}/labels/${encodeURIComponent(label)}`)
  expect(found.body).toMatchObject({ name: label, is_project_label: true, subscribed: false, color: '#6699cc' })
  expect((await ask.gitlab(`${brandt}/labels/${found.body.id}`)).body).toEqual(found.body)
  const lower = await ask.gitlab(`${brandt}/labels/${encodeURIComponent(label.toLowerCase())}`)
  expect(lower).toMatchObject({ status: 404, body: { message: '404 Label Not Found' } })
  const ofGroup = await ask.gitlab(`${cascadia}/labels/${encodeURIComponent('ASE Work - Cascadia Freight')}`)
  expect(ofGroup.body).toMatchObject({ is_project_label: false })
})

test('a label is made once', async () => {
  const sent = { name: 'needs follow-up', color: '#aa1122', description: 'Ask again' }
  const made = await ask.change('POST', `${brandt}/labels`, sent)
  expect(made).toMatchObject({ status: 201, body: { ...sent, subscribed: false } })
  expect((await ask.gitlab(`${brandt}/labels/needs%20follow-up`)).body).toEqual(made.body)
  expect(await ask.change('POST', `${brandt}/labels`, sent)).toMatchObject({
    status: 409,
    body: { message: 'Label already exists' },
  })
  const ofGroup = { name: 'ASE Work - Cascadia Freight', color: 'red' }
  expect((await ask.change('POST', `${cascadia}/labels`, ofGroup)).status).toBe(409)
})

test('a name with a comma and a colour that is none are refused', async () => {
  for (const [sent, said] of [
    [{ name: 'Acme, Inc.', color: 'red' }, { message: { title: ['is invalid'] } }],
    [{ name: 'x', color: 'reddish' }, { message: { color: ['must be a valid color code'] } }],
    [{ name: 'x' }, { error: 'color is missing' }],
    [{}, { error: 'name is missing, color is missing' }],
  ]) {
    expect(await ask.change('POST', `${brandt}/labels`, sent)).toMatchObject({ status: 400, body: said })
  }
})

test('a second subscription, and a second end of it, are 304', async () => {
  const turn = async (way: string, name = label) =>
    (await ask.change('POST', `${brandt}/labels/${encodeURIComponent(name)}/${way}`)).status
  expect(await turn('subscribe')).toBe(201)
  expect(await turn('subscribe')).toBe(304)
  expect((await ask.gitlab(`${brandt}/labels/${encodeURIComponent(label)}`)).body).toMatchObject({ subscribed: true })
  expect(await turn('unsubscribe')).toBe(201)
  expect(await turn('unsubscribe')).toBe(304)
  expect(await turn('subscribe', 'nothing')).toBe(404)
})

test('a label that a colleague deleted is on no issue and no board any more', async () => {
  const { body } = await ask.gitlab(`${cascadia}/labels/${encodeURIComponent('ASE Work - Cascadia Freight')}`)
  await ask.order(`/gitlab/labels/${body.id}/delete`)
  expect((await ask.gitlab(`${cascadia}/labels/${body.id}`)).status).toBe(404)
  const name = encodeURIComponent('ASE Work - Cascadia Freight')
  expect((await ask.gitlab(`${cascadia}/issues?labels=${name}`)).body).toEqual([])
  expect((await ask.look('/truth')).body.gitlab.boards).toMatchObject([{ labelIds: [] }])
})
