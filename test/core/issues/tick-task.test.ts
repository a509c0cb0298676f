import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countTasks } from '#core/issues/count-tasks.ts'
import { taskLines } from '#core/issues/task-lines.ts'
import { tickTask } from '#core/issues/tick-task.ts'

const markdown =
  'Plan\r\n\r\n- [ ] Back up\r\n  * [x] Upgrade\n> 1. [ ] Upgrade\n```\n- [ ] Upgrade\n```\n- [~] Upgrade\n'

test('the named one of several alike is ticked, and nothing else is touched', () => {
  expect(tickTask(markdown, { text: 'Upgrade', nth: 1, done: true })).toEqual({
    kind: 'ticked',
    description: markdown.replace('> 1. [ ] Upgrade', '> 1. [x] Upgrade'),
  })
  expect(tickTask(markdown, { text: 'Upgrade', nth: 0, done: false })).toEqual({
    kind: 'ticked',
    description: markdown.replace('* [x] Upgrade', '* [ ] Upgrade'),
  })
})

test('one that is so already holds, whichever sign it carries', () => {
  expect(tickTask('- [X] Back up', { text: 'Back up', nth: 0, done: true })).toEqual({ kind: 'holds' })
})

test('one that is gone, in code or out of the count is missing', () => {
  for (const [text, nth] of [
    ['Other', 0],
    ['Upgrade', 2],
    ['Back', 0],
  ] as const) {
    expect(tickTask(markdown, { text, nth, done: true })).toEqual({ kind: 'missing' })
  }
})

test('what is ticked is counted as ticked, and unticking it gives the text back', () => {
  const line = fc.constantFrom('- [ ] A', '- [x] A', '* [ ] B', 'Text', '```', '> - [ ] A ', '1. [~] A', '- [ ] ', '')
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.nat(), (lines, pick) => {
      const text = lines.join('\n')
      const open = taskLines(text).filter(({ done }) => !done)
      const task = open[pick % Math.max(1, open.length)]
      if (!task) return
      const ticked = tickTask(text, { ...task, done: true })
      if (ticked.kind !== 'ticked') throw new Error(ticked.kind)
      const before = countTasks(text)
      expect(countTasks(ticked.description)).toEqual({ done: before.done + 1, total: before.total })
      expect(tickTask(ticked.description, { ...task, done: true })).toEqual({ kind: 'holds' })
      expect(tickTask(ticked.description, { ...task, done: false })).toEqual({ kind: 'ticked', description: text })
    }),
  )
})
