import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countTasks } from '#core/issues/count-tasks.ts'
import { listTasks } from '#core/issues/list-tasks.ts'

test('tasks come in their order with their text, whatever list they stand in', () => {
  expect(listTasks('Before\n- [ ] one\n  * [x] **two** \n> 3) [X] three\r\nafter')).toEqual([
    { text: 'one', nth: 0, done: false },
    { text: '**two**', nth: 0, done: true },
    { text: 'three', nth: 0, done: true },
  ])
})

test('those of the same text are told apart by their number', () => {
  expect(listTasks('- [ ] call\n- [x] write\n- [x] call').map(({ text, nth }) => [text, nth])).toEqual([
    ['call', 0],
    ['write', 0],
    ['call', 1],
  ])
})

test.each([['- [~] not to be done'], ['```\n- [ ] in code\n```'], ['- [ ]'], ['-[ ] none\n- [y] none'], ['']])(
  '%j has none',
  (markdown) => {
    expect(listTasks(markdown)).toEqual([])
  },
)

test('there are as many as are counted, and each is found by its text and number', () => {
  const line = fc.tuple(
    fc.constantFrom('- [ ] ', '* [x] ', '1. [X] ', '- [~] ', '', '> - [ ] '),
    fc.constantFrom('a', 'b', 'b c'),
  )
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const markdown = lines.map(([mark, text]) => mark + text).join('\n')
      const tasks = listTasks(markdown)
      expect({ done: tasks.filter(({ done }) => done).length, total: tasks.length }).toEqual(countTasks(markdown))
      expect(new Set(tasks.map(({ text, nth }) => `${nth} ${text}`)).size).toBe(tasks.length)
    }),
  )
})
