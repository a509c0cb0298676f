import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { previewWish, type PreviewFacts, type PreviewedTicket } from '#core/outbox/preview-wish.ts'
import type { Wish } from '#core/outbox/wish.ts'

const now = Date.UTC(2026, 10, 18, 9)
const ticketId = 123
const ticket: PreviewedTicket = {
  subject: 'Runner…',
  status: 'open',
  fate: null,
  mergedInto: null,
  freshAsOf: now,
  ccIds: [],
  followerIds: [],
  assigneeId: 12,
  groupId: 7,
  tags: ['ci'],
}
const names: Readonly<Record<number, string>> = { 11: 'Jonas Feldkamp', 12: 'Dana Whitfield' }

function facts(parts: Partial<PreviewFacts> = {}, ticketParts: Partial<PreviewedTicket> = {}): PreviewFacts {
  return {
    ticket: { ...ticket, ...ticketParts },
    me: { id: 11, name: 'Jonas Feldkamp' },
    nameOf: (id) => names[id] ?? null,
    roleOf: () => null,
    ccsAndFollowers: 'unknown',
    mayWrite: null,
    lightAgent: false,
    restricted: null,
    waiting: [],
    now,
    ...parts,
  }
}

const cc: Wish = { kind: 'add-cc', ticketId, userId: 11 }
const assign: Wish = { kind: 'assign', ticketId, assigneeId: 11 }
const tags: Wish = { kind: 'tags', ticketId, add: ['cover'], remove: ['ci'] }
const note: Wish = { kind: 'internal-note', ticketId, body: 'Look at the disk.' }

describe('what is asked of Zendesk', () => {
  test.each<[Wish, string]>([
    [cc, 'Adds you (Jonas Feldkamp) to Cc of #123 “Runner…”. Nothing else changes.'],
    [{ ...cc, kind: 'remove-cc', userId: 12 }, 'Takes Dana Whitfield off Cc of #123 “Runner…”. Nothing else changes.'],
    [{ ...cc, kind: 'follow', userId: 13 }, 'Adds user 13 to the followers of #123 “Runner…”. Nothing else changes.'],
    [
      { ...cc, kind: 'unfollow' },
      'Takes you (Jonas Feldkamp) off the followers of #123 “Runner…”. Nothing else changes.',
    ],
    [note, 'Adds an internal note to #123 “Runner…”, in your name: “Look at the disk.” Nothing else changes.'],
    [
      assign,
      'Assigns #123 “Runner…” to you (Jonas Feldkamp), until now Dana Whitfield. The group stays if they are in it; otherwise it becomes their default group. Nothing else changes.',
    ],
    [
      { ...assign, groupId: 9 },
      'Assigns #123 “Runner…” to you (Jonas Feldkamp), until now Dana Whitfield. The group becomes group 9. Nothing else changes.',
    ],
    [
      { ...tags, add: ['cover', 'pto'] },
      'Adds the tags “cover”, “pto” to and takes “ci” off #123 “Runner…”. Its other tags stay. Nothing else changes.',
    ],
    [{ ...tags, add: [] }, 'Takes “ci” off #123 “Runner…”. Its other tags stay. Nothing else changes.'],
  ])('%j', (wish, words) => {
    expect(previewWish(wish, facts()).words).toBe(words)
  })
})

describe('who sees it', () => {
  test.each<[Wish, boolean, RegExp]>([
    [cc, true, /^Your e-mail address becomes visible/],
    [{ ...cc, userId: 12 }, true, /^Their e-mail address becomes visible/],
    [{ ...cc, kind: 'remove-cc' }, true, /no longer/],
    [{ ...cc, kind: 'follow' }, false, /does not see who follows/],
    [{ ...cc, kind: 'unfollow' }, false, /does not see who follows/],
    [note, false, /does not see this one/],
    [assign, true, /may see the assignee’s name/],
    [tags, false, /triggers may send mail/],
  ])('%j', (wish, visible, words) => {
    expect(previewWish(wish, facts()).customerSees).toEqual({ visible, words: expect.stringMatching(words) })
  })
})

