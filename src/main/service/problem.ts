/** What a problem means to whoever started Understudy: `usage` can be mended in the command, `running` by the other instance. */
export type ProblemKind = 'usage' | 'failed' | 'running'

/**
 * A failure that was foreseen and has a sentence for the person: what happened and what to do.
 * Doors print `message` and nothing else; anything that is not a `Problem` is a bug.
 */
export class Problem extends Error {
  readonly kind: ProblemKind

  constructor(kind: ProblemKind, sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'Problem'
    this.kind = kind
  }
}

/** The exit codes of every command: 0 is done, 1 failed, 2 a mistake in the command, 3 another instance is in the way. */
export const exitCodes = { done: 0, failed: 1, usage: 2, running: 3 } as const
