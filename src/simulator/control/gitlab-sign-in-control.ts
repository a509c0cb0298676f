import type { VendorReply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import type { GitlabSignIn } from '../gitlab/sign-in.ts'

type Order = readonly [pattern: RegExp, carryOut: (body: unknown) => VendorReply]

/** Orders about who may ask GitLab, how its OAuth behaves, and below which path it lives. */
export function gitlabSignInOrders(signIn: GitlabSignIn): readonly Order[] {
  return ['/gitlab/token', '/gitlab/oauth', '/gitlab/oauth/revoke', '/gitlab/path'].map((path) => [
    new RegExp(`^${path}$`),
    (body) => signIn.order(path, body) ?? json({ error: 'not found' }, 404),
  ])
}
