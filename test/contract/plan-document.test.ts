import { describe, expect, test } from 'vitest'
import { planDocumentSchema } from '#contract/plan-document.ts'
import { tickStep } from '#core/coverage/change-plan.ts'
import { anna, aPlanDocument } from '#test/support/plan-values.ts'

/** A plan with everything in it, as plain JSON to spoil. */
function aPlan(): AnyPlan {
  const document = tickStep(aPlanDocument([{ id: 'a', state: 'accepted' }, { id: 'b' }]), 'review', true, anna)
  return JSON.parse(JSON.stringify(document)) as AnyPlan
}

type Any = Record<string, unknown>
interface AnyPlan extends Any {
  startsAt: Any[]
  accounts: Any
  entries: Record<string, Record<string, Any[]>>
  names: Record<string, Any>
}

test('a plan is taken as it is', () => {
  expect(planDocumentSchema.parse(aPlan())).toEqual(aPlan())
})

describe('what is not known is refused', () => {
  test.each<[string, (plan: AnyPlan) => void]>([
    ['another field', (plan) => (plan['notes'] = [])],
    ['another field of an entry', (plan) => (plan.entries['a'] = { ...plan.entries['a'], story: [] })],
    ['another field of a value', (plan) => (plan.startsAt[0] = { ...plan.startsAt[0], why: '' })],
    ['a field without a value', (plan) => (plan.startsAt = [])],
    ['a field that is missing', (plan) => delete plan['endsAt']],
    ['a time that is text', (plan) => (plan.startsAt[0] = { ...plan.startsAt[0], value: '2026-12-21' })],
    ['a time that no calendar has', (plan) => (plan.startsAt[0] = { ...plan.startsAt[0], value: 9e15 })],
    ['a count that is none', (plan) => (plan.startsAt[0] = { ...plan.startsAt[0], clock: { a: 0 } })],
    ['a count beyond all counting', (plan) => (plan.startsAt[0] = { ...plan.startsAt[0], clock: { a: 2 ** 52 } })],
    ['an author that is no name', (plan) => (plan.startsAt[0] = { ...plan.startsAt[0], clock: { 'a b': 1 } })],
    ['an account that is no number', (plan) => (plan.accounts['acme'] = plan.accounts['1'])],
    ['an entry whose id would name fields', (plan) => (plan.entries['a:to'] = plan.entries['a'] ?? {})],
    ['a state nobody has', (plan) => (plan.entries['b'] = { ...plan.entries['b'], request: [{ value: 'yes' }] })],
    ['a zone that is none', (plan) => (plan.names['people'] = { '12': { name: 'Anna', timeZone: 'Mars/Olympus' } })],
  ])('%s', (_what, spoil) => {
    const plan = aPlan()
    spoil(plan)
    expect(planDocumentSchema.safeParse(plan).success).toBe(false)
  })
})

test('a key that means something to the language is left out and changes nothing', () => {
  const text = JSON.stringify(aPlan()).replace('"entries":{', '"entries":{"__proto__":{"polluted":true},')
  const read = planDocumentSchema.parse(JSON.parse(text))
  expect(Object.keys(read.entries)).toEqual(['a', 'b'])
  expect(read.entries).not.toHaveProperty('polluted')
})
