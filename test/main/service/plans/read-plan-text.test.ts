import { describe, expect, test } from 'vitest'
import { writePlanFile, writePlanMarkdown } from '#core/coverage/write-plan-text.ts'
import { readPlanText } from '#service/plans/read-plan-text.ts'
import { Refusal } from '#service/refusal.ts'
import { aPlanDocument, planWords } from '#test/support/plan-values.ts'

const document = aPlanDocument([{ id: 'a', state: 'accepted' }])
const file = writePlanFile(document)

test('a plan is read from a file and from Markdown', () => {
  expect(readPlanText(file)).toEqual(document)
  expect(readPlanText(writePlanMarkdown(document, [], planWords))).toEqual(document)
})

describe('what is no plan that can be read is refused in words', () => {
  test.each<[string, string, string]>([
    ['another text', 'Dear all, I am away.', 'There is no coverage plan in this text.'],
    ['two plans', file + file, 'There is more than one coverage plan in this text.'],
    ['half a plan', file.slice(0, 400), 'is cut off or damaged. Ask for it again, as a file.'],
    ['a plan with a torn string', file.replace('"Anna"', '"Anna'), 'is cut off or damaged.'],
    ['a plan that is no JSON any more', file.replaceAll(',\n', '\n'), 'is cut off or damaged.'],
    ['a format that is none', file.replace('"format": 1', '"format": "1"'), 'is cut off or damaged.'],
    ['a newer format', file.replace('"format": 1', '"format": 2'), 'written by a newer Understudy.'],
    [
      'a field that is not known',
      file.replace('"aseId": 12', '"aseId": 12, "mood": "good"'),
      'cannot be read: the plan: ',
    ],
    ['a value that cannot be', file.replace('"aseId": 12', '"aseId": "Anna"'), 'cannot be read: aseId: '],
  ])('%s', (_what, text, words) => {
    expect(() => readPlanText(text)).toThrow(Refusal)
    expect(() => readPlanText(text)).toThrow(words)
  })
})

test('two megabytes of braces end in a refusal', () => {
  expect(() => readPlanText(`{"understudy":"coverage-plan"${'{'.repeat(1_900_000)}`)).toThrow('cut off')
  expect(() => readPlanText('> '.repeat(900_000))).toThrow('no coverage plan')
})
