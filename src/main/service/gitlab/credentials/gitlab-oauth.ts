import type { GitlabMode } from '#contract/gitlab-connection.ts'
import { waitForDevice, type DeviceCode } from '../../oauth/device-sign-in.ts'
import { randomText } from '../../oauth/pkce.ts'
import { settleSignIn, type SettledSignIn } from '../../oauth/settle-sign-in.ts'
import { createOauthSignIn, type SignInAttempt } from '../../oauth/sign-in.ts'
import type { IssuedTokens } from '../../oauth/token-record.ts'
import type { Clock, SecretVault } from '../../ports.ts'
import { Refusal } from '../../refusal.ts'
import { RemoteFailure } from '../../transport/remote-failure.ts'
import type { Transport } from '../../transport/transport.ts'
import type { GitlabCredentials } from './credentials.ts'
import { createGitlabOauthCredentials } from './oauth-credentials.ts'
import { createGitlabTokenEndpoint, gitlabAuthorizationUrl } from './token-endpoint.ts'

/** Ports of the redirect addresses `http://127.0.0.1:PORT/callback` that are registered with the application. */
export const gitlabRedirectPorts = [47810, 47811, 47812] as const

/** The right that is asked for: GitLab has one for everything a person may do, and one for reading it. */
export const scopeOf: Readonly<Record<GitlabMode, string>> = { 'read-only': 'read_api', 'read-write': 'api' }

/** What signing in to any GitLab needs. */
export interface GitlabOauthOptions {
  readonly clock: Clock
  readonly vault: SecretVault
  /** Hands an address to the operating system, which opens the person's browser. */
  openExternal(url: string): Promise<void>
  /** Tells the person, in a sentence, of something that went wrong and was worked around. */
  report(sentence: string): void
  /** Tests bring ports that are free. */
  readonly ports?: readonly number[]
}

/** One sign-in. */
export interface GitlabOauthOrder<Checked> {
  /** Address of the GitLab, as `parseGitlabUrl` gives it. */
  readonly url: string
  /** Id of a public application registered there. */
  readonly clientId: string
  readonly mode: GitlabMode
  /** Makes the calls to that GitLab, and goes on doing so for the credentials that come of it. */
  readonly transport: Pick<Transport, 'request'>
  /**
   * Looks whether the sign-in is of use before it takes the place of what is stored. When it throws, the sign-in is ended at GitLab and
   * nothing is stored.
   */
  check(credentials: GitlabCredentials): Promise<Checked>
  /** Cancels, as when the app ends. */
  readonly signal: AbortSignal
}

/** What comes of a sign-in. */
export type GitlabSignedIn<Checked> = SettledSignIn<GitlabCredentials, Checked>

/** A sign-in by a code that waits for the person to type it. */
export interface DeviceAttempt<Checked> {
  readonly code: Pick<DeviceCode, 'userCode' | 'verificationUrl' | 'completeUrl' | 'lifeMs'>
  /** Rejects with `Refusal` or `RemoteFailure`, each with a sentence. */
  readonly done: Promise<GitlabSignedIn<Checked>>
}

/** Signs in to GitLab by OAuth, in two ways. */
export interface GitlabOauth {
  /**
   * Opens the browser at GitLab's authorization page. An attempt that is still waiting is cancelled.
   *
   * @throws {Refusal} when none of the ports is free.
   */
  start<Checked>(order: GitlabOauthOrder<Checked>): Promise<SignInAttempt<GitlabSignedIn<Checked>>>
  /**
   * Gets a code that the person types in any browser, on this computer or another one.
   *
   * @throws {RemoteFailure} when GitLab gives none.
   */
  startDevice<Checked>(order: GitlabOauthOrder<Checked>): Promise<DeviceAttempt<Checked>>
  /** Cancels the attempt in the browser that waits, if there is one. */
  cancel(): void
}

/** Creates GitLab's sign-in by OAuth for a public application: in the browser with PKCE, or by a device code. */
export function createGitlabOauth(options: GitlabOauthOptions): GitlabOauth {
  const { clock, vault } = options
  const signIn = createOauthSignIn({
    name: 'GitLab',
    ports: options.ports ?? gitlabRedirectPorts,
    path: '/callback',
    clock,
    openExternal: (url) => options.openExternal(url),
  })

  function settle<Checked>(
    { url, clientId, transport, check }: GitlabOauthOrder<Checked>,
    issued: IssuedTokens,
    redirectUri: string | null,
    cancelled: AbortSignal,
  ): Promise<GitlabSignedIn<Checked>> {
    const fresh = { issued, signIn: randomText(), clientId, redirectUri }
    const report = (sentence: string) => options.report(sentence)
    return settleSignIn(createGitlabOauthCredentials({ url, vault, transport, clock, report, fresh }), check, cancelled)
  }

  return {
    start: (order) =>
      signIn.begin({
        signal: order.signal,
        authorizationUrl: (request) => gitlabAuthorizationUrl(order.url, order.clientId, scopeOf[order.mode], request),
        async finish(code, cancelled) {
          const issued = await createGitlabTokenEndpoint(order.url, order.transport).exchange(order.clientId, code)
          return settle(order, issued, code.redirectUri, cancelled)
        },
      }),
    async startDevice(order) {
      const { url, clientId, mode, transport, signal } = order
      const endpoint = createGitlabTokenEndpoint(url, transport)
      const code = await endpoint.beginDevice(clientId, scopeOf[mode]).catch(withoutDevices)
      const wait = async () => {
        const poll = (deviceCode: string) => endpoint.pollDevice(clientId, deviceCode)
        return settle(order, await waitForDevice({ name: 'GitLab', code, clock, poll, signal }), null, signal)
      }
      const done = wait()
      // Who began it may have lost interest; what came of it is no unhandled error then.
      done.catch(() => undefined)
      return { code, done }
    },
    cancel: () => signIn.cancel(),
  }
}

/** GitLab knows codes since 17.9. */
function withoutDevices(failure: unknown): never {
  if (!(failure instanceof RemoteFailure)) throw failure
  if (failure.kind === 'not-found') {
    throw new Refusal('refused', 'This GitLab gives no codes to type (it needs 17.9). Sign in in the browser instead.')
  }
  if (failure.refused) {
    throw new Refusal(
      'refused',
      'GitLab gave no code. Check the application id, and that the application allows the right you chose.',
    )
  }
  throw failure
}
