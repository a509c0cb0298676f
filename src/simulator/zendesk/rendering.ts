import { DAY, HOUR, MINUTE, SECOND, zendeskTime } from '../time.ts'
import { projectsOf } from '../world/gitlab-places.ts'
import { aseSince } from '../world/organizations.ts'
import type { Organization } from '../world/organizations.ts'
import { agents, supportGroup } from '../world/people.ts'
import type { AgentGroup, ZendeskUser } from '../world/people.ts'
import type { Ticket, TicketClock, TicketComment } from '../world/ticket.ts'
import { ticketForms, type TicketForm } from '../world/forms.ts'
import type { OrganizationNote } from '../world/world.ts'
import { htmlBody, plainBody } from './html-body.ts'

const agentIds = new Set(agents.map(({ id }) => id))

const time = (instant: number | null): string | null => (instant === null ? null : zendeskTime(instant))

/**
 * A ticket as the vendor's Ticket object, without side-loads. `api` is the base of links, ending in `/api/v2`. Without the
 * "CCs and followers" feature everybody is a collaborator, and the two newer lists are empty.
 */
export function ticketJson(ticket: Ticket, api: string, ccsAndFollowers: boolean): Record<string, unknown> {
  const byMail = ticket.id % 3 === 0
  const fields = [
    { id: 360020421853, value: ticket.tags.includes('emergency') },
    { id: 360020421973, value: ticket.tags[0] ?? 'other' },
  ]
  return {
    url: `${api}/tickets/${ticket.id}.json`,
    id: ticket.id,
    external_id: null,
    via: {
      channel: byMail ? 'email' : 'web',
      source: { from: {}, to: byMail ? { name: 'Support', address: 'support@support.example' } : {}, rel: null },
    },
    created_at: zendeskTime(ticket.createdAt),
    updated_at: zendeskTime(ticket.updatedAt),
    generated_timestamp: Math.floor(ticket.updatedAt / SECOND),
    type: ticket.type,
    subject: ticket.subject,
    raw_subject: ticket.subject,
    description: plainBody(ticket.comments[0]?.text ?? ''),
    priority: ticket.priority,
    status: ticket.status,
    recipient: byMail ? 'support@support.example' : null,
    requester_id: ticket.requesterId,
    submitter_id: ticket.requesterId,
    assignee_id: ticket.assigneeId,
    organization_id: ticket.organizationId,
    group_id: ticket.groupId,
    collaborator_ids: [...new Set([...ticket.ccIds, ...ticket.followerIds])],
    follower_ids: ccsAndFollowers ? ticket.followerIds : [],
    email_cc_ids: ccsAndFollowers ? ticket.ccIds : [],
    forum_topic_id: null,
    problem_id: null,
    has_incidents: false,
    is_public: true,
    due_at: null,
    tags: ticket.tags,
    custom_fields: fields,
    satisfaction_rating: ticket.status === 'closed' ? { score: 'unoffered' } : null,
    sharing_agreement_ids: [],
    custom_status_id: customStatusIds[ticket.status],
    encoded_id: `${(ticket.id * 7919).toString(36).toUpperCase()}-${(ticket.id * 104729).toString(36).toUpperCase()}`,
    fields,
    followup_ids: [],
    ticket_form_id: ticket.formId,
    brand_id: 360000143953,
    allow_channelback: false,
    allow_attachments: true,
    from_messaging_channel: false,
  }
}

const customStatusIds = { new: 1, open: 2, pending: 3, hold: 4, solved: 5, closed: 5 } as const

/** The `slas` side-load of one ticket. What is left is a signed whole number in the largest unit that fits. */
export function slasJson(ticket: Ticket, now: number): { policy_metrics: readonly Record<string, unknown>[] } {
  return { policy_metrics: ticket.clocks.map((clock) => ({ ...clockJson(clock), ...timeLeft(clock, now) })) }
}

function clockJson({ metric, stage, breachAt }: TicketClock): Record<string, unknown> {
  return { breach_at: time(breachAt), stage, metric }
}

function timeLeft({ breachAt }: TicketClock, now: number): Record<string, number> {
  if (breachAt === null) return {}
  const left = breachAt - now
  const [unit, size] =
    Math.abs(left) >= 2 * DAY ? ['days', DAY] : Math.abs(left) >= 2 * HOUR ? ['hours', HOUR] : ['minutes', MINUTE]
  return { [String(unit)]: Math.trunc(left / Number(size)) }
}

const minutes = (from: number, to: number | null): { calendar: number | null; business: number | null } => {
  if (to === null) return { calendar: null, business: null }
  const calendar = Math.max(0, Math.round((to - from) / MINUTE))
  return { calendar, business: Math.round(calendar / 3) }
}

