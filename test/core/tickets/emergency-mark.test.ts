import { expect, test } from 'vitest'
import { becomesEmergency, isEmergency, type EmergencyMark } from '#core/tickets/emergency-mark.ts'

const byTag: EmergencyMark = { by: 'tag', value: 'emergency' }
const byPriority: EmergencyMark = { by: 'priority', value: 'urgent' }
const byForm: EmergencyMark = { by: 'form', value: '360000803419', name: 'Emergency' }

const plain = { tags: [], priority: null, formId: null }

test('a ticket is an emergency by its tag, its priority or its form, and by nothing else', () => {
  const tagged = { ...plain, tags: ['ci', 'emergency'] }
  const urgent = { ...plain, priority: 'urgent' }
  const formed = { ...plain, formId: 360000803419 }
  const marked = [byTag, byPriority, byForm].map((mark) =>
    [plain, tagged, urgent, formed].map((ticket) => isEmergency(ticket, mark)),
  )
  expect(marked).toEqual([
    [false, true, false, false],
    [false, false, true, false],
    [false, false, false, true],
  ])
  expect(isEmergency(plain, { by: 'form', value: 'null', name: null })).toBe(false)
})

test.each<[string, EmergencyMark, object, boolean]>([
  ['the tag came', byTag, { tags: { from: '["ci"]', to: '["ci","emergency"]' } }, true],
  ['the tag was there', byTag, { tags: { from: '["emergency"]', to: '["ci","emergency"]' } }, false],
  ['the tag went', byTag, { tags: { from: '["emergency"]', to: '[]' } }, false],
  ['a tag that only contains the word came', byTag, { tags: { from: '[]', to: '["no-emergency"]' } }, false],
  ['another field changed', byTag, { priority: { from: 'high', to: 'urgent' } }, false],
  ['the priority came', byPriority, { priority: { from: null, to: 'urgent' } }, true],
  ['the priority went', byPriority, { priority: { from: 'urgent', to: 'high' } }, false],
  ['the form came where there was none', byForm, { form_id: { from: null, to: 360000803419 } }, true],
  ['another form came', byForm, { form_id: { from: 360000803419, to: 360000803379 } }, false],
])('%s', (_what, mark, changes, becomes) => {
  expect(becomesEmergency(changes as Parameters<typeof becomesEmergency>[0], mark)).toBe(becomes)
})
