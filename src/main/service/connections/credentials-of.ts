import type { GitlabCredentials } from '../gitlab/credentials/credentials.ts'
import { createGitlabOauthCredentials } from '../gitlab/credentials/oauth-credentials.ts'
import { createGitlabTokenCredentials } from '../gitlab/credentials/token-credentials.ts'
import type { Clock, ServicePorts } from '../ports.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { Transport } from '../transport/transport.ts'
import type { ZendeskCredentials } from '../zendesk/credentials/credentials.ts'
import { createOauthCredentials } from '../zendesk/credentials/oauth-credentials.ts'
import { createSessionCredentials } from '../zendesk/credentials/session-credentials.ts'
import { createTokenCredentials } from '../zendesk/credentials/token-credentials.ts'
import type { GitlabRecord, ZendeskRecord } from './connection-record.ts'

/** What credentials are made of. */
export interface CredentialDeps {
  readonly ports: ServicePorts
  readonly transport: Pick<Transport, 'request'>
  readonly clock: Clock
}

/** The credentials that belong to the connected Zendesk. One set per session: two would renew the same tokens. */
export function credentialsOf(record: ZendeskRecord, deps: CredentialDeps): ZendeskCredentials {
  const { ports, transport, clock } = deps
  const { url } = record
  const { vault } = ports
  if (record.kind === 'oauth') {
    return createOauthCredentials({ url, vault, transport, clock, report: (sentence) => ports.report(sentence) })
  }
  if (record.kind === 'api-token') return createTokenCredentials({ email: record.email ?? '', vault, clock })
  return ports.signInWindow
    ? createSessionCredentials({ url, session: ports.signInWindow, transport, clock })
    : elsewhere
}

/** The credentials that belong to the connected GitLab. One set per session, as well. */
export function gitlabCredentialsOf({ url, kind }: GitlabRecord, deps: CredentialDeps): GitlabCredentials {
  const { ports, transport, clock } = deps
  const { vault } = ports
  if (kind === 'token') return createGitlabTokenCredentials(vault)
  return createGitlabOauthCredentials({ url, vault, transport, clock, report: (sentence) => ports.report(sentence) })
}

/** A session in the desktop app's own window is of no use to a browser or the command line. */
const elsewhere: ZendeskCredentials = {
  kind: 'session',
  fetch: null,
  headers: async () => {
    throw new RemoteFailure(
      'unauthorized',
      'This sign-in belongs to the desktop app’s own window. Open the desktop app, or connect here in another way.',
    )
  },
  renew: async () => false,
  health: async () => ({ mayWrite: null, scopes: null, endsAt: null, advice: [] }),
  signOut: async () => ({ revoked: false }),
}
