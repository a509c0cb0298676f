import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { contract } from '#contract/contract.ts'
import { simulatorDescriptionSchema } from '#contract/workspace.ts'
import { writingProcedures } from '#main/cli/call.ts'
import { procedureNames } from '#service/doors/call-procedure.ts'
import { projectRoot, runUnderstudy, startProcess } from '#test/support/start-process.ts'
import { startWeb } from '#test/support/start-web.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

test('--help lists the commands, and each explains itself', async () => {
  const { code, stdout } = await runUnderstudy(['--help'])
  expect(code).toBe(0)
  for (const command of [
    'serve',
    'accounts',
    'people',
    'coverage',
    'handoff',
    'workload',
    'calendars',
    'on-call',
    'sync',
    'status',
    'tickets',
    'issues',
    'call',
    'simulator',
  ]) {
    expect(stdout).toContain(`  ${command}`)
    const help = await runUnderstudy([command, '--help'])
    expect(help).toMatchObject({ code: 0, stderr: '' })
    expect(help.stdout).toContain(`understudy ${command}`)
    expect(help.stdout).toContain('Exit codes: 0')
  }
}, 30_000)

test('mistakes name what is wrong and the fix, and end with 2', async () => {
  const dataDir = temporaryFolder()
  const cases: [string[], RegExp][] = [
    [
      ['tikets'],
      /^There is no command "tikets"\. There are: serve, connect, disconnect, accounts, account, people, coverage, handoff, return, workload, calendars, on-call, alerts, sync, status, tickets, guidance, issues, gitlab-kit, org-note, calls, call, simulator\.\n$/,
    ],
    [
      ['tickets', '--jsn'],
      /^There is no option --jsn\. The options are: --json, --data-dir, --sample, --simulator, --help\.\n$/,
    ],
    [['call'], /^Name the procedure to call, like tickets\.list\. See --help\.\n$/],
    [['call', 'tickets.lst'], /^There is no procedure "tickets\.lst"\. There are: .+\n$/],
    [
      ['call', 'tickets.list', '--json', '{limit:1}'],
      /^--json is not valid JSON: .+ Quote it for the shell, like '\{"id":1\}'\.\n$/,
    ],
    [
      ['call', 'tickets.list', '--json', '{"limit":0}', '--data-dir', dataDir],
      /^tickets\.list was called with a wrong input\. limit: .+\.\n$/,
    ],
    [['simulator', '--speed', 'fast'], /^--speed is a number from 0 to 1000000, not "fast"\.\n$/],
    [['simulator', '--anchor', 'today'], /^--anchor is a time like 2026-11-21T09:00:00Z, not "today"\.\n$/],
  ]
  for (const [args, stderr] of cases) {
    expect(await runUnderstudy(args)).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(stderr) })
  }
}, 30_000)

test('every procedure is known to read or to write', () => {
  expect(procedureNames.filter((name) => writingProcedures.has(name))).toHaveLength(writingProcedures.size)
  const writes = Object.keys({ ...contract.alerts, ...contract.settings, ...contract.sync }).filter(
    (name) => !['list', 'get', 'status'].includes(name),
  )
  expect(writes.length).toBeLessThanOrEqual(writingProcedures.size)
})

