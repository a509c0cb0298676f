import { expect, test } from 'vitest'
import { createDrafts } from '#renderer/api/drafts.ts'
import { memoryStorage } from '../support/memory-storage.ts'

const dayMs = 24 * 3_600_000

test('a draft outlives its window, and an emptied one is forgotten', () => {
  const storage = memoryStorage()
  createDrafts(() => storage, at(0)).keep('note.real.1', 'Two runners back')
  const later = createDrafts(() => storage, at(dayMs))
  expect(later.read('note.real.1')).toBe('Two runners back')
  later.keep('note.real.1', '')
  expect(later.read('note.real.1')).toBe('')
  expect(storage.kept.size).toBe(0)
})

test('drafts nobody went on with for two weeks are dropped, and nothing else is', () => {
  const storage = memoryStorage()
  const first = createDrafts(() => storage, at(0))
  first.keep('old', 'words of a customer')
  storage.setItem('understudy.token', 'of another part')
  createDrafts(() => storage, at(5 * dayMs)).keep('young', 'still at it')
  const later = createDrafts(() => storage, at(15 * dayMs))
  expect([later.read('old'), later.read('young')]).toEqual(['', 'still at it'])
  expect([...storage.kept.keys()]).toEqual(['understudy.token', 'understudy.draft.young'])
})

test('without storage, and with a full or damaged one, drafts last as long as the window', () => {
  const none = createDrafts(() => {
    throw new DOMException('denied', 'SecurityError')
  }, at(0))
  none.keep('a', 'text')
  expect(none.read('a')).toBe('text')

  const full = { ...memoryStorage(), setItem: fail }
  const drafts = createDrafts(() => full, at(0))
  drafts.keep('a', 'text')
  expect(drafts.read('a')).toBe('text')

  const damaged = memoryStorage()
  damaged.setItem('understudy.draft.a', '{"text":7')
  expect(createDrafts(() => damaged, at(0)).read('a')).toBe('')
})

function at(ms: number): () => number {
  return () => ms
}

function fail(): never {
  throw new DOMException('full', 'QuotaExceededError')
}
