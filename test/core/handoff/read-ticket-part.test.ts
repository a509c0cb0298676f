import { expect, test } from 'vitest'
import { putLine } from '#core/handoff/change-handoff.ts'
import { mergeHandoffs } from '#core/handoff/merge-handoffs.ts'
import { fieldPrint, linePrint, readTicketPart } from '#core/handoff/read-ticket-part.ts'
import { written } from '#core/sharing/versioned.ts'
import { aHandoff, aLine, saidBack } from '#test/support/handoff-values.ts'
import { anna, ines } from '#test/support/plan-values.ts'

test('a ticket of which nothing is written has nothing', () => {
  expect(readTicketPart(undefined)).toEqual({ line: null, teachBack: null, verdict: null, reviewed: null })
})

test('while a line is in conflict, nobody has said it back', () => {
  const heard = saidBack(aHandoff({ 5: aLine() }), 5)
  const elsewhere = putLine(heard, 5, aLine({ story: 'Another' }), { ...anna, author: 'annas-phone' })
  const here = putLine(heard, 5, aLine({ story: 'A third' }), anna)
  const both = mergeHandoffs(here, elsewhere)
  expect(readTicketPart(both?.tickets[5])).toMatchObject({ teachBack: { current: false }, verdict: { current: false } })
})

test('a print of a line is of what it says, one of a field of who wrote it when, too', () => {
  const field = written([], aLine(), anna)
  expect(linePrint(aLine())).toBe(linePrint({ ...aLine() }))
  expect(linePrint(aLine())).not.toBe(linePrint(aLine({ askWhom: 'Ben' })))
  expect(fieldPrint(written(field, aLine(), ines))).not.toBe(fieldPrint(field))
  expect(fieldPrint([])).toBe('')
})
