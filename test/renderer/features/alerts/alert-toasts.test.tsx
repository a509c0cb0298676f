import { expect, test } from 'vitest'
import { createShownNotices, settledTags } from '#renderer/features/alerts/alert-toasts.ts'
import { aNotice } from '../../support/fixtures.ts'

test('a list takes the place of what it lists, and of nothing else', () => {
  const shown = createShownNotices()
  expect(shown.add(aNotice({ tag: 'alert-1', alertIds: [1] }))).toEqual([])
  expect(shown.add(aNotice({ tag: 'alert-2', alertIds: [2], ticketId: 2 }))).toEqual([])
  expect(shown.add(aNotice({ tag: 'alert-9', alertIds: [9], ticketId: 9 }))).toEqual([])
  expect(shown.add(aNotice({ tag: 'alerts-1', alertIds: [1, 2, 3, 4] }))).toEqual(['alert-1', 'alert-2'])
})

test('a list that grows is replaced under its own tag, and what it replaced is not taken back again', () => {
  const shown = createShownNotices()
  shown.add(aNotice({ tag: 'alert-1', alertIds: [1] }))
  shown.add(aNotice({ tag: 'alerts-1', alertIds: [1, 2, 3, 4] }))
  expect(shown.add(aNotice({ tag: 'alerts-1', alertIds: [1, 2, 3, 4, 5] }))).toEqual([])
})

test('what is new of a ticket takes the place of what was shown of it, but nothing hides what is urgent', () => {
  const shown = createShownNotices()
  shown.add(aNotice({ tag: 'alert-1', alertIds: [1], ticketId: 7 }))
  expect(shown.add(aNotice({ tag: 'alert-2', alertIds: [2], ticketId: 7, urgent: true }))).toEqual(['alert-1'])
  expect(shown.add(aNotice({ tag: 'alert-3', alertIds: [3], ticketId: 8, urgent: true }))).toEqual([])
  expect(shown.add(aNotice({ tag: 'alert-4', alertIds: [4], ticketId: 7 }))).toEqual([])
  expect(shown.add(aNotice({ tag: 'alert-5', alertIds: [5], ticketId: 7, urgent: true }))).toEqual([
    'alert-2',
    'alert-4',
  ])
})

test('what was taken back is not known as shown any more', () => {
  const shown = createShownNotices()
  shown.add(aNotice({ tag: 'alert-1', alertIds: [1] }))
  shown.add(aNotice({ tag: 'alert-2', alertIds: [2], ticketId: 2 }))
  shown.drop(['alert-1'])
  expect(shown.all().map(({ tag }) => tag)).toEqual(['alert-2'])
})

test('a notice is settled once none of its alerts is open; of those older than what was read nothing is known', () => {
  const notices = [
    aNotice({ tag: 'alert-9', alertIds: [9] }),
    aNotice({ tag: 'alerts-7', alertIds: [7, 8] }),
    aNotice({ tag: 'alert-2', alertIds: [2], ticketId: 2 }),
  ]
  expect(settledTags(notices, [8, 5], false)).toEqual(['alert-9', 'alert-2'])
  expect(settledTags(notices, [8, 5], true)).toEqual(['alert-9'])
  expect(settledTags(notices, [], false)).toEqual(['alert-9', 'alerts-7', 'alert-2'])
})
