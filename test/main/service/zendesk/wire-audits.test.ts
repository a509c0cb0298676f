import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { auditPage, toAudit, type WireAudit } from '#service/zendesk/wire-audits.ts'

const anAudit = (events: readonly unknown[], more: Partial<WireAudit> = {}): WireAudit => ({
  id: 1,
  ticket_id: 101,
  author_id: 12,
  created_at: '2026-11-18T09:00:00Z',
  events: [...events],
  ...more,
})
const changesOf = (...events: readonly unknown[]) => toAudit(101, anAudit(events)).changes

describe('what was done to a ticket', () => {
  test('is told with numbers for ids, words for a state, and nothing where nothing was', () => {
    const change = (field_name: string, previous_value: unknown, value: unknown) => ({
      id: 5,
      type: 'Change',
      field_name,
      previous_value,
      value,
    })
    expect(
      changesOf(
        change('status', 'new', 'open'),
        change('assignee_id', '', '360900000101'),
        change('group_id', 7, null),
        change('tags', ['a'], ['a', 'b']),
        change('tags', 'a b', ''),
        change('priority', null, 'high'),
      ),
    ).toEqual([
      { kind: 'changed', field: 'status', from: 'new', to: 'open', public: null },
      { kind: 'changed', field: 'assignee_id', from: null, to: 360900000101, public: null },
      { kind: 'changed', field: 'group_id', from: 7, to: null, public: null },
      { kind: 'changed', field: 'tags', from: ['a'], to: ['a', 'b'], public: null },
      { kind: 'changed', field: 'tags', from: ['a', 'b'], to: [], public: null },
      { kind: 'changed', field: 'priority', from: null, to: 'high', public: null },
    ])
    expect(changesOf({ type: 'Create', field_name: 'organization_id', value: '42', previous_value: 'never' })).toEqual([
      { kind: 'created', field: 'organization_id', from: null, to: 42, public: null },
    ])
  })

  test('is told of messages by id, and of the three ways of having people on copy', () => {
    expect(
      changesOf(
        { id: 77, type: 'Comment', public: false, body: 'Hello' },
        {
          id: 1,
          type: 'EmailCcChange',
          previous_email_ccs: ['a@x.example'],
          current_email_ccs: ['a@x.example', 'b@x.example'],
        },
        { id: 2, type: 'FollowerChange', previous_followers: [], current_followers: ['c@x.example'] },
        { id: 3, type: 'Cc', recipients: [11, '12', 'thirteen'] },
      ),
    ).toEqual([
      { kind: 'comment', field: null, from: null, to: 77, public: false },
      { kind: 'changed', field: 'email_ccs', from: ['a@x.example'], to: ['a@x.example', 'b@x.example'], public: null },
      { kind: 'changed', field: 'followers', from: [], to: ['c@x.example'], public: null },
      { kind: 'changed', field: 'collaborators', from: null, to: [11, 12], public: null },
    ])
  })

  test('leaves out notifications, fields of no use here and kinds nobody knows', () => {
    expect(
      changesOf(
        { id: 1, type: 'Notification', body: 'Ticket #47 has been updated' },
        { id: 2, type: 'Change', field_name: 'subject', value: 'b', previous_value: 'a' },
        { id: 3, type: 'Change', field_name: 360020421853, value: 'b' },
        { id: 4, type: 'BrandNewEvent' },
        { id: 'none', type: 'Comment' },
        null,
        'event',
        [{ type: 'Comment', id: 9 }],
      ),
    ).toEqual([])
  })

  test('is Zendesk’s own doing where the author is nobody', () => {
    for (const author_id of [-1, 0, null, undefined]) {
      expect(toAudit(101, anAudit([], { author_id })).authorId).toBeNull()
    }
    expect(toAudit(101, anAudit([])).authorId).toBe(12)
    expect(toAudit(101, anAudit([], { events: null })).changes).toEqual([])
  })
})

describe('a merge', () => {
  const note = (body: string, isPublic: boolean) => ({ id: 9, type: 'Comment', body, public: isPublic })
  const closed = { id: 10, type: 'Change', field_name: 'status', previous_value: 'open', value: 'closed' }
  const into = 'This request was closed and merged into request #555 "Runners #7 time out".'
  const from =
    'Request #444 "Pods #8 gone" was closed and merged into this request. Last comment in request #444:\n\nHi'
  const fromTwo = 'Requests #444, #445 were closed and merged into this request.'
  const merged = (to: readonly number[], field: string) => ({ kind: 'other', field, from: null, to, public: false })

  test('is found in the ticket that was closed by it, and in the one it went to', () => {
    expect(changesOf(note(into, false), closed)).toContainEqual(merged([555], 'merged_into'))
    expect(changesOf(note(from, false))).toContainEqual(merged([444], 'merged_from'))
    expect(changesOf(note(fromTwo, false))).toContainEqual(merged([444, 445], 'merged_from'))
  })

  test('is believed in public where Zendesk says that the merging wrote it', () => {
    const vias = [{ channel: 'merge' }, { channel: 'web', source: { rel: 'merge', from: {} } }]
    for (const via of vias) {
      expect(toAudit(101, anAudit([note(into, true)], { via })).changes).toContainEqual({
        ...merged([555], 'merged_into'),
        public: true,
      })
      expect(toAudit(101, anAudit([{ ...note(fromTwo, true), via }])).changes).toHaveLength(2)
    }
  })

  test('is not believed because somebody wrote the words', () => {
    for (const text of [into, from, fromTwo]) {
      expect(changesOf(note(text, true)).map(({ kind }) => kind)).toEqual(['comment'])
    }
    expect(changesOf(note(into, false)).map(({ kind }) => kind)).toEqual(['comment'])
    const solved = { ...closed, value: 'solved' }
    expect(changesOf(note(into, true), solved).map(({ kind }) => kind)).toEqual(['comment', 'changed'])
  })
})

describe('odd events', () => {
  const words = fc.constantFrom(
    'Comment',
    'Change',
    'Create',
    'Cc',
    'EmailCcChange',
    'FollowerChange',
    'status',
    'tags',
    'assignee_id',
    'closed',
    'merge',
    'This request was closed and merged into request #',
    'Requests # were closed and merged into this request',
  )
  const value = fc.oneof(words, fc.jsonValue())
  const keys = ['id', 'type', 'field_name', 'value', 'previous_value', 'public', 'body', 'via', 'recipients'] as const
  const event = fc.oneof(
    fc.jsonValue(),
    fc.record(Object.fromEntries([...keys, 'current_followers', 'toString'].map((key) => [key, value])), {
      requiredKeys: [],
    }),
  )

  test('never make the reading fail, and what is kept can be stored', () => {
    fc.assert(
      fc.property(fc.array(event), value, (events, via) => {
        const body: unknown = JSON.parse(JSON.stringify({ audits: [{ ...anAudit(events), via }], next_page: null }))
        const [wire] = auditPage.parse(body).audits
        const audit = wire && toAudit(101, wire)
        expect(audit?.ticketId).toBe(101)
        expect(JSON.parse(JSON.stringify(audit?.changes))).toEqual(audit?.changes)
        for (const change of audit?.changes ?? []) {
          if (change.kind === 'comment') expect(change.to).toSatisfy(Number.isSafeInteger)
        }
      }),
    )
  })
})
