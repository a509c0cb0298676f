/** What went wrong with a call to Zendesk or GitLab, as far as it decides what to do next. */
export type RemoteFailureKind =
  /** The host cannot be reached, or the line broke off. */
  | 'offline'
  /** No answer in time. */
  | 'timeout'
  /** The connection is not secure: a certificate that is expired, self-signed or another host's. Nothing was sent. */
  | 'untrusted'
  /** Nobody is signed in, or a sign-in page came where data was due. */
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  /** What was to be changed is no longer as the call supposes (409). */
  | 'conflict'
  | 'rate-limited'
  /** Not accepted as it was asked, a redirection included. */
  | 'rejected'
  /** Trouble on the host's side (5xx). */
  | 'server'
  /** An answer that is cut off or not what was agreed. */
  | 'malformed'
  /** The app is stopping. */
  | 'aborted'

/** Kinds that may be gone at the next try. */
const passing: ReadonlySet<RemoteFailureKind> = new Set(['offline', 'timeout', 'rate-limited', 'server', 'malformed'])

/** Kinds after which nobody knows whether the host did what was asked, unless the failure says more. */
const uncertain: ReadonlySet<RemoteFailureKind> = new Set(['offline', 'timeout', 'server', 'malformed', 'aborted'])

/** Whether a failure may be gone at the next try: the network's and the host's passing troubles, not a refusal. */
export function isPassing(failure: RemoteFailure): boolean {
  return passing.has(failure.kind)
}

/** What is known of a failure besides its kind and its sentence. */
export interface RemoteFailureDetails {
  readonly status?: number | null
  readonly retryAfterMs?: number | null
  readonly cause?: unknown
  readonly body?: unknown
  readonly detail?: string | null
  readonly mayHaveArrived?: boolean
  readonly refused?: boolean
  readonly location?: string | null
}

/**
 * A call to a source that did not succeed. `message` is a sentence for a person; it carries no secret and nothing of a customer.
 *
 * Whether the call was carried out is told by two flags, of which at most one is true:
 *
 * | `mayHaveArrived` | `refused` | meaning                                       | a write may be repeated         |
 * | ---------------- | --------- | --------------------------------------------- | ------------------------------- |
 * | false            | false     | it never left, or never reached the host      | as it is                        |
 * | false            | true      | the host read it and said no: nothing changed | when the reason is gone         |
 * | true             | false     | nobody knows; it may have been carried out    | only after looking what came of |
 */
export class RemoteFailure extends Error {
  override readonly name = 'RemoteFailure'
  readonly kind: RemoteFailureKind
  readonly status: number | null
  /** In how many ms the source wants to be asked again at the earliest, or null when it did not say. */
  readonly retryAfterMs: number | null
  /** True where the host may have done what was asked: silence, a cut line, a 5xx, an answer that cannot be read. */
  readonly mayHaveArrived: boolean
  /** True where the host answered that it will not do it (4xx but 408): certainly not carried out. */
  readonly refused: boolean
  // SECURITY: what the host wrote may speak of customers. Private, so that no log takes it along with the other fields.
  readonly #body: unknown
  readonly #detail: string | null
  readonly #location: string | null

  constructor(kind: RemoteFailureKind, message: string, more: RemoteFailureDetails = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.kind = kind
    this.status = more.status ?? null
    this.retryAfterMs = more.retryAfterMs ?? null
    this.refused = more.refused ?? false
    this.mayHaveArrived = more.mayHaveArrived ?? (!this.refused && uncertain.has(kind))
    this.#body = more.body ?? null
    this.#detail = more.detail ?? null
    this.#location = more.location ?? null
  }

  /** The JSON the host sent with its refusal, by which a caller recognises the vendor's own errors; null when there was none. */
  get body(): unknown {
    return this.#body
  }

  /** The vendor's own words for the failure, at most 300 characters of plain text, or null. May name a customer: not for the log. */
  get detail(): string | null {
    return this.#detail
  }

  /** Where a redirection pointed to. May name a customer: not for the log. */
  get location(): string | null {
    return this.#location
  }
}
