import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#test/support/temporary-folder.ts'
import { typing, typingConnected } from '#test/support/typing.ts'

interface Listed {
  readonly coverages: readonly object[]
  readonly plans: readonly {
    readonly id: string
    readonly missing: number
    readonly entries: readonly object[]
    readonly findings: readonly { readonly kind: string }[]
  }[]
}

test(
  'a plan is listed with what is missing, handed over as file and as Markdown, and taken in',
  { timeout: 90_000 },
  async () => {
    const [from, to] = [await typingConnected(), await typingConnected()]
    for (const { type, accountId } of [from, to])
      await type(['accounts', 'add', '--organization', accountId, '--ase', 'me'])
    const week = { startsAt: '2030-12-16T09:00', endsAt: '2030-12-20T17:00' }
    const created = JSON.parse(await from.type(['call', 'plans.create', '--json', JSON.stringify(week)])) as {
      id: string
    }
    const { coverages, plans } = JSON.parse(await from.type(['coverage', '--json'])) as Listed
    expect(coverages).toEqual([])
    expect(plans).toMatchObject([
      { id: created.id, missing: 1, phase: 'upcoming', entries: [], findings: [{ kind: 'gap' }] },
    ])
    expect(await from.type(['coverage'])).toMatch(
      new RegExp(`away, .* \\(plan ${created.id}\\)\\n {2}Missing: Nobody covers `),
    )

    const file = join(temporaryFolder(), 'plan.md')
    writeFileSync(file, await from.type(['coverage', 'export', created.id, '--markdown']))
    expect(await to.type(['coverage', 'import', file])).toMatch(
      / is away .*\nNothing was stored\. Write --yes to take it in\.\n$/,
    )
    expect((JSON.parse(await to.type(['coverage', '--json'])) as Listed).plans).toEqual([])
    expect(await to.type(['coverage', 'import', file, '--yes'])).toContain(`Taken in as plan ${created.id}.`)
    expect((JSON.parse(await to.type(['coverage', '--json'])) as Listed).plans).toMatchObject([{ id: created.id }])

    writeFileSync(file, await from.type(['coverage', 'export', created.id]))
    const again = await to.type(['coverage', 'import', file, '--json'])
    expect(JSON.parse(again)).toEqual({ plan_id: created.id, fresh: false, stored: false, changes: [], conflicts: [] })
    expect(await to.type(['coverage', 'import', file])).toContain('There is nothing new in it.')
  },
)

test.each<[string[], string]>([
  [['coverage', 'lst'], 'There is no “coverage lst”. There are: list, export, import, send, fetch.'],
  [['coverage', 'export'], 'Which plan?'],
  [['coverage', 'import'], 'Which file?'],
  [['coverage', 'send'], 'Which plan?'],
  [['coverage', 'fetch'], 'From where?'],
  [['coverage', 'import', '/nowhere/plan.json'], '/nowhere/plan.json cannot be read. Check its name.'],
])('%j is a mistake that says how it is written', async (argv, words) => {
  await expect(typing()(argv)).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining(words) as string,
  })
})

test('what is no plan, and a plan that is not there, are refused in words', async () => {
  const type = typing()
  const file = join(temporaryFolder(), 'plan.md')
  writeFileSync(file, 'Hello')
  await expect(type(['coverage', 'import', file, '--yes'])).rejects.toThrow('no coverage plan in this text')
  await expect(type(['coverage', 'export', 'none'])).rejects.toThrow('not known here')
})
