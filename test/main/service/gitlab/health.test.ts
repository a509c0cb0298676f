import { describe, expect, test } from 'vitest'
import { inspectGitlab } from '#service/gitlab/health.ts'
import { modeWords } from '#service/gitlab/mode-words.ts'
import { createTransport } from '#service/transport/transport.ts'
import { createLeapingClock } from '#test/support/leaping-clock.ts'
import { loopbackServer, sendJson } from '#test/support/loopback-server.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { wednesday } from '#test/support/work-values.ts'

interface Answer {
  readonly status?: number
  readonly body: unknown
}

const user: Answer = { body: { id: 7, name: 'Ines', username: 'ines' } }
const lacking = (permission: string): Answer => ({
  status: 403,
  body: {
    error: 'insufficient_granular_scope',
    error_description: `Access denied: Your Personal Access Token lacks the required permissions: [${permission}].`,
  },
})
const token = (...scopes: readonly string[]): Answer => ({ body: { scopes, active: true, expires_at: '2027-01-31' } })

/** Looks at a GitLab that answers by the part of the path that it is asked for; lists of issues can be read where nothing is said. */
async function inspect(answers: Readonly<Record<string, Answer>>, places: readonly string[] = ['customers/acme']) {
  const server = await loopbackServer(({ path }, response) => {
    const found = Object.entries(answers).find(([part]) => path.includes(part))?.[1] ?? { body: [] }
    sendJson(response, found.body, { status: found.status ?? 200 })
  })
  const transport = createTransport({
    name: 'GitLab',
    origin: server.url,
    log: createSilentLog(),
    signal: new AbortController().signal,
    clock: createLeapingClock(wednesday),
  })
  const credentials = { kind: 'token' as const, scopes: async () => null }
  const reach = { url: server.url, credentials, send: transport.request.bind(transport) }
  return { found: inspectGitlab(reach, places, wednesday), requests: server.requests }
}

describe('a fine-grained token', () => {
  test('counts as one that may send, says that this is not known, and what it may read is found out', async () => {
    const { found, requests } = await inspect({ '/user': user, '/self': token('granular') })
    const { health } = await found
    expect(health).toMatchObject({
      ...{ mode: 'read-write', fineGrained: true, scopes: null, endsAt: Date.parse('2027-01-31') },
      places: [{ place: 'customers/acme', answer: 'readable' }],
      advice: [
        'GitLab does not tell what this token may do. What it does not let Understudy send is said when you send it.',
      ],
    })
    expect(modeWords[health.mode]).toMatch(/sends a change only when you press Send/)
    expect(requests.every(({ method }) => method === 'GET')).toBe(true)
  })

  test('that may not read issues is told of what to do, since what it may is fixed', async () => {
    const { found } = await inspect({
      ...{ '/user': user, '/self': token('granular'), '/issues': lacking('read_issue') },
    })
    expect((await found).health.advice.at(-1)).toBe(
      'It cannot read the issues of customers/acme. Make a token that may read issues there, and connect with it.',
    )
  })

  test('that may not look at itself is known by how that is refused', async () => {
    const { found } = await inspect({ '/user': user, '/self': lacking('read_personal_access_token') })
    expect((await found).health).toMatchObject({ fineGrained: true, scopes: null, mode: 'read-write', endsAt: null })
    const older = await inspect({ '/user': user, '/self': { status: 404, body: { message: '404 Not Found' } } })
    expect((await older.found).health).toMatchObject({ fineGrained: false, scopes: null })
  })

  test('that may not say whose it is is of no use, and not for want of a scope', async () => {
    const { found } = await inspect({ '/user': lacking('read_user') })
    await expect(found).rejects.toThrow(
      /^This fine-grained token may not say whose it is\. Make one in GitLab that may/,
    )
    const classic = await inspect({ '/user': { status: 403, body: { error: 'insufficient_scope' } } })
    await expect(classic.found).rejects.toThrow(/has no right to read.*“read_api”/)
  })
})

test('a token whose rights are told is not probed, and without api it only reads', async () => {
  const reading = await inspect({ '/user': user, '/self': token('read_api') })
  expect((await reading.found).health).toMatchObject({
    mode: 'read-only',
    scopes: ['read_api'],
    places: [],
    advice: [],
  })
  expect(modeWords['read-only']).toMatch(/sends nothing to GitLab/)
  expect(reading.requests).toHaveLength(2)
  const writing = await inspect({ '/user': user, '/self': token('api') })
  expect((await writing.found).health.mode).toBe('read-write')
})

test('one that has neither right, was revoked or is over is refused in words', async () => {
  const useless = await inspect({ '/user': user, '/self': token('read_user', 'read_repository') })
  await expect(useless.found).rejects.toThrow(/has only the rights read_user, read_repository\./)
  for (const over of [{ revoked: true }, { active: false }]) {
    const { found } = await inspect({ '/user': user, '/self': { body: { scopes: ['api'], ...over } } })
    await expect(found).rejects.toMatchObject({
      kind: 'unauthorized',
      message: expect.stringMatching(/token has ended/) as string,
    })
  }
})
