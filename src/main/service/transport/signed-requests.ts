import { RemoteFailure } from './remote-failure.ts'
import type { RemoteRequest, RemoteResponse, Transport } from './transport.ts'

/** What signs calls: headers, and new ones after a refusal. */
export interface SigningCredentials {
  headers(method: string): Promise<Readonly<Record<string, string>>>
  /** A call signed with `used` was refused. True: worth one more try. */
  renew(used: Readonly<Record<string, string>>, failure: RemoteFailure): Promise<boolean>
}

/**
 * Makes calls that carry a sign-in. One that is refused for it is repeated once with a renewed one, writes too: what the host refused it
 * did not carry out.
 *
 * @param mayBeForTheSignIn whether a failure can have to do with the sign-in. Never asked about a call that may have arrived.
 */
export function signRequests(
  credentials: SigningCredentials,
  transport: Pick<Transport, 'request'>,
  mayBeForTheSignIn: (failure: RemoteFailure) => boolean,
): (request: RemoteRequest) => Promise<RemoteResponse> {
  return async (request) => {
    const used = await credentials.headers(request.method)
    try {
      return await transport.request(signed(request, used))
    } catch (failure) {
      if (!(failure instanceof RemoteFailure) || failure.mayHaveArrived || !mayBeForTheSignIn(failure)) throw failure
      if (!(await credentials.renew(used, failure))) throw failure
    }
    return transport.request(signed(request, await credentials.headers(request.method)))
  }
}

const signingHeader = /^(authorization|cookie|x-csrf-token|private-token|job-token)$/i

function signed(request: RemoteRequest, headers: Readonly<Record<string, string>>): RemoteRequest {
  // SECURITY: whatever a library put there, only our own sign-in is sent, and only once.
  const others = Object.entries(request.headers).filter(([name]) => !signingHeader.test(name))
  return { ...request, headers: { ...Object.fromEntries(others), ...headers } }
}
