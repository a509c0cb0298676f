import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startProcess } from '#test/support/start-process.ts'
import { startWeb } from '#test/support/start-web.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

function serve(...args: string[]) {
  return startProcess('src/main/web/index.ts', ['--no-open', ...args]).finished
}

test('it prints its address, serves, stops on SIGTERM and leaves no address behind', async () => {
  const dataDir = temporaryFolder()
  const { url, child, finished } = await startWeb(dataDir)
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/)
  expect((await fetch(new URL('/nothing', url))).status).toBe(404)
  const instance = join(dataDir, 'instance.json')
  expect(JSON.parse(readFileSync(instance, 'utf8'))).toMatchObject({ pid: child.pid, host: 'web', url })
  expect(statSync(instance).mode & 0o777).toBe(0o600)
  child.kill('SIGTERM')
  expect(await finished).toMatchObject({ code: 0, stdout: `Understudy is open at ${url}\n` })
  expect(existsSync(instance)).toBe(false)
  const token = url.split('token=')[1] ?? 'none'
  for (const name of readdirSync(dataDir).filter((file) => file.endsWith('.log'))) {
    expect(readFileSync(join(dataDir, name), 'utf8')).not.toContain(token)
  }
}, 30_000)

test('a second instance says where the first one is and ends with 3; one that was killed blocks nobody', async () => {
  const dataDir = temporaryFolder()
  const first = await startWeb(dataDir)
  expect(await serve('--data-dir', dataDir)).toEqual({
    code: 3,
    stdout: '',
    stderr: `Understudy is already running with the data folder ${dataDir} at ${first.url}. Use that one, stop it first, or choose another folder with --data-dir.\n`,
  })
  first.child.kill('SIGKILL')
  await first.finished
  const next = await startWeb(dataDir)
  expect(next.url).not.toBe(first.url)
  next.child.kill('SIGINT')
  expect((await next.finished).code).toBe(0)
}, 30_000)

test.runIf(process.platform === 'linux')(
  'a session bus that is not there is said in a sentence, and Understudy opens',
  async () => {
    const bus = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }
    const { child, line, finished } = startProcess(
      'src/main/web/index.ts',
      ['--no-open', '--port', '0', '--data-dir', temporaryFolder()],
      bus,
    )
    await line(/^Understudy is open at /)
    child.kill('SIGTERM')
    const { code, stderr } = await finished
    expect(code).toBe(0)
    expect(stderr.match(/The desktop’s notifications cannot be reached/g)).toHaveLength(1)
  },
  30_000,
)

test('a port that is taken ends it with a sentence, and the folder is free again', async () => {
  const dataDir = temporaryFolder()
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  const { code, stdout, stderr } = await serve('--data-dir', dataDir, '--port', String(port))
  expect({ code, stdout, stderr: stderr.split('\n')[0] }).toEqual({
    code: 1,
    stdout: '',
    stderr: `Port ${port} is taken by another program. Choose another with --port, or leave --port out and a free one is found.`,
  })
  await startWeb(dataDir)
}, 30_000)

test('a damaged settings file is set aside with a sentence, and Understudy opens', async () => {
  const dataDir = temporaryFolder()
  writeFileSync(join(dataDir, 'config.json'), '{"theme":')
  const { child, finished } = await startWeb(dataDir)
  child.kill('SIGTERM')
  expect((await finished).stderr).toContain(
    `The settings file ${join(dataDir, 'config.json')} was damaged, so the default settings are used.`,
  )
  const aside = readdirSync(dataDir).find((name) => name.startsWith('config.corrupt-')) ?? ''
  expect(readFileSync(join(dataDir, aside), 'utf8')).toBe('{"theme":')
}, 30_000)

test('a data folder that cannot be written to is named', async () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  const { code, stderr } = await serve('--data-dir', join(file, 'data'))
  expect(code).toBe(1)
  expect(stderr).toMatch(/^Understudy cannot write to its data folder .+: part of the path is a file\. .+\n$/)
})

test('mistakes in the options name the option and end with 2', async () => {
  const cases: [string[], string][] = [
    [['--port', 'x'], '--port is a whole number from 0 to 65535, not "x".\n'],
    [['--port', '65536'], '--port is a whole number from 0 to 65535, not "65536".\n'],
    [['--data-dir'], '--data-dir needs a value. Write --data-dir DIR.\n'],
    [['--sample=yes'], '--sample takes no value. Write just --sample.\n'],
    [
      ['--prot', '1'],
      'There is no option --prot. The options are: --port, --no-open, --data-dir, --sample, --simulator, --help.\n',
    ],
    [['now'], 'There is a word too many: now. See --help.\n'],
  ]
  for (const [args, stderr] of cases) expect(await serve(...args)).toEqual({ code: 2, stdout: '', stderr })
}, 30_000)

test('--help explains every option', async () => {
  const { code, stdout } = await serve('--help')
  expect(code).toBe(0)
  for (const option of ['--port', '--no-open', '--data-dir', '--sample', '--simulator', 'Exit codes']) {
    expect(stdout).toContain(option)
  }
})
