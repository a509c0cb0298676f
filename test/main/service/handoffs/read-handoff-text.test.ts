import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeHandoffLines } from '#core/handoff/handoff-text.ts'
import { mergeHandoffs } from '#core/handoff/merge-handoffs.ts'
import { canonical } from '#core/sharing/versioned.ts'
import { judgeHandoffText, readHandoffTexts } from '#service/handoffs/read-handoff-text.ts'
import { Refusal } from '#service/refusal.ts'
import { aHandoff, aLine, saidBack } from '#test/support/handoff-values.ts'

const document = saidBack(aHandoff({ 501: aLine(), 502: aLine({ severity: 'stable' }), 503: aLine() }), 501)
const file = writeHandoffLines(document)
const folded = `\`\`\`json\n${file}\`\`\`\n\n</details>\n`
const readOne = (text: string) => {
  const read = judgeHandoffText(text)
  if (read.kind !== 'read') throw new Error(read.words)
  return { ids: Object.keys(read.document.tickets), unread: read.unread, document: read.document }
}

test('a handoff comes back as it was written', () => {
  expect(readOne(file)).toEqual({ ids: ['501', '502', '503'], unread: [], document })
  expect(readHandoffTexts(file + file)).toEqual({
    handoffs: [
      { kind: 'read', document, unread: [] },
      { kind: 'read', document, unread: [] },
    ],
    unread: [],
  })
})

describe('what cannot be read is named, and the rest is taken', () => {
  const words = 'Ticket 502 of the handoff of Acme cannot be read.'
  test.each<[string, (text: string) => string]>([
    ['a line that is no JSON', (text) => text.replace('{"ticket":"502",', '{"ticket":"502",,')],
    ['a field that is not known', (text) => text.replace('{"ticket":"502",', '{"ticket":"502","mood":[],')],
    ['a value that cannot be', (text) => text.replace('"severity":"stable"', '"severity":"fine"')],
    ['a story longer than one line', (text) => text.replace(/("ticket":"502".*?"story":")/, `$1${'x'.repeat(281)}`)],
    ['a line that is gone', (text) => text.replace(/\{"ticket":"502".*\n/, '')],
    ['a line cut short', (text) => text.replace(/(\{"ticket":"502".{20}).*\n/, '$1\n')],
    ['a ticket that is called otherwise', (text) => text.replace('{"ticket":"502"', '{"tacket":"502"')],
  ])('%s', (_, spoil) => {
    for (const text of [spoil(file), spoil(folded)]) {
      const { ids, unread } = readOne(text)
      expect(ids).toEqual(['501', '503'])
      expect(unread.map((piece) => piece.words)).toEqual([words])
    }
    expect(readHandoffTexts(spoil(file)).handoffs).toMatchObject([{ unread: [{ words }] }])
  })

  test('and what somebody wrote among the lines of a fold', () => {
    const { ids, unread } = readOne(folded.replace('\n{"ticket":"503"', '\nTom: look here!\n{"ticket":"503"'))
    expect(ids).toEqual(['501', '502', '503'])
    expect(unread).toEqual([
      { words: 'Something stands in the handoff of Acme that is no part of it.', text: 'Tom: look here!' },
    ])
    expect(readOne(`${file}\n-- \nAnna`).unread).toEqual([])
  })

  test('and a handoff of which the first line is damaged, beside others that are whole', () => {
    const spoilt = file.replace('"aseId":12', '"aseId":"Anna"')
    const read = readHandoffTexts(spoilt + file)
    expect(read.handoffs).toHaveLength(1)
    expect(read.unread).toEqual(['A handoff in this text is cut off or damaged. Ask for it again, as a file.'])
  })
})

describe('what is no handoff that can be read is refused in words', () => {
  test.each<[string, string, string]>([
    ['another text', 'Dear all, I am away.', 'There is no handoff in this text.'],
    ['half of the first line', file.slice(0, 200), 'is cut off or damaged. Ask for it again, as a file.'],
    ['a newer one', file.replace('"format":1', '"format":2'), 'written by a newer Understudy.'],
    [
      'a newer one beside one of this',
      file + file.replace('"format":1', '"format":2'),
      'written by a newer Understudy.',
    ],
    ['a plan', '{"understudy":"coverage-plan","format":1}', 'There is no handoff in this text.'],
  ])('%s', (_what, text, words) => {
    expect(() => readHandoffTexts(text)).toThrow(Refusal)
    expect(() => readHandoffTexts(text)).toThrow(words)
  })
})

test('whatever was done to the folded lines, nothing throws, and what is here stays', () => {
  const signs = fc.constantFrom(
    '',
    '"',
    '{',
    '}',
    '[',
    ',',
    '\\',
    '\n',
    '`',
    '<',
    '{"ticket":"501"',
    '{"understudy"',
    '9',
  )
  const damage = fc.record({ at: fc.nat(folded.length), length: fc.nat(400), put: signs })
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 5 }), (damages) => {
      const text = damages.reduce((so, { at, length, put }) => so.slice(0, at) + put + so.slice(at + length), folded)
      const read = judgeHandoffText(text)
      if (read.kind !== 'read') return
      const merged = mergeHandoffs(document, read.document)
      if (!merged) return
      expect(canonical(mergeHandoffs(merged, document))).toBe(canonical(merged))
      // What was read as it was written adds nothing; the rest of it is named.
      const lost = Object.keys(document.tickets).filter((id) => !Object.hasOwn(read.document.tickets, id))
      if (text.includes('"tickets":["501","502","503"]')) expect(read.unread.length >= lost.length).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('twenty megabytes of braces end in a refusal', () => {
  expect(() => readHandoffTexts(`{"understudy":"account-handoff"${'{'.repeat(19_000_000)}`)).toThrow('cut off')
  expect(() => readHandoffTexts('{"understudy":"account-handoff"'.repeat(300_000))).toThrow('more than 200 handoffs')
})
