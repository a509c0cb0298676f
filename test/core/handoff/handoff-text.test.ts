import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findHandoffs, handoffLayout, writeHandoffLines } from '#core/handoff/handoff-text.ts'
import { withFolded, emptyPart, findSharedPart, putSharedPart } from '#core/sharing/issue-part.ts'
import { aHandoff, aLine, saidBack } from '#test/support/handoff-values.ts'

const document = saidBack(
  aHandoff({ 501: aLine(), 502: aLine({ story: 'Says ``` and </details> {"ticket":"9"} <!-- x -->' }), 503: aLine() }),
  501,
)
const file = writeHandoffLines(document)
const markdown = withFolded('# Handoff of Acme', 'handoff', file)
const only = (text: string) => {
  const [found, ...others] = findHandoffs(text)
  expect(others).toEqual([])
  return found
}
const idsIn = (text: string) => only(text)?.lines.flatMap(({ ticketId, value }) => (value ? [ticketId] : []))

test('a handoff is a line of its own and one of each ticket, in which nothing is taken for a mark', () => {
  const lines = file.trimEnd().split('\n')
  expect(lines.map((line) => Object.keys(JSON.parse(line) as object))).toEqual([
    ['understudy', 'format', 'handoff', 'tickets'],
    ...['501', '502', '503'].map(() => ['ticket', 'line', 'teachBack', 'verdict', 'reviewed']),
  ])
  expect(file).not.toMatch(/[`<>&]/)
})

describe('a handoff is found', () => {
  test.each<[string, (text: string) => string]>([
    ['as it was written', (text) => text],
    ['with the line ends of Windows', (text) => text.replaceAll('\n', '\r\n')],
    ['with a byte order mark', (text) => `\uFEFF${text}`],
    ['quoted in a mail', (text) => text.replaceAll(/^/gm, '> ')],
    ['indented', (text) => text.replaceAll(/^/gm, '    ')],
    ['on one line', (text) => text.replaceAll(/\n\s*/g, ' ')],
    ['with empty lines between', (text) => text.replaceAll('\n', '\n\n')],
    ['among other words and braces', (text) => `{ } See {this}:\n${text}\nDone {"x": 1} }\n-- \nAnna`],
  ])('%s', (_how, done) => {
    for (const text of [done(file), done(markdown)]) {
      const found = only(text)
      expect(found?.head.value).toMatchObject({ handoff: { id: document.id }, tickets: ['501', '502', '503'] })
      expect(idsIn(text)).toEqual(['501', '502', '503'])
      expect(found?.lines[1]?.value).toMatchObject({ line: document.tickets['502']?.line })
      expect(found?.strays).toEqual([])
    }
  })

  test('beside another one', () => {
    expect(findHandoffs(`${file}${file}`).map(({ lines }) => lines.length)).toEqual([3, 3])
    expect(findHandoffs(`${markdown}\n${markdown}`).map(({ lines }) => lines.length)).toEqual([3, 3])
    expect(findHandoffs('Handoff of Acme {"understudy":"coverage-plan"}')).toEqual([])
  })
})

describe('a line that somebody damaged takes no other with it', () => {
  test.each<[string, (text: string) => string]>([
    ['without its end', (text) => text.replace(/(\{"ticket":"502".*).\n/, '$1\n')],
    ['without a quotation mark', (text) => text.replace('{"ticket":"502","line"', '{"ticket":"502","line')],
    ['with a sign too many', (text) => text.replace('"502","line":[', '"502","line":[[')],
    ['with a mark of Markdown', (text) => text.replace('"502","line":[', '"502","line":[*oops*')],
  ])('%s', (_how, spoil) => {
    for (const text of [spoil(file), spoil(markdown)]) {
      expect(idsIn(text)).toEqual(['501', '503'])
      expect(only(text)?.lines.map(({ ticketId }) => ticketId)).toEqual(['501', '502', '503'])
    }
  })

  test('whose beginning is gone stays as what is none of its lines', () => {
    const text = markdown.replace('{"ticket":"502"', '{"tickt":"502"')
    expect(idsIn(text)).toEqual(['501', '503'])
    expect(only(text)?.strays).toMatchObject([expect.stringContaining('{"tickt":"502"')])
  })

  test('whatever was done to the text, looking for a handoff throws nothing, and its part of an issue is told from the rest', () => {
    const cut = fc.record({ at: fc.nat(markdown.length), length: fc.nat(60), put: fc.string({ maxLength: 8 }) })
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => {
        const spoilt = cuts.reduce((so, { at, length, put }) => so.slice(0, at) + put + so.slice(at + length), markdown)
        for (const found of findHandoffs(spoilt)) expect(found.lines.length).toBeLessThan(10)
        const { before, after } = findSharedPart(`Above\n\n${spoilt}\n\nBelow`, handoffLayout)
        expect(before.startsWith('Above')).toBe(true)
        expect(before.length + after.length).toBeLessThanOrEqual(spoilt.length + 20)
      }),
    )
  })
})

test('what cannot be read stays below as a text, and is found no more', () => {
  const text = putSharedPart(emptyPart, markdown, handoffLayout)
  const part = findSharedPart(`Above\n\n${text}\nBelow`, handoffLayout)
  const next = putSharedPart(part, markdown, handoffLayout, [file, '{"ticket":"7", oops'])
  expect(next).toMatch(/^Above\n\n/)
  expect(next).toMatch(/\nBelow\n$/)
  expect(next).toContain('What could not be read of what stood here</summary>')
  expect(next).toContain('{"ticket":"7", oops')
  expect(idsIn(next)).toEqual(['501', '502', '503'])
  expect(putSharedPart(findSharedPart(next, handoffLayout), markdown, handoffLayout)).toBe(next)
})
