import { z } from 'zod'
import type { SlaClock, Ticket, TicketComment } from '#core/tickets/ticket.ts'
import type { TicketSighting } from '../db/store-tickets.ts'

/**
 * What is read of Zendesk's records; everything else they carry is left alone. Real tickets have nulls the vendor's own
 * schemas refuse. The schemas only look: thousands of rows pass them, so the values are made once, in `toSighting`.
 */
const id = z.number().int().positive()
const nullableId = id.nullish()
const ids = z.array(id).nullish()
const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is not a time')

const policyMetric = z.object({ metric: z.string(), stage: z.string(), breach_at: instant.nullish() })

/** One ticket of a list. */
export const wireTicket = z.object({
  id,
  organization_id: nullableId,
  subject: z.string().nullish(),
  status: z.string(),
  priority: z.string().nullish(),
  requester_id: nullableId,
  assignee_id: nullableId,
  group_id: nullableId,
  ticket_form_id: nullableId,
  email_cc_ids: ids,
  follower_ids: ids,
  tags: z.array(z.string()).nullish(),
  created_at: instant,
  updated_at: instant,
  /** Seconds since the epoch. */
  generated_timestamp: z.number().nullish(),
  slas: z.object({ policy_metrics: z.array(policyMetric) }).nullish(),
  metric_set: z.object({ assigned_at: instant.nullish(), initially_assigned_at: instant.nullish() }).nullish(),
})

const wireUser = z.object({ id, name: z.string(), role: z.string().nullish() })

const meta = z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() })

/** A page of a ticket list by cursor. Its tickets are looked at one by one, so that a page is no long piece of work. */
export const ticketPage = z.object({ tickets: z.array(z.unknown()), users: z.array(wireUser).optional(), meta })

/** A page of a ticket's conversation by cursor. */
export const commentPage = z.object({
  comments: z.array(
    z.object({
      id,
      // Zendesk itself writes as -1.
      author_id: z
        .number()
        .int()
        .nullish()
        .transform((value) => (value && value > 0 ? value : null)),
      public: z.boolean(),
      created_at: instant,
      html_body: z.string().nullish(),
      plain_body: z.string().nullish(),
      body: z.string().nullish(),
    }),
  ),
  users: z.array(wireUser).optional(),
  meta,
})

/** A ticket in Understudy's words. */
export function toSighting(wire: z.infer<typeof wireTicket>): TicketSighting {
  const updatedAt = Date.parse(wire.updated_at)
  const ticket: Ticket = {
    id: wire.id,
    organizationId: wire.organization_id ?? null,
    subject: wire.subject ?? '',
    status: wire.status,
    priority: wire.priority ?? null,
    requesterId: wire.requester_id ?? null,
    assigneeId: wire.assignee_id ?? null,
    groupId: wire.group_id ?? null,
    formId: wire.ticket_form_id ?? null,
    ccIds: wire.email_cc_ids ?? [],
    followerIds: wire.follower_ids ?? [],
    tags: wire.tags ?? [],
    createdAt: Date.parse(wire.created_at),
    updatedAt,
    generatedAt: wire.generated_timestamp ? wire.generated_timestamp * 1000 : updatedAt,
  }
  return {
    ticket,
    clocks: wire.slas?.policy_metrics.map(toClock) ?? null,
    takenAt: toInstant(wire.metric_set?.assigned_at ?? wire.metric_set?.initially_assigned_at),
  }
}

function toClock(wire: z.infer<typeof policyMetric>): SlaClock {
  return { metric: wire.metric, stage: wire.stage, breachAt: toInstant(wire.breach_at) }
}

function toInstant(text: string | null | undefined): number | null {
  return text ? Date.parse(text) : null
}

/** A message in Understudy's words. */
export function toComment(ticketId: number, wire: z.infer<typeof commentPage>['comments'][number]): TicketComment {
  return {
    id: wire.id,
    ticketId,
    authorId: wire.author_id ?? null,
    public: wire.public,
    createdAt: Date.parse(wire.created_at),
    html: wire.html_body ?? '',
    text: wire.plain_body ?? wire.body ?? '',
  }
}
