import { expect, test } from 'vitest'
import { taskCounts, withNextTicked, withTasks } from '#simulator/world/task-list.ts'

test('a description ends with its tasks, the first ones ticked', () => {
  expect(withTasks('Why', ['a', 'b'], 1)).toBe('Why\n\n- [x] a\n- [ ] b')
  expect(withTasks('Why', [], 0)).toBe('Why')
})

test('every mark of a list counts, and what stands in a block of code does not', () => {
  const text = '* [ ] one\n  1. [X] two\n+ [x] three\n- [] none\n```md\n- [ ] none\n```\n[ ] none'
  expect(taskCounts(text)).toEqual({ count: 3, done: 2 })
  expect(taskCounts(null)).toEqual({ count: 0, done: 0 })
})

test('the first open task is ticked, until none is left', () => {
  const once = withNextTicked('- [x] a\n- [ ] b\n- [ ] c')
  expect(once).toBe('- [x] a\n- [x] b\n- [ ] c')
  expect(withNextTicked(withNextTicked(once))).toBe('- [x] a\n- [x] b\n- [x] c')
  expect(withNextTicked('```\n- [ ] a\n```\n- [ ] b')).toBe('```\n- [ ] a\n```\n- [x] b')
  expect(withNextTicked(null)).toBeNull()
})