test('a sync fills the folder and the lists print it, nothing but the answer on standard output', async () => {
  const dataDir = ['--data-dir', temporaryFolder()]
  const sync = await runUnderstudy(['sync', '--once', '--json', ...dataDir])
  expect(sync.code).toBe(0)
  const result = JSON.parse(sync.stdout) as { tickets: number; issues: number }
  expect(result).toMatchObject({ problems: [] })

  const tickets = JSON.parse((await runUnderstudy(['tickets', '--json', ...dataDir])).stdout) as object[]
  expect(tickets.length).toBeGreaterThan(0)
  expect(tickets.length).toBeLessThanOrEqual(result.tickets)
  expect(Object.keys(tickets[0] ?? {})).toEqual([
    'id',
    'subject',
    'status',
    'priority',
    'organization_id',
    'assignee_id',
    'cc_ids',
    'follower_ids',
    'updated_at',
    'clocks',
  ])
  for (const ticket of tickets as { updated_at: string; clocks: { breach_at: string | null }[] }[]) {
    expect(ticket.updated_at).toMatch(iso)
    for (const clock of ticket.clocks) if (clock.breach_at !== null) expect(clock.breach_at).toMatch(iso)
  }

  const issues = JSON.parse((await runUnderstudy(['issues', '--json', ...dataDir])).stdout) as object[]
  expect(issues).toHaveLength(result.issues)

  const status = await runUnderstudy(['status', '--json', ...dataDir])
  expect(JSON.parse(status.stdout)).toMatchObject({
    workspace: 'sample',
    running: null,
    last_completed_at: expect.stringMatching(iso),
  })

  const table = await runUnderstudy(['tickets', ...dataDir])
  expect(table.stdout.split('\n')[0]).toBe('ID        STATUS    PRIORITY  NEXT BREACH (UTC)  SUBJECT')
  expect((await runUnderstudy(['call', 'tickets.list', '--json', '{"limit":1}', ...dataDir])).stdout).toContain(
    '"more": true',
  )
  const missing = await runUnderstudy(['call', 'tickets.get', '--json', '{"id":1}', ...dataDir])
  expect(missing).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^tickets\.get: Ticket 1 is not stored here\. .+\n$/),
  })
}, 60_000)

test('a reader that has enough ends a long list quietly', async () => {
  const dataDir = temporaryFolder()
  await runUnderstudy(['sync', '--once', '--data-dir', dataDir])
  const child = spawn(process.execPath, ['src/main/cli/index.ts', 'tickets', '--json', '--data-dir', dataDir], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  await once(child.stdout, 'data')
  child.stdout.destroy()
  const [code] = await once(child, 'close')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
}, 60_000)

test('beside a running Understudy one may read, and neither sync nor change anything', async () => {
  const dataDir = temporaryFolder()
  const web = await startWeb(dataDir)
  const given = ['--data-dir', dataDir]
  for (const args of [
    ['tickets', '--json'],
    ['issues', '--json'],
    ['call', 'settings.get'],
  ]) {
    expect(await runUnderstudy([...args, ...given])).toMatchObject({ code: 0, stderr: '' })
  }
  const status = await runUnderstudy(['status', '--json', ...given])
  expect(JSON.parse(status.stdout)).toMatchObject({
    running: { pid: web.child.pid, host: 'web', port: Number(new URL(web.url).port) },
  })
  expect(status.stdout).not.toContain('token')
  for (const args of [
    ['sync', '--once', '--json'],
    ['call', 'settings.set', '--json', '{"theme":"dark"}'],
  ]) {
    expect(await runUnderstudy([...args, ...given])).toEqual({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining(`already running with the data folder ${dataDir}`),
    })
  }
}, 60_000)

test('the simulator says where it is in one line, can be used by others, and stops on SIGTERM', async () => {
  const simulator = startProcess('src/main/cli/index.ts', [
    'simulator',
    '--seed',
    '3',
    '--speed',
    '0',
    '--anchor',
    '2026-11-21T09:00:00Z',
    '--now',
    '2026-11-21T10:00:00Z',
  ])
  onTestFinished(() => void simulator.child.kill('SIGKILL'))
  const description = simulatorDescriptionSchema.parse(JSON.parse(await simulator.line(/^\{/)))
  expect(description).toMatchObject({ seed: 3, clock: { speed: 0, now: Date.UTC(2026, 10, 21, 10) } })
  const dataDir = temporaryFolder()
  const sync = await runUnderstudy([
    'sync',
    '--once',
    '--json',
    '--data-dir',
    dataDir,
    '--simulator',
    description.control.url,
  ])
  expect(JSON.parse(sync.stdout)).toMatchObject({ problems: [] })
  simulator.child.kill('SIGTERM')
  const { code, stdout } = await simulator.finished
  expect({ code, lines: stdout.trim().split('\n').length }).toEqual({ code: 0, lines: 1 })
  const gone = await runUnderstudy(['sync', '--once', '--data-dir', dataDir, '--simulator', description.control.url])
  expect(gone).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(/^No simulator answers at http:.+\n$/) })
}, 60_000)
