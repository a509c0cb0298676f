import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { SimulatorDescription } from '#contract/workspace.ts'
import type { ZendeskRecord } from '#service/connections/connection-record.ts'
import { Problem } from '#service/problem.ts'
import { openWorkspace, type LaunchSimulator } from '#service/workspace.ts'
import { loopbackServer, sendJson } from '#test/support/loopback-server.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'
import { aWorkspace, hourMs } from '#test/support/work-values.ts'

/** Ten in the morning of a Wednesday, by this machine's zone, which is the one a sample's day is told by. */
const morning = new Date(2026, 10, 18, 10).getTime()

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: morning }))
afterEach(() => void vi.useRealTimers())

function description(now: number): SimulatorDescription {
  return {
    zendesk: { url: 'http://127.0.0.1:4001', email: 'ines@example.com', token: 'z' },
    gitlab: { url: 'http://127.0.0.1:4002', token: 'g' },
    control: { url: 'http://127.0.0.1:4003' },
    seed: 1,
    clock: { now, speed: 1 },
    workspace: aWorkspace(),
  }
}

/** Nothing connected, nothing to hide: what most of these tests open with. */
const usual = { connected: null, hide: () => undefined }

function launcher() {
  const launches: Parameters<LaunchSimulator>[0][] = []
  const stopped: number[] = []
  const launch: LaunchSimulator = async (options) => {
    launches.push(options)
    return { description: description(options.now), stop: async () => void stopped.push(launches.length) }
  }
  return { launch, launches, stopped }
}

describe('the sample', () => {
  test('is made around the instant it was first opened at, in a folder only its owner may enter', async () => {
    const dataDir = temporaryFolder()
    const { launch, launches, stopped } = launcher()
    const workspace = await openWorkspace({ dataDir, connect: true, launchSimulator: launch, ...usual })
    expect(launches).toEqual([{ seed: 1, anchor: morning, now: morning }])
    expect(workspace.source).toMatchObject({ kind: 'sample', simulator: { zendesk: { token: 'z' } } })
    expect(workspace.folder).toBe(join(dataDir, 'sample'))
    expect(statSync(workspace.folder).mode & 0o777).toBe(0o700)
    await workspace.close()
    expect(stopped).toEqual([1])
  })

  test('keeps its instant, and what was stored of it, for the rest of the day', async () => {
    const dataDir = temporaryFolder()
    const { launch, launches } = launcher()
    const { folder } = await openWorkspace({ dataDir, connect: true, launchSimulator: launch, ...usual })
    writeFileSync(join(folder, 'understudy.db'), 'stored')
    vi.setSystemTime(new Date(2026, 10, 18, 23, 59, 59))
    await openWorkspace({ dataDir, connect: true, launchSimulator: launch, ...usual })
    expect(launches[1]).toEqual({ seed: 1, anchor: morning, now: Date.now() })
    expect(readFileSync(join(folder, 'understudy.db'), 'utf8')).toBe('stored')
  })

  test('is made anew on the next day, because its absences start today and end tomorrow', async () => {
    const dataDir = temporaryFolder()
    const { launch, launches } = launcher()
    const { folder } = await openWorkspace({ dataDir, connect: true, launchSimulator: launch, ...usual })
    writeFileSync(join(folder, 'understudy.db'), 'stored')
    vi.setSystemTime(new Date(2026, 10, 19))
    await openWorkspace({ dataDir, connect: true, launchSimulator: launch, ...usual })
    expect(launches[1]?.anchor).toBe(Date.now())
    expect(existsSync(join(folder, 'understudy.db'))).toBe(false)
  })

  test('is made anew when the computer’s clock was set back, and when what is known of it is damaged', async () => {
    const dataDir = temporaryFolder()
    const { launch, launches } = launcher()
    const { folder } = await openWorkspace({ dataDir, connect: true, launchSimulator: launch, ...usual })
    vi.setSystemTime(morning - hourMs)
    await openWorkspace({ dataDir, connect: true, launchSimulator: launch, ...usual })
    expect(launches[1]?.anchor).toBe(morning - hourMs)
    vi.setSystemTime(morning)
    for (const damaged of ['{', '{"seed":2,"anchor":1}', '{"seed":1,"anchor":"today"}']) {
      writeFileSync(join(folder, 'sample.json'), damaged)
      await openWorkspace({ dataDir, connect: true, launchSimulator: launch, ...usual })
      expect(launches.at(-1)?.anchor).toBe(morning)
    }
  })

  test('is left alone by a command that only reads, on whatever day', async () => {
    const dataDir = temporaryFolder()
    const { launch, launches } = launcher()
    mkdirSync(join(dataDir, 'sample'))
    writeFileSync(join(dataDir, 'sample', 'understudy.db'), 'stored')
    const workspace = await openWorkspace({ dataDir, connect: false, launchSimulator: launch, ...usual })
    await workspace.close()
    expect(workspace.source).toEqual({ kind: 'sample', simulator: null })
    expect(launches).toEqual([])
    expect(readFileSync(join(dataDir, 'sample', 'understudy.db'), 'utf8')).toBe('stored')
  })
})

