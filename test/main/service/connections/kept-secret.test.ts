import { expect, test } from 'vitest'
import { keptSecret } from '#service/connections/kept-secret.ts'
import { Refusal } from '#service/refusal.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'

test('the new secret takes the place of the former one, which can be put back', async () => {
  const vault = createMemoryVault([['key', 'former']])
  const secret = keptSecret(vault, 'key', 'new')
  await secret.keep()
  expect(await vault.get('key')).toBe('new')
  await secret.putBack()
  expect(await vault.get('key')).toBe('former')
})

test('where there was none, none is left', async () => {
  const vault = createMemoryVault()
  const secret = keptSecret(vault, 'key', 'new')
  await secret.keep()
  await secret.putBack()
  expect(await vault.get('key')).toBeUndefined()
})

test('what somebody else puts into the vault is put back to what was remembered', async () => {
  const vault = createMemoryVault([['key', 'former']])
  const secret = keptSecret(vault, 'key')
  await secret.remember()
  await vault.set('key', 'new')
  await secret.keep()
  expect(await vault.get('key')).toBe('new')
  await secret.putBack()
  expect(await vault.get('key')).toBe('former')
})

test('what was never remembered is left alone', async () => {
  const vault = createMemoryVault([['key', 'former']])
  await keptSecret(vault, 'key', 'new').putBack()
  expect(await vault.get('key')).toBe('former')
})

test('a vault that takes nothing is told in words of ours, without the secret', async () => {
  const vault = {
    ...createMemoryVault(),
    set: async (_key: string, secret: string) => Promise.reject(new Error(`cannot encrypt ${secret}`)),
  }
  const failure: unknown = await keptSecret(vault, 'key', 'canary')
    .keep()
    .catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(Refusal)
  expect(String(failure)).toContain('did not take this one, so nothing was changed. Unlock your keychain')
  expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('canary')
})
