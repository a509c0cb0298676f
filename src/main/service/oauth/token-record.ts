import { z } from 'zod'

/** A pair of tokens as a vendor issued it. Lifetimes in ms from now, null where the vendor does not say. */
export interface IssuedTokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly scopes: readonly string[] | null
  readonly accessLifeMs: number | null
  readonly refreshLifeMs: number | null
}

const origin = {
  /** Tells this sign-in from one that took its place. */
  signIn: z.string().min(1),
  /** Address of the vendor that issued the tokens. */
  issuer: z.string(),
  clientId: z.string(),
}

/** Where the browser was sent back to, for vendors that want to hear it again at each renewal; null where there was no browser. */
const redirectUri = z.string().nullable().default(null)

/** A sign-in that can be used. Instants are ms since the epoch. */
const living = z.object({
  state: z.literal('living'),
  ...origin,
  redirectUri,
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
  scopes: z.array(z.string()).readonly().nullable(),
  /** When half of the access token's life is over. */
  renewAt: z.number().nullable(),
  refreshEndsAt: z.number().nullable(),
  /**
   * Set before the refresh token is sent, taken away when it is known that nothing came of that. A token with this mark may be
   * used up and is not sent again.
   */
  refreshingSince: z.number().nullable(),
  /** False when the vendor refused the refresh token: the access token is then used to its end. */
  mayRefresh: z.boolean(),
})

/** A sign-in that is over; `words` tell the person why and what to do. It holds no token. */
const ended = z.object({ state: z.literal('ended'), ...origin, words: z.string() })

const tokenRecord = z.discriminatedUnion('state', [living, ended])

export type LivingTokens = z.infer<typeof living>
export type TokenRecord = z.infer<typeof tokenRecord>

/** Reads a record as it lies in a vault; null when it is none. */
export function parseTokenRecord(text: string): TokenRecord | null {
  try {
    return tokenRecord.safeParse(JSON.parse(text)).data ?? null
  } catch {
    // SECURITY: the parser's own error quotes the text, which holds tokens; it goes no further than here.
    return null
  }
}

/** The record of tokens that were just issued. */
export function recordOf(
  issued: IssuedTokens,
  about: {
    readonly signIn: string
    readonly issuer: string
    readonly clientId: string
    readonly redirectUri?: string | null
  },
  now: number,
): LivingTokens {
  return {
    state: 'living',
    signIn: about.signIn,
    issuer: about.issuer,
    clientId: about.clientId,
    redirectUri: about.redirectUri ?? null,
    accessToken: issued.accessToken,
    refreshToken: issued.refreshToken,
    scopes: issued.scopes,
    renewAt: issued.accessLifeMs === null ? null : now + issued.accessLifeMs / 2,
    refreshEndsAt: issued.refreshLifeMs === null ? null : now + issued.refreshLifeMs,
    refreshingSince: null,
    mayRefresh: true,
  }
}