describe('what to think of first', () => {
  const warnings = (wish: Wish, given: PreviewFacts) => previewWish(wish, given).warnings
  const many = (count: number) => Array.from({ length: count }, (_, index) => 1000 + index)

  test('nothing, as a rule', () => {
    for (const wish of [cc, note, assign, tags]) expect(warnings(wish, facts())).toEqual([])
  })

  test('a solved ticket closes soon', () => {
    expect(warnings(note, facts({}, { status: 'solved' }))).toEqual([expect.stringMatching(/closes it by itself/)])
  })

  test('Cc is nearly full', () => {
    expect(warnings(cc, facts({}, { ccIds: many(43) }))).toEqual([])
    expect(warnings(cc, facts({}, { ccIds: many(44) }))).toEqual(['44 of 48 places on Cc are taken.'])
    expect(warnings({ ...cc, kind: 'follow' }, facts({}, { ccIds: many(47) }))).toEqual([])
  })

  test.each([
    [30, null],
    [31, '31 minutes'],
    [119, '119 minutes'],
    [180, '3 hours'],
  ])('it was read %i minutes ago', (age, words) => {
    const found = warnings(cc, facts({}, { freshAsOf: now - age * 60_000 }))
    expect(found).toEqual(words === null ? [] : [expect.stringContaining(`${words} old`)])
  })

  test('light agents write notes only', () => {
    expect(warnings(assign, facts({ lightAgent: true }))).toEqual([expect.stringMatching(/light agent/)])
    expect(warnings(note, facts({ lightAgent: true }))).toEqual([])
  })

  test('others wait before it', () => {
    expect(warnings(cc, facts({ waiting: [note, assign] }))).toEqual([expect.stringMatching(/made: 2\./)])
  })
})

