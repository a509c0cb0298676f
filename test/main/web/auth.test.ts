import { expect, test } from 'vitest'
import { createDoorkeeper, createDoorway, createToken, isToken, offeredToken } from '#main/web/auth.ts'

test('a token is 32 random bytes and never the same', () => {
  expect(createToken()).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(createToken()).not.toBe(createToken())
})

test('only the very token is the token', () => {
  const token = createToken()
  expect(isToken(token, token)).toBe(true)
  for (const guess of ['', token.slice(1), `${token}a`, token.toLowerCase()]) expect(isToken(token, guess)).toBe(false)
})

test('the token is read from the subprotocols, beside ours', () => {
  expect(offeredToken('understudy.v1, bearer.abc')).toBe('abc')
  expect(offeredToken('bearer.abc,understudy.v1')).toBe('abc')
  for (const header of [undefined, '', 'understudy.v1', 'bearer.abc', 'understudy.v1, bearer.a, bearer.b']) {
    expect(offeredToken(header)).toBeNull()
  }
})

test('a doorway lets one browser in, within a minute', () => {
  const token = createToken()
  const doorkeeper = createDoorkeeper(token)
  const doorway = createDoorway(token, 1_000_000)
  expect(doorway).not.toContain(token)
  expect(doorkeeper.admits(doorway, 1_000_500)).toBe(true)
  expect(doorkeeper.admits(doorway, 1_000_600)).toBe(false)
  const late = createDoorway(token, 1_000_000)
  expect(doorkeeper.admits(late, 1_060_000)).toBe(false)
  expect(doorkeeper.admits(createDoorway(token, 1_000_000), 999_999)).toBe(false)
  // Uses that are too old to be asked for again are forgotten, and stay refused.
  expect(doorkeeper.admits(createDoorway(token, 2_000_000), 2_000_000)).toBe(true)
  expect(doorkeeper.admits(doorway, 2_000_000)).toBe(false)
})

test('a doorway made without the token, or changed, leads nowhere', () => {
  const token = createToken()
  const doorkeeper = createDoorkeeper(token)
  const doorway = createDoorway(token, 1_000)
  const changed = doorway.replace('/open/1000.', '/open/2000.')
  for (const path of [
    createDoorway(createToken(), 1_000),
    changed,
    `${doorway}a`,
    '/open/',
    '/open/1000.a.b',
    `${doorway}.x`,
  ]) {
    expect(doorkeeper.admits(path, 2_000)).toBe(false)
  }
})
