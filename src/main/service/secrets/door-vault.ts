import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { SecretVault } from '../ports.ts'
import { createEnvironmentVault } from './environment-vault.ts'
import { createFileVault } from './file-vault.ts'
import { createMemoryVault } from './memory-vault.ts'

/**
 * The vault of doors without a keychain (web and command line). Environment variables are read first; what is set later is
 * kept in memory, or in `secrets.json` where the person chose that: with `UNDERSTUDY_SECRETS=file`, or by connecting from the
 * command line, which would be of no use otherwise. `UNDERSTUDY_SECRETS=memory` never writes a file.
 *
 * @param keep true when what is set has to outlive this process.
 */
export function createDoorVault(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>>,
  keep = false,
): SecretVault {
  const path = join(dataDir, 'secrets.json')
  const choice = env['UNDERSTUDY_SECRETS']
  // SECURITY: plain text on disk is only ever the person's own choice; a file that is there was chosen before.
  const inFile = choice === 'file' || (choice !== 'memory' && (keep || existsSync(path)))
  return createEnvironmentVault(env, inFile ? createFileVault(path) : createMemoryVault())
}
