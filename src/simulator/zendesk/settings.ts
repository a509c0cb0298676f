import { z } from 'zod'

/** Requests a minute of Zendesk's plans; the last one is Enterprise Plus or the High Volume add-on. */
export const planLimits = { team: 200, growth: 400, professional: 400, enterprise: 700, plus: 2500 } as const

const lists = ['tickets', 'organization', 'user', 'show_many', 'ticket', 'search'] as const

/** Where the `slas` side-load can be honoured: by list of all, of an organization, of a user, by ids, by id, by search. */
export type SlaPlace = (typeof lists)[number]

/** What can be switched about this Zendesk while it runs. Left out means unchanged. */
export const zendeskSettingsSchema = z
  .object({
    /** Which endpoints honour `include=slas`; the others leave it out without a word. */
    slas: z.partialRecord(z.enum(lists), z.boolean()),
    /** Whether the "CCs and followers" feature is on. */
    ccs_and_followers: z.boolean(),
    /** How far the search index is behind, in simulated ms. */
    search_lag_ms: z.number().int().min(0).max(3_600_000),
    /** Limit of requests a minute; null is what `requestsPerMinute` said at the start. */
    plan: z.enum(['team', 'growth', 'professional', 'enterprise', 'plus']).nullable(),
    /** Requests a colleague or integration spent already, of each minute's allowance. */
    others_per_minute: z.number().int().min(0),
    /** By which clock allowances are counted. */
    minute: z.enum(['real', 'simulated']),
    /** Whether the API token works, or was switched off. */
    api_token: z.boolean(),
    /** Whether a bad login on users/me is answered with the anonymous user and 200. */
    anonymous: z.boolean(),
    /** What kind of user we are. */
    role: z.enum(['agent', 'end-user']),
    /** Whether an agent may read which forms there are. */
    ticket_forms: z.boolean(),
    /** A light agent writes internal notes only. */
    light_agent: z.boolean(),
    ticket_restriction: z.enum(['groups', 'assigned', 'organization']).nullable(),
    /** Background jobs: do they start at all, which rows fail, and how many of colleagues are in flight. */
    jobs: z
      .object({
        held: z.boolean(),
        failing: z.enum(['none', 'half', 'all', 'job']),
        others: z.number().int().min(0).max(30),
      })
      .partial()
      .strict(),
  })
  .partial()
  .strict()

type Written = z.infer<typeof zendeskSettingsSchema>

/** The switches with nothing left out; what each is for is said at the schema. */
export interface ZendeskSettings {
  readonly slas: Readonly<Record<SlaPlace, boolean>>
  readonly ccs_and_followers: boolean
  readonly search_lag_ms: number
  readonly plan: keyof typeof planLimits | null
  readonly others_per_minute: number
  readonly minute: 'real' | 'simulated'
  readonly api_token: boolean
  readonly anonymous: boolean
  readonly role: 'agent' | 'end-user'
  readonly ticket_forms: boolean
  readonly light_agent: boolean
  readonly ticket_restriction: 'groups' | 'assigned' | 'organization' | null
  readonly jobs: {
    readonly held: boolean
    readonly failing: 'none' | 'half' | 'all' | 'job'
    readonly others: number
  }
}

const initial: ZendeskSettings = {
  slas: { tickets: true, organization: true, user: true, show_many: true, ticket: true, search: true },
  ccs_and_followers: true,
  search_lag_ms: 0,
  plan: null,
  others_per_minute: 0,
  minute: 'real',
  api_token: true,
  anonymous: false,
  role: 'agent',
  ticket_forms: true,
  light_agent: false,
  ticket_restriction: null,
  jobs: { held: false, failing: 'none', others: 0 },
}

/** Keeps the switches. */
export function createZendeskSwitches() {
  let settings = initial
  return {
    read: (): ZendeskSettings => settings,
    set(changes: Written): ZendeskSettings {
      const { slas, jobs, ...rest } = changes
      const plain = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
      const merged = { slas: { ...settings.slas, ...slas }, jobs: { ...settings.jobs, ...jobs } }
      settings = { ...settings, ...plain, ...merged } as ZendeskSettings
      return settings
    },
  }
}

export type ZendeskSwitches = ReturnType<typeof createZendeskSwitches>
