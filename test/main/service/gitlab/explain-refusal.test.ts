import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { explainRefusal, lackedPermissions } from '#service/gitlab/explain-refusal.ts'
import { createGitlabApi } from '#service/gitlab/gitlab-api.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { createTransport } from '#service/transport/transport.ts'
import { createLeapingClock } from '#test/support/leaping-clock.ts'
import { loopbackServer, sendJson } from '#test/support/loopback-server.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { wednesday } from '#test/support/work-values.ts'

/** What becomes of an answer of GitLab to the reading of an issue. */
async function failureFrom(answer: (response: ServerResponse) => void): Promise<RemoteFailure> {
  const server = await loopbackServer((_request, response) => answer(response))
  const transport = createTransport({
    name: 'GitLab',
    origin: server.url,
    log: createSilentLog(),
    signal: new AbortController().signal,
    clock: createLeapingClock(wednesday),
  })
  const api = createGitlabApi({ url: server.url, send: (request) => transport.request(request) })
  return api.issue(7, 3).then(
    () => Promise.reject(new Error('was not refused')),
    (failure: RemoteFailure) => failure,
  )
}

const refused = (status: number, body: unknown) => failureFrom((response) => sendJson(response, body, { status }))

describe('a 403', () => {
  test('for a scope that the sign-in lacks says which one, and where', async () => {
    const failure = await refused(403, {
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges than provided by the access token.',
      scope: 'api read_api',
    })
    expect(failure.kind).toBe('forbidden')
    expect(failure.message).toMatch(
      /lacks the right.* Sign in again under Connections in Settings: .* a change takes “api”\.$/,
    )
  })

  test('for a permission of a fine-grained token names it, and not the project', async () => {
    const said = 'Access denied: Your Personal Access Token lacks the required permissions: [read_issue, read_note] for'
    const failure = await refused(403, {
      error: 'insufficient_granular_scope',
      error_description: `${said} "customers/acme".`,
    })
    expect(failure.message).toBe(
      'GitLab says that this token lacks a permission for it, read_issue, read_note (403). Make a token in GitLab that has it, and connect with that one in Settings.',
    )
    expect(failure.detail).toBe(`${said} "customers/acme".`)
  })

  test.each([undefined, 'Granular tokens are not yet supported', 17])(
    'for a fine-grained token that says nothing of a permission is still about the token: %s',
    async (description) => {
      const failure = await refused(403, {
        error: 'insufficient_granular_scope',
        error_description: description,
      })
      expect(failure.message).toMatch(/^GitLab says that this token lacks a permission for it \(403\)\./)
    },
  )

  test.each<[string, unknown]>([
    ['text', { message: '403 Forbidden' }],
    ['another error', { error: 'forbidden', error_description: 'No.' }],
    ['a list', []],
    ['nothing', null],
  ])('without a word of the sign-in, as %s, may be the licence or the role', async (_what, body) => {
    const failure = await refused(403, body)
    expect(failure.kind).toBe('forbidden')
    expect(failure.message).toBe(
      'GitLab refuses this (403): its licence does not include it, or your role there does not. Ask an owner of the group.',
    )
  })
})

test('a 404 may be for want of a right as well, and says so', async () => {
  for (const body of [{ message: '404 Project Not Found' }, { error: '404 Not Found' }]) {
    const failure = await refused(404, body)
    expect(failure).toMatchObject({ kind: 'not-found', status: 404, refused: true })
    expect(failure.message).toMatch(/or does not let you see it \(404\); it says the same of both\. Check the path/)
  }
})

test('a 414 is known by its number whatever its page', async () => {
  const failure = await failureFrom((response) => {
    response.writeHead(414, { 'Content-Type': 'text/html' }).end('<html><h1>414 Request-URI Too Large</h1></html>')
  })
  expect(failure).toMatchObject({ kind: 'rejected', status: 414, message: 'GitLab finds the request too long (414).' })
})

describe('GitLab’s own words of a refusal are kept beside ours, in each of its four shapes', () => {
  test.each<[string, unknown, string]>([
    ['a message', { message: 'the label is locked' }, 'the label is locked'],
    [
      'a message by field',
      { message: { title: ["can't be blank"], labels: ['are too many', 'are wrong'] } },
      "title can't be blank; labels are too many; labels are wrong",
    ],
    ['an error', { error: 'state does not have a valid value' }, 'state does not have a valid value'],
    ['an error with its description', { error: 'invalid_grant', error_description: 'It is over.' }, 'It is over.'],
  ])('%s', async (_shape, body, words) => {
    for (const status of [400, 403, 404, 409, 422]) {
      const failure = await refused(status, body)
      expect({ status, words: failure.detail }).toEqual({ status, words })
      expect(failure).toMatchObject({ status, refused: true, mayHaveArrived: false, body })
      expect(failure.message).not.toContain(words)
    }
  })
})

test('everything else stays what it was', () => {
  const failures = (['offline', 'timeout', 'unauthorized', 'rate-limited', 'server', 'malformed'] as const).map(
    (kind) => new RemoteFailure(kind, 'In words.', { status: 400, retryAfterMs: 7 }),
  )
  for (const failure of failures) expect(explainRefusal(failure)).toBe(failure)
})

test('what is known of a refusal besides its words goes along', () => {
  const cause = new Error('the line')
  const known = { status: 403, retryAfterMs: 5, refused: true, body: { error: 'x' }, detail: 'Words', cause }
  const explained = explainRefusal(new RemoteFailure('forbidden', 'Before.', known))
  const { status, retryAfterMs, refused: isRefused, mayHaveArrived, body, detail, kind } = explained
  expect({ kind, status, retryAfterMs, refused: isRefused, body, detail, cause: explained.cause }).toEqual({
    kind: 'forbidden',
    ...known,
  })
  expect(mayHaveArrived).toBe(false)
  expect(explainRefusal(new RemoteFailure('not-found', 'Before.', { mayHaveArrived: true })).mayHaveArrived).toBe(true)
})

test('permissions are read from GitLab’s sentence and from nothing else', () => {
  expect(lackedPermissions('Your Personal Access Token lacks the required permissions: [read_epic].')).toBe('read_epic')
  expect(lackedPermissions('It lacks the required permission: [Work Item: Read] for "a/b"')).toBe('Work Item: Read')
  for (const other of ['', 'Not found', 'lacks the required permissions: [<b>]', null, undefined, {}]) {
    expect(lackedPermissions(other)).toBeNull()
  }
})
