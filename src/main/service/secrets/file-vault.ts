import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import type { SecretVault } from '../ports.ts'
import { Problem } from '../problem.ts'

/**
 * Keeps secrets in a file that only this user may read, as plain text. For machines without a keychain, and only when the
 * person asked for it. Every change is on disk before `set` or `delete` answers.
 */
export function createFileVault(path: string): SecretVault {
  return {
    get: async (key) => read(path).get(key),
    async set(key, secret) {
      write(path, read(path).set(key, secret))
    },
    async delete(key) {
      const secrets = read(path)
      if (secrets.delete(key)) write(path, secrets)
    },
    describe: () => ({ kind: 'file', persistent: true, protected: false }),
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
  // SECURITY: the parser's own error quotes the text, which holds secrets; it goes no further than here.
  const secrets = parse(text)
  if (secrets) return secrets
  throw new Problem('failed', `The secrets file ${path} is damaged. Delete it and sign in again.`)
}

function parse(text: string): Map<string, string> | null {
  try {
    const entries: [string, unknown][] = Object.entries(JSON.parse(text) as object)
    return entries.every(isSecret) ? new Map(entries) : null
  } catch {
    return null
  }
}

function isSecret(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string'
}

function write(path: string, secrets: ReadonlyMap<string, string>): void {
  // A crash must leave either the old secrets or the new ones: refresh tokens are used up when they are exchanged.
  const next = `${path}.new`
  // SECURITY: 0600 from the first byte on; chmod covers a file that was there already.
  const file = openSync(next, 'w', 0o600)
  try {
    chmodSync(next, 0o600)
    writeSync(file, JSON.stringify(Object.fromEntries(secrets)))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(next, path)
}
