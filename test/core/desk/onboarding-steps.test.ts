import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { businessDay, onboardingSteps, type OnboardingFacts } from '#core/desk/onboarding-steps.ts'
import { policyOf } from '#test/support/policy-of.ts'

const week = [1, 2, 3, 4, 5]

function stepsWith(parts: Partial<OnboardingFacts> = {}, version: '2025-04' | '2026-08' = '2025-04') {
  return onboardingSteps({
    policy: policyOf(version).onboarding,
    workingDays: week,
    startsOn: '2026-11-23',
    today: '2026-11-25',
    ticked: {},
    evidence: {},
    ...parts,
  })
}

const stepOf = (id: string, parts?: Partial<OnboardingFacts>) => stepsWith(parts).find((step) => step.id === id)

describe('business days', () => {
  test('the introductory meeting is due five business days after the first one', () => {
    expect(stepOf('introduction')?.dueOn).toBe('2026-11-30')
  })

  test('a contract that begins on a Saturday counts from the Monday after', () => {
    expect(businessDay('2026-11-21', 0, week)).toBe('2026-11-23')
    expect(businessDay('2026-11-21', 5, week)).toBe('2026-11-30')
  })

  test('they never fall on a day off, and never go back', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('2090-01-01'), noInvalidDate: true }),
        fc.nat(40),
        (date, after) => {
          const day = date.toISOString().slice(0, 10)
          const due = businessDay(day, after, week)
          expect([0, 6]).not.toContain(new Date(`${due}T00:00Z`).getUTCDay())
          expect(due >= day).toBe(true)
          expect(businessDay(day, after + 1, week) > due).toBe(true)
        },
      ),
    )
  })
})

test('without a first day nothing is due, and nothing late', () => {
  for (const step of stepsWith({ startsOn: null })) expect(step).toMatchObject({ dueOn: null, late: false })
})

test('a step is late from the day after it was due, until it is done', () => {
  expect(stepOf('introduction', { today: '2026-11-30' })?.late).toBe(false)
  expect(stepOf('introduction', { today: '2026-12-01' })?.late).toBe(true)
  expect(stepOf('introduction', { today: '2026-12-01', ticked: { introduction: 5 } })).toMatchObject({
    late: false,
    done: true,
    tickedAt: 5,
    byItself: false,
  })
})

test('what is seen to be done needs no tick, and what is not seen can be ticked', () => {
  const evidence = { 'org-note': { done: true, words: 'It answers all of them.' } }
  expect(stepOf('org-note', { evidence })).toMatchObject({
    done: true,
    byItself: true,
    seen: 'It answers all of them.',
  })
  const open = { 'org-note': { done: false, words: 'It answers 2 of 6.' } }
  expect(stepOf('org-note', { evidence: open })).toMatchObject({ done: false, byItself: false })
  expect(stepOf('org-note', { evidence: open, ticked: { 'org-note': 1 } })).toMatchObject({ done: true })
})

test('each edition says how automatic assignment is asked for, and every step where it comes from', () => {
  expect(policyOf('2025-04').onboarding.autoAssign).toMatchObject({
    by: 'form',
    choices: [
      { answer: 'Modifications to a Zendesk Global Organization' },
      { answer: 'Set an Assigned Support Engineer for an organization' },
    ],
  })
  expect(policyOf('2026-08').onboarding.autoAssign.by).toBe('issue')
  for (const version of ['2025-04', '2026-08'] as const) {
    for (const { source } of stepsWith({}, version)) expect(source).toMatch(/^Handbook/)
  }
})
