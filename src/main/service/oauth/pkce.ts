import { createHash, randomBytes } from 'node:crypto'

/** A secret of one sign-in (RFC 7636): the challenge goes out through the browser, the verifier with the code that comes back. */
export interface Pkce {
  readonly verifier: string
  /** For `code_challenge`, with the method S256. */
  readonly challenge: string
}

/** Makes the secret of one sign-in. Never used for a second one. */
export function createPkce(): Pkce {
  // SECURITY: 256 bits from the system's generator; 43 characters, the fewest that the rule allows.
  const verifier = randomText()
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** A word nobody can guess: ties an answer that arrives on a loopback port to the sign-in it belongs to. */
export function randomText(): string {
  return randomBytes(32).toString('base64url')
}