describe('a Zendesk of one’s own', () => {
  const zendesk: ZendeskRecord = {
    url: 'https://acme.zendesk.com',
    kind: 'api-token',
    email: 'ines@example.com',
    clientId: null,
    user: { id: 11, name: 'Ines', role: 'agent' },
  }

  test('takes the place of the sample, in a folder of its own', async () => {
    const dataDir = temporaryFolder()
    const { launch, launches } = launcher()
    const connected = { ...usual, connected: zendesk }
    const workspace = await openWorkspace({ dataDir, connect: true, launchSimulator: launch, ...connected })
    expect(workspace.source).toEqual({ kind: 'real', zendesk, gitlab: null, online: true })
    expect(workspace.folder).toBe(join(dataDir, 'zendesk-acme.zendesk.com'))
    expect(statSync(workspace.folder).mode & 0o777).toBe(0o700)
    expect(launches).toEqual([])
  })

  test('shares no folder with that of another company, whatever the address', async () => {
    const dataDir = temporaryFolder()
    const { launch } = launcher()
    const folderOf = async (url: string) => {
      const connected = { ...usual, connected: { ...zendesk, url } }
      return (await openWorkspace({ dataDir, connect: true, launchSimulator: launch, ...connected })).folder
    }
    const urls = ['https://acme.zendesk.com', 'http://127.0.0.1:4001', 'http://127.0.0.1:4002', 'http://[::1]:4001']
    const folders = await Promise.all(urls.map(folderOf))
    expect(new Set(folders).size).toBe(urls.length)
    for (const folder of folders) expect(dirname(folder)).toBe(dataDir)
  })

  test('is only read from disk by a command that asks nobody', async () => {
    const { launch } = launcher()
    const connected = { ...usual, connected: zendesk }
    const { source } = await openWorkspace({
      dataDir: temporaryFolder(),
      connect: false,
      launchSimulator: launch,
      ...connected,
    })
    expect(source).toEqual({ kind: 'real', zendesk, gitlab: null, online: false })
  })

  test('stands back where the sample is asked for', async () => {
    const dataDir = temporaryFolder()
    const { launch } = launcher()
    const asked = { ...usual, connected: zendesk, sample: true }
    const { source, folder } = await openWorkspace({ dataDir, connect: true, launchSimulator: launch, ...asked })
    expect([source.kind, folder]).toEqual(['sample', join(dataDir, 'sample')])
  })
})

test('the tokens of a sample are hidden from the log before anything else happens', async () => {
  const hidden: string[] = []
  const { launch } = launcher()
  const given = { connected: null, hide: (secret: string) => void hidden.push(secret) }
  await openWorkspace({ dataDir: temporaryFolder(), connect: true, launchSimulator: launch, ...given })
  expect(hidden).toEqual(['z', 'g'])
})

describe('a simulator that runs already', () => {
  const { launch, launches } = launcher()

  test('is asked who it is, and its clock is the clock', async () => {
    const dataDir = temporaryFolder()
    const simulator = await loopbackServer((_request, response) =>
      sendJson(response, { ...description(5_000), clock: { now: 5_000, speed: 0 } }),
    )
    const workspace = await openWorkspace({
      dataDir,
      simulatorUrl: simulator.url,
      connect: true,
      launchSimulator: launch,
      ...usual,
    })
    expect(simulator.requests.map((request) => request.path)).toEqual(['/description'])
    expect([workspace.clock.now(), workspace.clock.speed]).toEqual([5_000, 0])
    expect(workspace.folder).toBe(join(dataDir, 'simulator'))
    expect(launches).toEqual([])
    await workspace.close()
  })

  test.each<[string, (response: ServerResponse) => void]>([
    ['is something else', (response) => sendJson(response, { hello: 'world' })],
    ['speaks no JSON', (response) => void response.end('<html>')],
    ['answers with an error', (response) => sendJson(response, {}, { status: 500 })],
  ])('that %s is told in a sentence', async (_what, answer) => {
    const other = await loopbackServer((_request, response) => answer(response))
    const open = openWorkspace({
      dataDir: temporaryFolder(),
      simulatorUrl: other.url,
      connect: true,
      launchSimulator: launch,
      ...usual,
    })
    await expect(open).rejects.toThrow(
      `No simulator answers at ${other.url}. Start one with “understudy simulator” and give its control address.`,
    )
  })

  test.each(['http://127.0.0.1:1', 'no address at all'])(
    'that does not exist is told in a sentence: %s',
    async (simulatorUrl) => {
      const open = openWorkspace({
        dataDir: temporaryFolder(),
        simulatorUrl,
        connect: true,
        launchSimulator: launch,
        ...usual,
      })
      await expect(open).rejects.toBeInstanceOf(Problem)
      await expect(open).rejects.toThrow(`No simulator answers at ${simulatorUrl}.`)
    },
  )
})
