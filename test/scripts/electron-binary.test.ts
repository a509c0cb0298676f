import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { electronBinary, fetchElectronBinary, rememberedFailure } from '#scripts/electron-binary.mjs'
import { fakeProject, installFakeElectron, type FakeProject } from '#test/support/fake-project.ts'

const installer = 'node_modules/electron/install.js'
const hourMs = 60 * 60 * 1000

let project: FakeProject
let said: string[]

beforeEach(() => {
  project = fakeProject()
  said = []
})

afterEach(() => project.remove())

describe("Electron's program", () => {
  test('is found where its installer put it', () => {
    expect(electronBinary(project.root, {})).toBeUndefined()
    installFakeElectron(project)
    expect(electronBinary(project.root, {})).toMatch(/dist.electron$/)
  })

  test('is not found where the environment points to nothing', () => {
    installFakeElectron(project)
    expect(electronBinary(project.root, { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' })).toBeUndefined()
  })
})

describe('fetching it', () => {
  test('succeeds when its installer does, and forgets an earlier failure', async () => {
    project.write(installer, 'throw new Error("not yet")')
    await fetchNow(0)
    project.write(installer, '')
    expect(await fetchNow(1)).toEqual({ ok: true })
    expect(rememberedFailure(project.root, 2)).toBeUndefined()
    expect(said[0]).toContain('at most 20 s')
  })

  test('gives the reason of the installer, and remembers it for a day', async () => {
    project.write(installer, 'throw new Error("getaddrinfo ENOTFOUND example.com")')
    expect(await fetchNow(0)).toEqual({ ok: false, reason: 'getaddrinfo ENOTFOUND example.com' })
    expect(rememberedFailure(project.root, 23 * hourMs)).toBe('getaddrinfo ENOTFOUND example.com')
    expect(rememberedFailure(project.root, 24 * hourMs)).toBeUndefined()
  })

  test('gives up after its limit', async () => {
    project.write(installer, 'setInterval(() => {}, 1000)')
    expect(await fetchElectronBinary(project.root, { limitMs: 50, now: 0, say: () => {} })).toEqual({
      ok: false,
      reason: 'not there after 0.05 s',
    })
  })

  test('does not believe a memory from the future', async () => {
    project.write(installer, 'process.exitCode = 1')
    await fetchNow(hourMs)
    expect(rememberedFailure(project.root, 0)).toBeUndefined()
  })
})

function fetchNow(now: number): ReturnType<typeof fetchElectronBinary> {
  return fetchElectronBinary(project.root, { limitMs: 20_000, now, say: (line) => said.push(line) })
}
