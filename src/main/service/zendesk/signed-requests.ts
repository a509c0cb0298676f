import type { RemoteFailure } from '../transport/remote-failure.ts'
import { signRequests } from '../transport/signed-requests.ts'
import type { RemoteRequest, RemoteResponse, Transport } from '../transport/transport.ts'
import type { ZendeskCredentials } from './credentials/credentials.ts'

/**
 * Makes calls that carry the sign-in, renewed once where it is refused. Everything that talks to Zendesk goes through here.
 */
export function createSignedRequests(
  credentials: ZendeskCredentials,
  transport: Pick<Transport, 'request'>,
): (request: RemoteRequest) => Promise<RemoteResponse> {
  return signRequests(credentials, transport, mayBeForTheSignIn)
}

function mayBeForTheSignIn({ kind, status }: RemoteFailure): boolean {
  if (kind === 'unauthorized' || kind === 'forbidden') return true
  // A session that ended is told by sending to the login page, a wrong CSRF token by 403 or 422.
  return kind === 'rejected' && (status === null || status === 422 || (status >= 300 && status <= 399))
}
