import { expect, test } from 'vitest'
import { readChoice, storeChoice } from '#service/db/pre-ase-choices.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'

test('the last choice counts, and can be taken back', () => {
  const db = memoryDatabase()
  expect(readChoice(db, 101)).toBeNull()
  storeChoice(db, 101, { choice: 'asked', byName: 'Ines', at: 1 })
  storeChoice(db, 101, { choice: 'ase', byName: null, at: 2 })
  expect(readChoice(db, 101)).toEqual({ choice: 'ase', byName: null, at: 2 })
  expect(readChoice(db, 102)).toBeNull()
  storeChoice(db, 101, null)
  expect(readChoice(db, 101)).toBeNull()
})
