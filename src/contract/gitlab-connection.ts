import { z } from 'zod'
import { meter } from './meter.ts'
import { instantMs } from './values.ts'

/** Whether Understudy only reads at GitLab, or also sends what a person pressed a button for. */
export const gitlabMode = z.enum(['read-only', 'read-write'])
export type GitlabMode = z.infer<typeof gitlabMode>

/** Whether the issues of a place that accounts name can be read. `absent`: not there, or not shown to this person. */
export const gitlabPlace = z.object({ place: z.string(), answer: z.enum(['readable', 'refused', 'absent']) })
export type GitlabPlace = z.infer<typeof gitlabPlace>

/** What a sign-in to GitLab may do and when it ends. */
export const gitlabHealth = z.object({
  checkedAt: instantMs,
  mode: gitlabMode,
  /** Rights in GitLab's words; null where GitLab does not tell. */
  scopes: z.array(z.string()).nullable(),
  /** A token whose rights GitLab keeps to itself; what it may read was found out by asking. */
  fineGrained: z.boolean(),
  /** When the token ends; null: it does not, or renews itself. */
  endsAt: instantMs.nullable(),
  /** Places that were asked for because nothing else tells whether they can be read. */
  places: z.array(gitlabPlace),
  /** Sentences for the person. */
  advice: z.array(z.string()),
})
export type GitlabHealth = z.infer<typeof gitlabHealth>

/** Who signed in to GitLab. */
export const gitlabUser = z.object({ id: z.number().int().positive(), name: z.string(), username: z.string() })
export type GitlabUser = z.infer<typeof gitlabUser>

/** How a connected GitLab stands. */
export const gitlabConnection = z.object({
  url: z.url(),
  kind: z.enum(['oauth', 'token']),
  user: gitlabUser,
  mode: gitlabMode,
  /** What the mode means for the person. */
  modeWords: z.string(),
  state: z.enum(['ready', 'sign-in-needed', 'unreachable']),
  problem: z.string().nullable(),
  /** What has to be done before long: the token ends within two weeks, or has ended. */
  warning: z.string().nullable(),
  health: gitlabHealth.nullable(),
  meter,
})
export type GitlabConnection = z.infer<typeof gitlabConnection>

/** A sign-in to GitLab that waits for the person in a browser. */
export const pendingGitlabSignIn = z.object({
  kind: z.enum(['oauth', 'device']),
  url: z.url(),
  clientId: z.string(),
  mode: gitlabMode,
  /** Where the person goes: for when the browser did not open, or where the code is typed. */
  signInUrl: z.url().nullable(),
  /** What the person types there; null for a sign-in in the browser. */
  code: z.object({ text: z.string(), endsAt: instantMs }).nullable(),
  state: z.enum(['waiting', 'failed']),
  problem: z.string().nullable(),
})
export type PendingGitlabSignIn = z.infer<typeof pendingGitlabSignIn>
