import { SECOND } from '../time.ts'
import { organizations } from '../world/organizations.ts'
import { agents } from '../world/people.ts'
import type { Ticket } from '../world/ticket.ts'

/** A ticket as far as the cheap part of a search needs it; `whole` makes the rest when it is asked for. */
export interface SearchableTicket {
  readonly id: number
  readonly status: Ticket['status']
  readonly createdAt: number
  readonly updatedAt: number
  readonly organizationId: number
  readonly assigneeId: number | null
  whole(): Ticket
}

type Test = (ticket: SearchableTicket) => boolean

/** A search that can be carried out. */
export interface SearchQuery {
  readonly type: 'ticket' | 'organization' | 'user' | null
  /** Words without a key, in lower case. */
  readonly words: readonly string[]
  /** Cheap tests first. */
  matches(ticket: SearchableTicket): boolean
}

const statuses = ['new', 'open', 'pending', 'hold', 'solved', 'closed']
const priorities = ['low', 'normal', 'high', 'urgent']

/** Reads `key:value`, `key<value` and words. Values of a key that comes twice are alternatives; null if it cannot be read. */
export function readQuery(text: string, meId: number): SearchQuery | null {
  const parts = [...text.matchAll(/(-?)(?:(\w+)(:|<=|>=|<|>))?("[^"]*"|[^\s"]+)/g)].map(
    ([, minus, key, operator, value = '']) => ({
      negated: minus === '-',
      key: key?.toLowerCase(),
      operator,
      value: value.replaceAll('"', ''),
    }),
  )
  const types = parts.filter(({ key }) => key === 'type').map(({ value }) => value)
  const words = parts.filter(({ key }) => key === undefined).map(({ value }) => value.toLowerCase())
  const cheap: Test[] = []
  const dear: Test[] = words.map((word) => (ticket) => ticket.whole().subject.toLowerCase().includes(word))
  const equal = new Map<string, Test[]>()
  for (const { key, operator = ':', value, negated } of parts) {
    if (key === undefined || key === 'type') continue
    const test = testOf(key, operator, value, meId)
    if (!test) return null
    const list = needsWhole.has(key) ? dear : cheap
    if (negated) list.push((ticket) => !test(ticket))
    else if (operator === ':') equal.set(key, [...(equal.get(key) ?? []), test])
    else list.push(test)
  }
  for (const [key, tests] of equal) {
    const anyOf: Test = (ticket) => tests.some((test) => test(ticket))
    if (needsWhole.has(key)) dear.push(anyOf)
    else cheap.push(anyOf)
  }
  const all = [...cheap, ...dear]
  return { type: typeOf(types[0]), words, matches: (ticket) => all.every((test) => test(ticket)) }
}

const needsWhole = new Set(['priority', 'tags', 'subject', 'requester', 'cc', 'solved'])

function typeOf(written: string | undefined): SearchQuery['type'] {
  return written === 'ticket' || written === 'organization' || written === 'user' ? written : null
}

function testOf(key: string, operator: string, value: string, meId: number): Test | null {
  switch (key) {
    case 'status':
      return ranked(operator, statuses, value, ({ status }) => status)
    case 'priority':
      return ranked(operator, priorities, value, (ticket) => ticket.whole().priority)
    case 'created':
      return timed(operator, value, ({ createdAt }) => createdAt)
    case 'updated':
      return timed(operator, value, ({ updatedAt }) => updatedAt)
    case 'solved':
      return timed(operator, value, (ticket) => ticket.whole().solvedAt ?? Number.NaN)
    case 'organization': {
      const ids = organizations
        .filter(({ id, name }) => String(id) === value || name.toLowerCase() === value.toLowerCase())
        .map(({ id }) => id)
      return ({ organizationId }) => ids.includes(organizationId)
    }
    case 'assignee':
      return isPerson(value, meId, ({ assigneeId }) => [assigneeId])
    case 'requester':
      return isPerson(value, meId, (ticket) => [ticket.whole().requesterId])
    case 'cc':
      return isPerson(value, meId, (ticket) => ticket.whole().ccIds)
    case 'tags':
      return (ticket) => ticket.whole().tags.includes(value)
    case 'subject':
      return (ticket) => ticket.whole().subject.toLowerCase().includes(value.toLowerCase())
    default:
      return null
  }
}

function compare(operator: string, left: number, right: number): boolean {
  if (operator === '<') return left < right
  if (operator === '<=') return left <= right
  if (operator === '>') return left > right
  if (operator === '>=') return left >= right
  return left === right
}

function ranked(
  operator: string,
  order: readonly string[],
  value: string,
  read: (ticket: SearchableTicket) => string | null,
): Test | null {
  const rank = order.indexOf(value)
  if (rank < 0) return null
  return (ticket) => {
    const own = order.indexOf(read(ticket) ?? '')
    return own >= 0 && compare(operator, own, rank)
  }
}

function timed(operator: string, value: string, read: (ticket: SearchableTicket) => number): Test | null {
  const instant = Date.parse(value)
  if (Number.isNaN(instant)) return null
  const isDay = /^\d{4}-\d\d-\d\d$/.test(value) && operator === ':'
  return (ticket) => {
    const seconds = Math.floor(read(ticket) / SECOND) * SECOND
    return isDay ? seconds >= instant && seconds < instant + 86_400_000 : compare(operator, seconds, instant)
  }
}

function isPerson(value: string, meId: number, read: (ticket: SearchableTicket) => readonly (number | null)[]): Test {
  if (value === 'none') return (ticket) => read(ticket).every((one) => one === null)
  const found = agents.find(({ name, email }) => [name.toLowerCase(), email].includes(value.toLowerCase()))?.id
  const wanted = value === 'me' ? meId : (found ?? Number(value))
  return (ticket) => read(ticket).includes(wanted)
}
