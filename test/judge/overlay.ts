import type { Amendment } from './amendment.ts'
import type { Schema } from './open-api.ts'

const text: Schema = { type: 'string' }
const number: Schema = { type: 'integer' }
const instant: Schema = { type: 'string', format: 'date-time' }
const orNothing = (schema: Schema): Schema => ({ anyOf: [schema, { enum: [null] }] })
const listOf = (items: Schema): Schema => ({ type: 'array', items })
const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const minutes: Schema = { type: 'object', properties: { calendar: orNothing(number), business: orNothing(number) } }

/** Either kind of paging; only one of them can be asked for at a time. */
const page: Schema = {
  oneOf: [
    { type: 'integer', minimum: 1 },
    {
      type: 'object',
      properties: { size: { type: 'integer', minimum: 1, maximum: 100 }, after: text, before: text },
      required: ['size'],
    },
  ],
}
const perPage: Schema = { type: 'integer', minimum: 1, maximum: 100 }
const someOf = (...words: readonly string[]): Schema => {
  const word = `(${words.join('|')})`
  return { type: 'string', pattern: `^${word}(,${word})*$` }
}

const clock: Schema = {
  type: 'object',
  properties: {
    metric: text,
    stage: text,
    breach_at: orNothing(instant),
    days: number,
    hours: number,
    minutes: number,
  },
  required: ['metric', 'stage'],
}

const searchRow = (kind: string, schema: string): Schema => ({
  allOf: [
    named(schema),
    { type: 'object', properties: { result_type: { enum: [kind] } }, required: ['result_type', 'id'] },
  ],
})

const listsOfTickets = [
  'GET /api/v2/organizations/{organization_id}/tickets',
  'GET /api/v2/users/{user_id}/tickets/assigned',
  'GET /api/v2/users/{user_id}/tickets/ccd',
]

/**
 * Where the file and the API are known to part. Each line says who says otherwise: the file's own prose, another page of
 * the vendor, or what live accounts were seen to answer.
 */
