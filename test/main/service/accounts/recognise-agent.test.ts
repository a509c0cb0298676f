import { expect, test } from 'vitest'
import { recogniseAgent } from '#service/accounts/recognise-agent.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import type { ZendeskApi, ZendeskPerson } from '#service/zendesk/zendesk-api.ts'
import { silentZendesk } from '#test/support/scripted-sources.ts'

const aPerson = (id: number, name: string, role = 'agent'): ZendeskPerson => ({
  id,
  name,
  email: `${name.toLowerCase().replaceAll(' ', '.')}@support.example`,
  role,
  timeZone: null,
})
const people = [
  aPerson(12, 'Dana Whitfield'),
  aPerson(13, 'Dana Whitfield-Jones'),
  aPerson(14, 'Sam Lee'),
  aPerson(15, 'Sam Lee', 'admin'),
  aPerson(16, 'Carla Meier', 'end-user'),
]

const apiWith = (fails?: RemoteFailure): ZendeskApi => ({
  ...silentZendesk,
  user: async (id) => {
    const found = people.find((person) => person.id === id)
    if (fails || !found) throw fails ?? new RemoteFailure('not-found', 'There is no such user.')
    return found
  },
  agentsNamed: async (prefix) => {
    if (fails) throw fails
    const start = prefix.toLowerCase()
    return people.filter(({ name, email }) => name.toLowerCase().startsWith(start) || email === start)
  },
})

test.each([
  ['an id', '12', 12],
  ['an address', 'Dana.Whitfield@support.example', 12],
  ['a name', 'dana whitfield', 12],
  ['a word made of a name', 'dana_whitfield', 12],
])('%s that fits one agent exactly is that agent', async (_what, written, id) => {
  expect(await recogniseAgent(apiWith(), written)).toEqual({ id, words: 'Dana Whitfield' })
})

test.each([
  ['an id of nobody', '99'],
  ['an id of a customer', '16'],
  ['an address of nobody', 'who@support.example'],
  ['a name that two have', 'Sam Lee'],
  ['a name of a customer', 'Carla Meier'],
  ['the beginning of a name', 'Dana Whit'],
  ['a first name', 'Dana'],
  ['a handle', '@dwhitfield'],
  ['a word', 'ase_team_1'],
])('%s stays what is written', async (_what, written) => {
  expect(await recogniseAgent(apiWith(), written)).toEqual({ id: null, words: written })
})

test('a Zendesk that does not answer leaves the words', async () => {
  const fails = new RemoteFailure('server', 'Zendesk has trouble of its own (503).')
  for (const written of ['12', 'Dana Whitfield']) {
    expect(await recogniseAgent(apiWith(fails), written)).toEqual({ id: null, words: written })
  }
})
