import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '#test/support/simulator.ts'
import { typing } from '#test/support/typing.ts'
import { runUnderstudy } from '#test/support/start-process.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

function fileOf(name: string, text: string): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, text)
  return path
}

const open = `id: 360100000023
name: Acme
notes: |
  Dana is the AMER ASE.

  Until 2020-01-02, Tom covers Acme.
`

test('a file with open questions ends with 1 and says which, by the lines of the file', async () => {
  const file = fileOf('acme.yaml', open)
  const { code, stdout } = await runUnderstudy(['org-note', 'lint', file])
  expect(code).toBe(1)
  expect(stdout).toContain(`${file}: 2 of 6 answered (Handbook of April 2025)`)
  expect(stdout).toContain('  line 4   Which region is the ASE located in?')
  expect(stdout).toContain('  open     What to do with tickets that predate the introduction of this ASE?')
  expect(stdout).toContain('  warning  line 6: This ended on 2020-01-02.')
})

test('a pipeline reads the same as JSON, by the edition it names', async () => {
  const { code, stdout } = await runUnderstudy([
    ...['org-note', 'lint', fileOf('acme.yaml', open), '--json', '--policy', '2026-08'],
  ])
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ organization_id: 360100000023, policy: '2026-08', answered: 2, of: 5 },
    questions: [
      { id: 'ase', open: false, answers: [{ line: 4, text: 'Dana is the AMER ASE.' }] },
      { id: 'region', open: false },
      { id: 'global-support', kind: 'fixed', open: true, answers: [] },
      { id: 'ase-engages', open: true },
      { id: 'emergency', open: true },
    ],
    warnings: [{ kind: 'ended', line: 6 }],
  })
})

test('a note is written from an account, and its plain text is linted as it is', { timeout: 120_000 }, async () => {
  const own = await createSimulator({ seed: 5, scale: 10 })
  onTestFinished(() => own.stop())
  const { zendesk, workspace } = own.description
  const account = String(workspace.accounts[0]?.id)
  const type = typing()
  await type(['connect', 'zendesk', '--url', zendesk.url, '--email', zendesk.email, '--token-stdin'], zendesk.token)
  await type(['accounts', 'add', '--organization', account, '--ase', 'me'])
  await type(['people', 'change', '--person', 'me', '--region', 'EMEA'])
  const note = await type(['org-note', 'compose', '--account', account, '--cover', 'Tom', '--until', '2031-01-02'])
  expect(note).toContain('Jonas Feldkamp is the ASE for Cascadia Freight.')
  expect(note).toContain('Until 2031-01-02, Tom covers Cascadia Freight')
  const { code, stdout } = await runUnderstudy(['org-note', 'lint', fileOf('note.md', note)])
  expect(stdout).toMatch(/: 6 of 6 answered .*$/m)
  expect(code).toBe(0)
})

test('mistakes say what is wrong and what to do', async () => {
  const broken = await runUnderstudy(['org-note', 'lint', fileOf('acme.yml', 'id: 1\nid: 2\n')])
  expect(broken).toMatchObject({ code: 1, stderr: expect.stringContaining('Line 2, column 1:') as string })
  expect(await runUnderstudy(['org-note', 'lint', '/nowhere.yaml'])).toMatchObject({ code: 1 })
  expect(await runUnderstudy(['org-note', 'lint', fileOf('a.md', ''), '--policy', '1999-01'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('choose 2025-04 or 2026-08') as string,
  })
  expect(await runUnderstudy(['org-note', 'lint'])).toMatchObject({ code: 2 })
  expect(await runUnderstudy(['org-note', 'compose'])).toMatchObject({ code: 2 })
})
