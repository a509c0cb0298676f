import { expect, test } from 'vitest'
import { linkedTickets } from '#core/issues/linked-tickets.ts'

const host = 'acme.zendesk.com'

test.each<[string, readonly number[]]>([
  ['See https://acme.zendesk.com/agent/tickets/12.', [12]],
  ['[it](https://acme.zendesk.com/agent/tickets/12#comment) and <https://ACME.zendesk.com/agent/tickets/7>', [7, 12]],
  ['https://acme.zendesk.com/hc/en-us/requests/5 https://acme.zendesk.com/hc/requests/6', [5, 6]],
  ['https://acme.zendesk.com/requests/5 and again https://acme.zendesk.com/tickets/5', [5]],
  ['another company: https://evil.zendesk.com/agent/tickets/12', []],
  ['https://acme.zendesk.com.evil.example/agent/tickets/12', []],
  ['ticket 12, #12, /agent/tickets/12, https://acme.zendesk.com/agent/users/12', []],
  ['https://acme.zendesk.com/agent/tickets/0', []],
  ['', []],
])('in %j it finds %j', (text, ids) => {
  expect(linkedTickets(text, host)).toEqual(ids)
})

test('a port is part of the host', () => {
  expect(linkedTickets('http://127.0.0.1:4000/agent/tickets/3', '127.0.0.1:4000')).toEqual([3])
  expect(linkedTickets('http://127.0.0.1:4001/agent/tickets/3', '127.0.0.1:4000')).toEqual([])
})
