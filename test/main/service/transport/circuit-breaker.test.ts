import { expect, test } from 'vitest'
import { createCircuitBreaker } from '#service/transport/circuit-breaker.ts'
import { RemoteFailure, type RemoteFailureKind } from '#service/transport/remote-failure.ts'

const fails = (kind: RemoteFailureKind) => new RemoteFailure(kind, `It is ${kind}.`)

test('opens for 30 s after five passing failures in a row, and keeps the words of the last', () => {
  const breaker = createCircuitBreaker()
  for (const kind of ['offline', 'timeout', 'server', 'malformed'] as const) breaker.ended(fails(kind), 1000)
  expect(breaker.openUntil).toBe(0)
  breaker.ended(fails('offline'), 2000)
  expect(breaker.openUntil).toBe(32_000)
  expect(breaker.lastFailure?.message).toBe('It is offline.')
})

test('a success between, or a refusal, which also shows that the host is there, begins the count anew', () => {
  for (const answer of [null, fails('not-found'), fails('unauthorized')]) {
    const breaker = createCircuitBreaker()
    for (let index = 0; index < 4; index += 1) breaker.ended(fails('server'), 0)
    breaker.ended(answer, 0)
    expect(breaker.lastFailure).toBeNull()
    for (let index = 0; index < 4; index += 1) breaker.ended(fails('server'), 0)
    expect(breaker.openUntil).toBe(0)
  }
})

test('what was never sent or was ended by us counts neither way', () => {
  const breaker = createCircuitBreaker()
  for (let index = 0; index < 4; index += 1) breaker.ended(fails('server'), 0)
  for (let index = 0; index < 9; index += 1) breaker.ended(fails(index % 2 ? 'aborted' : 'untrusted'), 0)
  expect(breaker.openUntil).toBe(0)
  breaker.ended(fails('server'), 0)
  expect(breaker.openUntil).toBe(30_000)
})

test('the pause doubles with each look that fails, up to five minutes, and an answer ends it', () => {
  const breaker = createCircuitBreaker()
  for (let index = 0; index < 5; index += 1) breaker.ended(fails('offline'), 0)
  const pauses = [30_000]
  for (let look = 0; look < 5; look += 1) {
    const now = breaker.openUntil
    breaker.ended(fails('offline'), now)
    pauses.push(breaker.openUntil - now)
  }
  expect(pauses).toEqual([30_000, 60_000, 120_000, 240_000, 300_000, 300_000])
  breaker.ended(null, 10_000_000)
  expect(breaker.openUntil).toBe(0)
})

test('a person who looks in between makes nobody wait longer', () => {
  const breaker = createCircuitBreaker()
  for (let index = 0; index < 5; index += 1) breaker.ended(fails('offline'), 0)
  for (let look = 0; look < 5; look += 1) breaker.ended(fails('offline'), 10_000)
  expect(breaker.openUntil).toBe(30_000)
})
