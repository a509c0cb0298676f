import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conflictSides, judgeWish, type SeenTicket } from '#core/outbox/judge-wish.ts'
import { touchedFields, wishHolds, type Wish } from '#core/outbox/wish.ts'

const ticketId = 101
const seen: SeenTicket = { status: 'open', ccIds: [], followerIds: [], assigneeId: 12, groupId: 7, tags: ['old'] }
const person = (id: number | null) => (id === null ? 'nobody' : `user ${id}`)
const assign: Wish = { kind: 'assign', ticketId, assigneeId: 11 }

describe('assigning', () => {
  const before = { assigneeId: 12, groupId: 7 }

  test('goes on when assignee and group are as they were', () => {
    expect(judgeWish(assign, before, seen, person)).toEqual({ kind: 'send' })
    expect(judgeWish(assign, before, { ...seen, status: 'solved', tags: [] }, person)).toEqual({ kind: 'send' })
  })

  test('meets another assignee: both sides in words', () => {
    expect(judgeWish(assign, before, { ...seen, assigneeId: 13 }, person)).toEqual({
      kind: 'conflict',
      sides: [{ field: 'Assignee', before: 'user 12', mine: 'user 11', theirs: 'user 13' }],
    })
  })

  test('meets another group, which counts only where the one before was known', () => {
    const moved = { ...seen, groupId: 8 }
    expect(judgeWish(assign, before, moved, person)).toMatchObject({
      kind: 'conflict',
      sides: [
        { field: 'Assignee' },
        { field: 'Group', before: 'group 7', mine: 'a group of the assignee', theirs: 'group 8' },
      ],
    })
    expect(judgeWish(assign, { ...before, groupId: null }, moved, person)).toEqual({ kind: 'send' })
    expect(judgeWish(assign, before, { ...seen, groupId: null }, person)).toEqual({ kind: 'send' })
    expect(conflictSides({ ...assign, groupId: 9 }, before, moved, person)[1]?.mine).toBe('group 9')
  })

  test('that somebody else did the same holds, also on a closed ticket', () => {
    expect(judgeWish(assign, before, { ...seen, assigneeId: 11, status: 'closed' }, person)).toEqual({ kind: 'holds' })
  })
})

test('a closed ticket takes nothing', () => {
  expect(judgeWish(assign, {}, { ...seen, status: 'closed' }, person)).toEqual({ kind: 'closed' })
})

describe('what was made and undone has both sides too', () => {
  test('for people', () => {
    expect(conflictSides({ kind: 'add-cc', ticketId, userId: 11 }, { ccIds: [] }, seen, person)).toEqual([
      { field: 'Cc', before: 'user 11 not on Cc', mine: 'user 11 on Cc', theirs: 'user 11 not on Cc' },
    ])
    expect(
      conflictSides({ kind: 'unfollow', ticketId, userId: 11 }, {}, { ...seen, followerIds: [11] }, person),
    ).toEqual([
      { field: 'Followers', before: 'user 11 following', mine: 'user 11 not following', theirs: 'user 11 following' },
    ])
  })

  test('for each tag that is not as wished, and none for a note', () => {
    const wish: Wish = { kind: 'tags', ticketId, add: ['new', 'OLD'], remove: ['gone'] }
    expect(conflictSides(wish, { tags: ['gone'] }, seen, person)).toEqual([
      { field: 'Tag new', before: 'not on the ticket', mine: 'on the ticket', theirs: 'not on the ticket' },
    ])
    expect(conflictSides({ kind: 'internal-note', ticketId, body: 'x' }, {}, seen, person)).toEqual([])
  })
})

test('nothing is sent over a change of somebody else to what it touches, whatever the ticket looks like', () => {
  const id = fc.integer({ min: 10, max: 14 })
  const ids = fc.uniqueArray(id, { maxLength: 4 })
  const tag = fc.constantFrom('a', 'b', 'c')
  const ticket = fc.record({
    status: fc.constantFrom('open', 'closed'),
    ccIds: ids,
    followerIds: ids,
    assigneeId: fc.option(id),
    groupId: fc.option(fc.integer({ min: 1, max: 2 })),
    tags: fc.uniqueArray(tag),
  })
  const wish: fc.Arbitrary<Wish> = fc.oneof(
    fc.record({
      kind: fc.constantFrom('add-cc', 'remove-cc', 'follow', 'unfollow'),
      ticketId: fc.constant(ticketId),
      userId: id,
    }),
    fc.record({ kind: fc.constant('assign'), ticketId: fc.constant(ticketId), assigneeId: id }),
    fc.record({
      kind: fc.constant('tags'),
      ticketId: fc.constant(ticketId),
      add: fc.array(tag),
      remove: fc.array(tag),
    }),
    fc.record({ kind: fc.constant('internal-note'), ticketId: fc.constant(ticketId), body: fc.string() }),
  )
  fc.assert(
    fc.property(wish, ticket, ticket, (one, then, now) => {
      const verdict = judgeWish(one, touchedFields(one, then), now, person)
      expect(verdict.kind === 'holds').toBe(wishHolds(one, now))
      if (verdict.kind === 'send') {
        expect(now.status).not.toBe('closed')
        if (one.kind === 'assign') expect(now.assigneeId).toBe(then.assigneeId)
      }
      if (verdict.kind === 'conflict') expect(verdict.sides.length).toBeGreaterThan(0)
    }),
  )
})
