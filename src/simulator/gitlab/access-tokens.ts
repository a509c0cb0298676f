import { z } from 'zod'
import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { me } from '../world/people.ts'

/** A personal access token; one that is fine-grained refuses what its permissions do not cover. */
export const accessTokenSchema = z
  .object({
    token: z.string().min(1),
    /** `["granular"]` is what a fine-grained token shows. */
    scopes: z.array(z.string()),
    /** A day like `2026-12-01`, on whose beginning in UTC it ends; null: never. */
    expires_at: z.iso.date().nullable(),
    revoked: z.boolean(),
    /** Parts of paths for which a fine-grained token has no permission. */
    lacks: z.array(z.string()),
  })
  .partial()
  .required({ token: true })
  .strict()

interface AccessToken {
  readonly token: string
  readonly scopes: readonly string[]
  readonly expires_at: string | null
  readonly revoked: boolean
  readonly lacks: readonly string[]
}

/** What a caller may do. */
export interface GitlabCaller {
  readonly scopes: readonly string[]
  readonly lacks: readonly string[]
  /** The token's own record; null for one of OAuth. */
  readonly record: AccessToken | null
}

const selfPath = '/api/v4/personal_access_tokens/self'

/** The personal access tokens of the person the workspace belongs to. `now` is simulated time. */
export function createAccessTokens(first: string, now: () => number) {
  const tokens = new Map<string, AccessToken>()
  const add = ({ token, ...changes }: z.infer<typeof accessTokenSchema>): void => {
    const known = tokens.get(token) ?? { token, scopes: ['api'], expires_at: null, revoked: false, lacks: [] }
    tokens.set(token, { ...known, ...changes } as AccessToken)
  }
  add({ token: first })
  const isOver = ({ revoked, expires_at: end }: AccessToken): boolean =>
    revoked || (end !== null && Date.parse(end) <= now())
  return {
    add,
    find(token: string): GitlabCaller | undefined {
      const record = tokens.get(token)
      return record && !isOver(record) ? { scopes: record.scopes, lacks: record.lacks, record } : undefined
    },
    /** Answers what a token tells of itself; undefined for another path. */
    answer({ path, method }: VendorRequest, { record }: GitlabCaller): VendorReply | undefined {
      if (path !== selfPath || method !== 'GET') return undefined
      if (!record) return json({ message: '404 Not Found' }, 404)
      return json({
        id: 4_711_001,
        name: 'understudy',
        revoked: false,
        created_at: '2026-01-12T08:00:00.000Z',
        description: '',
        scopes: record.scopes,
        user_id: me.id,
        last_used_at: new Date(now()).toISOString(),
        active: true,
        expires_at: record.expires_at,
      })
    },
  }
}

/** Why a caller may not do this, in GitLab's words; undefined when they may. */
export function scopeRefusal(
  { scopes, lacks }: GitlabCaller,
  { method, path }: VendorRequest,
): VendorReply | undefined {
  if (scopes.includes('granular')) {
    return lacks.some((part) => path.includes(part)) ? json({ message: '403 Forbidden' }, 403) : undefined
  }
  // Asking GraphQL is a POST that reads.
  const isReading = method === 'GET' || method === 'HEAD' || path === '/api/graphql'
  const wanted = isReading ? ['api', 'read_api'] : ['api']
  const enough = path === '/api/v4/user' || path === selfPath ? [...wanted, 'read_user'] : wanted
  if (scopes.some((scope) => enough.includes(scope))) return undefined
  return json(
    {
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges than provided by the access token.',
      scope: wanted.join(' '),
    },
    403,
  )
}