/** The `metric_sets` side-load of one ticket: who took it when, and how long things took. */
export function metricSetJson(ticket: Ticket, api: string): Record<string, unknown> {
  const replies = ticket.comments.filter((comment) => comment.public && agentIds.has(comment.authorId))
  const customers = ticket.comments.filter(({ authorId }) => !agentIds.has(authorId))
  const first = replies[0]?.createdAt ?? null
  const none = { calendar: 0, business: 0 }
  return {
    url: `${api}/ticket_metrics/${ticket.id * 10 + 7}.json`,
    id: ticket.id * 10 + 7,
    ticket_id: ticket.id,
    created_at: zendeskTime(ticket.createdAt),
    updated_at: zendeskTime(ticket.updatedAt),
    group_stations: 1,
    assignee_stations: ticket.assigneeId === null ? 0 : 1,
    reopens: 0,
    replies: replies.length,
    assignee_updated_at: time(replies.at(-1)?.createdAt ?? null),
    requester_updated_at: zendeskTime(customers.at(-1)?.createdAt ?? ticket.createdAt),
    status_updated_at: zendeskTime(ticket.statusAt),
    initially_assigned_at: time(ticket.initiallyAssignedAt),
    assigned_at: time(ticket.assignedAt),
    solved_at: time(ticket.solvedAt),
    latest_comment_added_at: zendeskTime(ticket.comments.at(-1)?.createdAt ?? ticket.createdAt),
    reply_time_in_minutes: minutes(ticket.createdAt, first),
    reply_time_in_seconds: { calendar: first === null ? null : Math.round((first - ticket.createdAt) / SECOND) },
    first_resolution_time_in_minutes: minutes(ticket.createdAt, ticket.solvedAt),
    full_resolution_time_in_minutes: minutes(ticket.createdAt, ticket.solvedAt),
    agent_wait_time_in_minutes: none,
    requester_wait_time_in_minutes: minutes(ticket.createdAt, first),
    on_hold_time_in_minutes: none,
    custom_status_updated_at: zendeskTime(ticket.statusAt),
  }
}

/** One message of a ticket, as the vendor's Comment object. */
export function commentJson(comment: TicketComment): Record<string, unknown> {
  const plain = plainBody(comment.text)
  return {
    id: comment.id,
    type: 'Comment',
    author_id: comment.authorId,
    body: plain,
    html_body: htmlBody(comment.text),
    plain_body: plain,
    public: comment.public,
    attachments: [],
    audit_id: comment.auditId,
    via: { channel: 'web', source: { from: {}, to: {}, rel: null } },
    created_at: zendeskTime(comment.createdAt),
    metadata: { system: {}, custom: {} },
  }
}

/** A user, as the vendor's User object for agents. */
export function userJson(user: ZendeskUser, api: string): Record<string, unknown> {
  return {
    id: user.id,
    url: `${api}/users/${user.id}.json`,
    name: user.name,
    email: user.email,
    created_at: zendeskTime(user.createdAt),
    updated_at: zendeskTime(user.createdAt + DAY),
    time_zone: user.timeZone,
    iana_time_zone: user.ianaTimeZone,
    phone: null,
    shared_phone_number: null,
    photo: null,
    locale_id: 1,
    locale: 'en-US',
    organization_id: user.organizationId,
    role: user.role,
    verified: true,
    external_id: null,
    tags: [],
    alias: null,
    active: true,
    shared: false,
    shared_agent: false,
    last_login_at: null,
    two_factor_auth_enabled: null,
    signature: null,
    details: null,
    notes: null,
    role_type: user.role === 'agent' ? 0 : null,
    custom_role_id: null,
    moderator: user.role === 'agent',
    ticket_restriction: user.role === 'agent' ? null : 'requested',
    only_private_comments: false,
    restricted_agent: user.role !== 'agent',
    suspended: false,
    default_group_id: user.role === 'agent' ? supportGroup.id : null,
    report_csv: false,
    user_fields: {},
  }
}

/** A customer, as the vendor's Organization object. */
export function organizationJson(
  organization: Organization,
  api: string,
  anchor: number,
  written?: OrganizationNote,
): Record<string, unknown> {
  const since = aseSince(organization, anchor) ?? Date.UTC(2023, 5, 1)
  return {
    url: `${api}/organizations/${organization.id}.json`,
    id: organization.id,
    name: organization.name,
    shared_tickets: false,
    shared_comments: false,
    external_id: null,
    created_at: zendeskTime(Date.UTC(2022, 10, 14, 9)),
    updated_at: zendeskTime(written?.updatedAt ?? since),
    domain_names: [organization.domain],
    details: null,
    notes: written ? written.text : organization.notes,
    group_id: null,
    tags: [`sub_${organization.supportLevel}`],
    organization_fields: {
      ...(organization.ase
        ? { assigned_se: String(organization.ase.id), am_project_id: projectsOf(organization)[0]?.id ?? 0 }
        : {}),
      org_region: organization.region,
      support_level: organization.supportLevel,
    },
  }
}

/** A group of agents. */
export function groupJson({ id, name, createdAt }: AgentGroup, api: string): Record<string, unknown> {
  const at = zendeskTime(createdAt)
  return {
    url: `${api}/groups/${id}.json`,
    id,
    is_public: true,
    name,
    description: '',
    default: id === supportGroup.id,
    deleted: false,
    created_at: at,
    updated_at: at,
  }
}

/** A form that tickets are opened with, as the vendor's TicketForm object. */
export function ticketFormJson(form: TicketForm, api: string): Record<string, unknown> {
  const { id, name } = form
  const at = zendeskTime(form.createdAt)
  const position = ticketForms.indexOf(form)
  return {
    url: `${api}/ticket_forms/${id}.json`,
    id,
    name,
    raw_name: name,
    display_name: name,
    raw_display_name: name,
    end_user_visible: true,
    position,
    ticket_field_ids: [360020421853, 360020421973],
    active: true,
    default: position === 0,
    in_all_brands: true,
    restricted_brand_ids: [],
    end_user_conditions: [],
    agent_conditions: [],
    created_at: at,
    updated_at: at,
  }
}
