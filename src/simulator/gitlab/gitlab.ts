import { createHash } from 'node:crypto'
import type { VendorReply, VendorRequest } from '../http/reply.ts'
import type { Vendor } from '../http/vendor-server.ts'
import { MINUTE, SECOND } from '../time.ts'
import type { World } from '../world/world.ts'
import { answerRoute } from './routes.ts'
import type { GitlabSwitches } from './settings.ts'
import type { GitlabSignIn } from './sign-in.ts'

export interface GitlabDeps {
  readonly world: World
  readonly switches: GitlabSwitches
  /** Where the Zendesk of this world is: issues name its tickets by their addresses. */
  readonly zendeskUrl: () => string
  readonly signIn: GitlabSignIn
}

const tooMany = { message: { error: 'Too many requests. Please try again later.' } }

/** GitLab's words have four shapes: a text, texts by field, an error, and an error with its description. */
const failures = {
  401: {
    text: { error: 'invalid_token', error_description: 'Token was revoked. You have to re-authorize from the user.' },
    object: { message: '401 Unauthorized' },
  },
  403: {
    text: { message: '403 Forbidden' },
    object: {
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges than provided by the access token.',
      scope: 'api',
    },
  },
  429: { text: tooMany, object: tooMany },
} as const

const refusals = {
  404: { error: '404 Not Found' },
  409: { message: '409 Conflict' },
  422: { message: { base: ['cannot be saved'] } },
} as const

/** GitLab as a member of the customers' groups sees it: the REST API below `/api/v4`. */
export function createGitlab(deps: GitlabDeps): Vendor {
  return {
    target: 'gitlab',
    answer(request) {
      return deps.signIn.guard(request, (allowed) => {
        const reply = answerRoute(allowed, deps)
        return deps.switches.read().etags ? withETag(reply, allowed) : reply
      })
    },
    plainRefusal: () => (deps.switches.read().plain_429 ? 'Retry later\n' : null),
    failure: (status, form) => failures[status][form],
    refusal: (status) => refusals[status],
    budgetHeaders: ({ limit, remaining, resetsIn }) =>
      !deps.switches.read().rate_headers
        ? { vary: 'Origin' }
        : {
            'ratelimit-limit': String(limit),
            'ratelimit-name': 'throttle_authenticated_api',
            'ratelimit-observed': String(limit - remaining),
            'ratelimit-remaining': String(remaining),
            'ratelimit-reset': String(Math.ceil((Math.floor(Date.now() / MINUTE) * MINUTE + MINUTE) / SECOND)),
            ...(remaining === 0
              ? { 'ratelimit-resettime': new Date(Date.now() + resetsIn * SECOND).toUTCString() }
              : {}),
            vary: 'Origin',
          },
  }
}

function withETag(reply: VendorReply, request: VendorRequest): VendorReply {
  if (reply.status !== 200 || request.method !== 'GET') return reply
  const tag = `W/"${createHash('md5').update(JSON.stringify(reply.json)).digest('hex')}"`
  const headers = { ...reply.headers, etag: tag, 'cache-control': 'max-age=0, private, must-revalidate' }
  if (request.headers['if-none-match'] === tag) return { status: 304, headers }
  return { ...reply, headers }
}
