import { expect, test } from 'vitest'
import { assertNodeCanLoadSqlite } from '#service/db/node-version.ts'

test('Node 20 is refused in words, where it would crash without any', () => {
  expect(() => assertNodeCanLoadSqlite({ node: '20.20.2', napi: '9' })).toThrow(
    'Understudy cannot open its database with Node 20.20.2; it needs Node 22.14 or newer. ' +
      'Start it with npm start, which brings its own Node, or install a newer one.',
  )
  expect(() => assertNodeCanLoadSqlite({ node: '22.13.0', napi: '9' })).toThrow('Node 22.13.0')
  expect(() => assertNodeCanLoadSqlite({ node: '1.0.0' })).toThrow('Node 1.0.0')
})

test('Node 22.14 and newer are let through', () => {
  expect(() => assertNodeCanLoadSqlite({ node: '22.14.0', napi: '10' })).not.toThrow()
  expect(() => assertNodeCanLoadSqlite(process.versions)).not.toThrow()
})
