import fc from 'fast-check'
import { blankCall, type CallDocument } from '#core/calls/call-document.ts'

/** A call about an upgrade, with something in every part; changed as a test wants it. */
export function aCall(parts: Partial<CallDocument> = {}): CallDocument {
  return {
    ...blankCall({ about: 'other', day: '2026-12-04', tickets: [] }),
    purpose: 'Upgrade plan',
    customer: ['Marcus Bell', 'Yuki Tanabe'],
    ours: ['Dana Whitfield'],
    topics: [
      { title: 'Order of the sites', notes: 'Secondary first.\nThen the primary.' },
      { title: 'Rollback', notes: '' },
    ],
    decisions: ['Upgrade on a Saturday'],
    actions: [
      { what: 'Book the window', dri: 'Marcus Bell', dueOn: '2026-12-11', done: false },
      { what: 'Send the checklist', dri: 'Dana Whitfield', dueOn: '', done: true },
    ],
    prioritiesChanged: 'The upgrade comes before the runners.',
    priorities: ['Upgrade', 'Runners'],
    ...parts,
  }
}

/** Pieces that Markdown, GitLab or our own reading could take for something else. */
const awkward = fc.constantFrom(
  '```',
  '~~~',
  '## Action items',
  '#### action items',
  '# ',
  '- [ ] not mine',
  '* [x] nor this',
  '<!--',
  '-->',
  '/close',
  '(DRI: x)',
  '(by soon)',
  '&lt;',
  '> [!note]',
  '\\',
  '---',
)

/** Any text in several lines. */
export const anyNotes = fc
  .array(fc.oneof(awkward, fc.string({ maxLength: 20 }), fc.string({ unit: 'grapheme', maxLength: 10 })), {
    maxLength: 6,
  })
  .map((lines) => lines.join('\n'))

/** Any text as it may stand in a line. */
export const anyLine = fc.oneof(awkward, fc.string({ maxLength: 30 }), anyNotes)

/** Any day of some years. */
export const anyDay = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

/** Any call that can be written as an issue. */
export const anyCall: fc.Arbitrary<CallDocument> = fc.record({
  about: fc.constantFrom('tickets' as const, 'other' as const),
  day: anyDay,
  purpose: fc.oneof(
    fc.constant('Upgrade plan'),
    fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
  ),
  tickets: fc.constant([]),
  customer: fc.array(anyLine, { maxLength: 3 }),
  ours: fc.array(anyLine, { maxLength: 3 }),
  topics: fc.array(fc.record({ title: anyLine, notes: anyNotes }), { maxLength: 4 }),
  decisions: fc.array(anyLine, { maxLength: 3 }),
  actions: fc.array(
    fc.record({
      what: anyLine,
      dri: fc.oneof(fc.constant(''), fc.constantFrom('Dana', '@dana', 'Bob (ops)'), fc.string({ maxLength: 12 })),
      dueOn: fc.oneof(fc.constant(''), anyDay),
      done: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  prioritiesChanged: anyNotes,
  priorities: fc.array(anyLine, { maxLength: 3 }),
})
