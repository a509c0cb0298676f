import { oc } from '@orpc/contract'
import { z } from 'zod'
import { instantMs } from './values.ts'

/** Something that happened to a ticket or an issue, as derived while syncing. */
export const activityEvent = z.object({
  seq: z.number().int(),
  kind: z.enum([
    'ticket-created',
    'ticket-changed',
    'ticket-clock-changed',
    'ticket-moved',
    'ticket-merged',
    'ticket-deleted',
    'ticket-archived',
    'ticket-forbidden',
    'ticket-back',
    'comment-added',
    'issue-created',
    'issue-changed',
    'issue-unlabelled',
    'issue-moved',
    'issue-out-of-sight',
    'issue-back',
    'note-added',
  ]),
  /** `ticket:123`, `issue:45/6` (project and number) or `epic:45/6` (group and number). */
  subject: z.string(),
  /** When it happened, as the source tells. */
  at: instantMs,
  /** What changed: names of fields with their old and new values. */
  changes: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })),
})
export type ActivityEvent = z.infer<typeof activityEvent>

export const activity = {
  /** Recorded events in the order they were recorded, for scripts and the return meeting. */
  list: oc
    .input(
      z.object({ afterSeq: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(1000).default(500) }),
    )
    .output(z.object({ events: z.array(activityEvent), more: z.boolean() })),
}
