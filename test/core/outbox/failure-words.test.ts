import { describe, expect, test } from 'vitest'
import { ignoredWords, isOutdated, jobFailedWords, rejectionWords } from '#core/outbox/failure-words.ts'

describe('a refusal of Zendesk', () => {
  test.each([
    ['Record validation errors: Status: closed prevents ticket update', null, /#7 is closed/],
    ['base: closed prevents ticket update', null, /#7 is closed/],
    ['Not found', 'RecordNotFound', /is not in Zendesk any more/],
    [null, 'Forbidden', /does not let you change #7/],
    ['Assignee: is not a member of the group', 'RecordInvalid', /did not accept the assignee/],
    [
      'Ticket form: is required.',
      'RecordInvalid',
      /^Zendesk did not accept the change to #7: “Ticket form: is required”\.$/,
    ],
    [null, 'TicketUpdateFailed', /: “TicketUpdateFailed”\.$/],
    [null, null, /^Zendesk did not accept the change to #7 without saying why\.$/],
  ])('%s (%s)', (detail, error, words) => {
    expect(rejectionWords(7, detail, error)).toMatch(words)
  })

  test('for a row of a job that came too late is told from others', () => {
    expect(isOutdated('UpdateConflict', null)).toBe(true)
    expect(isOutdated(null, 'Safe Update prevented the update due to outdated ticket data.')).toBe(true)
    expect(isOutdated('RecordInvalid', 'Status: closed prevents ticket update')).toBe(false)
  })
})

test('what was taken and is not to be seen has a reason or a way on', () => {
  const cc = { kind: 'add-cc', ticketId: 7, userId: 1 } as const
  expect(ignoredWords(cc, 48)).toMatch(/All 48 places on Cc of #7 are taken/)
  expect(ignoredWords(cc, 47)).toMatch(/“CCs and followers” is off/)
  expect(ignoredWords({ ...cc, kind: 'follow' }, 48)).toMatch(/“CCs and followers” is off/)
  expect(ignoredWords({ kind: 'internal-note', ticketId: 7, body: 'x' }, 0)).toMatch(/before you send it again/)
  expect(ignoredWords({ kind: 'assign', ticketId: 7, assigneeId: 1 }, 0)).toMatch(/Try again/)
  expect(jobFailedWords(7, 'Failed at 10:00.')).toBe(
    'Zendesk gave up the list of changes that #7 was in (“Failed at 10:00”). Nothing was changed on it; try again.',
  )
  expect(jobFailedWords(7, null)).toMatch(/#7 was in\. Nothing/)
})
