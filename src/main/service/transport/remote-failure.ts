/** What went wrong with a call to Zendesk or GitLab, as far as it decides what to do next. */
export type RemoteFailureKind =
  | 'offline'
  | 'timeout'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'rate-limited'
  | 'rejected'
  | 'server'
  | 'malformed'
  | 'aborted'

/** A call to a source that did not succeed. `message` is a sentence for a person and carries no secret. */
export class RemoteFailure extends Error {
  override readonly name = 'RemoteFailure'
  readonly kind: RemoteFailureKind
  readonly status: number | null
  /** When the source wants to be asked again at the earliest, or null when it did not say. */
  readonly retryAfterMs: number | null

  constructor(
    kind: RemoteFailureKind,
    message: string,
    more: { status?: number; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.kind = kind
    this.status = more.status ?? null
    this.retryAfterMs = more.retryAfterMs ?? null
  }
}
