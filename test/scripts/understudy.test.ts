import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fakeProject, type FakeProject } from '#test/support/fake-project.ts'
import { runScript, type ToolRun } from '#test/support/run-tool.ts'

let project: FakeProject

beforeEach(() => {
  project = fakeProject()
})

afterEach(() => project.remove())

describe('the launcher of the command line', () => {
  test('hands over the arguments and leaves with the exit code, with nothing but the answer on stdout', async () => {
    const run = await understudy(['status', '--json'], { FAKE_EXIT_CODE: '2' })
    expect(run).toEqual({ code: 2, stdout: '["status","--json"]\n', stderr: '' })
  })

  test('installs nothing: it says what to run', async () => {
    rmSync(join(project.root, 'node_modules'), { recursive: true })
    const run = await understudy(['status'])
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toContain('npm run setup')
  })
})

function understudy(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ToolRun> {
  return runScript(join(project.root, 'scripts/understudy.mjs'), args, { env: { ...process.env, ...env } })
}
