import { z } from 'zod'
import { instantMs } from './values.ts'

/** How the calls to one host stand. */
export const meter = z.object({
  requestsLastHour: z.number().int(),
  requestsLastMinute: z.number().int(),
  /** Understudy's own cap; null: none. */
  perMinute: z.number().int().nullable(),
  /** The account's budget as the host last told it. */
  budget: z.object({ limit: z.number(), remaining: z.number(), asOf: instantMs }).nullable(),
  /** Why nothing goes out at present. */
  waiting: z
    .object({
      reason: z.enum(['own-pace', 'asked-to-wait', 'budget-low', 'unreachable']),
      until: instantMs,
      words: z.string(),
    })
    .nullable(),
  queued: z.number().int(),
})
