import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orderRows, rankOf } from '#core/return-meeting/order-rows.ts'
import { returnRowKinds, type ReturnRow } from '#core/return-meeting/return-row.ts'

const row = (kind: ReturnRow['kind'], parts: Partial<ReturnRow> = {}): ReturnRow => ({
  ...{ key: kind, kind, rank: rankOf(kind), ticketId: 1, issue: null, subject: '', words: '', at: 1, dueOn: '' },
  ...{ evidence: [], ...parts },
})
const order = (rows: readonly ReturnRow[]) => orderRows(rows).map(({ key }) => key)

describe('rows', () => {
  test('are gone over by what follows from them: what could not be seen, breaches, then what is only to be known', () => {
    expect(order([row('noted'), row('solved'), row('breached'), row('new'), row('gap'), row('emergency')])).toEqual([
      ...['gap', 'emergency', 'breached', 'new', 'solved', 'noted'],
    ])
  })

  test('of one kind come by what is due first, then by what happened last', () => {
    const due = (key: string, dueOn: string, at = 1) => row('promised', { key, dueOn, at })
    expect(order([due('none', ''), due('later', '2026-12-02'), due('soon', '2026-12-01')])).toEqual([
      'soon',
      'later',
      'none',
    ])
    expect(order([due('old', '', 1), due('young', '', 2)])).toEqual(['young', 'old'])
  })

  test('that bring good news come no sooner than a change of status', () => {
    expect(rankOf('priority', true)).toBe(rankOf('status'))
    expect(rankOf('noted', true)).toBe(rankOf('noted'))
  })

  test('are in the same order however they came', () => {
    const anyRow = fc
      .tuple(fc.constantFrom(...returnRowKinds), fc.nat(3), fc.constantFrom('', '2026-12-01', '2026-12-02'))
      .map(([kind, at, dueOn]) => row(kind, { key: `${kind} ${at} ${dueOn}`, at, dueOn }))
    const anyRows = fc.uniqueArray(anyRow, { selector: ({ key }) => key })
    fc.assert(
      fc.property(anyRows, (rows) => {
        expect(order(rows.toReversed())).toEqual(order(rows))
      }),
    )
  })
})
