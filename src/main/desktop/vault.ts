import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { SafeStorage } from 'electron'
import { z } from 'zod'
import type { SecretVault } from '#service/ports.ts'
import { Problem } from '#service/problem.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'

type AsyncSafeStorage = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

/** Name of the file with encrypted secrets in the data folder. */
export const vaultFileName = 'secrets.encrypted.json'

/** A vault, and what the person should know of it. */
export interface OpenedVault {
  readonly vault: SecretVault
  /** Why secrets are forgotten when the app ends; null when the keychain keeps them. */
  readonly warning: string | null
}

/** Pairs of key and ciphertext: as members of an object, a key named `__proto__` would get lost. */
const fileSchema = z.object({ backend: z.string(), secrets: z.array(z.tuple([z.string(), z.base64()])) })

/**
 * Opens the vault that the operating system's keychain protects. Without a keychain, secrets stay in memory until the app ends. Ask only
 * after Electron is ready: before, Linux does not know its keychain yet.
 */
export async function openVault(
  storage: AsyncSafeStorage,
  dataDir: string,
  platform: NodeJS.Platform,
): Promise<OpenedVault> {
  const backend = platform === 'linux' ? storage.getSelectedStorageBackend() : platform
  // SECURITY: with basic_text the key is the same for everyone and stands in Chromium's source: that is no protection, whatever
  // availability says. Such a machine forgets rather than pretends.
  const protectedByKey = backend !== 'basic_text' && backend !== 'unknown'
  if (protectedByKey && (await storage.isAsyncEncryptionAvailable())) {
    return { vault: createKeychainVault(storage, join(dataDir, vaultFileName), backend), warning: null }
  }
  return {
    vault: createMemoryVault(),
    warning:
      'This computer offers no keychain that Understudy can use, so sign-ins are forgotten when Understudy ends. ' +
      'Unlock or install one (GNOME Keyring or KWallet on Linux) and start Understudy again.',
  }
}

function createKeychainVault(storage: AsyncSafeStorage, path: string, backend: string): SecretVault {
  // One change after the other: each rewrites the file.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <Result>(change: () => Promise<Result>): Promise<Result> => {
    const turn = last.then(change, change)
    last = turn.catch(() => undefined)
    return turn
  }
  const store = async (key: string, secret: string) => {
    const encrypted = await storage.encryptStringAsync(secret)
    write(path, backend, read(path).set(key, encrypted.toString('base64')))
  }
  return {
    get: (key) =>
      inTurn(async () => {
        const encrypted = read(path).get(key)
        if (encrypted === undefined) return undefined
        const { result, shouldReEncrypt } = await decrypt(storage, encrypted)
        if (shouldReEncrypt) await store(key, result)
        return result
      }),
    set: (key, secret) => inTurn(() => store(key, secret)),
    delete: (key) =>
      inTurn(async () => {
        const secrets = read(path)
        if (secrets.delete(key)) write(path, backend, secrets)
      }),
    describe: () => ({ kind: `keychain (${backend})`, persistent: true, protected: true }),
  }
}

async function decrypt(storage: AsyncSafeStorage, encrypted: string) {
  try {
    return await storage.decryptStringAsync(Buffer.from(encrypted, 'base64'))
  } catch {
    // SECURITY: neither the error nor the ciphertext goes any further.
    throw new Problem(
      'failed',
      'The keychain did not open a saved sign-in. Unlock the keychain and start Understudy again, or sign in anew.',
    )
  }
}

function read(path: string): Map<string, string> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw error
  }
  const parsed = parse(text)
  if (parsed) return new Map(parsed.secrets)
  throw new Problem('failed', `The file of encrypted sign-ins ${path} is damaged. Delete it and sign in again.`)
}

function parse(text: string): z.infer<typeof fileSchema> | undefined {
  try {
    return fileSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

function write(path: string, backend: string, secrets: ReadonlyMap<string, string>): void {
  // A crash must leave either the old secrets or the new ones: refresh tokens are used up when they are exchanged.
  const next = `${path}.new`
  const file = openSync(next, 'w', 0o600)
  try {
    writeSync(file, JSON.stringify({ backend, secrets: [...secrets] }))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(next, path)
}
