import { describe, expect, test } from 'vitest'
import { sameTopic, sameWish, touchedFields, wishHolds, type ChangeableFields, type Wish } from '#core/outbox/wish.ts'

const fields: ChangeableFields = { ccIds: [11], followerIds: [12], assigneeId: 13, groupId: 7, tags: ['CI', 'old'] }
const ticketId = 101

describe('a wish holds', () => {
  test.each<[Wish, boolean]>([
    [{ kind: 'add-cc', ticketId, userId: 11 }, true],
    [{ kind: 'add-cc', ticketId, userId: 12 }, false],
    [{ kind: 'remove-cc', ticketId, userId: 11 }, false],
    [{ kind: 'remove-cc', ticketId, userId: 12 }, true],
    [{ kind: 'follow', ticketId, userId: 12 }, true],
    [{ kind: 'follow', ticketId, userId: 11 }, false],
    [{ kind: 'unfollow', ticketId, userId: 12 }, false],
    [{ kind: 'unfollow', ticketId, userId: 11 }, true],
    [{ kind: 'assign', ticketId, assigneeId: 13 }, true],
    [{ kind: 'assign', ticketId, assigneeId: 12 }, false],
    [{ kind: 'assign', ticketId, assigneeId: 13, groupId: 7 }, true],
    [{ kind: 'assign', ticketId, assigneeId: 13, groupId: 8 }, false],
    [{ kind: 'tags', ticketId, add: ['ci'], remove: ['gone'] }, true],
    [{ kind: 'tags', ticketId, add: ['ci', 'new'], remove: [] }, false],
    [{ kind: 'tags', ticketId, add: [], remove: ['OLD'] }, false],
    [{ kind: 'internal-note', ticketId, body: 'x' }, false],
  ])('%j: %s', (wish, holds) => {
    expect(wishHolds(wish, fields)).toBe(holds)
  })
})

test('the fields a wish changes are kept, and no others', () => {
  const of = (wish: Wish) => touchedFields(wish, fields)
  expect(of({ kind: 'add-cc', ticketId, userId: 1 })).toEqual({ ccIds: [11] })
  expect(of({ kind: 'unfollow', ticketId, userId: 1 })).toEqual({ followerIds: [12] })
  expect(of({ kind: 'assign', ticketId, assigneeId: 1 })).toEqual({ assigneeId: 13, groupId: 7 })
  expect(of({ kind: 'tags', ticketId, add: [], remove: [] })).toEqual({ tags: ['CI', 'old'] })
  expect(of({ kind: 'internal-note', ticketId, body: 'x' })).toEqual({})
})

describe('two wishes', () => {
  const cc: Wish = { kind: 'add-cc', ticketId, userId: 11 }

  test('decide about the same when the later one undoes or repeats the earlier one', () => {
    expect(sameTopic(cc, { ...cc, kind: 'remove-cc' })).toBe(true)
    expect(sameTopic(cc, { ...cc, kind: 'follow' })).toBe(false)
    expect(sameTopic(cc, { ...cc, userId: 12 })).toBe(false)
    expect(sameTopic(cc, { ...cc, ticketId: 102 })).toBe(false)
    expect(sameTopic({ kind: 'assign', ticketId, assigneeId: 1 }, { kind: 'assign', ticketId, assigneeId: 2 })).toBe(
      true,
    )
  })

  test('are the same only when they ask for the very same', () => {
    expect(sameWish(cc, { ...cc })).toBe(true)
    expect(sameWish(cc, { ...cc, kind: 'remove-cc' })).toBe(false)
    const assign: Wish = { kind: 'assign', ticketId, assigneeId: 1 }
    expect(sameWish(assign, { ...assign, groupId: 7 })).toBe(false)
    const note: Wish = { kind: 'internal-note', ticketId, body: 'a' }
    expect([sameWish(note, { ...note }), sameWish(note, { ...note, body: 'b' })]).toEqual([true, false])
    const tags: Wish = { kind: 'tags', ticketId, add: ['a', 'b'], remove: [] }
    expect(sameWish(tags, { ...tags, add: ['B', 'a'] })).toBe(true)
    expect(sameWish(tags, { ...tags, remove: ['c'] })).toBe(false)
  })
})
