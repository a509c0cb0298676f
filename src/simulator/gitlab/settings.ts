import { z } from 'zod'

/** What can be switched about this GitLab while it runs. Left out means unchanged. */
export const gitlabSettingsSchema = z
  .object({
    /** By which way epics are told. `graphql`: the REST address is gone. `none`: the licence does not include them. */
    epics: z.enum(['rest', 'graphql', 'none']),
    /** `premium` includes boards that are narrowed to labels; `free` ignores such an order without a word. */
    licence: z.enum(['premium', 'free']),
    /** GitLab.com tells its allowance in headers; hosts of companies do not unless they are told to. */
    rate_headers: z.boolean(),
    /** Whether a 429 has a body of plain text. */
    plain_429: z.boolean(),
    /** Whether lists have an ETag and answer 304. */
    etags: z.boolean(),
    /** Longest path with query that the gateway takes, in characters; longer ones are 414. */
    longest_url: z.number().int().min(100),
    /** Whether lists of issues have keyset pages, whose next link names a cursor instead of a number. */
    keyset: z.boolean(),
  })
  .partial()
  .strict()

type Written = z.infer<typeof gitlabSettingsSchema>

/** The switches with nothing left out; what each is for is said at the schema. */
export type GitlabSettings = {
  readonly [Name in keyof Written]-?: Exclude<Written[Name], undefined>
}

/** Keeps the switches. */
export function createGitlabSwitches() {
  let settings: GitlabSettings = {
    epics: 'rest',
    licence: 'premium',
    rate_headers: true,
    plain_429: false,
    etags: true,
    longest_url: 8000,
    keyset: false,
  }
  return {
    read: (): GitlabSettings => settings,
    set(changes: Written): GitlabSettings {
      const named = Object.entries(changes).filter(([, value]) => value !== undefined)
      settings = { ...settings, ...Object.fromEntries(named) }
      return settings
    },
  }
}

export type GitlabSwitches = ReturnType<typeof createGitlabSwitches>
