import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SafeStorage } from 'electron'
import { beforeEach, describe, expect, test } from 'vitest'
import { openVault, vaultFileName } from '#main/desktop/vault.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'
import { describeVault } from '#test/support/vault-suite.ts'

type AsyncSafeStorage = Parameters<typeof openVault>[0]
type Backend = ReturnType<SafeStorage['getSelectedStorageBackend']>

/** A keychain whose cipher is no cipher, but hides what it keeps. */
function keychain({ backend = 'gnome_libsecret', available = true }: { backend?: Backend; available?: boolean } = {}) {
  const state = { locked: false, rotated: false, encryptions: 0 }
  const flip = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a))
  const storage = {
    getSelectedStorageBackend: () => backend,
    isAsyncEncryptionAvailable: async () => available,
    async encryptStringAsync(text) {
      state.encryptions += 1
      return flip(Buffer.from(text))
    },
    async decryptStringAsync(bytes) {
      if (state.locked) throw new Error('locked')
      return { result: flip(bytes).toString(), shouldReEncrypt: state.rotated }
    },
  } satisfies AsyncSafeStorage
  return { storage, state }
}

let folder = ''
beforeEach(() => {
  folder = temporaryFolder()
})

describeVault('the keychain’s vault', () => {
  const { storage } = keychain()
  const open = async () => (await openVault(storage, folder, 'linux')).vault
  return { create: open, reopen: open }
})

describe('with a keychain', () => {
  test('only ciphertext is on disk, for this user alone, with the name of the keychain beside it', async () => {
    const { vault, warning } = await openVault(keychain().storage, folder, 'linux')
    await vault.set('zendesk.token', 'canary-4711')
    const text = readFileSync(join(folder, vaultFileName), 'utf8')
    expect(text).not.toContain('canary')
    expect(JSON.parse(text)).toMatchObject({ backend: 'gnome_libsecret' })
    expect(statSync(join(folder, vaultFileName)).mode & 0o777).toBe(0o600)
    expect(vault.describe()).toEqual({ kind: 'keychain (gnome_libsecret)', persistent: true, protected: true })
    expect(warning).toBeNull()
  })

  test.each(['darwin', 'win32'] as const)('%s is not asked for a Linux keychain', async (platform) => {
    const { storage } = keychain({ backend: 'unknown' })
    const { vault } = await openVault(storage, folder, platform)
    expect(vault.describe()).toMatchObject({ persistent: true, protected: true })
  })

  test('a secret is encrypted anew when the keychain has a new key', async () => {
    const { storage, state } = keychain()
    const { vault } = await openVault(storage, folder, 'linux')
    await vault.set('gitlab.token', 'x')
    state.rotated = true
    expect(await vault.get('gitlab.token')).toBe('x')
    expect(state.encryptions).toBe(2)
  })

  test('a locked keychain is told in a sentence, and what is stored stays', async () => {
    const { storage, state } = keychain()
    const { vault } = await openVault(storage, folder, 'linux')
    await vault.set('gitlab.token', 'x')
    state.locked = true
    await expect(vault.get('gitlab.token')).rejects.toThrow(/did not open a saved sign-in. Unlock the keychain/)
    state.locked = false
    expect(await vault.get('gitlab.token')).toBe('x')
  })

  test('a damaged file is told without its content', async () => {
    writeFileSync(join(folder, vaultFileName), '{"secrets": canary')
    const { vault } = await openVault(keychain().storage, folder, 'linux')
    await expect(vault.get('gitlab.token')).rejects.toThrow(/is damaged. Delete it and sign in again\.$/)
    await expect(vault.get('gitlab.token')).rejects.not.toThrow(/canary/)
  })
})

describe('without protection', () => {
  test.each([
    ['the fixed key of basic_text', { backend: 'basic_text' }],
    ['an unknown keychain', { backend: 'unknown' }],
    ['a keychain that is not available', { available: false }],
  ] as const)('%s: secrets stay in memory, and the person is told', async (_what, how) => {
    const { storage, state } = keychain(how)
    const { vault, warning } = await openVault(storage, folder, 'linux')
    await vault.set('gitlab.token', 'x')
    expect(await vault.get('gitlab.token')).toBe('x')
    expect(vault.describe()).toMatchObject({ kind: 'memory', persistent: false })
    expect(warning).toMatch(/sign-ins are forgotten when Understudy ends/)
    expect(state.encryptions).toBe(0)
  })
})
