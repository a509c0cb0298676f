import type { VendorReply } from '../http/reply.ts'
import { json } from '../http/reply.ts'

/** Zendesk's words for what it refuses. Error bodies come in several forms, as in life. */

export const notFound: VendorReply = json({ error: 'RecordNotFound', description: 'Not found' }, 404)

const noAccess =
  'You do not have access to this page. Please contact the account owner of this help desk for further help.'

/** 403 in the form that has an object. */
export const forbidden: VendorReply = json({ error: { title: 'Forbidden', message: noAccess } }, 403)

/** 403 in the form that has a string. */
export const forbiddenInText: VendorReply = json({ error: 'Forbidden', description: noAccess }, 403)

/** 401 for a password, API token or session that does not let in. */
export const notSignedIn: VendorReply = json({ error: "Couldn't authenticate you" }, 401)

/** 401 for a bearer token that does not let in. */
export const invalidToken: VendorReply = json(
  {
    error: 'invalid_token',
    error_description: 'The access token provided is expired, revoked, malformed or invalid for other reasons.',
  },
  401,
)

/** 422 for a record that cannot be as it was asked to be. `field` is the name the details are filed under. */
export function recordInvalid(field: string, description: string): VendorReply {
  return json(
    { error: 'RecordInvalid', description: 'Record validation errors', details: { [field]: [{ description }] } },
    422,
  )
}

/** 422 for any change to a closed ticket. */
export const closedTicket: VendorReply = recordInvalid('status', 'Status: closed prevents ticket update')

/** 409 for a safe update that came too late. */
export const updateConflict: VendorReply = json(
  {
    error: 'UpdateConflict',
    description:
      'Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data and try again.',
  },
  409,
)

/** 400 for a request that cannot be read. */
export function badRequest(description: string): VendorReply {
  return json({ error: 'InvalidValue', description }, 400)
}

/** The body of a 429. */
export const tooManyRequests = {
  error: 'APIRateLimitExceeded',
  description: 'Number of allowed API requests per minute exceeded',
} as const
