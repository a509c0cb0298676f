import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchSimulator } from '#test/support/simulator.ts'
import { runUnderstudy } from '#test/support/start-process.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

/* A person's own Zendesk, connected and read from the command line; the simulator stands in for the company's. */

let simulator: Awaited<ReturnType<typeof launchSimulator>>
beforeAll(async () => {
  simulator = await launchSimulator({ seed: 5, speed: 0 })
})
afterAll(() => simulator.stop())

function connect(dataDir: string, changes: { url?: string; token?: string } = {}) {
  const { url, email, token } = simulator.description.zendesk
  const args = ['connect', 'zendesk', '--url', changes.url ?? url, '--email', email, '--token-stdin', '--json']
  return runUnderstudy([...args, '--data-dir', dataDir], {}, `${changes.token ?? token}\n`)
}

/** Runs a command that has to succeed, and reads its JSON. */
async function ask(dataDir: string, ...args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await runUnderstudy([...args, '--data-dir', dataDir])
  expect({ args, code, stderr }).toMatchObject({ code: 0 })
  return JSON.parse(stdout)
}

test('connecting, following an account and syncing bring its tickets as Zendesk has them', async () => {
  const dataDir = temporaryFolder()
  const { workspace, zendesk, control } = simulator.description
  const connected = await connect(dataDir)
  expect(connected).toMatchObject({ code: 0 })
  expect(JSON.parse(connected.stdout)).toMatchObject({
    url: zendesk.url,
    kind: 'api-token',
    user: { id: workspace.meId, role: 'agent' },
    ends_at: '2027-04-30T00:00:00.000Z',
    probe: { slas: { organization: 'yes', showMany: 'yes', search: 'yes', ticket: 'yes' }, ccs_and_followers: 'on' },
  })
  expect(connected.stderr).toContain(join(dataDir, 'secrets.json'))
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600)

  await ask(dataDir, 'call', 'settings.set', '--json', '{"requestsPerMinute":200}')
  const [account] = workspace.accounts
  expect(account).toBeDefined()
  const added = await ask(dataDir, 'accounts', 'add', '--organization', String(account?.id), '--ase', 'me', '--json')
  expect(added).toMatchObject({ id: account?.id, name: account?.name, ase_id: workspace.meId, relation: 'own' })

  const synced = (await ask(dataDir, 'sync', '--once', '--json')) as { tickets: number; problems: unknown[] }
  expect(synced.problems).toEqual([])
  const truth = (await (await fetch(new URL(`/truth?organization_id=${account?.id}`, control.url))).json()) as {
    tickets: { id: number; status: string; fate: string | null }[]
  }
  const listed = (await ask(dataDir, 'tickets', '--json')) as { id: number; status: string; organization_id: number }[]
  const stored = listed.filter((ticket) => ticket.organization_id === account?.id)
  expect(stored.map(({ id, status }) => ({ id, status }))).toEqual(
    truth.tickets.map(({ id, status }) => ({ id, status })).toSorted((a, b) => a.id - b.id),
  )
  expect(stored.length).toBeGreaterThan(100)
  expect(await ask(dataDir, 'status', '--json')).toMatchObject({ workspace: 'real', me: { id: workspace.meId } })

  const left = await runUnderstudy(['disconnect', 'zendesk', '--data-dir', dataDir])
  expect(left).toMatchObject({ code: 0 })
  expect(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).toBe('{}')
  expect(await ask(dataDir, 'status', '--json')).toMatchObject({ workspace: 'sample' })
}, 120_000)

test('a token that Zendesk refuses connects nothing and keeps nothing', async () => {
  const dataDir = temporaryFolder()
  const refused = await connect(dataDir, { token: 'canary-of-a-wrong-token' })
  expect(refused).toMatchObject({ code: 1, stdout: '' })
  expect(refused.stderr).toMatch(/Zendesk refused this e-mail address and token/)
  expect(refused.stderr).not.toContain('canary')
  expect(existsSync(join(dataDir, 'secrets.json'))).toBe(false)
  expect(await ask(dataDir, 'status', '--json')).toMatchObject({ workspace: 'sample' })
}, 60_000)

test('mistakes in the command are named, and end with 2', async () => {
  const dataDir = temporaryFolder()
  const plain = await connect(dataDir, { url: 'http://acme.zendesk.com' })
  expect(plain).toEqual({
    code: 2,
    stdout: '',
    stderr:
      '--url cannot be used. Your sign-in would travel unprotected over http. Type it with https: https://acme.zendesk.com\n',
  })
  const empty = await connect(dataDir, { token: ' ' })
  expect(empty).toMatchObject({ code: 2, stderr: expect.stringMatching(/^Standard input was empty\./) })
  const { code, stderr } = await runUnderstudy(['connect', 'gitlab', '--data-dir', dataDir])
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'Say what to connect: understudy connect zendesk. See --help.\n',
  })
}, 60_000)