describe('what cannot be done', () => {
  const refusal = (wish: Wish, given: PreviewFacts) => previewWish(wish, given).refusal
  const no = (words: RegExp) => ({ kind: 'no-way', words: expect.stringMatching(words) })

  test('without knowing who I am, without the right to write, without the ticket', () => {
    expect(refusal(note, facts({ me: null }))).toEqual(no(/Sign in first/))
    expect(refusal(note, facts({ mayWrite: false }))).toEqual(no(/not write to it/))
    expect(refusal(note, facts({ mayWrite: true }))).toBeNull()
    expect(refusal(note, facts({ ticket: null }))).toEqual(no(/#123 is not stored here/))
  })

  test.each<[Partial<PreviewedTicket>, RegExp]>([
    [{ fate: 'deleted' }, /was deleted/],
    [{ fate: 'forbidden' }, /no longer shows you/],
    [{ fate: 'merged', mergedInto: 124 }, /merged into #124/],
    [{ fate: 'merged' }, /merged into another ticket/],
    [{ fate: 'archived' }, /is closed/],
    [{ status: 'closed' }, /is closed/],
    [{ status: 'closed', tags: ['closed_by_merge'] }, /was merged/],
  ])('on a ticket that is %j', (parts, words) => {
    for (const wish of [cc, note, assign, tags]) expect(refusal(wish, facts({}, parts))).toEqual(no(words))
  })

  test('Cc and following where Zendesk would ignore them', () => {
    const off = facts({ ccsAndFollowers: 'off' })
    for (const kind of ['add-cc', 'remove-cc', 'follow', 'unfollow'] as const) {
      expect(refusal({ ...cc, kind }, off)).toEqual(no(/“CCs and followers” is off/))
    }
    for (const wish of [note, assign, tags]) expect(refusal(wish, off)).toBeNull()
  })

  test('a forty-ninth on Cc; following is the way out', () => {
    const full = facts({}, { ccIds: Array.from({ length: 48 }, (_, index) => 1000 + index) })
    expect(refusal(cc, full)).toEqual(no(/All 48 places .* Follow the ticket instead/))
    expect(refusal({ ...cc, kind: 'follow' }, full)).toBeNull()
  })

  test('customers as followers or assignees', () => {
    const customers = facts({ roleOf: () => 'end-user' })
    expect(refusal({ ...cc, kind: 'follow' }, customers)).toEqual(no(/Only agents/))
    expect(refusal(assign, customers)).toEqual(no(/agents only/))
    expect(refusal(cc, customers)).toBeNull()
  })

  test('tags that are none, or wanted both ways', () => {
    expect(refusal({ ...tags, add: [], remove: [] }, facts())).toEqual(no(/No tag is named/))
    expect(refusal({ ...tags, add: ['CI'] }, facts())).toEqual(no(/“CI” cannot be added and taken off/))
  })

  test.each<[Wish, Partial<PreviewedTicket>, string]>([
    [cc, { ccIds: [11] }, 'You are on Cc of #123 already.'],
    [{ ...cc, userId: 12 }, { ccIds: [12] }, 'Dana Whitfield is on Cc of #123 already.'],
    [{ ...cc, kind: 'remove-cc' }, {}, 'You are not on Cc of #123.'],
    [{ ...cc, kind: 'follow' }, { followerIds: [11] }, 'You are following #123 already.'],
    [{ ...cc, kind: 'unfollow' }, {}, 'You are not following #123.'],
    [assign, { assigneeId: 11 }, 'You are the assignee of #123 already.'],
    [tags, { tags: ['cover'] }, '#123 has these tags already.'],
  ])('what is so already: %j', (wish, parts, words) => {
    expect(refusal(wish, facts({}, parts))).toEqual({ kind: 'holds', words })
    // What waits may change that.
    expect(refusal(wish, facts({ waiting: [note] }, parts))).toBeNull()
  })
})

test('every wish on every ticket has words, and never a gap in them', () => {
  const id = fc.integer({ min: 10, max: 14 })
  // Without an n it cannot be one of the words that are looked for.
  const plain = fc.stringMatching(/^[a-m]{1,8}$/)
  const wish: fc.Arbitrary<Wish> = fc.oneof(
    fc.record({ kind: fc.constantFrom('add-cc', 'remove-cc', 'follow', 'unfollow'), ticketId: id, userId: id }),
    fc.record({
      kind: fc.constant('assign'),
      ticketId: id,
      assigneeId: id,
      groupId: fc.option(id, { nil: undefined }),
    }),
    fc.record({ kind: fc.constant('tags'), ticketId: id, add: fc.array(plain), remove: fc.array(plain) }),
    fc.record({ kind: fc.constant('internal-note'), ticketId: id, body: plain }),
  )
  const given = fc.record({
    ticket: fc.option(
      fc.record({
        subject: plain,
        status: fc.constantFrom('new', 'solved', 'closed'),
        fate: fc.option(fc.constantFrom('deleted', 'merged', 'archived', 'forbidden')),
        mergedInto: fc.option(id),
        freshAsOf: fc.integer({ min: 0, max: now }),
        ccIds: fc.array(id, { maxLength: 50 }),
        followerIds: fc.array(id),
        assigneeId: fc.option(id),
        groupId: fc.option(id),
        tags: fc.array(plain),
      }),
    ),
    ccsAndFollowers: fc.constantFrom('on', 'off', 'unknown'),
    mayWrite: fc.option(fc.boolean()),
    lightAgent: fc.boolean(),
    waiting: fc.array(wish, { maxLength: 2 }),
  })
  fc.assert(
    fc.property(wish, given, (one, parts) => {
      const preview = previewWish(one, facts(parts))
      const said = [preview.customerSees.words, ...preview.warnings, preview.refusal?.words ?? 'fine']
      for (const words of [preview.words, ...said]) {
        expect(words.length).toBeGreaterThan(3)
        expect(words).not.toMatch(/undefined|null|NaN/)
      }
      for (const words of said.slice(0, -1)) expect(words).toMatch(/[.]$/)
    }),
  )
})
