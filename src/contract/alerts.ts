import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { instantMs, zendeskId } from './values.ts'

/** Something that was raised once, and what became of it. */
export const alertRow = z.object({
  id: z.number().int(),
  kind: z.enum(['new-ticket']),
  ticketId: zendeskId,
  title: z.string(),
  body: z.string(),
  /** False for what was only listed: it was there before the account was first read, or notifications were off. */
  announced: z.boolean(),
  raisedAt: instantMs,
  shownAt: instantMs.nullable(),
  openedAt: instantMs.nullable(),
})
export type AlertRow = z.infer<typeof alertRow>

export const alerts = {
  /** Everything that was raised, newest first. */
  list: oc
    .input(z.object({ limit: z.number().int().min(1).max(500).default(100) }))
    .output(z.object({ alerts: z.array(alertRow), unopened: z.number().int() })),
  /** Alerts this window still has to show by itself, because its host cannot (web). Asking claims them. */
  takePending: oc.input(z.object({})).output(z.object({ alerts: z.array(alertRow) })),
  /** The person followed this alert to its ticket. */
  markOpened: oc
    .errors({ NOT_FOUND: errors.NOT_FOUND })
    .input(z.object({ id: z.number().int() }))
    .output(z.object({})),
}
