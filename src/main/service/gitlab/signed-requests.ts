import { signRequests } from '../transport/signed-requests.ts'
import type { RemoteRequest, RemoteResponse, Transport } from '../transport/transport.ts'
import type { GitlabCredentials } from './credentials/credentials.ts'

/** Makes calls that carry the sign-in, renewed once where it is refused. Everything that talks to GitLab goes through here. */
export function createGitlabRequests(
  credentials: Pick<GitlabCredentials, 'headers' | 'renew'>,
  transport: Pick<Transport, 'request'>,
): (request: RemoteRequest) => Promise<RemoteResponse> {
  // GitLab answers 401 to a sign-in that is over and 403 to one that may not.
  return signRequests(credentials, transport, ({ kind }) => kind === 'unauthorized')
}
