import { expect, test } from 'vitest'
import { isPassing, RemoteFailure, type RemoteFailureKind } from '#service/transport/remote-failure.ts'

test.each<[RemoteFailureKind, boolean, boolean]>([
  ['offline', true, true],
  ['timeout', true, true],
  ['server', true, true],
  ['malformed', true, true],
  ['aborted', false, true],
  ['rate-limited', true, false],
  ['untrusted', false, false],
  ['unauthorized', false, false],
  ['forbidden', false, false],
  ['not-found', false, false],
  ['conflict', false, false],
  ['rejected', false, false],
])('%s: passing is %s, and unless more is known it may have arrived is %s', (kind, passing, arrived) => {
  const failure = new RemoteFailure(kind, 'It failed.')
  expect([isPassing(failure), failure.mayHaveArrived, failure.refused]).toEqual([passing, arrived, false])
})

test('what was refused was not carried out, whatever the kind', () => {
  expect(new RemoteFailure('server', 'It failed.', { refused: true }).mayHaveArrived).toBe(false)
})

test('what the host wrote can be asked for, but goes along neither as JSON nor among its fields', () => {
  const failure = new RemoteFailure('rejected', 'It failed.', { body: { a: 'canary' }, detail: 'canary' })
  expect([failure.body, failure.detail]).toEqual([{ a: 'canary' }, 'canary'])
  expect(JSON.stringify([failure, Object.entries(failure)])).not.toContain('canary')
})
