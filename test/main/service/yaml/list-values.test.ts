import { expect, test } from 'vitest'
import { listValues } from '#service/yaml/list-values.ts'

const valuesOf = (text: string) => {
  const read = listValues(text)
  if (read.kind === 'fault') throw new Error(read.fault.words)
  return read.values
}

test('every value comes with the names that lead to it, its line and its column', () => {
  expect(valuesOf('geo: two sites\ngitlab:\n  version: 19.10\n  parts:\n    - web\n    - ~\n')).toEqual([
    { path: ['geo'], text: 'two sites', line: 1, column: 6 },
    { path: ['gitlab', 'version'], text: '19.10', line: 3, column: 12 },
    { path: ['gitlab', 'parts', 0], text: 'web', line: 5, column: 7 },
    { path: ['gitlab', 'parts', 1], text: '', line: 6, column: 7 },
  ])
})

test('a text of several lines keeps them, and one that stands for another is that one', () => {
  expect(valuesOf('a: &x |\n  one\n  two\nb: *x\n').map(({ text }) => text)).toEqual(['one\ntwo\n', 'one\ntwo\n'])
})

test('what lies too deep is one text, and something that refers to itself ends', () => {
  const deep = `${Array.from({ length: 30 }, (_, depth) => `${' '.repeat(depth)}k:`).join('\n')} v\n`
  expect(valuesOf(deep)).toHaveLength(1)
  expect(listValues('a: &a\n  b: *a\n').kind).toMatch(/read|fault/)
})

test('what is no YAML says where', () => {
  expect(listValues('geo: two\n\tredis: no\n')).toMatchObject({ kind: 'fault', fault: { line: 2, column: 1 } })
})

test('a list is told from names', () => {
  expect(listValues('- name: Jill\n')).toMatchObject({ isList: true })
  expect(listValues('name: Jill\n')).toMatchObject({ isList: false })
})
