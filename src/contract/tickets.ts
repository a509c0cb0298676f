import { oc } from '@orpc/contract'
import { z } from 'zod'
import { guidanceSituations } from '#core/policy/policy.ts'
import { errors } from './errors.ts'
import { instantMs, zendeskId } from './values.ts'

/** One SLA clock of a ticket. `breachAt` is null while it is paused or has not started: that is not zero. */
export const slaClock = z.object({
  /** Zendesk's name of the metric; unknown ones are kept. */
  metric: z.string(),
  stage: z.string(),
  breachAt: instantMs.nullable(),
})
export type SlaClock = z.infer<typeof slaClock>

/** Why a ticket is on my screen. */
export const relation = z.enum(['covering', 'own', 'other'])

/** What to do with a ticket, why, and which rule says so. */
export const guidance = z.object({
  situation: z.enum(guidanceSituations),
  action: z.string(),
  reason: z.string(),
  source: z.string(),
})

/** A ticket as a row of the queue. */
export const ticketRow = z.object({
  id: zendeskId,
  subject: z.string(),
  status: z.string(),
  priority: z.string().nullable(),
  emergency: z.boolean(),
  accountId: zendeskId.nullable(),
  accountName: z.string().nullable(),
  requesterName: z.string().nullable(),
  assigneeId: zendeskId.nullable(),
  assigneeName: z.string().nullable(),
  relation,
  /** The clock that breaches next, or null when none is running. */
  nextClock: slaClock.nullable(),
  createdAt: instantMs,
  updatedAt: instantMs,
  /** When Understudy last read this ticket from Zendesk. */
  fetchedAt: instantMs,
  guidance,
})
export type TicketRow = z.infer<typeof ticketRow>

/** One message of a ticket's conversation. `html` comes from strangers and must be sanitised before it is shown. */
export const ticketComment = z.object({
  id: zendeskId,
  authorId: zendeskId.nullable(),
  authorName: z.string().nullable(),
  authorRole: z.string().nullable(),
  public: z.boolean(),
  createdAt: instantMs,
  html: z.string(),
  text: z.string(),
})
export type TicketComment = z.infer<typeof ticketComment>

export const ticketDetail = ticketRow.extend({
  url: z.url(),
  tags: z.array(z.string()),
  ccNames: z.array(z.string()),
  followerNames: z.array(z.string()),
  /** Whether I am on Cc or follow the ticket, as read from Zendesk. */
  iAmOnCc: z.boolean(),
  /** The same, each by itself. */
  me: z.object({ onCc: z.boolean(), follows: z.boolean() }),
  clocks: z.array(slaClock),
  comments: z.array(ticketComment),
  /** False until the conversation has been read for the ticket's present state. */
  commentsComplete: z.boolean(),
})
export type TicketDetail = z.infer<typeof ticketDetail>

/** A ticket as scripts read it: plain values as Zendesk has them, nothing derived. */
export const ticketRecord = z.object({
  id: zendeskId,
  subject: z.string(),
  status: z.string(),
  priority: z.string().nullable(),
  organizationId: zendeskId.nullable(),
  assigneeId: zendeskId.nullable(),
  requesterId: zendeskId.nullable(),
  ccIds: z.array(zendeskId),
  followerIds: z.array(zendeskId),
  tags: z.array(z.string()),
  createdAt: instantMs,
  updatedAt: instantMs,
  clocks: z.array(slaClock),
})
export type TicketRecord = z.infer<typeof ticketRecord>

export const tickets = {
  /** Unsolved tickets of accounts I cover now or own, next breach first; tickets without a running clock come last. */
  queue: oc
    .input(
      z.object({
        accountId: zendeskId.optional(),
        limit: z.number().int().min(1).max(500).default(200),
        offset: z.number().int().min(0).default(0),
      }),
    )
    .output(
      z.object({ rows: z.array(ticketRow), total: z.number().int(), breached: z.number().int(), now: instantMs }),
    ),
  /** One ticket with its clocks and conversation, from the local database, also offline. */
  get: oc
    .errors({ NOT_FOUND: errors.NOT_FOUND })
    .input(z.object({ id: zendeskId }))
    .output(ticketDetail),
  /** Every stored ticket in pages by id, for scripts. */
  list: oc
    .input(
      z.object({
        afterId: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(1000).default(500),
        organizationId: zendeskId.optional(),
      }),
    )
    .output(z.object({ tickets: z.array(ticketRecord), more: z.boolean() })),
}
