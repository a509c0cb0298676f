import { oc } from '@orpc/contract'
import { z } from 'zod'
import { instantMs, zendeskId } from './values.ts'

/** How fresh what is known of an account is. `syncedAt` is null before the first complete pass. */
export const freshness = z.object({
  ticketsSyncedAt: instantMs.nullable(),
  issuesSyncedAt: instantMs.nullable(),
  /** What the last attempt failed with, in words, or null when it went well. */
  problem: z.string().nullable(),
})

export const accountRow = z.object({
  id: zendeskId,
  name: z.string(),
  aseId: zendeskId.nullable(),
  aseName: z.string().nullable(),
  label: z.string().nullable(),
  relation: z.enum(['covering', 'own', 'other']),
  openTickets: z.number().int(),
  openIssues: z.number().int(),
  freshness,
})
export type AccountRow = z.infer<typeof accountRow>

export const accounts = {
  /** Every account of this workspace: covered ones first, then own, then the others, each by name. */
  list: oc.input(z.object({})).output(z.object({ accounts: z.array(accountRow), now: instantMs })),
}
