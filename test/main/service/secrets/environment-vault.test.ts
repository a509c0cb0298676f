import { expect, test } from 'vitest'
import { createEnvironmentVault, secretVariable } from '#service/secrets/environment-vault.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { describeVault } from '#test/support/vault-suite.ts'

describeVault('an environment vault', () => ({ create: () => createEnvironmentVault({}, createMemoryVault()) }))

test('a secret is read from the variable that is named after it', async () => {
  expect(secretVariable('zendesk.access-token')).toBe('UNDERSTUDY_SECRET_ZENDESK_ACCESS_TOKEN')
  const vault = createEnvironmentVault({ UNDERSTUDY_SECRET_ZENDESK_TOKEN: 'from outside' }, createMemoryVault())
  expect(await vault.get('zendesk.token')).toBe('from outside')
})

test('what is set or deleted while running wins over the environment', async () => {
  const vault = createEnvironmentVault({ UNDERSTUDY_SECRET_ZENDESK_TOKEN: 'from outside' }, createMemoryVault())
  await vault.set('zendesk.token', 'newer')
  expect(await vault.get('zendesk.token')).toBe('newer')
  await vault.delete('zendesk.token')
  expect(await vault.get('zendesk.token')).toBeUndefined()
})

test('an empty variable is no secret', async () => {
  const vault = createEnvironmentVault({ UNDERSTUDY_SECRET_ZENDESK_TOKEN: '' }, createMemoryVault())
  expect(await vault.get('zendesk.token')).toBeUndefined()
})
