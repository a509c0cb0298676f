import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'

/** What may have changed. `reset` means: everything, because events were missed or the service restarted. */
export const eventKind = z.enum([
  'reset',
  'tickets',
  'issues',
  'accounts',
  'coverage',
  'desks',
  'handoffs',
  'calendars',
  'alerts',
  'calls',
  'customer-data',
  'connections',
  'open-ticket',
  /** The list of alerts is to come up. */
  'open-alerts',
  'outbox',
  'returns',
  'sync',
  'settings',
])
export type EventKind = z.infer<typeof eventKind>

/**
 * One change notice. It names what changed and never carries the data: readers ask again. Losing one is harmless, because
 * a gap in `seq` or a foreign `epoch` leads to `reset`.
 */
export const changeEvent = z.object({
  /** Names one run of the service. */
  epoch: z.string(),
  /** Counts up by one within an epoch. */
  seq: z.number().int().nonnegative(),
  kind: eventKind,
  /** Ids of what changed, as text; empty means any. */
  ids: z.array(z.string()),
})
export type ChangeEvent = z.infer<typeof changeEvent>

export const events = {
  /** Change notices from `since` on, for as long as the reader listens. */
  stream: oc
    .input(z.object({ epoch: z.string().nullable(), since: z.number().int().nonnegative() }))
    .output(eventIterator(changeEvent)),
}
