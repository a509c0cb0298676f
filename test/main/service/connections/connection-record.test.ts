import { expect, test } from 'vitest'
import { openConnectionRecords, type ZendeskRecord } from '#service/connections/connection-record.ts'

const zendesk: ZendeskRecord = {
  url: 'https://acme.zendesk.com',
  kind: 'oauth',
  email: null,
  clientId: 'understudy',
  user: { id: 11, name: 'Ines', role: 'agent' },
}

function fileWith(values: Record<string, unknown>) {
  let stored = values
  const said: string[] = []
  const file = { read: () => stored, write: (next: Record<string, unknown>) => void (stored = next) }
  return { records: openConnectionRecords(file, (sentence) => said.push(sentence)), said, stored: () => stored }
}

test('nothing is connected at first', () => {
  expect(fileWith({}).records.read()).toEqual({ zendesk: null, gitlab: null })
})

test('what is connected stands beside the settings and leaves them alone', () => {
  const { records, stored } = fileWith({ theme: 'dark' })
  records.write({ zendesk })
  expect(stored()).toEqual({ theme: 'dark', zendesk })
  expect(records.read()).toEqual({ zendesk, gitlab: null })
  records.write({ zendesk: null })
  expect(stored()).toEqual({ theme: 'dark', zendesk: null })
})

test('a record that another program changed is seen at the next look', () => {
  const { records, stored } = fileWith({})
  expect(records.read().zendesk).toBeNull()
  Object.assign(stored(), { zendesk })
  expect(records.read().zendesk).toEqual(zendesk)
})

test('a record that cannot be used is told and counts as not connected', () => {
  const { records, said } = fileWith({ zendesk: { ...zendesk, kind: 'password' } })
  expect(records.read().zendesk).toBeNull()
  expect(said).toEqual([expect.stringMatching(/^The setting zendesk has a value that cannot be used/)])
})
