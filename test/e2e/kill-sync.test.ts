import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchSimulator } from '#simulator/launch.ts'
import { runUnderstudy, startProcess } from '#test/support/start-process.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

/** Runs that must really have been killed, and how many of them in a row before one may finish the job. */
const kills = 50
const killsInARow = 3

/** A small generator, so that a failing run can be told by its seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}

describe('sync --once, killed at random moments', () => {
  let simulator: Awaited<ReturnType<typeof launchSimulator>>
  beforeAll(async () => {
    simulator = await launchSimulator({ seed: 3, speed: 0 })
  })
  afterAll(() => simulator.stop())

  const syncArguments = (dataDir: string) => [
    'sync',
    '--once',
    '--json',
    '--data-dir',
    dataDir,
    '--simulator',
    simulator.description.control.url,
  ]

  async function read(dataDir: string, args: readonly string[]): Promise<unknown> {
    const where = ['--data-dir', dataDir, '--simulator', simulator.description.control.url]
    const { code, stdout, stderr } = await runUnderstudy([...args, ...where])
    expect({ code, stderr }).toMatchObject({ code: 0 })
    return JSON.parse(stdout)
  }

  /** Everything stored, in an order that does not depend on when it was stored. */
  async function stored(dataDir: string) {
    const events: { kind: string; subject: string; at: number; changes: object }[] = []
    for (let afterSeq = 0, more = true; more;) {
      const page = (await read(dataDir, [
        'call',
        'activity.list',
        '--json',
        JSON.stringify({ afterSeq, limit: 1000 }),
      ])) as {
        events: { seq: number; kind: string; subject: string; at: number; changes: object }[]
        more: boolean
      }
      events.push(...page.events.map(({ seq: _, ...event }) => event))
      afterSeq = page.events.at(-1)?.seq ?? afterSeq
      more = page.more
    }
    return {
      tickets: await read(dataDir, ['tickets', '--json']),
      issues: await read(dataDir, ['issues', '--json']),
      events: events.map((event) => JSON.stringify(event)).toSorted(),
    }
  }

  it(
    `ends with the same rows and events as an undisturbed run, after ${kills} kills`,
    { timeout: 1_800_000 },
    async () => {
      const calm = temporaryFolder()
      expect(await runUnderstudy(syncArguments(calm))).toMatchObject({ code: 0 })
      const expected = await stored(calm)
      expect(expected.events.length).toBeGreaterThan(100)
      const fullRunMs = await timeOfFullRun()

      const random = randomFrom(20_261_121)
      for (let killed = 0; killed < kills;) {
        const folder = temporaryFolder()
        for (let row = 0; row < killsInARow; row += 1) {
          const run = startProcess('src/main/cli/index.ts', syncArguments(folder))
          await wait(fullRunMs * (0.2 + 0.75 * random()))
          run.child.kill('SIGKILL')
          // A run that was over before its moment came has an exit code, and does not count.
          if ((await run.finished).code === null) killed += 1
        }
        expect(await runUnderstudy(syncArguments(folder))).toMatchObject({ code: 0 })
        const after = await stored(folder)
        expect(after.tickets).toEqual(expected.tickets)
        expect(after.issues).toEqual(expected.issues)
        expect(after.events).toEqual(expected.events)
      }
    },
  )

  /** How long an undisturbed run takes once everything it loads has been loaded before, ms. */
  async function timeOfFullRun(): Promise<number> {
    const folder = temporaryFolder()
    const startedAt = performance.now()
    await runUnderstudy(syncArguments(folder))
    return performance.now() - startedAt
  }
})
