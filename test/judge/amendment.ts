import type { Schema } from './open-api.ts'

/**
 * Where the vendor's file and the vendor's API are known to part, and who says so. The file is amended in memory before
 * anything is judged by it.
 */
export type Amendment = { readonly because: string } & (
  | {
      /** Members of a schema that live accounts answer with null, which the file does not allow. */
      readonly kind: 'null'
      readonly schema: string
      readonly members: readonly string[]
    }
  | {
      /** Members of a schema that the file leaves out, or describes wrongly. */
      readonly kind: 'members'
      readonly schema: string
      readonly members: Readonly<Record<string, Schema>>
    }
  | {
      /** Keys of the query that the file leaves out. Operations as `GET /api/v2/tickets/{ticket_id}`. */
      readonly kind: 'query'
      readonly operations: readonly string[]
      readonly keys: Readonly<Record<string, Schema>>
    }
  | {
      /** What is sent to an operation, where the file says nothing of a body. */
      readonly kind: 'request'
      readonly operation: string
      readonly schema: Schema
    }
  | {
      /** What an operation answers, where the file says nothing of this status, or what is wrong. */
      readonly kind: 'reply'
      readonly operation: string
      readonly status: number
      readonly schema: Schema
    }
  | {
      /** Members around the rows of a list, which the file describes for hardly any. */
      readonly kind: 'wrapper'
      readonly members: Readonly<Record<string, Schema>>
    }
  | {
      /** What a refusal says, where the file does not describe it: one of these. */
      readonly kind: 'refusal'
      readonly schema: Schema
    }
  | {
      /** Addresses on the vendor's host that are no part of what the file describes, and are not judged. */
      readonly kind: 'outside'
      readonly method?: string
      readonly path: RegExp
    }
)
