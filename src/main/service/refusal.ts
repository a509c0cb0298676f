/** What was asked for and is not there. */
export interface MissingSubject {
  /** Word for its kind: `organization`, `change`. */
  readonly what: string
  readonly id: string
}

/** Something that was asked for and cannot be done now, or is not there. `message` is a sentence that says what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly kind: 'refused' | 'not-found'
  /** What is not there; null when it was refused. */
  readonly missing: MissingSubject | null

  constructor(kind: 'refused', sentence: string, options?: ErrorOptions)
  constructor(kind: 'not-found', sentence: string, options: ErrorOptions & { readonly missing: MissingSubject })
  constructor(
    kind: Refusal['kind'],
    sentence: string,
    options: ErrorOptions & { readonly missing?: MissingSubject } = {},
  ) {
    super(sentence, options)
    this.kind = kind
    this.missing = options.missing ?? null
  }
}
