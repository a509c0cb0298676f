import { expect, test } from 'vitest'
import { blankLine } from '#core/handoff/handoff-document.ts'
import { missingOfLine } from '#core/handoff/missing-of-line.ts'
import { aLine, anIf } from '#test/support/handoff-values.ts'

function half(id: string, condition: string, consequence: string) {
  const { trigger } = anIf()
  // oxlint-disable-next-line unicorn/no-thenable -- it is a field of the line
  return { id, if: condition, then: consequence, trigger }
}

test('a line that was written in full lacks nothing', () => {
  expect(missingOfLine(aLine())).toEqual([])
})

test('what is empty is named, blanks are nothing', () => {
  expect(missingOfLine(null)).toEqual(['everything: nothing is written yet'])
  expect(missingOfLine({ ...blankLine, story: '  ' })).toEqual([
    'severity',
    'the story in one line',
    'the next action',
    'who does it',
    'by when',
    'an if … then …, or that nothing is foreseen',
  ])
})

test('what is not stable needs an if … then …, or the word that nothing is foreseen', () => {
  const without = { contingencies: [half('c', ' ', '')] }
  const needs = ['an if … then …, or that nothing is foreseen']
  expect(missingOfLine(aLine({ severity: 'watcher', ...without }))).toEqual(needs)
  expect(missingOfLine(aLine({ severity: 'watcher', ...without, nothingForeseen: true }))).toEqual([])
  expect(missingOfLine(aLine({ severity: 'stable', ...without }))).toEqual([])
})

test('half an if … then … is named by its other half, also of what is stable', () => {
  const contingencies = [half('a', 'it happens again', ''), half('b', '', 'call Carla')]
  expect(missingOfLine(aLine({ severity: 'stable', contingencies }))).toEqual([
    'what to do if it happens again',
    'what “call Carla” depends on',
  ])
})
