import { describe, expect, test } from 'vitest'
import { findSharedText } from '#core/sharing/embedded-text.ts'
import { planMark, writePlanFile, writePlanMarkdown } from '#core/coverage/write-plan-text.ts'
import { aPlanDocument, planWords } from '#test/support/plan-values.ts'

const document = aPlanDocument([{ id: 'a', state: 'accepted' }])
const file = writePlanFile(document)
const markdown = writePlanMarkdown(document, [], planWords)
const planIn = (text: string) => {
  const found = findSharedText(text, planMark)
  return found.kind === 'found' ? (JSON.parse(found.json) as { plan: unknown }).plan : found.kind
}

describe('a plan is found', () => {
  test.each<[string, (text: string) => string]>([
    ['as it was written', (text) => text],
    ['with the line ends of Windows', (text) => text.replaceAll('\n', '\r\n')],
    ['with a byte order mark', (text) => `\uFEFF${text}`],
    ['without spaces at the ends of lines', (text) => text.replaceAll(/[ \t]+$/gm, '')],
    ['quoted in a mail', (text) => text.replaceAll(/^/gm, '> ')],
    ['quoted twice, without the space', (text) => text.replaceAll(/^/gm, '>>')],
    ['indented', (text) => text.replaceAll(/^/gm, '    ')],
    ['indented by tabs', (text) => text.replaceAll(/^/gm, '\t')],
    ['without its own indentation', (text) => text.replaceAll(/^\s+/gm, '')],
    ['on one line', (text) => text.replaceAll(/\n\s*/g, ' ')],
    ['among other words and braces', (text) => `{ } See {this}:\n${text}\nDone {"x": 1} }`],
  ])('%s', (_how, done) => {
    expect(planIn(done(file))).toEqual(document)
    expect(planIn(done(markdown))).toEqual(document)
  })
})

test('what holds none, half of one or two is told apart', () => {
  expect(planIn('Coverage for Anna')).toBe('none')
  expect(planIn('{"understudy": "something"}')).toBe('none')
  expect(planIn(file.slice(0, -20))).toBe('cut-off')
  expect(planIn(`${file}${file}`)).toBe('several')
})
