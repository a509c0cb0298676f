import { z } from 'zod'
import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { accessTokenSchema, createAccessTokens, scopeRefusal } from './access-tokens.ts'
import { createGitlabOauth, gitlabOauthSchema } from './oauth.ts'

/** Below which path GitLab lives, as on a host that it shares with others; empty: at the root. */
export const gitlabPathSchema = z.object({ path: z.string().regex(/^(\/[\w-]+)*$/) }).strict()

/** Who may ask this GitLab, and where it lives. `now` is simulated time. */
export function createGitlabSignIn(seed: number, token: string, now: () => number) {
  const tokens = createAccessTokens(token, now)
  const oauth = createGitlabOauth(seed, now)
  let below = ''

  return {
    /** Lets `answer` answer whoever is signed in and may; everybody else is refused in GitLab's words. */
    guard(whole: VendorRequest, answer: (request: VendorRequest) => VendorReply): VendorReply {
      if (!`${whole.path}/`.startsWith(`${below}/`)) return { status: 404, text: strangerPage }
      const request = { ...whole, path: whole.path.slice(below.length), origin: `${whole.origin}${below}` }
      const outside = oauth.answer(request)
      if (outside) return outside
      if (request.path.startsWith('/oauth/')) return { status: 404, text: strangerPage }
      const bearer = (request.headers.authorization ?? '').replace(/^Bearer /, '')
      const given = request.headers['private-token'] ?? bearer
      const caller = tokens.find(String(given)) ?? oauth.caller(request)
      if (!caller) return json({ message: '401 Unauthorized' }, 401)
      return scopeRefusal(caller, request) ?? tokens.answer(request, caller) ?? answer(request)
    },
    /** Carries out an order of the control server; undefined when it is none of these. */
    order(path: string, body: unknown): VendorReply | undefined {
      if (path === '/gitlab/token') tokens.add(accessTokenSchema.parse(body))
      else if (path === '/gitlab/oauth') oauth.set(gitlabOauthSchema.parse(body))
      else if (path === '/gitlab/oauth/revoke') oauth.revokeAll()
      else if (path === '/gitlab/path') below = gitlabPathSchema.parse(body).path
      else return undefined
      return json(oauth.read())
    },
    read: () => oauth.read(),
  }
}

export type GitlabSignIn = ReturnType<typeof createGitlabSignIn>

const strangerPage = '<!DOCTYPE html><html><body><h1>Nothing lives here</h1></body></html>'
