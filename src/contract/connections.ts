import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { gitlabConnection, gitlabMode, pendingGitlabSignIn } from './gitlab-connection.ts'
import { meter } from './meter.ts'
import { instantMs, zendeskId } from './values.ts'

/** How a person signs in to Zendesk: an OAuth client, an API token they still have, or the company's own sign-in page. */
export const zendeskSignInKind = z.enum(['oauth', 'api-token', 'session'])
export type ZendeskSignInKind = z.infer<typeof zendeskSignInKind>

/** Whether one way of asking tells the SLA clocks. `refused`: it may not be used; `unknown`: there was nothing to ask about. */
export const slaSupport = z.enum(['yes', 'no', 'refused', 'unknown'])
export type SlaSupport = z.infer<typeof slaSupport>

/** What this Zendesk lets us do, as found by asking it. */
export const zendeskProbe = z.object({
  checkedAt: instantMs,
  slas: z.object({ organization: slaSupport, showMany: slaSupport, search: slaSupport, ticket: slaSupport }),
  /** The feature "CCs and followers"; without it nobody can be put on Cc. */
  ccsAndFollowers: z.enum(['on', 'off', 'unknown']),
  /** Requests a minute that the whole company shares, as the headers tell. */
  planPerMinute: z.number().int().nullable(),
  role: z.string(),
  /** Whether this agent may write internal notes only; null: Zendesk does not tell. */
  lightAgent: z.boolean().nullable(),
  /** Which tickets this agent may see, in Zendesk's word; null: all. */
  restriction: z.string().nullable(),
  /** What it means for the person, a sentence each. */
  meaning: z.array(z.string()),
})
export type ZendeskProbe = z.infer<typeof zendeskProbe>

/** What a sign-in may do and when it ends. */
export const signInHealth = z.object({
  checkedAt: instantMs,
  mayWrite: z.boolean().nullable(),
  scopes: z.array(z.string()).nullable(),
  endsAt: instantMs.nullable(),
  advice: z.array(z.string()),
})

/** How tickets are polled, chosen by what it costs. */
export const pollPlan = z.object({
  mode: z.enum(['all-tickets', 'per-organization']),
  /** Why, with the figures it was chosen by. */
  words: z.string(),
})
export type PollPlan = z.infer<typeof pollPlan>

export const zendeskConnection = z.object({
  url: z.url(),
  kind: zendeskSignInKind,
  email: z.string().nullable(),
  user: z.object({ id: zendeskId, name: z.string(), role: z.string() }).nullable(),
  state: z.enum(['ready', 'sign-in-needed', 'unreachable']),
  problem: z.string().nullable(),
  health: signInHealth.nullable(),
  probe: zendeskProbe.nullable(),
  meter,
  pollPlan: pollPlan.nullable(),
})
export type ZendeskConnection = z.infer<typeof zendeskConnection>

/** A sign-in that waits for the person in a browser. */
export const pendingSignIn = z.object({
  kind: zendeskSignInKind,
  url: z.url(),
  /** Where the person goes, for when the browser did not open; null where a window of the app is used. */
  signInUrl: z.url().nullable(),
  /** What may be wrong with the address; null: nothing is known to be. */
  warning: z.string().nullable(),
  state: z.enum(['waiting', 'failed']),
  problem: z.string().nullable(),
})
export type PendingSignIn = z.infer<typeof pendingSignIn>

const refused = { REFUSED: errors.REFUSED }
const url = z.string().min(1).max(300)

/** A public application registered at a GitLab, and what is asked of whoever signs in by it. */
const gitlabApplication = z.object({ url, clientId: z.string().min(1).max(200), mode: gitlabMode })

export const connections = {
  get: oc.input(z.object({})).output(
    z.object({
      /** Null: nothing is connected and the sample is shown. */
      zendesk: zendeskConnection.nullable(),
      signIn: pendingSignIn.nullable(),
      /** Null: none is connected to this workspace. */
      gitlab: gitlabConnection.nullable(),
      gitlabSignIn: pendingGitlabSignIn.nullable(),
      /** Where secrets are kept and how safe that is. */
      vault: z.object({ kind: z.string(), persistent: z.boolean(), protected: z.boolean() }),
      /** Whether this door can open the company's own sign-in page in a window of its own. */
      canUseSession: z.boolean(),
      now: instantMs,
    }),
  ),
  /** What is to be said of an address as it was typed, before a sign-in is sent there. Nobody is asked. */
  readAddress: oc
    .input(z.object({ url: z.string().max(300) }))
    .output(z.object({ problem: z.string().nullable(), warning: z.string().nullable() })),
  /** Connects with an API token that exists already, and opens the person's own workspace. */
  connectZendesk: oc
    .errors(refused)
    .input(z.object({ url, email: z.email(), token: z.string().min(1).max(500) }))
    .output(zendeskConnection),
  /** Begins an OAuth sign-in in the person's browser; how it goes on is told by `get`. */
  startZendeskOauth: oc
    .errors(refused)
    .input(z.object({ url, clientId: z.string().min(1).max(200) }))
    .output(pendingSignIn),
  /** Opens the company's own sign-in page in a window of the app. */
  startZendeskSession: oc.errors(refused).input(z.object({ url })).output(pendingSignIn),
  cancelSignIn: oc.input(z.object({})).output(z.object({})),
  /** Looks again what the sign-in may do and what this Zendesk offers. */
  checkZendesk: oc.errors(refused).input(z.object({})).output(zendeskConnection),
  /** Ends the sign-in at Zendesk and here. What is stored stays until it is removed. */
  signOutZendesk: oc
    .errors(refused)
    .input(z.object({}))
    .output(z.object({ revoked: z.boolean() })),
  /** What is to be said of a GitLab's address as it was typed. Nobody is asked. */
  readGitlabAddress: oc
    .input(z.object({ url: z.string().max(300) }))
    .output(z.object({ problem: z.string().nullable() })),
  /** Adds a GitLab to the workspace with a personal access token, classic or fine-grained. */
  connectGitlabToken: oc
    .errors(refused)
    .input(z.object({ url, token: z.string().min(1).max(500) }))
    .output(gitlabConnection),
  /** Begins an OAuth sign-in in the person's browser; how it goes on is told by `get`. */
  startGitlabOauth: oc.errors(refused).input(gitlabApplication).output(pendingGitlabSignIn),
  /** Gets a code that the person types in any browser; how it goes on is told by `get`. */
  startGitlabDevice: oc.errors(refused).input(gitlabApplication).output(pendingGitlabSignIn),
  cancelGitlabSignIn: oc.input(z.object({})).output(z.object({})),
  /** Looks again what the sign-in may do and when it ends. */
  checkGitlab: oc.errors(refused).input(z.object({})).output(gitlabConnection),
  /** Ends the sign-in here, one by OAuth at GitLab too. Stored issues stay until their account is no longer followed. */
  signOutGitlab: oc
    .errors(refused)
    .input(z.object({}))
    .output(z.object({ revoked: z.boolean() })),
}
