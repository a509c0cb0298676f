import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { fetchFeed } from '#service/calendar/fetch-feed.ts'
import { loopbackServer } from '#test/support/loopback-server.ts'
import { wednesday } from '#test/support/work-values.ts'

const running = () => new AbortController().signal
const call = (parts: Partial<Parameters<typeof fetchFeed>[1]> = {}) => ({
  known: null,
  now: wednesday,
  signal: running(),
  ...parts,
})

test('a feed is read with what it is known by, and said to be unchanged when it is', async () => {
  const server = await loopbackServer((request, response) => {
    if (request.headers['if-none-match'] === '"v1"') return void response.writeHead(304).end()
    response.writeHead(200, { ETag: '"v1"', 'Last-Modified': 'Sat, 21 Nov 2026 08:00:00 GMT' })
    response.end('BEGIN:VCALENDAR')
  })
  const url = new URL(`${server.url}/a.ics`)
  const first = await fetchFeed(url, call())
  expect(first).toEqual({
    kind: 'read',
    text: 'BEGIN:VCALENDAR',
    etag: '"v1"',
    lastModified: 'Sat, 21 Nov 2026 08:00:00 GMT',
  })
  const known = { etag: '"v1"', lastModified: 'Sat, 21 Nov 2026 08:00:00 GMT' }
  expect(await fetchFeed(url, call({ known }))).toEqual({ kind: 'unchanged' })
  expect(server.requests[1]?.headers['if-modified-since']).toBe(known.lastModified)
})

test('three redirections are followed and no more, and none to where nothing is read', async () => {
  const server = await loopbackServer((request, response) => {
    const left = Number(request.url.searchParams.get('left'))
    const away = request.url.searchParams.get('away')
    if (left === 0 && away === null) return void response.end('BEGIN:VCALENDAR')
    response.writeHead(302, { Location: away ?? `/a.ics?left=${left - 1}` }).end()
  })
  const read = (query: string) => fetchFeed(new URL(`${server.url}/a.ics?${query}`), call())
  expect(await read('left=3')).toMatchObject({ kind: 'read' })
  expect(server.requests).toHaveLength(4)
  await expect(read('left=4')).rejects.toMatchObject({
    kind: 'rejected',
    message: expect.stringContaining('from one address to the next') as string,
  })
  for (const away of ['http://example.com/', 'file:///etc/passwd', 'ftp://127.0.0.1/']) {
    await expect(read(`away=${away}`)).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('points to an address that is not read') as string,
    })
  }
})

test.each([
  [401, 'forbidden', 'wants a sign-in (401)'],
  [403, 'forbidden', 'wants a sign-in (403)'],
  [404, 'not-found', 'has no calendar at this address (404)'],
  [410, 'not-found', 'has no calendar at this address (410)'],
  [500, 'server', 'has trouble of its own (500)'],
  [418, 'rejected', 'did not answer with a calendar (418)'],
  [304, 'rejected', 'did not answer with a calendar (304)'],
])('an answer of %i is said in words', async (status, kind, words) => {
  const server = await loopbackServer((_, response) => void response.writeHead(status).end())
  await expect(fetchFeed(new URL(`${server.url}/canary-1.ics`), call())).rejects.toMatchObject({
    kind,
    message: expect.stringMatching(new RegExp(`^127\\.0\\.0\\.1:\\d+ ${words.replaceAll(/[()]/g, '\\$&')}`)) as string,
  })
})

test('how long a host wants to be left alone is heard', async () => {
  const server = await loopbackServer((_, response) => void response.writeHead(429, { 'Retry-After': '7200' }).end())
  await expect(fetchFeed(new URL(server.url), call())).rejects.toMatchObject({
    kind: 'rate-limited',
    retryAfterMs: 7_200_000,
  })
})

test('what is too large is left off in its middle', async () => {
  let sent = 0
  const server = await loopbackServer((_, response) => {
    const block = Buffer.alloc(1024 * 1024, 'x')
    const more = () => {
      if (sent === 50 || response.destroyed) return void response.end()
      sent += 1
      response.write(block, more)
    }
    more()
  })
  await expect(fetchFeed(new URL(server.url), call())).rejects.toMatchObject({
    kind: 'rejected',
    message: expect.stringContaining('larger than 10 MB') as string,
  })
  expect(sent).toBeLessThan(50)
})

test('what never ends is given up, what breaks off is said, and a stop is one', async () => {
  const hanging = await loopbackServer((_, response) => void response.writeHead(200).write('BEGIN:VCALENDAR\r\n'))
  await expect(fetchFeed(new URL(hanging.url), call({ timeoutMs: 50 }))).rejects.toMatchObject({
    kind: 'timeout',
    message: expect.stringContaining('did not answer in time') as string,
  })
  const stopping = new AbortController()
  stopping.abort()
  await expect(fetchFeed(new URL(hanging.url), call({ signal: stopping.signal }))).rejects.toMatchObject({
    kind: 'aborted',
  })
  const cut = await loopbackServer((_, response) => {
    response.writeHead(200, { 'Content-Length': '1000' })
    response.write('BEGIN:VCALENDAR', () => void response.destroy())
  })
  const failure: unknown = await fetchFeed(new URL(`${cut.url}/canary-1.ics`), call()).catch((error: unknown) => error)
  expect(failure).toMatchObject({ kind: 'offline', message: expect.stringContaining('broke off') as string })
  expect(inspect(failure)).not.toContain('canary')
})
