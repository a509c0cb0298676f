import { join } from 'node:path'
import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ensureInstalled, installationState } from '#scripts/installation.mjs'
import { fakeProject, type FakeProject } from '#test/support/fake-project.ts'
import { runScript } from '#test/support/run-tool.ts'

let project: FakeProject

beforeEach(() => {
  project = fakeProject()
})

afterEach(() => project.remove())

describe('the state of an installation', () => {
  test('is missing without node_modules', () => {
    rmSync(join(project.root, 'node_modules'), { recursive: true })
    expect(installationState(project.root)).toBe('missing')
  })

  test('is complete after somebody ran npm ci by hand', () => {
    expect(installationState(project.root)).toBe('complete')
  })

  test('is outdated when the lock file names another version', () => {
    expect(installationState(project.root)).toBe('complete')
    project.write('package-lock.json', lockWith({ 'node_modules/zod': { version: '4.1.0' } }))
    expect(installationState(project.root)).toBe('outdated')
  })

  test('is outdated when the lock file names a package that is not there', () => {
    project.write(
      'package-lock.json',
      lockWith({ 'node_modules/zod': { version: '4.0.0' }, 'node_modules/ws': { version: '8.0.0' } }),
    )
    expect(installationState(project.root)).toBe('outdated')
  })

  test('does not wait for packages of other platforms', () => {
    project.write(
      'package-lock.json',
      lockWith({
        'node_modules/zod': { version: '4.0.0' },
        'node_modules/fsevents': { version: '2.0.0', optional: true },
      }),
    )
    expect(installationState(project.root)).toBe('complete')
  })

  test('is outdated when an install was broken off', () => {
    rmSync(join(project.root, 'node_modules/.package-lock.json'))
    expect(installationState(project.root)).toBe('outdated')
  })

  test('lacks only Node after an install without scripts', () => {
    rmSync(join(project.root, 'node_modules/node'), { recursive: true })
    expect(installationState(project.root)).toBe('without-node')
  })
})

describe('installing', () => {
  test('does nothing when all is there', async () => {
    const said: string[] = []
    expect(await ensureInstalled(project.root, (line) => said.push(line))).toEqual({ ok: true })
    expect(said).toEqual([])
  })

  test('says what to do when npm fails, and starts nothing', async () => {
    rmSync(join(project.root, 'node_modules/.package-lock.json'))
    project.write('npm-cli.js', 'console.error("npm error network"); process.exitCode = 1')
    const run = await runScript(join(project.root, 'scripts/start.mjs'), ['--web'], {
      env: { ...process.env, npm_execpath: join(project.root, 'npm-cli.js') },
    })
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toContain('npm error network')
    expect(run.stderr).toContain('Installing ended with code 1')
    expect(run.stderr).toContain('offline')
  })

  test('runs npm ci once and remembers it', async () => {
    rmSync(join(project.root, 'node_modules/.package-lock.json'))
    project.write('npm-cli.js', '(await import("node:fs")).appendFileSync("npm.log", process.argv[2] + "\\n")')
    const env = { ...process.env, npm_execpath: join(project.root, 'npm-cli.js') }
    expect(await runScript(join(project.root, 'scripts/start.mjs'), ['--web'], { env })).toMatchObject({ code: 0 })
    expect(await runScript(join(project.root, 'scripts/start.mjs'), ['--web'], { env })).toMatchObject({ code: 0 })
    expect(project.read('npm.log')).toBe('ci\nrebuild\n')
  })
})

function lockWith(packages: object): string {
  return JSON.stringify({ packages: { '': {}, ...packages } })
}
