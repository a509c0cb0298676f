import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { vendorWords } from '#service/transport/vendor-words.ts'

const words = (body: unknown, headers: Readonly<Record<string, string>> = {}) => vendorWords(body, headers)

describe('the vendor’s own words', () => {
  test.each<[string, unknown, string | null]>([
    [
      'Zendesk: name, description and details by field',
      {
        error: 'RecordInvalid',
        description: 'Record validation errors',
        details: { status: [{ description: 'Status: closed prevents ticket update', error: 'Closed' }] },
      },
      'Record validation errors: Status: closed prevents ticket update',
    ],
    [
      'Zendesk: a conflict',
      { error: 'UpdateConflict', description: 'Safe Update prevented the update.' },
      'Safe Update prevented the update.',
    ],
    ['Zendesk: an object', { error: { title: 'Forbidden', message: 'No access.' } }, 'Forbidden: No access.'],
    ['Zendesk: a name alone', { error: "Couldn't authenticate you" }, "Couldn't authenticate you"],
    ['Zendesk: a list', { errors: [{ code: 'X', title: 'Too many jobs' }] }, 'Too many jobs'],
    [
      'OAuth at either',
      { error: 'invalid_grant', error_description: 'The code has expired.' },
      'The code has expired.',
    ],
    ['GitLab: text', { message: '404 Project Not Found' }, '404 Project Not Found'],
    ['GitLab: by field', { message: { title: ['is too long', 'is odd'] } }, 'title is too long; title is odd'],
    ['GitLab: by base', { message: { base: ['Branch exists'] } }, 'Branch exists'],
    ['GitLab: list', { message: ['Label is taken'] }, 'Label is taken'],
    ['GitLab: error', { error: 'labels is invalid' }, 'labels is invalid'],
    ['nothing', {}, null],
    ['blank', { error: '  ' }, null],
    ['a list', ['no'], null],
    ['no JSON', null, null],
  ])('are found: %s', (_what, body, found) => {
    expect(words(body)).toBe(found)
  })

  test('are one line of at most 300 characters', () => {
    expect(words({ error: 'x', description: 'two\r\n  lines\u0000\u001b[31m' })).toBe('two lines [31m')
    const long = words({ description: 'a b '.repeat(200) })
    expect(long).toHaveLength(300)
    expect(long?.endsWith('…')).toBe(true)
  })

  test('do not show a credential that the host repeats', () => {
    const headers = {
      Authorization: 'Bearer abcdef123456',
      'PRIVATE-TOKEN': 'glpat-secret',
      Cookie: 'session=s3ss10n-id; other=0th3r-value',
      Accept: 'application/json',
    }
    const text = 'bad abcdef123456, glpat-secret, s3ss10n-id, session=s3ss10n-id and 0th3r-value in application/json'
    expect(words({ message: text }, headers)).toBe(
      'bad [hidden], [hidden], [hidden], [hidden] and [hidden] in application/json',
    )
  })

  test('are not dug for in an answer that is nested without end', () => {
    expect(words({ details: JSON.parse(`${'['.repeat(20_000)}"x"${']'.repeat(20_000)}`) as unknown })).toBeNull()
  })

  test('are text or nothing, whatever was sent', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.jsonValue(),
        fc.jsonValue(),
        fc.jsonValue(),
        (error, description, details, message) => {
          const found = words({ error, description, details, message })
          expect(found === null || (found.length > 0 && found.length <= 300)).toBe(true)
        },
      ),
    )
  })
})
