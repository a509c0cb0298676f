import { expect, test } from 'vitest'
import { countTasks } from '#core/issues/count-tasks.ts'

test.each<[string, number, number]>([
  ['- [ ] one\n- [x] two\n* [X] three', 2, 3],
  ['1. [ ] one\n2) [x] two\n  + [ ] below', 1, 3],
  ['> - [x] quoted', 1, 1],
  ['- [~] not to be done\n- [ ] to be done', 0, 1],
  ['```\n- [ ] in code\n```\n- [ ] outside', 0, 1],
  ['- [] none\n-[ ] none\n[ ] none\n- [y] none', 0, 0],
  ['', 0, 0],
])('of %j it counts %i of %i', (markdown, done, total) => {
  expect(countTasks(markdown)).toEqual({ done, total })
})
