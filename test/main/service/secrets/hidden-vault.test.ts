import { expect, test } from 'vitest'
import { hideSecretsOf } from '#service/secrets/hidden-vault.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { describeVault } from '#test/support/vault-suite.ts'

describeVault('a vault whose secrets are hidden', () => ({
  create: () => hideSecretsOf(createMemoryVault(), () => undefined),
}))

test('every secret is named to the log before anyone else has it', async () => {
  const hidden: string[] = []
  const kept = createMemoryVault()
  await kept.set('gitlab.token', 'old one')
  const vault = hideSecretsOf(kept, (secret) => hidden.push(secret))
  await vault.set('zendesk.token', 'new one')
  await vault.get('gitlab.token')
  await vault.get('nothing')
  expect(hidden).toEqual(['new one', 'old one'])
})
