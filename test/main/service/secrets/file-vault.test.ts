import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFileVault } from '#service/secrets/file-vault.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'
import { describeVault } from '#test/support/vault-suite.ts'

describeVault('a file vault', () => {
  const path = join(temporaryFolder(), 'secrets.json')
  return { create: () => createFileVault(path), reopen: () => createFileVault(path) }
})

test('only this user may read the file, also when it was readable before', async () => {
  const path = join(temporaryFolder(), 'secrets.json')
  writeFileSync(path, '{}', { mode: 0o644 })
  await createFileVault(path).set('zendesk.token', 'canary')
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a damaged file is refused with a sentence that does not quote it', async () => {
  const path = join(temporaryFolder(), 'secrets.json')
  const damaged = '{"zendesk.token":"canary-8c1f'
  writeFileSync(path, damaged)
  const failure = await createFileVault(path)
    .get('zendesk.token')
    .catch((error: unknown) => error)
  expect(String(failure)).toContain('is damaged. Delete it and sign in again.')
  expect(String(failure)).not.toContain('canary')
  expect(readFileSync(path, 'utf8')).toBe(damaged)
})

test('says that it protects nothing', () => {
  const path = join(temporaryFolder(), 'secrets.json')
  expect(createFileVault(path).describe()).toEqual({ kind: 'file', persistent: true, protected: false })
})
