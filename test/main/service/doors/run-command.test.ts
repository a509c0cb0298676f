import { expect, test } from 'vitest'
import { DatabaseFromTheFuture } from '#service/db/open-database.ts'
import { Problem } from '#service/problem.ts'
import { outcomeOf, type Terminal } from '#service/doors/run-command.ts'

async function run(command: () => Promise<number>, env: Record<string, string> = {}) {
  const said: string[] = []
  const terminal: Terminal = {
    print: async () => undefined,
    say: (line) => said.push(line),
    env,
    readInput: async () => '',
    untilStopped: async () => undefined,
  }
  return { code: await outcomeOf(command, terminal), said }
}

const fails = (error: Error) => async () => Promise.reject(error)

test('a command’s own exit code is kept', async () => {
  expect(await run(async () => 0)).toEqual({ code: 0, said: [] })
  expect(await run(async () => 1)).toEqual({ code: 1, said: [] })
})

test('a foreseen failure is its sentence and the exit code of its kind', async () => {
  expect(await run(fails(new Problem('failed', 'The disk is full.')))).toEqual({ code: 1, said: ['The disk is full.'] })
  expect(await run(fails(new Problem('usage', 'No such option.')))).toEqual({ code: 2, said: ['No such option.'] })
  expect(await run(fails(new Problem('running', 'Already running.')))).toEqual({ code: 3, said: ['Already running.'] })
})

test('a database of a newer version is a sentence, not a stack', async () => {
  const { code, said } = await run(fails(new DatabaseFromTheFuture('understudy.db', 9, 1)))
  expect(code).toBe(1)
  expect(said).toEqual([
    expect.stringMatching(
      /^understudy\.db was written by a newer Understudy .+ Install the newer Understudy, or choose another folder with --data-dir\.$/,
    ),
  ])
})

test('an unforeseen failure is one line, with the stack on request', async () => {
  const bug = new TypeError('x is not a function\nand more')
  expect(await run(fails(bug))).toEqual({
    code: 1,
    said: ['Understudy failed in a way nobody foresaw: x is not a function. Set UNDERSTUDY_DEBUG=1 to see where.'],
  })
  expect((await run(fails(bug), { UNDERSTUDY_DEBUG: '1' })).said[0]).toContain('run-command.test.ts')
})
