import { expect, test } from 'vitest'
import { readEtag, writeEtag } from '#service/db/etags.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { dayMs, wednesday } from '#test/support/work-values.ts'

test('an etag is known by its stream and address until another one, or none, takes its place or a week is over', () => {
  const db = memoryDatabase()
  const read = (address: string, scope = 'label:1') => readEtag(db, 'gitlab', scope, address)
  writeEtag(db, 'gitlab', 'label:1', { address: '/a', etag: 'one' }, wednesday)
  expect([read('/a'), read('/b'), read('/a', 'label:2')]).toEqual(['one', null, null])
  writeEtag(db, 'gitlab', 'label:1', { address: '/a', etag: 'two' }, wednesday)
  expect(read('/a')).toBe('two')
  writeEtag(db, 'gitlab', 'label:1', { address: '/a', etag: null }, wednesday)
  expect(read('/a')).toBeNull()
  writeEtag(db, 'gitlab', 'label:1', { address: '/a', etag: 'three' }, wednesday)
  writeEtag(db, 'gitlab', 'label:1', { address: '/b', etag: 'four' }, wednesday + 8 * dayMs)
  expect([read('/a'), read('/b')]).toEqual([null, 'four'])
})
