import { z } from 'zod'
import type { GitlabHealth, GitlabMode, GitlabPlace, GitlabUser } from '#contract/gitlab-connection.ts'
import { Refusal } from '../refusal.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { RemoteRequest, RemoteResponse } from '../transport/transport.ts'
import type { GitlabCredentials } from './credentials/credentials.ts'
import { tokenInfoPath } from './credentials/token-endpoint.ts'
import { isLackOfPermission } from './explain-refusal.ts'
import { probePlaces } from './probe-places.ts'
import { readGitlab } from './read-gitlab.ts'

/** How a GitLab is reached with a sign-in. */
export interface GitlabReach {
  /** Address of the GitLab, without a slash at its end. */
  readonly url: string
  readonly credentials: Pick<GitlabCredentials, 'kind' | 'scopes'>
  /** Makes signed calls. */
  send(request: RemoteRequest): Promise<RemoteResponse>
}

/** Who signed in, and what the sign-in may do. */
export interface GitlabFindings {
  readonly user: GitlabUser
  readonly health: GitlabHealth
}

const userAnswer = z.object({ id: z.number().int().positive(), name: z.string(), username: z.string() })

const tokenAnswer = z.object({
  scopes: z.array(z.string()),
  active: z.boolean().nullish(),
  revoked: z.boolean().nullish(),
  expires_at: z.string().nullish(),
})

const tokenInfoAnswer = z.object({ scope: z.array(z.string()).nullish() })

/** What GitLab tells of a token. */
interface Told {
  readonly scopes: readonly string[] | null
  readonly fineGrained: boolean
  readonly endsAt: number | null
}

/** The one right that a fine-grained token shows. */
const granular = 'granular'

/**
 * Finds out who signed in and what the sign-in may do, by reading only.
 *
 * @param places groups and projects whose issues are wanted; asked for where GitLab does not tell what the token may do.
 * @throws {Refusal} in words, when the sign-in is of no use.
 * @throws {RemoteFailure} when GitLab cannot be asked, or does not accept the sign-in.
 */
export async function inspectGitlab(
  reach: GitlabReach,
  places: readonly string[],
  now: number,
): Promise<GitlabFindings> {
  const user = await whoIs(reach)
  const told = await whatItMay(reach)
  const reading = told.scopes?.some((scope) => scope === 'api' || scope === 'read_api') ?? true
  if (!told.fineGrained && !reading) throw mayNotRead(told.scopes ?? [])
  const mode: GitlabMode = told.fineGrained || (told.scopes?.includes('api') ?? true) ? 'read-write' : 'read-only'
  const found = told.fineGrained || told.scopes === null ? await probePlaces(reach, places) : []
  return {
    user,
    health: {
      checkedAt: now,
      mode,
      scopes: told.scopes && [...told.scopes],
      fineGrained: told.fineGrained,
      endsAt: told.endsAt,
      places: [...found],
      advice: adviceOf(told, found),
    },
  }
}

async function whoIs(reach: GitlabReach): Promise<GitlabUser> {
  try {
    return readGitlab('who you are', userAnswer, await get(reach, '/api/v4/user'))
  } catch (failure) {
    if (!(failure instanceof RemoteFailure)) throw failure
    if (failure.kind === 'forbidden') throw lacksUser(failure) ?? mayNotRead([])
    if (failure.kind !== 'not-found' && !isWebPage(failure)) throw failure
    throw new Refusal(
      'refused',
      `There is no GitLab at ${reach.url}. Copy its address from your browser, without the group or project behind it.`,
    )
  }
}

/** A page where data was due, at an address that has not been proven to be a GitLab's. */
function isWebPage({ kind, status }: RemoteFailure): boolean {
  return kind === 'malformed' || (kind === 'unauthorized' && status === 200)
}

function mayNotRead(scopes: readonly string[]): Refusal {
  const has = scopes.length === 0 ? 'has no right to read' : `has only the rights ${scopes.join(', ')}`
  return new Refusal(
    'refused',
    `This sign-in ${has}. Understudy needs “read_api” to read, or “api” to send changes too: make one with it in GitLab.`,
  )
}

/** A fine-grained token has permissions in place of rights, and the first one needed is to say whose it is. */
function lacksUser({ body }: RemoteFailure): Refusal | null {
  if (!isLackOfPermission(body)) return null
  return new Refusal(
    'refused',
    'This fine-grained token may not say whose it is. Make one in GitLab that may read your user and the issues of your accounts, or a classic one with “read_api”.',
  )
}

/** Rights and end of the sign-in as GitLab tells them; older ones and some tokens are not told about. */
async function whatItMay(reach: GitlabReach): Promise<Told> {
  const { credentials } = reach
  const isToken = credentials.kind === 'token'
  try {
    const body = await get(reach, isToken ? '/api/v4/personal_access_tokens/self' : tokenInfoPath)
    if (!isToken) {
      const { scope } = readGitlab('what your sign-in may do', tokenInfoAnswer, body)
      return { scopes: scope ?? (await credentials.scopes()), fineGrained: false, endsAt: null }
    }
    const token = readGitlab('what your token may do', tokenAnswer, body)
    if (token.revoked === true || token.active === false) {
      throw new RemoteFailure('unauthorized', 'This GitLab token has ended. Make a new one and connect again.')
    }
    const endsAt = Date.parse(token.expires_at ?? '')
    return {
      scopes: token.scopes.includes(granular) ? null : token.scopes,
      fineGrained: token.scopes.includes(granular),
      // A day: GitLab ends the token as that day begins in UTC, which is how a day alone is read.
      endsAt: Number.isNaN(endsAt) ? null : endsAt,
    }
  } catch (failure) {
    if (!(failure instanceof RemoteFailure) || !['forbidden', 'not-found', 'rejected'].includes(failure.kind)) {
      throw failure
    }
    return { scopes: await credentials.scopes(), fineGrained: isLackOfPermission(failure.body), endsAt: null }
  }
}

function adviceOf({ fineGrained, scopes }: Told, places: readonly GitlabPlace[]): string[] {
  const closed = places.filter(({ answer }) => answer !== 'readable').map(({ place }) => place)
  const isUntold = fineGrained || scopes === null
  return [
    ...(isUntold
      ? ['GitLab does not tell what this token may do. What it does not let Understudy send is said when you send it.']
      : []),
    ...(isUntold && places.length === 0
      ? ['Whether it may read the issues of your accounts shows once an account names its project.']
      : []),
    ...(closed.length > 0
      ? [
          `It cannot read the issues of ${closed.join(', ')}. Make a token that may read issues there, and connect with it.`,
        ]
      : []),
  ]
}

async function get({ url, send }: GitlabReach, path: string): Promise<unknown> {
  const headers = { Accept: 'application/json' }
  return (await send({ method: 'GET', url: `${url}${path}`, headers, urgency: 'person' })).body
}
