import type { TokenKeeper } from './token-keeper.ts'

/** Credentials over tokens that were just issued and are in memory only. */
export interface FreshCredentials extends Pick<TokenKeeper, 'store'> {
  signOut(): Promise<unknown>
}

/** A sign-in that is done and stored, with what was found when it was looked at. */
export interface SettledSignIn<Credentials, Checked> {
  readonly credentials: Credentials
  readonly checked: Checked
}

/**
 * Looks whether a new sign-in is of use and stores it. When that fails, or it was cancelled meanwhile, the sign-in is ended at the vendor
 * and nothing is kept.
 *
 * @throws what `check` and `store` throw, and the reason of `cancelled`.
 */
export async function settleSignIn<Credentials extends FreshCredentials, Checked>(
  credentials: Credentials,
  check: (credentials: Credentials) => Promise<Checked>,
  cancelled: AbortSignal,
): Promise<SettledSignIn<Credentials, Checked>> {
  try {
    const checked = await check(credentials)
    cancelled.throwIfAborted()
    await credentials.store()
    cancelled.throwIfAborted()
    return { credentials, checked }
  } catch (failure) {
    // Nobody will use these tokens; left alone they would live on.
    await credentials.signOut().catch(() => undefined)
    throw failure
  }
}
