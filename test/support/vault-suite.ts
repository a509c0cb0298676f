import { describe, expect, test } from 'vitest'
import type { SecretVault } from '#service/ports.ts'

/** One kind of vault under test. */
export interface VaultUnderTest {
  /** A vault with nothing in it. */
  create(): SecretVault | Promise<SecretVault>
  /** The same vault as a later start of the app would open it; absent for vaults that forget. */
  reopen?(): SecretVault | Promise<SecretVault>
}

/** What every vault does, whatever it keeps secrets in. Run inside a test file for each kind of vault. */
export function describeVault(name: string, vaultUnderTest: () => VaultUnderTest): void {
  describe(`${name}, as a vault`, () => {
    test('knows nothing of a key that was never set', async () => {
      const vault = await vaultUnderTest().create()
      expect(await vault.get('zendesk.token')).toBeUndefined()
    })

    test('gives back what was set, whatever characters it has', async () => {
      const vault = await vaultUnderTest().create()
      const odd = ' "\\\n\u0000 Übergrößenträger 🙂 \u2028'
      await vault.set('zendesk.token', odd)
      await vault.set('gitlab.token', 'other')
      expect(await vault.get('zendesk.token')).toBe(odd)
      expect(await vault.get('gitlab.token')).toBe('other')
    })

    test('keeps the last of several values', async () => {
      const vault = await vaultUnderTest().create()
      await vault.set('zendesk.token', 'first')
      await vault.set('zendesk.token', 'second')
      expect(await vault.get('zendesk.token')).toBe('second')
    })

    test('forgets a deleted key and only that one', async () => {
      const vault = await vaultUnderTest().create()
      await vault.set('zendesk.token', 'a')
      await vault.set('gitlab.token', 'b')
      await vault.delete('zendesk.token')
      await vault.delete('never.set')
      expect(await vault.get('zendesk.token')).toBeUndefined()
      expect(await vault.get('gitlab.token')).toBe('b')
    })

    test('takes keys that are names of object members for keys', async () => {
      const vault = await vaultUnderTest().create()
      for (const key of ['__proto__', 'constructor', 'toString']) {
        expect(await vault.get(key)).toBeUndefined()
        await vault.set(key, `value of ${key}`)
        expect(await vault.get(key)).toBe(`value of ${key}`)
      }
    })

    test('loses nothing when several secrets are set at once', async () => {
      const vault = await vaultUnderTest().create()
      const keys = Array.from({ length: 20 }, (_, index) => `key.${index}`)
      await Promise.all(keys.map((key) => vault.set(key, `secret of ${key}`)))
      expect(await Promise.all(keys.map((key) => vault.get(key)))).toEqual(keys.map((key) => `secret of ${key}`))
    })

    test('says whether a later start finds the secrets again, and is right', async () => {
      const subject = vaultUnderTest()
      const vault = await subject.create()
      await vault.set('zendesk.token', 'kept')
      expect(vault.describe().persistent).toBe(subject.reopen !== undefined)
      if (subject.reopen) expect(await (await subject.reopen()).get('zendesk.token')).toBe('kept')
    })
  })
}
