import { expect, test } from 'vitest'
import type { ZendeskProbe } from '#contract/connections.ts'
import { probeMeaning } from '#service/zendesk/probe-meaning.ts'

const all = (word: ZendeskProbe['slas']['search']) => ({
  organization: word,
  showMany: word,
  search: word,
  ticket: word,
})
const aProbe = (parts: Partial<ZendeskProbe> = {}): ZendeskProbe => ({
  checkedAt: 0,
  slas: all('yes'),
  ccsAndFollowers: 'on',
  planPerMinute: 700,
  role: 'agent',
  lightAgent: false,
  restriction: null,
  meaning: [],
  ...parts,
})
const meaning = (parts: Partial<ZendeskProbe>) => probeMeaning(aProbe(parts))

test('where everything is there three sentences say so', () => {
  expect(meaning({})).toEqual([
    'Your Zendesk tells SLA deadlines in lists: they are fresh every minute.',
    'CCs and followers are on: you can be put on Cc of a ticket, or follow it.',
    'Your company may make 700 requests a minute, shared by everybody; Understudy uses a small part of them.',
  ])
})

test.each([
  ['one list is enough', { ...all('refused'), search: 'yes' as const }, 'fresh every minute'],
  ['one ticket at a time is slower', { ...all('no'), ticket: 'yes' as const }, 'one ticket at a time only'],
  ['nothing to ask about is no finding', { ...all('no'), ticket: 'unknown' as const }, 'not known yet'],
  ['refused everywhere is none', all('refused'), 'tells you no SLA deadlines'],
  ['left out everywhere is none', all('no'), 'tells you no SLA deadlines'],
])('of deadlines: %s', (_what, slas, words) => {
  expect(meaning({ slas })[0]).toContain(words)
})

test('what is missing says what to do', () => {
  expect(meaning({ ccsAndFollowers: 'off' })[1]).toContain(
    'Understudy cannot put you on Cc; ask a Zendesk administrator',
  )
  expect(meaning({ ccsAndFollowers: 'unknown' })[1]).toContain('looks after each Cc')
  expect(meaning({ restriction: 'assigned' })[2]).toMatch(
    /^You see only tickets that are assigned to you\. .* ask for a role/,
  )
  expect(meaning({ restriction: 'something_new' })[2]).toContain('(something_new)')
  expect(meaning({ lightAgent: true })[2]).toContain('light agent')
  expect(meaning({ planPerMinute: null })).toHaveLength(2)
  expect(meaning({ planPerMinute: 2500 })[2]).toContain('2,500 requests')
})
