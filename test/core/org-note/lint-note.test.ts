import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { composeNote, noteOf, type NoteMaterial } from '#core/org-note/compose-note.ts'
import { lintNote } from '#core/org-note/lint-note.ts'
import type { NoteFacts } from '#core/org-note/note-warnings.ts'
import { policyOf } from '#test/support/policy-of.ts'

const versions = ['2025-04', '2026-08'] as const
const now = Date.UTC(2026, 10, 21, 12)
const noFacts: NoteFacts = { now, timeZone: 'UTC', ase: null, restrictedName: null }
const dana = { name: 'Dana Whitfield', slackHandle: 'dwhitfield', region: 'AMER' }

function lint(note: string, facts: Partial<NoteFacts> = {}, version: (typeof versions)[number] = '2025-04') {
  return lintNote(note, policyOf(version).orgNote, { ...noFacts, ...facts })
}
function open(note: string, version: (typeof versions)[number] = '2025-04') {
  return lint(note, {}, version).questions.flatMap(({ id, answers }) => (answers.length === 0 ? [id] : []))
}
function answers(note: string, id: string) {
  return lint(note).questions.find((question) => question.id === id)?.answers ?? []
}
const kindsOf = (note: string, facts: Partial<NoteFacts> = {}) => lint(note, facts).warnings.map(({ kind }) => kind)

const example = `This organization has an Assigned Support Engineer (ASE).

Jill is the AMER ASE for Company-A so at this time, all new non-emergency tickets will be assigned to her. Pre-existing tickets will keep their existing assignee and Jill will shadow.

If Jill is unavailable, please respond while leaving Jill as the assignee and cc yourself.

The on-call engineer will continue to handle emergency tickets, which will not get assigned to Jill. However, inform her when an emergency comes in so she can assist if available.
`

describe('what a note answers', () => {
  test('the handbook’s own example says nothing of working hours, and answers the rest', () => {
    expect(open(example)).toEqual(['outside-hours'])
    expect(lint(example)).toMatchObject({ answered: 5, of: 6 })
  })

  test('each answer is found with its line', () => {
    expect(answers(example, 'pre-ase')).toEqual([
      { line: 3, text: 'Pre-existing tickets will keep their existing assignee and Jill will shadow.' },
    ])
    expect(answers(example, 'emergency').map(({ line }) => line)).toEqual([7, 7])
  })

  test('that somebody is the ASE does not say who', () => {
    expect(answers('This organization has an Assigned Support Engineer (ASE).', 'ase')).toEqual([])
    expect(answers('The ASE is the primary contact. This is the ASE.', 'ase')).toEqual([])
  })

  test.each([
    '**ASE:** Dana Whitfield (@dwhitfield).',
    '- ASE: @dwhitfield',
    'Dana Whitfield is their Assigned Support Engineer.',
    '## ASE\n\nDana Whitfield',
    'The Assigned Support Engineer (ASE) for Acme is Dana.',
    'Your Assigned Support Engineer, Dana, works your tickets.',
  ])('who the ASE is, said as %j', (note) => {
    expect(answers(note, 'ase')).toHaveLength(1)
  })

  test('a heading makes clear what the text below it is about, and answers nothing by itself', () => {
    const note = '## Emergencies\n\nThe on-call engineer takes them.\n\n## Outside working hours\n'
    expect(answers(note, 'emergency')).toEqual([{ line: 3, text: 'The on-call engineer takes them.' }])
    expect(answers(note, 'outside-hours')).toEqual([])
  })

  test('questions and places that wait for a text answer nothing', () => {
    expect(open('What happens when the ASE is unavailable? If the ASE is unavailable: TBD')).toContain('unavailable')
  })

  test('what holds for the time of an absence answers nothing for good', () => {
    expect(answers('Dana is away until 2026-12-01. Cc Tom.', 'unavailable')).toEqual([])
  })

  test('a non-emergency is no emergency', () => {
    expect(answers('The on-call engineer takes no non-emergency tickets.', 'emergency')).toEqual([])
  })

  test('the later edition asks two questions and wants three things said', () => {
    expect(open('Dana is the AMER ASE.', '2026-08')).toEqual(['global-support', 'ase-engages', 'emergency'])
  })
})

