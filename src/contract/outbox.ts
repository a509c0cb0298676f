import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { instantMs, zendeskId } from './values.ts'
import { workIntent } from './work-intent.ts'

const ticketId = zendeskId
const tag = z.string().regex(/^\S{1,255}$/, 'is one word')

/** One change to one ticket that a person wants made. `userId` left out is me. */
export const ticketIntent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add-cc'), ticketId, userId: zendeskId.optional() }),
  z.object({ kind: z.literal('remove-cc'), ticketId, userId: zendeskId.optional() }),
  z.object({ kind: z.literal('follow'), ticketId, userId: zendeskId.optional() }),
  z.object({ kind: z.literal('unfollow'), ticketId, userId: zendeskId.optional() }),
  z.object({ kind: z.literal('internal-note'), ticketId, body: z.string().trim().min(1).max(60_000) }),
  z.object({ kind: z.literal('assign'), ticketId, assigneeId: zendeskId, groupId: zendeskId.optional() }),
  z.object({ kind: z.literal('tags'), ticketId, add: z.array(tag).max(50), remove: z.array(tag).max(50) }),
])
export type TicketIntent = z.infer<typeof ticketIntent>

/** One change that a person wants made, in Zendesk or in GitLab. */
export const writeIntent = z.discriminatedUnion('kind', [ticketIntent, workIntent])
export type WriteIntent = z.infer<typeof writeIntent>

/** Whether the customer will see a change, and what of it. */
const customerSees = z.object({ visible: z.boolean(), words: z.string() })

/** What a change would do, in words, before anything is sent. */
export const writePreview = z.object({
  intent: writeIntent,
  /** Of the ticket or issue; of a change to a project, its path. */
  subject: z.string(),
  /** Exactly what is asked of Zendesk or GitLab, in words. */
  words: z.string(),
  customerSees,
  /** What to think of first: the ticket changed an hour ago, 47 of 48 places on Cc are taken. */
  warnings: z.array(z.string()),
  /** Why it cannot be done, or null. */
  refusal: z.string().nullable(),
  /** The state of the ticket or issue the person saw; goes with the order, so that a change meanwhile is noticed. */
  stamp: instantMs,
})
export type WritePreview = z.infer<typeof writePreview>

/**
 * Where a change stands, and what a person can do about it:
 *
 * | state       | means                                               | a person can                                      |
 * | ----------- | --------------------------------------------------- | ------------------------------------------------- |
 * | `queued`    | on disk, not handed over                            | take it back: `discard`                           |
 * | `sending`   | handed over; whether it arrived is not known        | nothing: it is looked for before anything is sent |
 * | `sent`      | taken, not seen there yet                           | nothing: it is looked for                         |
 * | `verified`  | seen in Zendesk or GitLab                           | undo it with another change                       |
 * | `failed`    | not made, or nobody can tell; `problem` says which  | `retry`, which looks first, or `discard`          |
 * | `conflict`  | somebody else changed the same; nothing is sent     | `resolve`, or `discard`, which is `theirs`        |
 * | `discarded` | taken back or given up                              | nothing                                           |
 */
export const outboxState = z.enum(['queued', 'sending', 'sent', 'verified', 'failed', 'conflict', 'discarded'])
export type OutboxState = z.infer<typeof outboxState>

export const outboxEntry = z.object({
  id: z.number().int(),
  intent: writeIntent,
  /** Of the ticket or issue; of a change to a project, its path. */
  subject: z.string(),
  /** Exactly what is asked of Zendesk or GitLab, as it was shown before it was ordered. */
  words: z.string(),
  customerSees,
  state: outboxState,
  /** What went wrong or what it waits for, in words. */
  problem: z.string().nullable(),
  /** Where it can be looked at in GitLab: what was made, or what it is about. Null for tickets. */
  url: z.url().nullable(),
  /** In a conflict: what was meant, and what is there now. */
  conflict: z
    .object({ field: z.string(), before: z.string(), mine: z.string(), theirs: z.string() })
    .array()
    .nullable(),
  attempts: z.number().int(),
  createdAt: instantMs,
  sentAt: instantMs.nullable(),
  settledAt: instantMs.nullable(),
})
export type OutboxEntry = z.infer<typeof outboxEntry>

const one = z.object({ id: z.number().int() })
const refusable = { NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED }

export const outbox = {
  /** What the changes would do; nothing is sent. */
  preview: oc
    .errors({ REFUSED: errors.REFUSED })
    .input(z.object({ intents: z.array(writeIntent).min(1).max(1000) }))
    .output(z.object({ previews: z.array(writePreview) })),
  /** Makes the changes, each once. They are kept on disk and sent as soon as Zendesk or GitLab can be reached. */
  send: oc
    .errors({ REFUSED: errors.REFUSED })
    .input(
      z.object({
        orders: z
          .array(z.object({ intent: writeIntent, stamp: instantMs }))
          .min(1)
          .max(1000),
      }),
    )
    .output(z.object({ ids: z.array(z.number().int()) })),
  /** Changes, newest first; `unsettled` leaves out what is verified or discarded. */
  list: oc
    .input(z.object({ limit: z.number().int().min(1).max(1000).default(100), unsettled: z.boolean().default(false) }))
    .output(z.object({ entries: z.array(outboxEntry), waiting: z.number().int(), needMe: z.number().int() })),
  /** Tries a failed change again, after looking whether it was made already. */
  retry: oc.errors(refusable).input(one).output(outboxEntry),
  /** Takes back a change that waits, or gives up one that failed or is in conflict. Refused once it was handed over. */
  discard: oc.errors(refusable).input(one).output(outboxEntry),
  /** Settles a conflict: `mine` is made in spite of what changed, `theirs` stays. */
  resolve: oc
    .errors(refusable)
    .input(one.extend({ choice: z.enum(['mine', 'theirs']) }))
    .output(outboxEntry),
}
