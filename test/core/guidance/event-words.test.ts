import { expect, test } from 'vitest'
import { eventWords } from '#core/guidance/event-words.ts'

const nameOf = (id: number) => (id === 12 ? 'Anna' : null)
const change = (changes: Record<string, { from: unknown; to: unknown }>, kind = 'ticket-changed') =>
  eventWords({ kind, changes }, nameOf)

test.each<[string, string]>([
  [change({}, 'ticket-created'), 'Opened'],
  [change({}, 'ticket-merged'), 'Merged into another ticket'],
  [change({ status: { from: 'open', to: 'pending' } }), 'Status open → pending'],
  [change({ priority: { from: null, to: 'high' } }), 'Priority none → high'],
  [change({ assignee_id: { from: 12, to: 99 } }), 'Assigned to user 99, was Anna'],
  [change({ assignee_id: { from: null, to: 12 } }), 'Assigned to Anna, was nobody'],
  [change({ tags: { from: '[]', to: '["a"]' }, cc_ids: { from: '[]', to: '[1]' } }), 'Other tags, others on Cc'],
  [change({ comment: { from: null, to: { public: true, authorId: 12 } } }, 'comment-added'), 'Anna wrote a reply'],
  [
    change({ comment: { from: null, to: { public: false, authorId: 12 } } }, 'comment-added'),
    'Anna wrote an internal note',
  ],
])('%s', (words, expected) => {
  expect(words).toBe(expected)
})
