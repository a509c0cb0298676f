import { expect, test } from 'vitest'
import { typing } from '#test/support/typing.ts'

interface PrintedRow {
  readonly key: string
  readonly rank: number
  readonly proposal: { readonly what: string; readonly why: string }
  readonly decision: { readonly what: string; readonly changed: boolean } | null
  readonly evidence: readonly { readonly at: string; readonly words: string }[]
}

interface PrintedList {
  readonly since: string
  readonly stage: string
  readonly started_at: string | null
  readonly undecided: number
  readonly past: readonly object[]
  readonly rows: readonly PrintedRow[]
}

test('what is handed back is listed, and what happened meanwhile is printed with its evidence and what was decided', async () => {
  const type = typing()
  await type(['sync', '--sample'])
  const meetings = JSON.parse(await type(['return', '--sample', '--json'])) as { coverage_id: string; state: string }[]
  expect(meetings.map(({ state }) => state)).toContain('covered')
  const table = await type(['return', '--sample'])
  for (const { coverage_id: id } of meetings) expect(table).toContain(id)

  const coverage = meetings.find(({ state }) => state === 'covered')?.coverage_id ?? ''
  const read = async () =>
    JSON.parse(await type(['return', '--sample', '--coverage', coverage, '--json'])) as PrintedList
  const list = await read()
  expect(list.rows.length).toBeGreaterThan(0)
  expect(list.rows.map(({ rank }) => rank)).toEqual(list.rows.map(({ rank }) => rank).toSorted((a, b) => a - b))
  const evidence = list.rows.flatMap((row) => row.evidence)
  expect(evidence.filter(({ at, words }) => at < list.since || words === '')).toEqual([])
  expect(list).toMatchObject({ stage: 'list', started_at: null, undecided: list.rows.length, past: [] })
  expect(list.rows.filter(({ decision, proposal }) => decision !== null || proposal.why === '')).toEqual([])
  const printed = await type(['return', '--sample', '--coverage', coverage])
  expect(printed).toMatch(/^What +Ticket +Last +Subject +Decided +In words\n/)
  expect(printed).toContain(`\nUndecided: ${list.rows.length}.\n`)

  const decide = async () => {
    const get = ['call', 'returns.get', '--sample', '--json', JSON.stringify({ coverageId: coverage })]
    const { rows } = JSON.parse(await type(get)) as { readonly rows: readonly { key: string; state: string }[] }
    const decision = { kind: 'follow-up', note: 'Softly', owner: 'Dana', dueOn: '2030-12-04' }
    const input = JSON.stringify({ coverageId: coverage, key: rows[0]?.key, state: rows[0]?.state, decision })
    await type(['call', 'returns.decide', '--sample', '--json', input])
  }
  await decide()
  const after = await read()
  expect(after.rows[0]?.decision).toMatchObject({
    ...{ what: 'follow-up', note: 'Softly', owner: 'Dana', due_on: '2030-12-04', changed: false },
  })
  expect(after.started_at).not.toBeNull()
  expect(after.undecided).toBe(after.rows.length - 1)
  expect(await type(['return', '--sample', '--coverage', coverage])).toContain('follow-up: Dana, 2030-1')
  await expect(type(['return', '--sample', '--coverage', 'none'])).rejects.toMatchObject({
    message: expect.stringMatching('This coverage is not known here') as string,
  })
  await expect(type(['return', 'now'])).rejects.toMatchObject({ kind: 'usage' })
}, 60_000)
