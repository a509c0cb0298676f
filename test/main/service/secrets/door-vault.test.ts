import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createDoorVault } from '#service/secrets/door-vault.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

test('secrets stay in memory unless the person asked for a file', async () => {
  const folder = temporaryFolder()
  const vault = createDoorVault(folder, {})
  await vault.set('zendesk.token', 'canary')
  expect(vault.describe()).toEqual({ kind: 'environment and memory', persistent: false, protected: true })
  expect(existsSync(join(folder, 'secrets.json'))).toBe(false)
})

test('UNDERSTUDY_SECRETS=file keeps them in the data folder and says that they are not protected', async () => {
  const folder = temporaryFolder()
  const env = { UNDERSTUDY_SECRETS: 'file' }
  await createDoorVault(folder, env).set('zendesk.token', 'canary')
  expect(await createDoorVault(folder, env).get('zendesk.token')).toBe('canary')
  expect(createDoorVault(folder, env).describe()).toMatchObject({ persistent: true, protected: false })
})

test('connecting from the command line keeps the secret in a file, and later processes find it there', async () => {
  const dataDir = temporaryFolder()
  await createDoorVault(dataDir, {}, true).set('zendesk.token', 'kept')
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600)
  const later = createDoorVault(dataDir, {})
  expect(await later.get('zendesk.token')).toBe('kept')
  expect(later.describe()).toMatchObject({ persistent: true, protected: false })
})

test('with memory chosen no file is written, nor one read', async () => {
  const dataDir = temporaryFolder()
  await createDoorVault(dataDir, { UNDERSTUDY_SECRETS: 'memory' }, true).set('zendesk.token', 'gone')
  expect(existsSync(join(dataDir, 'secrets.json'))).toBe(false)
  await createDoorVault(dataDir, {}, true).set('zendesk.token', 'kept')
  expect(await createDoorVault(dataDir, { UNDERSTUDY_SECRETS: 'memory' }).get('zendesk.token')).toBeUndefined()
})
