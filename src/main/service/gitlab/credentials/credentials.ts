import type { SigningCredentials } from '../../transport/signed-requests.ts'

/** A sign-in to GitLab, whichever way it came about. */
export interface GitlabCredentials extends SigningCredentials {
  readonly kind: 'oauth' | 'token'
  /** Rights that the sign-in was given, as far as that is known without asking. */
  scopes(): Promise<readonly string[] | null>
  /**
   * Forgets the sign-in here. One by OAuth is ended at GitLab too, or the answer says that this did not work; a token is the person's own
   * and stays good there.
   *
   * @throws {Refusal} when the place where sign-ins are kept does not let go of it.
   */
  signOut(): Promise<{ readonly revoked: boolean }>
}
