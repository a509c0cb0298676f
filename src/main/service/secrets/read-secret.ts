import type { SecretVault } from '../ports.ts'
import { Problem } from '../problem.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'

/**
 * The secret under `key`, or undefined where there is none.
 *
 * @throws {RemoteFailure} `unauthorized`, in words, when the vault cannot be read.
 */
export async function readSecret(vault: SecretVault, key: string): Promise<string | undefined> {
  try {
    return await vault.get(key)
  } catch (error) {
    // SECURITY: only our own sentences are passed on; what a keychain says may quote what it holds.
    if (error instanceof Problem) throw new RemoteFailure('unauthorized', error.message)
    throw new RemoteFailure(
      'unauthorized',
      'The place where sign-ins are kept cannot be read. Unlock your keychain, or sign in again.',
    )
  }
}
