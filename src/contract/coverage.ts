import { oc } from '@orpc/contract'
import { z } from 'zod'
import { instantMs, zendeskId } from './values.ts'

export const coverageRow = z.object({
  id: z.string(),
  accountId: zendeskId,
  accountName: z.string(),
  aseName: z.string(),
  aseTimeZone: z.string(),
  coverName: z.string(),
  mine: z.boolean(),
  phase: z.enum(['upcoming', 'running', 'past']),
  startsAt: instantMs,
  endsAt: instantMs,
})
export type CoverageRow = z.infer<typeof coverageRow>

export const coverage = {
  /** Coverages, running ones first, then upcoming, then past. */
  list: oc.input(z.object({})).output(z.object({ coverages: z.array(coverageRow), now: instantMs })),
}
