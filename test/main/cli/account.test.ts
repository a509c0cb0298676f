import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#test/support/temporary-folder.ts'
import { typing, typingConnected } from '#test/support/typing.ts'

function aFile(text: string): string {
  const path = join(temporaryFolder(), 'inventory.yaml')
  writeFileSync(path, text)
  return path
}

test('an inventory is looked at, taken in, shown and given out again', async () => {
  const { type, accountId } = await typingConnected()
  await type(['accounts', 'add', '--organization', accountId])
  const file = aFile('geo: two sites\npages: off\n')
  const of = ['--id', accountId]
  expect(await type(['account', 'import', file, ...of])).toBe(
    'Geo: two sites\n' +
      'Without a field of its own, new: pages: off\n' +
      'Line 2, column 8: pages: No field of its own: kept under its name.\n' +
      'Nothing was stored. Write --yes to take it in.\n',
  )
  expect(JSON.parse(await type(['account', 'import', file, ...of, '--yes', '--json']))).toMatchObject({ stored: true })
  expect(await type(['account', ...of])).toContain('  Geo: two sites\n  pages: off\n')
  expect(JSON.parse(await type(['account', ...of, '--json']))).toMatchObject({
    organization_id: Number(accountId),
    environment: { geo: 'two sites' },
    without_a_field: { pages: 'off' },
    onboarding: { steps: expect.arrayContaining([expect.objectContaining({ id: 'introduction' })]) as unknown },
  })
  expect(await type(['account', 'export', ...of])).toContain('\ngeo: two sites\npages: off\n')
}, 60_000)

test('YAML that cannot be read says where', async () => {
  const { type, accountId } = await typingConnected()
  await type(['accounts', 'add', '--organization', accountId])
  const file = aFile('geo: two\n\tredis: no\n')
  await expect(type(['account', 'import', file, '--id', accountId, '--yes'])).rejects.toThrow('Line 2, column 1:')
}, 60_000)

test.each<[string[], string]>([
  [['account'], '--id is missing.'],
  [['account', 'imprt', '--id', '7'], 'There is no “account imprt”.'],
  [['account', 'import', '--id', '7'], 'Name the file to take in, or write --fields'],
  [['account', 'import', '/none.yaml', '--id', '7'], '/none.yaml cannot be read.'],
  [['account', 'export', '--id', '7', '--as', 'xml'], '--as is one of inventory, support-team'],
])('%j is a mistake that says how it is written', async (argv, words) => {
  await expect(typing()(argv)).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining(words) as string,
  })
})
