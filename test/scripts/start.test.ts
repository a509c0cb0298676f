import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fakeProject, installFakeElectron, type FakeProject } from '#test/support/fake-project.ts'
import { runScript, type ToolRun } from '#test/support/run-tool.ts'

let project: FakeProject

beforeEach(() => {
  project = fakeProject()
})

afterEach(() => project.remove())

describe('npm start', () => {
  test('builds the window and opens the web host with the options it was given', async () => {
    const run = await start(['--web', '--no-open', '--port', '8123', '--data-dir', 'here', '--sample'])
    expect(run).toMatchObject({ code: 0 })
    expect(JSON.parse(run.stdout)).toEqual(['--data-dir', 'here', '--sample', '--port', '8123', '--no-open'])
    expect(project.read('builds.log')).toBe('window\n')
  })

  test('builds nothing the second time, and again once a source changed', async () => {
    await start(['--web'])
    await start(['--web'])
    expect(project.read('builds.log')).toBe('window\n')
    project.write('src/renderer/main.tsx', 'two')
    await start(['--web'])
    expect(project.read('builds.log')).toBe('window\nwindow\n')
  })

  test('builds again when the result was deleted', async () => {
    await start(['--web'])
    rmSync(join(project.root, 'out'), { recursive: true })
    await start(['--web'])
    expect(project.read('builds.log')).toBe('window\nwindow\n')
  })

  test('leaves with the exit code of the door', async () => {
    const run = await start(['--web'], { FAKE_EXIT_CODE: '7' })
    expect(run.code).toBe(7)
  })

  test('says so when the build fails, and opens nothing', async () => {
    project.write('node_modules/vite/bin/vite.js', 'console.log("broken source"); process.exitCode = 1')
    const run = await start(['--web'])
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toContain('broken source')
    expect(run.stderr).toContain('could not be built')
  })

  test('names an option it does not know and ends with 2', async () => {
    const run = await start(['--wbe'])
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toContain(`'--wbe'`)
  })

  test('explains itself', async () => {
    const run = await start(['--help'])
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toContain('--data-dir DIR')
  })

  test('passes a signal on to the door and leaves the way it did', async () => {
    await start(['--web'])
    const child = spawn(process.execPath, [join(project.root, 'scripts/start.mjs'), '--web'], {
      env: { ...process.env, FAKE_STAYS: 'yes' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    child.kill('SIGTERM')
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect(code).toBe(128 + 15)
  })
})

describe.runIf(process.platform !== 'win32')('npm start through a shell', () => {
  test('ends with its door when only the shell is ended', async () => {
    await start(['--web'])
    const script = join(project.root, 'scripts/start.mjs')
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${script}" --web; true`], {
      env: { ...process.env, FAKE_STAYS: 'yes', npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await new Promise((resolve) => shell.stdout.once('data', resolve))
    shell.kill('SIGTERM')
    // The door holds the other end of the pipe: it closes when the door is gone.
    await new Promise((resolve) => shell.once('close', resolve))
    expect(shell.signalCode).toBe('SIGTERM')
  })
})

describe.runIf(process.platform === 'linux')('npm start on Linux', () => {
  test('says in one line that there is no display, and opens the browser', async () => {
    const run = await start([], { DISPLAY: '', WAYLAND_DISPLAY: '' })
    expect(run.code).toBe(0)
    expect(run.stderr).toContain('Opening in the browser: this machine has no display for a desktop app.\n')
  })

  test('never turns the sandbox off: as root it opens the browser, otherwise the desktop app', async () => {
    installFakeElectron(project)
    const run = await start(['--sample'], { DISPLAY: ':0' })
    if (process.getuid?.() === 0) {
      expect(run.stderr).toContain('does not run as root')
    } else {
      expect(run.stdout).toBe('desktop --sample\n')
    }
  })
})

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ToolRun> {
  return runScript(join(project.root, 'scripts/start.mjs'), args, {
    cwd: project.root,
    env: { ...process.env, ...env },
  })
}
