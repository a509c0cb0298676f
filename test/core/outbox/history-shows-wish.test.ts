import { expect, test } from 'vitest'
import { historyShowsWish } from '#core/outbox/history-shows-wish.ts'
import type { Wish } from '#core/outbox/wish.ts'

const ticketId = 101
const change = (field: string, from: unknown, to: unknown) =>
  ({ kind: 'changed', field, from, to, public: null }) as const

test.each<[Wish, ReturnType<typeof change>, boolean]>([
  [{ kind: 'add-cc', ticketId, userId: 1 }, change('email_ccs', [], ['me@x.example']), true],
  [{ kind: 'add-cc', ticketId, userId: 1 }, change('email_ccs', ['me@x.example'], []), false],
  [{ kind: 'add-cc', ticketId, userId: 1 }, change('followers', [], ['me@x.example']), false],
  [{ kind: 'remove-cc', ticketId, userId: 1 }, change('email_ccs', ['me@x.example'], []), true],
  [{ kind: 'remove-cc', ticketId, userId: 1 }, change('email_ccs', [], ['me@x.example']), false],
  [{ kind: 'follow', ticketId, userId: 1 }, change('followers', ['a'], ['a', 'b']), true],
  [{ kind: 'unfollow', ticketId, userId: 1 }, change('followers', ['a', 'b'], ['a']), true],
  [{ kind: 'unfollow', ticketId, userId: 1 }, change('followers', null, ['a']), false],
  [{ kind: 'assign', ticketId, assigneeId: 11 }, change('assignee_id', 12, 11), true],
  [{ kind: 'assign', ticketId, assigneeId: 11 }, change('assignee_id', 12, '11'), true],
  [{ kind: 'assign', ticketId, assigneeId: 11 }, change('assignee_id', 11, 12), false],
  [{ kind: 'assign', ticketId, assigneeId: 11 }, change('group_id', 1, 11), false],
  [{ kind: 'tags', ticketId, add: ['New'], remove: ['old'] }, change('tags', ['old'], ['new', 'ci']), true],
  [{ kind: 'tags', ticketId, add: ['new'], remove: ['old'] }, change('tags', [], ['new', 'old']), false],
  [{ kind: 'tags', ticketId, add: ['new'], remove: [] }, change('tags', [], 'new'), false],
  [{ kind: 'internal-note', ticketId, body: 'x' }, change('tags', [], ['x']), false],
])('%j by %j: %s', (wish, made, shows) => {
  expect(historyShowsWish(wish, [change('status', 'new', 'open'), made])).toBe(shows)
  expect(historyShowsWish(wish, [])).toBe(false)
})
