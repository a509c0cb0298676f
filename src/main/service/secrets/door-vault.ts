import { join } from 'node:path'
import type { SecretVault } from '../ports.ts'
import { createEnvironmentVault } from './environment-vault.ts'
import { createFileVault } from './file-vault.ts'
import { createMemoryVault } from './memory-vault.ts'

/**
 * The vault of doors without a keychain (web and command line). Environment variables are read first; what is set later is
 * kept in memory, or in `secrets.json` when the person opted in with `UNDERSTUDY_SECRETS=file`.
 */
export function createDoorVault(dataDir: string, env: Readonly<Record<string, string | undefined>>): SecretVault {
  // SECURITY: plain text on disk is only ever the person's own choice.
  const inFile = env['UNDERSTUDY_SECRETS'] === 'file'
  const kept = inFile ? createFileVault(join(dataDir, 'secrets.json')) : createMemoryVault()
  return createEnvironmentVault(env, kept)
}
