import { RemoteFailure } from '../transport/remote-failure.ts'

/**
 * A failure of a call about the tokens, without the word `unauthorized`: that is for whoever knows whether a person has to sign in again. A
 * hotel's sign-in page, or a firewall's, says nothing of the kind.
 *
 * @param name word for the vendor in sentences.
 */
export function aboutTheSignInItself(name: string, failure: RemoteFailure): RemoteFailure {
  if (failure.kind !== 'unauthorized') return failure
  const { status, refused, mayHaveArrived, body, detail } = failure
  const words =
    status === 401
      ? `${name} did not accept what Understudy sent for its sign-in (401).`
      : `A web page came where an answer of ${name} was due. Check whether the network wants a sign-in of its own.`
  return new RemoteFailure(status === 401 ? 'rejected' : 'malformed', words, {
    status,
    refused,
    mayHaveArrived,
    body,
    detail,
  })
}
