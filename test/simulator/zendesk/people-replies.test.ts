import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask, Body } from '../ask.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
let simulator: Simulator
let ask: Ask

beforeAll(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0, scale: 50 })
  ask = createAsk(simulator.description)
})
afterAll(() => simulator.stop())

const names = ({ body }: { readonly body: Body }): readonly string[] => body.users.map(({ name }: Body) => name)

test('users are completed by the beginning of their name, customers left out where they have to be assignable', async () => {
  const all = await ask.zendesk('/users/autocomplete?name=ma')
  expect(names(all)).toContain('Marcus Bell')
  expect(all.body).toMatchObject({ next_page: null, count: names(all).length })
  expect(names(await ask.zendesk('/users/autocomplete?name=ma&filter=assignable'))).toEqual([])
  expect(names(await ask.zendesk('/users/autocomplete.json?name=DAN&filter=assignable'))).toEqual(['Dana Whitfield'])
  expect((await ask.zendesk('/users/autocomplete?name=')).status).toBe(400)
})

test('users are searched by words, or by their address alone', async () => {
  expect(names(await ask.zendesk('/users/search?query=whitfield'))).toEqual(['Dana Whitfield'])
  const byAddress = encodeURIComponent('email:"Dana.Whitfield@support.example"')
  expect(names(await ask.zendesk(`/users/search?query=${byAddress}`))).toEqual(['Dana Whitfield'])
  expect(names(await ask.zendesk('/users/search?query=email:whitfield'))).toEqual([])
})

test('long lists of users come in pages', async () => {
  const { body } = await ask.zendesk('/users/search?query=support.example&per_page=2')
  expect(body.users).toHaveLength(2)
  expect(body.next_page).toMatch(/page=2/)
})

test('every agent reads which forms there are, unless this Zendesk does not let them', async () => {
  const { body } = await ask.zendesk('/ticket_forms?per_page=100')
  expect(body.ticket_forms.map(({ name, default: usual }: Body) => [name, usual])).toEqual([
    ['Support', true],
    ['Emergency', false],
  ])
  await ask.order('/zendesk', { ticket_forms: false })
  expect((await ask.zendesk('/ticket_forms')).status).toBe(403)
  await ask.order('/zendesk', { ticket_forms: true })
})

test('emergencies were opened with a form of their own', async () => {
  const [form] = (await ask.zendesk('/ticket_forms')).body.ticket_forms.slice(-1)
  const { results } = (await ask.zendesk('/search?query=type:ticket status<solved tags:emergency')).body
  expect(results.length).toBeGreaterThan(0)
  for (const ticket of results) expect(ticket.ticket_form_id).toBe(form.id)
})
