import { z } from 'zod'

/** Errors a procedure may answer with on purpose. Anything else reaches a reader as an internal error without words. */
export const errors = {
  /** What was asked for is not there (any more). */
  NOT_FOUND: { status: 404, data: z.object({ what: z.string(), id: z.string() }) },
  /** The request is well formed but cannot be carried out now; the message says what to do. */
  REFUSED: { status: 409, data: z.object({ reason: z.string() }) },
} as const
