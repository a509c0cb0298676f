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

test('the tokens of a sign-in that is kept as JSON are named one by one, and what is no token is not', async () => {
  const hidden: string[] = []
  const vault = hideSecretsOf(createMemoryVault(), (secret) => hidden.push(secret))
  const record = JSON.stringify({ clientId: 'understudy', accessToken: 'a-1', refreshToken: 'r-1', renewAt: 5 })
  await vault.set('zendesk.oauth', record)
  expect(hidden).toEqual([record, 'a-1', 'r-1'])
  await vault.get('zendesk.oauth')
  expect(hidden).toEqual([record, 'a-1', 'r-1', record, 'a-1', 'r-1'])
})