export const zendeskOverlay: readonly Amendment[] = [
  {
    kind: 'null',
    schema: 'TicketObject',
    members: ['priority', 'type', 'recipient', 'satisfaction_rating', 'forum_topic_id'],
    because: 'Live tickets answer null. The file lets two of them be null and then lists words without it.',
  },
  {
    kind: 'null',
    schema: 'UserForAdmin',
    members: ['alias', 'details', 'notes', 'signature', 'email', 'last_login_at', 'default_group_id'],
    because: 'Live users answer null for what nobody filled in, or what has not happened.',
  },
  {
    kind: 'null',
    schema: 'TicketMetricObject',
    members: ['solved_at', 'assigned_at', 'initially_assigned_at', 'assignee_updated_at'],
    because: 'A ticket that is not solved or not assigned has no such time.',
  },
  {
    kind: 'members',
    schema: 'TicketMetricTimeObject',
    members: { calendar: orNothing(number), business: orNothing(number) },
    because: 'What has not happened has taken no time yet; live accounts answer null for both.',
  },
  {
    kind: 'members',
    schema: 'TicketMetricObject',
    members: { reply_time_in_seconds: minutes },
    because: 'As for the other times.',
  },
  {
    kind: 'members',
    schema: 'TicketObject',
    members: {
      slas: {
        type: 'object',
        properties: { policy_metrics: listOf(clock) },
        required: ['policy_metrics'],
        readOnly: true,
      },
      metric_set: { ...named('TicketMetricObject') },
      additional_collaborators: { ...listOf({ anyOf: [number, text, named('CollaboratorObject')] }), writeOnly: true },
    },
    because:
      'The first two are side-loaded into each ticket, which is on the page on side-loading and not in the file. Of the ' +
      'third the prose says numbers, addresses or objects, and the schema knows objects only.',
  },
  {
    kind: 'members',
    schema: 'AuditObject',
    members: {
      events: listOf({
        type: 'object',
        properties: {
          id: number,
          type: text,
          field_name: text,
          value: {},
          previous_value: {},
          body: text,
          html_body: text,
          plain_body: text,
          public: { type: 'boolean' },
          author_id: number,
          audit_id: number,
          attachments: listOf({ type: 'object' }),
          via: { type: 'object' },
          recipients: listOf(number),
          previous_email_ccs: listOf(text),
          current_email_ccs: listOf(text),
          previous_followers: listOf(text),
          current_followers: listOf(text),
        },
        required: ['id', 'type'],
      }),
    },
    because:
      'The page on audit events lists what each kind has, and that a value can be a list; the file knows five members of ' +
      'the first kind. Its own example of a list of audits has more.',
  },
  {
    kind: 'members',
    schema: 'SearchResponse',
    members: {
      results: listOf({
        anyOf: [
          searchRow('ticket', 'TicketObject'),
          searchRow('user', 'UserObject'),
          searchRow('organization', 'OrganizationObject'),
          searchRow('group', 'GroupObject'),
        ],
      }),
    },
    because:
      'What is found is answered as where it lives, with the word for what it is; the file describes what all kinds share.',
  },
  {
    kind: 'reply',
    operation: 'GET /api/v2/users/me',
    status: 200,
    schema: {
      anyOf: [
        named('CurrentUserResponse'),
        {
          type: 'object',
          properties: {
            user: {
              type: 'object',
              properties: { id: { enum: [null] }, role: { enum: ['end-user'] } },
              required: ['id'],
            },
          },
        },
      ],
    },
    because: 'It is open to the anonymous as well, and a sign-in that failed can look like one: a user without an id.',
  },
  {
    kind: 'query',
    operations: listsOfTickets,
    keys: {
      page,
      per_page: perPage,
      sort: { enum: ['updated_at', 'id', 'status', '-updated_at', '-id', '-status'] },
      sort_by: { enum: ['created_at', 'updated_at', 'id', 'status', 'subject', 'assignee', 'group', 'requester'] },
      sort_order: { enum: ['asc', 'desc'] },
      include: someOf('users', 'groups', 'organizations', 'slas', 'metric_sets', 'metric_events', 'last_audits'),
    },
    because: 'The prose says that they are paged in both ways; sorting and side-loading are on the page on tickets.',
  },
  {
    kind: 'query',
    operations: ['GET /api/v2/users/{user_id}/tickets/followed'],
    keys: {
      sort: { enum: ['updated_at', 'id', 'status', '-updated_at', '-id', '-status'] },
      include: someOf('users', 'groups', 'organizations', 'slas', 'metric_sets', 'metric_events', 'last_audits'),
    },
    because: 'As for the other lists of tickets; here the file has the rest.',
  },
  {
    kind: 'query',
    operations: ['GET /api/v2/tickets/{ticket_id}/comments'],
    keys: { sort: { enum: ['created_at', '-created_at'] } },
    because: 'The prose of this operation names it for paging by cursor.',
  },
  {
    kind: 'query',
    operations: ['GET /api/v2/search'],
    keys: { page: { type: 'integer', minimum: 1 }, per_page: perPage },
    because: 'The page on search says that its results are paged by number, a hundred at most.',
  },
  {
    kind: 'request',
    operation: 'PUT /api/v2/organizations/{organization_id}',
    schema: {
      type: 'object',
      properties: { organization: { type: 'object', properties: { notes: orNothing(text) }, required: ['notes'] } },
      required: ['organization'],
    },
    because: 'The file describes no body. The note is all that an ordinary agent may change.',
  },
  {
    kind: 'request',
    operation: 'POST /oauth/tokens',
    schema: {
      type: 'object',
      properties: {
        grant_type: { enum: ['authorization_code', 'refresh_token'] },
        client_id: text,
        code: text,
        code_verifier: text,
        redirect_uri: text,
        refresh_token: text,
        scope: text,
        expires_in: { type: 'integer', minimum: 300, maximum: 172_800 },
        refresh_token_expires_in: { type: 'integer', minimum: 604_800, maximum: 7_776_000 },
      },
      required: ['grant_type', 'client_id'],
      oneOf: [{ required: ['code', 'code_verifier', 'redirect_uri'] }, { required: ['refresh_token'] }],
    },
    because: 'The file describes no body; these are the two grants of a public client, from the page on grant types.',
  },
  {
    kind: 'wrapper',
    members: {
      meta: {
        type: 'object',
        properties: {
          has_more: { type: 'boolean' },
          after_cursor: orNothing(text),
          before_cursor: orNothing(text),
        },
        required: ['has_more'],
      },
      links: { type: 'object', properties: { next: orNothing(text), prev: orNothing(text) } },
      next_page: orNothing(text),
      previous_page: orNothing(text),
      count: number,
      users: listOf(named('UserObject')),
      groups: listOf(named('GroupObject')),
      organizations: listOf(named('OrganizationObject')),
    },
    because: 'The pages on paging and on side-loading describe them; the file has them for hardly any list.',
  },
  {
    kind: 'refusal',
    schema: {
      type: 'object',
      properties: {
        error: text,
        description: text,
        details: {
          type: 'object',
          additionalProperties: listOf({ type: 'object', properties: { description: text, error: text } }),
        },
        current_job_ids: listOf(text),
        error_description: text,
        message: text,
      },
      required: ['error'],
    },
    because: 'The common form of an error, with the records and fields that are wrong, or as OAuth has it.',
  },
  {
    kind: 'refusal',
    schema: {
      type: 'object',
      properties: {
        error: { type: 'object', properties: { title: text, message: text }, required: ['title', 'message'] },
      },
      required: ['error'],
    },
    because: 'The other form of an error.',
  },
  {
    kind: 'outside',
    path: /^\/(access|agent)(\/|$)|^\/oauth\/authorizations\/new$/,
    because: 'Pages for people in a browser.',
  },
  {
    kind: 'outside',
    path: /^\/company-sso$/,
    because: "The sign-in page of somebody's company, which the simulator shows in between.",
  },
]
