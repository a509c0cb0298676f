import { expect, test } from 'vitest'
import { taskLines } from '#core/issues/task-lines.ts'

test('each line says where its mark stands, so that it can be changed in place', () => {
  const markdown = 'Steps\n- [ ] one\n  2) [x] two\n> * [~] three\n- [X]'
  const lines = markdown.split('\n')
  expect(taskLines(markdown)).toEqual([
    { line: 1, at: 3, text: 'one', nth: 0, done: false },
    { line: 2, at: 6, text: 'two', nth: 0, done: true },
    { line: 4, at: 3, text: '', nth: 0, done: true },
  ])
  expect(taskLines(markdown).map(({ line, at }) => lines[line]?.[at])).toEqual([' ', 'x', 'X'])
})

test('what stands in code is none', () => {
  expect(taskLines('~~~\n- [ ] in code\n~~~\n- [ ] outside').map(({ text }) => text)).toEqual(['outside'])
})
