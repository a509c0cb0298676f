import { describe, expect, test } from 'vitest'
import { noticeLink, placeOfLink } from '#main/desktop/deep-link.ts'

test('a link leads to its ticket, wherever it stands among the words', () => {
  expect(placeOfLink(['understudy://ticket/123'])).toEqual({ kind: 'ticket', ticketId: 123 })
  expect(placeOfLink(['/usr/bin/understudy', '--no-sandbox', 'understudy://ticket/123/'])).toEqual({
    kind: 'ticket',
    ticketId: 123,
  })
})

test('a link leads to the list of alerts', () => {
  expect(placeOfLink(['understudy://alerts'])).toEqual({ kind: 'alerts' })
  expect(placeOfLink(['understudy://alerts/'])).toEqual({ kind: 'alerts' })
})

describe('the link of a notification', () => {
  test('leads to what it is about', () => {
    for (const tag of ['alert-7', 'alerts-12', 'alert-test']) {
      expect(placeOfLink([noticeLink(tag)])).toEqual({ kind: 'notice', tag, button: null })
    }
  })

  test('of a button carries which and its proof', () => {
    const button = { id: 'snooze', proof: 'abcdefghijklmnopqrstu_' }
    expect(placeOfLink([noticeLink('alert-7', button)])).toEqual({ kind: 'notice', tag: 'alert-7', button })
  })
})

test.each([
  'understudy://ticket/0',
  'understudy://ticket/-1',
  'understudy://ticket/1e3',
  'understudy://ticket/12?x=1',
  'understudy://ticket/99999999999999999999',
  'understudy://settings',
  'understudy://alerts?x=1',
  'understudy://alerts/3',
  'understudy://notice/alert-0',
  'understudy://notice/other-3',
  'understudy://notice/alert-3/snooze',
  'understudy://notice/alert-3/delete/abcdefghijklmnopqrstu_',
  'understudy://ticket/12\nunderstudy://ticket/13',
  'xunderstudy://ticket/12',
  'https://ticket/12',
])('%j leads nowhere', (word) => {
  expect(placeOfLink([word])).toBeUndefined()
})
