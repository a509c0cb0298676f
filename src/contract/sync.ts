import { oc } from '@orpc/contract'
import { z } from 'zod'
import { instantMs } from './values.ts'

export const syncState = z.enum(['idle', 'syncing', 'offline', 'error'])
export type SyncState = z.infer<typeof syncState>

/** How one stream of one source stands: the tickets of an organization, the issues of a label. */
export const syncScope = z.object({
  source: z.enum(['zendesk', 'gitlab']),
  scope: z.string(),
  /** Words for a person: `Tickets of Acme`. */
  name: z.string(),
  completedAt: instantMs.nullable(),
  problem: z.string().nullable(),
})

/** What one run did. Counts of rows whose stored values changed, not of rows read. */
export const syncResult = z.object({
  tickets: z.number().int(),
  comments: z.number().int(),
  issues: z.number().int(),
  events: z.number().int(),
  requests: z.number().int(),
  /** What could not be read, in words; empty when everything went well. */
  problems: z.array(z.object({ source: z.enum(['zendesk', 'gitlab']), scope: z.string(), problem: z.string() })),
})
export type SyncResult = z.infer<typeof syncResult>

export const sync = {
  status: oc.input(z.object({})).output(
    z.object({
      state: syncState,
      lastCompletedAt: instantMs.nullable(),
      nextRunAt: instantMs.nullable(),
      scopes: z.array(syncScope),
      /** What a long read is at; null while nothing takes long. `total` is null when nobody knows it yet. */
      progress: z.object({ words: z.string(), done: z.number().int(), total: z.number().int().nullable() }).nullable(),
      now: instantMs,
    }),
  ),
  /** Reads both sources once, now. Joins a run that is under way. */
  run: oc.input(z.object({})).output(syncResult),
}
