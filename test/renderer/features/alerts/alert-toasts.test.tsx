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

test('a later warning of a ticket takes the place of an earlier one, and of nothing else', () => {
  const shown = createShownNotices()
  const urgent = { ticketId: 7, urgent: true }
  shown.add(aNotice({ ...urgent, tag: 'alert-1', alertIds: [1], kind: 'emergency' }))
  expect(shown.add(aNotice({ ...urgent, tag: 'alert-2', alertIds: [2], kind: 'breach-coming' }))).toEqual([])
  expect(shown.add(aNotice({ tag: 'alert-3', alertIds: [3], kind: 'breached', ticketId: 8 }))).toEqual([])
  expect(shown.add(aNotice({ tag: 'alert-4', alertIds: [4], kind: 'customer-replied', ticketId: 7 }))).toEqual([])
  expect(shown.add(aNotice({ ...urgent, tag: 'alert-5', alertIds: [5], kind: 'breached' }))).toEqual(['alert-2'])
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