describe('what has to be looked at', () => {
  test('an end that has passed, counted in days where the ASE is', () => {
    const note = 'Until 2026-11-20, Tom covers Acme.'
    expect(kindsOf(note)).toEqual(['ended'])
    expect(kindsOf(note, { timeZone: 'Pacific/Honolulu', now: Date.UTC(2026, 10, 21, 5) })).toEqual([])
    expect(kindsOf('Until 20 November 2026, Tom covers Acme.')).toEqual(['ended'])
    expect(kindsOf('Tom covers Acme until Nov 21st, 2026.')).toEqual([])
  })

  test('text for an absence without its end', () => {
    expect(lint('The rules.\n\nTom covers Acme.').warnings).toEqual([
      { kind: 'no-end', line: 3, words: expect.stringContaining('until 2026-03-02') as string },
    ])
    expect(kindsOf('Dana is away until 2026-02-30.')).toEqual(['no-end'])
    expect(kindsOf('If Dana is away, Tom covers Acme.')).toEqual([])
  })

  test('another ASE, and another region, than the account has', () => {
    expect(kindsOf('Jill is the EMEA ASE.', { ase: dana })).toEqual(['other-ase', 'other-region'])
    expect(kindsOf('Dana is the AMER ASE.', { ase: dana })).toEqual([])
    expect(kindsOf('Danae is the AMER ASE.', { ase: dana })).toEqual(['other-ase'])
  })

  test('a telephone number and a mail address, and no dates or ticket numbers', () => {
    const note = 'Call +49 170 1234567 or (555) 123-4567.\nWrite to tom@example.com.\nTicket 1234567890, 2026-12-01.'
    expect(lint(note).warnings.map(({ kind, line }) => [kind, line])).toEqual([
      ['personal', 1],
      ['personal', 1],
      ['personal', 2],
    ])
  })

  test('the name of a restricted account, and an empty note', () => {
    expect(kindsOf('Dana is the ASE for ACME.', { restrictedName: 'Acme' })).toEqual(['customer-name'])
    expect(kindsOf(' \n')).toEqual(['empty'])
  })
})

const word = fc
  .stringMatching(/^[A-Z][a-z]{2,9}$/)
  .filter(
    (text) =>
      !/^(The|This|That|There|Who|Here|She|They|One|Not|None|Nobody|See|When|Tbd|Tbc|Todo|Xxx|Ooo|Pto|Ase|Dri|Please)/.test(
        text,
      ),
  )
const material: fc.Arbitrary<NoteMaterial> = fc.record({
  customer: fc.option(word.map((name) => `${name} Ltd`)),
  ase: fc.record({
    name: fc.tuple(word, word).map((names) => names.join(' ')),
    slackHandle: fc.option(word.map((name) => name.toLowerCase())),
    region: fc.constantFrom('AMER', 'EMEA', 'APAC', 'AMER-W', 'Europe'),
    hours: fc.constantFrom('', 'Mon-Fri 09:00-17:30', 'Mon-Thu 08:30-17:00, Fri 08:30-13:00'),
    timeZone: fc.constantFrom('UTC', 'America/Los_Angeles'),
  }),
  autoAssigned: fc.boolean(),
  cover: fc.option(fc.record({ name: word, until: fc.constantFrom('2026-11-21', '2026-12-24') })),
})

describe.each(versions)('a note that was composed by the rules of %s', (version) => {
  const policy = policyOf(version).orgNote

  test('answers everything and has nothing to be looked at', () => {
    fc.assert(
      fc.property(material, (given) => {
        const { text, missing } = composeNote(given, policy)
        const found = lintNote(text, policy, { ...noFacts, ase: given.ase, restrictedName: null })
        expect(found.answered).toBe(policy.questions.length)
        expect(found.warnings).toEqual([])
        expect(missing).toHaveLength(given.ase.hours === '' ? 1 : 0)
      }),
      { numRuns: 300 },
    )
  })

  test('leaves open exactly the question whose sentences are taken out', () => {
    fc.assert(
      fc.property(material, fc.constantFrom(...policy.questions.map(({ id }) => id)), (given, id) => {
        const { parts } = composeNote(given, policy)
        expect(open(noteOf(parts.filter(({ questionId }) => questionId !== id)), version)).toEqual([id])
      }),
      { numRuns: 300 },
    )
  })
})
