import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeTemporaryFolder } from '#test/support/temporary-folder.ts'
import { typing } from '#test/support/typing.ts'

describe('the load of the sample', () => {
  const { folder, remove } = makeTemporaryFolder()
  afterAll(remove)
  const type = typing(folder)
  beforeAll(() => type(['sync', '--once', '--json']), 60_000)

  test('is printed with the sum, what was taken and the baseline', async () => {
    const [week, arithmetic, taken, baseline, source, ...rest] = (await type(['workload'])).split('\n')
    expect(week).toMatch(/^\d{4}-W\d\d$/)
    expect(arithmetic).toMatch(/^[\d.]+\/week → .* = [\d.]+$/)
    expect(taken).toMatch(/^Taken: \d+ of [\d.]+, left: [\d.]+$/)
    expect(baseline).toMatch(/^Baseline: the mean of (\d{4}-W\d\d \d+, ){7}\d{4}-W\d\d \d+$/)
    expect(source).toContain('25%')
    expect(rest).toEqual([''])
  })

  test('is printed for scripts', async () => {
    const load = JSON.parse(await type(['workload', '--json'])) as { allowed: number; taken: number; left: number }
    expect(load).toMatchObject({
      week: expect.stringMatching(/^\d{4}-W\d\d$/) as string,
      starts_at: expect.stringMatching(/Z$/) as string,
      baseline: { origin: 'measured', per_week: expect.any(Number) as number },
      possible: true,
      arithmetic: expect.stringContaining('/week → ') as string,
    })
    expect(load.left).toBeCloseTo(Math.max(0, load.allowed - load.taken), 2)
  })

  test('of a week or day that is named is that one’s', async () => {
    expect(await type(['workload', '--week', '2026-W53'])).toMatch(/^2026-W53\n/)
    const sunday = await type(['workload', '--day', '2031-06-01'])
    expect(sunday).toMatch(
      /^2031-06-01\nSunday is no working day: 0\nTaken: 0 of 0, left: 0\nNo account is covered\.\n/,
    )
  })

  test.each<[string[], string]>([
    [['--week', '2025-W53'], '2025-W53 is no week of that year'],
    [['--week', 'next'], '--week is an ISO week like 2026-W48, not "next".'],
    [['--day', '2026-02-30'], '--day is a day like 2026-11-24, not "2026-02-30".'],
    [['--day', '2026-11-24', '--week', '2026-W48'], '--week and --day do not go together.'],
  ])('%j is a mistake that says what is wrong', async (argv, words) => {
    await expect(type(['workload', ...argv])).rejects.toThrow(words)
  })
})

test('of a folder in which nothing was read there is nothing to reckon from', async () => {
  expect(await typing()(['workload'])).toContain('Baseline: nothing to reckon from yet.')
})
