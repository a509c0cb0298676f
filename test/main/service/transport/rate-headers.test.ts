import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isNearlyUsedUp, readRateHeaders } from '#service/transport/rate-headers.ts'

const now = Date.UTC(2026, 10, 21, 8)
const read = (headers: Readonly<Record<string, string>>) => readRateHeaders(new Headers(headers), now)
const httpDate = (ms: number) => new Date(ms).toUTCString()

describe('Retry-After', () => {
  test.each([
    ['7', 7000],
    [' 93 ', 93_000],
    ['1.5', 1500],
    ['0', 0],
    [httpDate(now + 30_000), 30_000],
    [httpDate(now - 30_000), 0],
    ['Saturday, 21-Nov-26 08:00:10 GMT', 10_000],
    ['99999999', 86_400_000],
    ['-1', null],
    ['soon', null],
    ['in 5 minutes', null],
    ['', null],
  ])('of “%s” is %s ms', (value, ms) => {
    expect(read({ 'Retry-After': value }).waitMs).toBe(ms)
  })

  test('as a date is read by the clock of the host, which need not be ours', () => {
    const hostNow = now - 3_600_000
    expect(read({ Date: httpDate(hostNow), 'Retry-After': httpDate(hostNow + 12_000) }).waitMs).toBe(12_000)
  })

  test('that is missing asks for nothing', () => {
    expect(read({})).toEqual({ waitMs: null, account: null, endpoints: new Map() })
  })
})

describe('the account’s allowance', () => {
  test('is told by Zendesk twice, and the tighter one counts', () => {
    const both = { 'X-Rate-Limit': '700', 'ratelimit-limit': '700', 'ratelimit-reset': '41' }
    expect(read({ ...both, 'X-Rate-Limit-Remaining': '60', 'ratelimit-remaining': '600' }).account).toEqual({
      limit: 700,
      remaining: 60,
      resetsInMs: 41_000,
    })
    expect(read({ ...both, 'X-Rate-Limit-Remaining': '600', 'ratelimit-remaining': '60' }).account?.remaining).toBe(60)
    expect(read({ ...both, 'X-Rate-Limit-Remaining': '12' }).account?.remaining).toBe(12)
  })

  test('is told by GitLab with the second of the epoch at which it is renewed, on its own clock', () => {
    const gitlab = { 'RateLimit-Limit': '2000', 'RateLimit-Remaining': '3' }
    expect(read({ ...gitlab, 'RateLimit-Reset': String(now / 1000 + 30) }).account?.resetsInMs).toBe(30_000)
    const hostNow = now + 7200_000
    expect(
      read({ ...gitlab, 'RateLimit-Reset': String(hostNow / 1000 + 30), Date: httpDate(hostNow) }).account?.resetsInMs,
    ).toBe(30_000)
  })

  test('without a reset lasts a minute, with a past one not at all, and with an absurd one an hour', () => {
    const left = { 'ratelimit-limit': '100', 'ratelimit-remaining': '1' }
    expect(read(left).account?.resetsInMs).toBe(60_000)
    expect(read({ ...left, 'ratelimit-reset': 'later' }).account?.resetsInMs).toBe(60_000)
    expect(read({ ...left, 'ratelimit-reset': '-5' }).account?.resetsInMs).toBe(0)
    expect(read({ ...left, 'ratelimit-reset': String(now / 1000 - 5) }).account?.resetsInMs).toBe(0)
    expect(read({ ...left, 'ratelimit-reset': '999999' }).account?.resetsInMs).toBe(3_600_000)
  })

  test('is read where a proxy joined two headers, and is none where no number stands', () => {
    expect(read({ 'ratelimit-limit': '100, 100', 'ratelimit-remaining': '40, 40' }).account).toMatchObject({
      limit: 100,
      remaining: 40,
    })
    expect(read({ 'ratelimit-limit': '100', 'ratelimit-remaining': 'plenty' }).account).toBeNull()
    expect(read({ 'ratelimit-remaining': '-3' }).account).toMatchObject({ limit: null, remaining: 0 })
    expect(read({ 'ratelimit-limit': '0', 'ratelimit-remaining': '0' }).account?.limit).toBeNull()
  })
})

test('allowances of endpoints are read by Zendesk’s names for them, in any order and spacing', () => {
  const { endpoints } = read({
    'zendesk-ratelimit-tickets-index': 'total=100; remaining=10; resets=25',
    'Zendesk-RateLimit-Search-Index': 'remaining=2499;total=2500;resets=60',
    'zendesk-ratelimit-inflight-jobs': 'total=30; remaining=29',
    'zendesk-ratelimit-tickets-update': 'broken',
  })
  expect(endpoints).toEqual(
    new Map([
      ['tickets-index', { limit: 100, remaining: 10, resetsInMs: 25_000 }],
      ['search-index', { limit: 2500, remaining: 2499, resetsInMs: 60_000 }],
      ['inflight-jobs', { limit: 30, remaining: 29, resetsInMs: 60_000 }],
    ]),
  )
})

describe('the last tenth', () => {
  test.each([
    [100, 11, false],
    [100, 10, true],
    [700, 71, false],
    [700, 70, true],
    [30, 4, false],
    [30, 3, true],
    [5, 2, false],
    [5, 1, true],
    [1, 1, true],
    [null, 1, false],
    [null, 0, true],
  ])('of %s is not touched: with %i left, holding back is %s', (limit, remaining, held) => {
    expect(isNearlyUsedUp({ limit, remaining })).toBe(held)
  })

  test('is never reached by one more request, whatever the limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.nat(), (limit, some) => {
        const remaining = some % (limit + 1)
        expect(isNearlyUsedUp({ limit, remaining })).toBe((remaining - 1) * 10 < limit * 1)
      }),
    )
  })
})

test('whatever stands in the headers, waits are numbers that end', () => {
  const value = fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String), fc.constant(httpDate(now)))
  const headers = fc.dictionary(
    fc.constantFrom(
      'retry-after',
      'date',
      'x-rate-limit',
      'x-rate-limit-remaining',
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
      'zendesk-ratelimit-x',
    ),
    value.filter((text) => /^[\t\x20-\x7e]*$/.test(text)),
  )
  fc.assert(
    fc.property(headers, (some) => {
      const { waitMs, account, endpoints } = read(some)
      for (const ms of [
        waitMs ?? 0,
        ...[account, ...endpoints.values()].map((allowance) => allowance?.resetsInMs ?? 0),
      ]) {
        expect(ms).toBeGreaterThanOrEqual(0)
        expect(ms).toBeLessThanOrEqual(86_400_000)
      }
    }),
  )
})
