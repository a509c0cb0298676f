import { randomText } from '../../oauth/pkce.ts'
import { settleSignIn, type SettledSignIn } from '../../oauth/settle-sign-in.ts'
import { createOauthSignIn, type SignInAttempt } from '../../oauth/sign-in.ts'
import type { Clock, SecretVault } from '../../ports.ts'
import type { Transport } from '../../transport/transport.ts'
import type { ZendeskCredentials } from './credentials.ts'
import { createOauthCredentials } from './oauth-credentials.ts'
import { authorizationUrl, createTokenEndpoint } from './token-endpoint.ts'

/** Ports of the redirect addresses `http://127.0.0.1:PORT/callback` that an administrator registers with the company's client. */
export const zendeskRedirectPorts = [47810, 47811, 47812] as const

/** Reading everything an agent may read, and writing to tickets only. */
export const defaultScopes: readonly string[] = ['read', 'tickets:write']

/** What signing in to any Zendesk needs. */
export interface ZendeskOauthOptions {
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
export interface ZendeskOauthOrder<Checked> {
  /** Origin of the Zendesk, as `parseZendeskUrl` gives it. */
  readonly url: string
  /** Unique identifier of the company's public OAuth client. */
  readonly clientId: string
  /** `defaultScopes` when left out. */
  readonly scopes?: readonly string[]
  /** Makes the calls to that Zendesk, and goes on doing so for the credentials that come of it. */
  readonly transport: Pick<Transport, 'request'>
  /**
   * Looks whether the sign-in is of use (who signed in is an agent, say) before it takes the place of what is stored. When it throws, the
   * sign-in is ended at Zendesk, nothing is stored, and its sentence is shown in the browser too.
   */
  check(credentials: ZendeskCredentials): Promise<Checked>
  /** Cancels, as when the app ends. */
  readonly signal: AbortSignal
}

/** A sign-in that is done and stored, with what `check` found. */
export type ZendeskOauthResult<Checked> = SettledSignIn<ZendeskCredentials, Checked>

/** Signs in to Zendesk in the person's browser; one attempt at a time. */
export interface ZendeskOauth {
  /**
   * Opens the browser at Zendesk's authorization page. An attempt that is still waiting is cancelled.
   *
   * @throws {Refusal} when none of the ports is free.
   */
  start<Checked>(order: ZendeskOauthOrder<Checked>): Promise<SignInAttempt<ZendeskOauthResult<Checked>>>
  /** Cancels the attempt that waits, if there is one. */
  cancel(): void
}

/** Creates Zendesk's sign-in by OAuth: authorization code with PKCE, public client, answered on a loopback port. */
export function createZendeskOauth(options: ZendeskOauthOptions): ZendeskOauth {
  const { clock, vault } = options
  const signIn = createOauthSignIn({
    name: 'Zendesk',
    ports: options.ports ?? zendeskRedirectPorts,
    path: '/callback',
    clock,
    openExternal: (url) => options.openExternal(url),
  })
  return {
    start({ url, clientId, scopes = defaultScopes, transport, check, signal }) {
      return signIn.begin({
        signal,
        authorizationUrl: (request) => authorizationUrl(url, clientId, scopes, request),
        async finish(code, cancelled) {
          const issued = await createTokenEndpoint(url, transport).exchange(clientId, code, scopes)
          const credentials = createOauthCredentials({
            url,
            vault,
            transport,
            clock,
            report: (sentence) => options.report(sentence),
            fresh: { issued, signIn: randomText(), clientId },
          })
          return settleSignIn(credentials, check, cancelled)
        },
      })
    },
    cancel: () => signIn.cancel(),
  }
}
