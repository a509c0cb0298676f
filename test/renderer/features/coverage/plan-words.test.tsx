import { describe, expect, test } from 'vitest'
import { askWords, handsWords } from '#renderer/features/coverage/plan-words.ts'
import { aPlan, aPlanEntry, myPlan } from '../../support/plan-fixtures.ts'

const accepted = aPlanEntry({ id: 'e2', request: { state: 'accepted', at: 0, byName: null, words: null } })

describe('whether anything changes hands', () => {
  test.each([
    [aPlan({ entries: [] }), 'Nobody is planned to cover, so Marta Lindqvist still has the accounts.', false],
    [aPlan(), 'Until somebody accepts, Marta Lindqvist still has the accounts.', false],
    [
      aPlan({ entries: [accepted, aPlanEntry()] }),
      'For the rest nothing changes hands until it is accepted: Marta Lindqvist still has the accounts there.',
      false,
    ],
    [
      aPlan({ entries: [accepted] }),
      'Where nobody covers, nothing changes hands: Marta Lindqvist still has the accounts there.',
      false,
    ],
    [aPlan({ entries: [accepted], missing: 0 }), 'Each begins and ends as it stands below.', true],
  ])('is said in words (%#)', (plan, words, settled) => {
    expect(handsWords(plan)).toMatchObject({ words, settled })
  })

  test('speaks to me about my own absence', () => {
    expect(handsWords(myPlan()).words).toBe('Until somebody accepts, you still have your accounts.')
  })
})

test('the message that asks names each account and its time by the clock of who is away', () => {
  const plan = aPlan({ aseTimeZone: 'Asia/Kolkata' })
  const text = askWords(plan, [aPlanEntry({ coverName: 'Ines Duarte' }), aPlanEntry({ accountName: 'Tailspin Games' })])
  expect(text).toContain('Hi Ines, Marta Lindqvist is away from Mon 7 Dec, 04:30 to Sat 19 Dec, 04:30.')
  expect(text).toContain('- Fabrikam Health: Mon 7 Dec, 04:30 – Sat 12 Dec, 04:30\n- Tailspin Games:')
  expect(text).toContain('Times are those in Kolkata')
  expect(text).toContain('Until you accept, nothing changes hands.')
})
