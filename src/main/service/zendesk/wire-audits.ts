import { z } from 'zod'
import type { AuditChange, TicketAudit } from '#core/tickets/audit.ts'
import { cursorMeta, wireUsers } from './page.ts'

const id = z.number().int().positive()
const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is not a time')

const wireAudit = z.object({
  id,
  ticket_id: id.nullish(),
  author_id: z.number().int().nullish(),
  created_at: instant,
  via: z.unknown().optional(),
  /** Zendesk adds kinds of events at any time: they are read one by one, and what nobody knows is left out. */
  events: z.array(z.unknown()).nullish(),
})
export type WireAudit = z.infer<typeof wireAudit>

/** A page of a ticket's audits. Those of an archived ticket come all at once, without a cursor: then they say that nothing follows. */
export const auditPage = z
  .object({
    audits: z.array(wireAudit),
    users: wireUsers.optional(),
    meta: cursorMeta.optional(),
    next_page: z.string().nullish(),
  })
  .refine((page) => page.meta !== undefined || page.next_page === null, {
    message: 'does not say whether there is more',
    path: ['meta'],
  })

/** An audit in Understudy's words; what is of no use here (notifications, notes of the system) is left out. */
export function toAudit(ticketId: number, wire: WireAudit): TicketAudit {
  const events = (wire.events ?? []).filter(isRecord)
  return {
    id: wire.id,
    ticketId,
    // Zendesk itself writes as -1.
    authorId: wire.author_id && wire.author_id > 0 ? wire.author_id : null,
    createdAt: Date.parse(wire.created_at),
    changes: events.flatMap((event) => [...changesOf(event), ...mergeNotes(event, events, wire.via)]),
  }
}

type Event = Readonly<Record<string, unknown>>

const keptFields: ReadonlySet<string> = new Set([
  'status',
  'priority',
  'assignee_id',
  'group_id',
  'organization_id',
  'tags',
  'custom_status_id',
])
const commentTypes: ReadonlySet<unknown> = new Set(['Comment', 'VoiceComment', 'FacebookComment'])

function changesOf(event: Event): readonly AuditChange[] {
  const { type } = event
  if (commentTypes.has(type)) return commentOf(event)
  if (type === 'Create' || type === 'Change') return fieldOf(event, type)
  if (type === 'EmailCcChange') {
    return [peopleChange('email_ccs', texts(event['previous_email_ccs']), texts(event['current_email_ccs']))]
  }
  if (type === 'FollowerChange') {
    return [peopleChange('followers', texts(event['previous_followers']), texts(event['current_followers']))]
  }
  if (type === 'Cc') return [peopleChange('collaborators', null, ids(event['recipients']))]
  return []
}

function commentOf(event: Event): readonly AuditChange[] {
  const to = toId(event['id'])
  return to === null ? [] : [{ kind: 'comment', field: null, from: null, to, public: isPublic(event) }]
}

function fieldOf(event: Event, type: 'Create' | 'Change'): readonly AuditChange[] {
  const field = event['field_name']
  if (typeof field !== 'string' || !keptFields.has(field)) return []
  const kind = type === 'Create' ? 'created' : 'changed'
  const from = type === 'Create' ? null : valueOf(field, event['previous_value'])
  return [{ kind, field, from, to: valueOf(field, event['value']), public: null }]
}

function peopleChange(field: string, from: unknown, to: unknown): AuditChange {
  return { kind: 'changed', field, from, to, public: null }
}

/** Audits write ids as text, and tags as a list or as one text with spaces. */
function valueOf(field: string, value: unknown): unknown {
  if (field.endsWith('_id')) return toId(value) ?? (value === '' ? null : (value ?? null))
  if (field === 'tags') return texts(typeof value === 'string' ? value.split(/\s+/) : value)
  return value === '' ? null : (value ?? null)
}

const intoAnother = /\bclosed and merged into request #(\d+)/i
const fromOthers = /^\s*Requests? #[\s\S]*\b(?:was|were) closed and merged into this request\b/i

/**
 * A merge leaves no mark but its notes. A customer could write the same words: the note of the closed ticket counts where the same
 * audit closes it, that of the other one where it is internal, and either where Zendesk says that the merging wrote it.
 */
function mergeNotes(event: Event, events: readonly Event[], via: unknown): readonly AuditChange[] {
  const text = [event['body'], event['plain_body']].find((one) => typeof one === 'string')
  if (!commentTypes.has(event['type']) || typeof text !== 'string') return []
  const isCertain = isMerge(via) || isMerge(event['via'])
  const target = toId(intoAnother.exec(text)?.[1])
  if (target !== null && (isCertain || events.some(closes))) return [merge('merged_into', [target], event)]
  if (!fromOthers.test(text) || !(isCertain || event['public'] === false)) return []
  // What stands between the words and the end of the sentence: one request with its subject, or several without.
  const named = /^\s*Request #(\d+)/i.exec(text)?.[1]
  const list = /^\s*Requests ([\s\S]*?)\bwere closed/i.exec(text)?.[1] ?? ''
  const sources = (named === undefined ? [...list.matchAll(/#(\d+)/g)].map(([, one]) => one) : [named]).flatMap(
    (one) => toId(one) ?? [],
  )
  return sources.length > 0 ? [merge('merged_from', sources, event)] : []
}

function merge(field: 'merged_into' | 'merged_from', to: readonly number[], event: Event): AuditChange {
  return { kind: 'other', field, from: null, to, public: isPublic(event) }
}

function closes(event: Event): boolean {
  return event['type'] === 'Change' && event['field_name'] === 'status' && event['value'] === 'closed'
}

function isMerge(via: unknown): boolean {
  if (!isRecord(via)) return false
  const { channel, source } = via
  return channel === 'merge' || (isRecord(source) && source['rel'] === 'merge')
}

function isPublic(event: Event): boolean | null {
  return typeof event['public'] === 'boolean' ? event['public'] : null
}

function isRecord(value: unknown): value is Event {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function toId(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : null
}

function ids(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.flatMap((one) => toId(one) ?? []) : []
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string' && one !== '') : []
}
