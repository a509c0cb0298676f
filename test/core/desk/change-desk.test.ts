import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeDesk, type DeskChange } from '#core/desk/change-desk.ts'
import { deskTexts, emptyDesk, environmentFields, type DeskDocument } from '#core/desk/desk-document.ts'
import { onboardingStepIds } from '#core/desk/onboarding-policy.ts'

const aContact = (id: string, name = 'Marcus') =>
  ({ id, side: 'customer', name, role: '', reach: '', howToWork: '', important: false }) as const

const ids = fc.constantFrom('a', 'b', 'c')
const words = fc.string({ maxLength: 12 })
const changes: fc.Arbitrary<DeskChange> = fc.oneof(
  fc.record({
    kind: fc.constant('put-contact' as const),
    contact: fc.tuple(ids, words).map(([id, name]) => aContact(id, name)),
  }),
  fc.record({ kind: fc.constant('remove-contact' as const), id: ids }),
  fc.record({
    kind: fc.constant('put-resource' as const),
    resource: fc.record({ id: ids, title: words, url: words, about: words }),
  }),
  fc.record({ kind: fc.constant('remove-resource' as const), id: ids }),
  fc.record({ kind: fc.constant('put-extra' as const), extra: fc.record({ id: ids, name: words, text: words }) }),
  fc.record({ kind: fc.constant('remove-extra' as const), id: ids }),
  fc.record({ kind: fc.constant('environment' as const), field: fc.constantFrom(...environmentFields), text: words }),
  fc.record({ kind: fc.constant('text' as const), field: fc.constantFrom(...deskTexts), text: words }),
  fc.record({ kind: fc.constant('starts-on' as const), day: fc.constantFrom('2026-11-24', null) }),
  fc.record({
    kind: fc.constant('tick' as const),
    stepId: fc.constantFrom(...onboardingStepIds),
    at: fc.constantFrom(1, 2, null),
  }),
)

const deskAfter = (all: readonly DeskChange[]) =>
  all.reduce<DeskDocument>((desk, change) => changeDesk(desk, change).desk, emptyDesk)

test('every change can be taken back, whatever the desk was like', () => {
  fc.assert(
    fc.property(fc.array(changes, { maxLength: 12 }), changes, (before, change) => {
      const desk = deskAfter(before)
      const { desk: after, undo } = changeDesk(desk, change)
      expect(undo === null ? after : changeDesk(after, undo).desk).toEqual(desk)
    }),
  )
})

test('a change that changes nothing has nothing to take back', () => {
  const desk = deskAfter([{ kind: 'text', field: 'cadence', text: 'Every Tuesday' }])
  expect(changeDesk(desk, { kind: 'text', field: 'cadence', text: ' Every Tuesday ' })).toEqual({ desk, undo: null })
})

test('somebody who was removed comes back to their place', () => {
  const desk = deskAfter(['a', 'b', 'c'].map((id) => ({ kind: 'put-contact', contact: aContact(id) }) as const))
  const { desk: after, undo } = changeDesk(desk, { kind: 'remove-contact', id: 'b' })
  expect(after.contacts.map(({ id }) => id)).toEqual(['a', 'c'])
  expect(undo && changeDesk(after, undo).desk.contacts.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

test('an empty text of the environment is none', () => {
  const desk = deskAfter([
    { kind: 'environment', field: 'geo', text: 'Two sites' },
    { kind: 'environment', field: 'geo', text: '  ' },
  ])
  expect(desk.environment).toEqual({})
})
