import { RemoteFailure } from '../transport/remote-failure.ts'

/**
 * A refusal in words that say what to do. GitLab answers 403 for two things, a right that the sign-in lacks and a feature that the
 * licence lacks, and 404 both for what is not there and for what we may not see. Anything else stays as it is.
 */
export function explainRefusal(failure: RemoteFailure): RemoteFailure {
  const words = wordsFor(failure)
  if (words === null) return failure
  return new RemoteFailure(failure.kind, words, {
    status: failure.status,
    retryAfterMs: failure.retryAfterMs,
    mayHaveArrived: failure.mayHaveArrived,
    refused: failure.refused,
    body: failure.body,
    detail: failure.detail,
    cause: failure.cause,
  })
}

function wordsFor({ kind, status, body }: RemoteFailure): string | null {
  if (kind === 'forbidden') {
    return errorOf(body) === 'insufficient_scope'
      ? 'GitLab says that this sign-in lacks the right for it (403). Sign in again in Settings with the scope read_api or api.'
      : 'GitLab refuses this (403): its licence does not include it, or your role there does not. Ask an owner of the group.'
  }
  if (kind === 'not-found') {
    return 'GitLab does not have this, or does not let you see it (404); it says the same of both. Check the path of the group or project, and whether you are a member.'
  }
  if (status === 414) return 'GitLab finds the request too long (414).'
  return null
}

function errorOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'error' in body ? body.error : null
}
