import type { RemoteFailure } from '../../transport/remote-failure.ts'

/** A sign-in to Zendesk, whichever way it came about. */
export interface ZendeskCredentials {
  readonly kind: 'oauth' | 'api-token' | 'session'
  /** The fetch that carries the sign-in by itself (a browser partition's), or null where headers do. */
  readonly fetch: typeof fetch | null
  /**
   * Headers that sign one call.
   *
   * @throws {RemoteFailure} `unauthorized`, in words, when a person has to sign in again.
   */
  headers(method: string): Promise<Readonly<Record<string, string>>>
  /**
   * A call signed with `used` was refused (401, or a write for its CSRF token): gets new ones if it can. True: worth one more try.
   *
   * @throws {RemoteFailure} `unauthorized` when a person has to sign in again; of another kind when Zendesk cannot be asked at present,
   * which says nothing about the sign-in.
   */
  renew(used: Readonly<Record<string, string>>, failure: RemoteFailure): Promise<boolean>
  /** What the sign-in may do and when it ends, asked from Zendesk where it can tell. Throws `RemoteFailure`. */
  health(): Promise<CredentialHealth>
  /**
   * Ends the sign-in at Zendesk and forgets it here. Forgets also when Zendesk cannot be reached, and says so in the answer.
   *
   * @throws {Refusal} when the place where sign-ins are kept does not let go of it.
   */
  signOut(): Promise<{ readonly revoked: boolean }>
}

/** What a sign-in may do and when it ends. */
export interface CredentialHealth {
  readonly mayWrite: boolean | null
  readonly scopes: readonly string[] | null
  /** When a person has to sign in again at the latest if the app is not used or at all, ms since the epoch; null when not known. */
  readonly endsAt: number | null
  /** Plain sentences for the person. */
  readonly advice: readonly string[]
}
