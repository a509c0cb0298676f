import { RemoteFailure } from '../transport/remote-failure.ts'
import type { RemoteRequest, RemoteResponse, Transport } from '../transport/transport.ts'
import type { ZendeskCredentials } from './credentials/credentials.ts'

/**
 * Makes calls that carry the sign-in. One that is refused for it is repeated once with a renewed one, writes too: what Zendesk refused it
 * did not carry out. Everything that talks to Zendesk goes through here.
 */
export function createSignedRequests(
  credentials: ZendeskCredentials,
  transport: Pick<Transport, 'request'>,
): (request: RemoteRequest) => Promise<RemoteResponse> {
  return async (request) => {
    const used = await credentials.headers(request.method)
    try {
      return await transport.request(signed(request, used))
    } catch (failure) {
      if (!(failure instanceof RemoteFailure) || !mayBeForTheSignIn(failure)) throw failure
      if (!(await credentials.renew(used, failure))) throw failure
    }
    return transport.request(signed(request, await credentials.headers(request.method)))
  }
}

const signingHeader = /^(authorization|cookie|x-csrf-token)$/i

function signed(request: RemoteRequest, headers: Readonly<Record<string, string>>): RemoteRequest {
  // SECURITY: whatever a library put there, only our own sign-in is sent, and only once.
  const others = Object.entries(request.headers).filter(([name]) => !signingHeader.test(name))
  return { ...request, headers: { ...Object.fromEntries(others), ...headers } }
}

/** Whether a failure can have to do with the sign-in, and the call was certainly not carried out. */
function mayBeForTheSignIn({ kind, status, mayHaveArrived }: RemoteFailure): boolean {
  if (mayHaveArrived) return false
  if (kind === 'unauthorized' || kind === 'forbidden') return true
  // A session that ended is told by sending to the login page, a wrong CSRF token by 403 or 422.
  return kind === 'rejected' && (status === null || status === 422 || (status >= 300 && status <= 399))
}
