import { describe, expect, test } from 'vitest'
import { handoffDocumentSchema } from '#contract/handoff-document.ts'
import { putAcceptance, putReviewed, putText } from '#core/handoff/change-handoff.ts'
import { aHandoff, aLine, inesSpeaks, saidBack, someFacts } from '#test/support/handoff-values.ts'
import { anna, ines, monday } from '#test/support/plan-values.ts'

type Any = Record<string, unknown>

/** A handoff with everything in it, as plain JSON to spoil. */
function aDocument() {
  const [contingency] = aLine().contingencies
  if (!contingency) throw new Error('The line has one')
  const trigger = { on: 'no-reply-by' as const, at: monday }
  const line = aLine({ contingencies: [{ ...contingency, trigger }] })
  const said = putReviewed(
    saidBack(putText(aHandoff({ 501: line }), 'mood', 'Calm', anna), 501),
    501,
    someFacts(),
    ines,
  )
  const hash = 'a'.repeat(64)
  const document = putAcceptance(said, { state: 'accepted', hash, words: '', speaker: inesSpeaks }, ines)
  return JSON.parse(JSON.stringify(document)) as {
    texts: Any
    tickets: Record<string, Record<string, { value: Any; clock: Any }[]>>
    acceptance: { value: Any }[]
    names: Any
  } & Any
}
type AnyDocument = ReturnType<typeof aDocument>
const valueOf = (document: AnyDocument, part: string) => document.tickets['501']?.[part]?.[0]?.value ?? {}

test('a handoff is taken as it is', () => {
  expect(handoffDocumentSchema.parse(aDocument())).toEqual(aDocument())
})

describe('what is not known, or has no end, is refused', () => {
  test.each<[string, (document: AnyDocument) => void]>([
    ['another field', (document) => (document['notes'] = [])],
    ['another part of a ticket', (document) => (document.tickets['501'] = { ...document.tickets['501'], mood: [] })],
    ['another text of the account', (document) => (document.texts['gossip'] = document.texts['mood'])],
    ['a ticket that is no number', (document) => (document.tickets['x'] = document.tickets['501'] ?? {})],
    ['a severity that nobody has', (document) => (valueOf(document, 'line')['severity'] = 'fine')],
    ['a story of two pages', (document) => (valueOf(document, 'line')['story'] = 'x'.repeat(281))],
    ['a day that no calendar has', (document) => (valueOf(document, 'line')['nextBy'] = '2026-02-31')],
    ['a trigger that nobody knows', (document) => (valueOf(document, 'line')['contingencies'] = [{ on: 'full-moon' }])],
    ['another field of the facts', (document) => (valueOf(document, 'reviewed')['mood'] = 'good')],
    ['a speaker without a name', (document) => (valueOf(document, 'teachBack')['speaker'] = { id: 11 })],
    ['a teach-back without an end', (document) => (valueOf(document, 'teachBack')['words'] = 'x'.repeat(4001))],
    ['a hash that is none', (document) => (document.acceptance[0] = { value: { hash: 'yes' } })],
    ['a zone that is none', (document) => (document.names['aseTimeZone'] = 'Mars/Olympus')],
  ])('%s', (_what, spoil) => {
    const document = aDocument()
    spoil(document)
    expect(handoffDocumentSchema.safeParse(document).success).toBe(false)
  })
})
