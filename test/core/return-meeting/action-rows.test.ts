import { expect, test } from 'vitest'
import { actionRows, type OpenItem } from '#core/return-meeting/action-rows.ts'
import { rankOf } from '#core/return-meeting/order-rows.ts'
import { aReturn, after } from '#test/support/return-values.ts'

const rows = (parts: Partial<OpenItem>, setting = aReturn()) =>
  actionRows(
    [
      {
        ...{ what: 'Book a day', dri: 'Anna', dueOn: '', overdue: false, callPurpose: 'Upgrade', at: after(3) },
        ...{ of: 'issue:7/3', issue: null, ...parts },
      },
    ],
    setting,
    '2026-11-20',
  )

test('an open item of a call in the window is told, an overdue one before others', () => {
  expect(rows({})).toMatchObject([{ words: 'Book a day, Anna', subject: 'Upgrade', rank: rankOf('status') }])
  expect(rows({ overdue: true, dueOn: '2026-11-19' })).toMatchObject([
    { words: 'Book a day, Anna, overdue', dueOn: '2026-11-19', rank: rankOf('action-item') },
  ])
})

test('an older item is told where it fell due, and not while it is far ahead', () => {
  expect(rows({ at: after(-100), dueOn: '2026-11-19' })).toMatchObject([{ evidence: [{ isExact: false }] }])
  expect(rows({ at: after(-100), dueOn: '2026-12-19' })).toEqual([])
  expect(rows({ at: after(-100) })).toEqual([])
})

test('an item keeps its key wherever it stands in its call', () => {
  expect(rows({})[0]?.key).toBe(rows({ at: after(9), dri: 'Ines' })[0]?.key)
})

test('an item says the same however long the window goes on', () => {
  for (const at of [after(3), after(-100)]) {
    const item = { at, dueOn: '2026-11-19' }
    expect(rows(item, aReturn({ endsAt: after(9) }))).toEqual(rows(item, aReturn({ endsAt: after(40) })))
  }
})
