import type { Clock, SecretVault } from '../ports.ts'
import { Problem } from '../problem.ts'
import { Refusal } from '../refusal.ts'
import { readSecret } from '../secrets/read-secret.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { type IssuedTokens, type LivingTokens, parseTokenRecord, recordOf, type TokenRecord } from './token-record.ts'

/** What a vendor does with tokens. Every call throws `RemoteFailure`. */
export interface TokenEndpoint {
  /** Exchanges a refresh token, which uses it up and ends the access token that came with it. Sent once, never repeated. */
  refresh(refreshToken: string, clientId: string, redirectUri: string | null): Promise<IssuedTokens>
  /** Whether the access token lets in: a harmless read. */
  probe(accessToken: string): Promise<'accepted' | 'refused'>
  /** Ends both tokens. One that is over is told by status 401: its refresh token may live. */
  revoke(accessToken: string, clientId: string): Promise<void>
}

/** Keeps a pair of tokens alive whose refresh token is good for one use. */
export interface TokenKeeper {
  /**
   * An access token to sign a call with, renewed when half of its life is over.
   *
   * @throws {RemoteFailure} `unauthorized`, in words, when a person has to sign in again.
   */
  accessToken(): Promise<string>
  /**
   * A call signed with `used` was refused. True: there is reason to try once more.
   *
   * @throws {RemoteFailure} `unauthorized` when a person has to sign in again; another kind when that cannot be told at present.
   */
  renew(used: string): Promise<boolean>
  /** What is known of the tokens without asking; null when there are none. `stored`: a restart finds them again. */
  describe(): Promise<{
    readonly scopes: readonly string[] | null
    readonly refreshEndsAt: number | null
    readonly stored: boolean
  } | null>
  /**
   * Puts fresh tokens in place of what the vault holds. Until then they are in memory only.
   *
   * @throws {Refusal} when the vault does not take them: then it holds what it held before.
   */
  store(): Promise<void>
  /**
   * Ends the tokens at the vendor and forgets them, also when the vendor cannot be reached: then false.
   *
   * @throws {Refusal} when the vault does not let go of them.
   */
  signOut(): Promise<boolean>
}

/** What a token keeper needs. */
export interface TokenKeeperOptions {
  /** Word for the vendor in sentences. */
  readonly name: string
  /** Address of the vendor; tokens of another one are not used. */
  readonly issuer: string
  /** Name of the pair in the vault. */
  readonly key: string
  readonly vault: SecretVault
  readonly endpoint: TokenEndpoint
  readonly clock: Pick<Clock, 'now'>
  /** Tells the person, in a sentence. */
  report(sentence: string): void
  /** Tokens that were just issued; without them the vault's are used. */
  readonly fresh?: {
    readonly issued: IssuedTokens
    readonly signIn: string
    readonly clientId: string
    readonly redirectUri?: string | null
  }
}

/** After an attempt at renewing that came to nothing, how long calls go out without another. */
const pauseMs = 60_000
/** How long a request whose answer was lost may still be on its way to being carried out. Twice the transport's patience. */
const settleMs = 60_000

const toLogin = 'Sign in again; your data and settings are kept.'

/**
 * Creates a keeper. What it upholds: a refresh token of which the vault holds an unmarked copy has not been sent, and a marked one is sent
 * again only after the access token that came with it was still accepted, because a refresh ends both. So neither a lost answer, a crash,
 * a second window nor a sleep sends a token that is used up. All work is done one after the other.
 */
export function createTokenKeeper(options: TokenKeeperOptions): TokenKeeper {
  const { name, key, vault, endpoint, clock } = options
  /** What counts; undefined until the vault was read. */
  let record: TokenRecord | null | undefined = options.fresh && freshRecord(options, clock.now())
  /** What the vault holds of this sign-in, as far as it is known. */
  let durable: TokenRecord | null = null
  /** False while fresh tokens wait to be put in place of what the vault holds. */
  let mayStore = options.fresh === undefined
  /** When storing last failed; null when the vault holds what counts. */
  let unstoredSince: number | null = null
  /** What to do about it. */
  let whyUnstored = ''
  let attemptedAt: number | null = null
  let queue: Promise<unknown> = Promise.resolve()

  const oneByOne = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = queue.then(work)
    queue = result.catch(() => undefined)
    return result
  }

  async function load(): Promise<TokenRecord | null> {
    if (record !== undefined) return record
    const text = await readSecret(vault, key)
    const found = text === undefined ? null : parseTokenRecord(text)
    if (text !== undefined && found === null) {
      throw unauthorized(`What is stored of the ${name} sign-in is damaged. ${toLogin}`)
    }
    record = found?.issuer === options.issuer ? found : null
    durable = record
    return record
  }

  async function living(): Promise<LivingTokens> {
    const loaded = await load()
    if (loaded === null) throw unauthorized(`Nobody is signed in to ${name} here. Sign in in Settings.`)
    if (loaded.state === 'ended') throw unauthorized(loaded.words)
    if (unstoredSince !== null && isOver(unstoredSince, pauseMs)) await save(loaded)
    return loaded
  }

  /** Makes `next` count and stores it. False: it counts, but is not stored. */
  async function save(next: TokenRecord): Promise<boolean> {
    record = next
    if (!mayStore) return true
    try {
      // Fresh tokens take the place of whatever is there, also of what cannot be read any more.
      const there = durable === null ? null : parseTokenRecord((await vault.get(key)) ?? '')
      if (there !== null && there.signIn !== next.signIn) return giveWay(next)
      await vault.set(key, JSON.stringify(next))
    } catch (error) {
      // SECURITY: only our own sentences are passed on; what a keychain says may quote what it was given.
      whyUnstored = error instanceof Problem ? error.message : 'Unlock your keychain, or make room on the disk.'
      unstoredSince = clock.now()
      return false
    }
    durable = next
    unstoredSince = null
    return true
  }

  /** Somebody signed in anew meanwhile: that sign-in is not overwritten, and this one is over. */
  function giveWay({ signIn, issuer, clientId }: TokenRecord): boolean {
    record = {
      state: 'ended',
      signIn,
      issuer,
      clientId,
      words: `Another sign-in to ${name} took the place of this one.`,
    }
    durable = record
    unstoredSince = null
    return true
  }

  async function end({ signIn, issuer, clientId }: LivingTokens, words: string): Promise<never> {
    await save({ state: 'ended', signIn, issuer, clientId, words })
    throw unauthorized(words)
  }

  /** Asks whether the access token lets in, which also proves that the vendor is within reach, and renews if that is called for. */
  async function lookAfter(tokens: LivingTokens): Promise<void> {
    attemptedAt = clock.now()
    const verdict = await endpoint.probe(tokens.accessToken)
    if (verdict === 'refused') {
      if (tokens.refreshingSince !== null) return end(tokens, answerLost(name))
      return tokens.mayRefresh ? refresh(tokens, verdict) : end(tokens, noLongerAccepted(name))
    }
    if (tokens.refreshingSince === null) return refreshIfDue(tokens)
    if (!isOver(tokens.refreshingSince, settleMs)) return
    const unmarked = { ...tokens, refreshingSince: null }
    await save(unmarked)
    return refreshIfDue(unmarked)
  }

  async function refreshIfDue(tokens: LivingTokens): Promise<void> {
    if (tokens.mayRefresh && isDue(tokens)) await refresh(tokens, 'accepted')
  }

  async function refresh(tokens: LivingTokens, verdict: 'accepted' | 'refused'): Promise<void> {
    const marked = { ...tokens, refreshingSince: clock.now() }
    if (!(await save(marked)) && holdsUnmarked(durable, tokens)) {
      // A crash after sending would leave a token that looks unused.
      record = tokens
      unstoredSince = null
      if (verdict === 'refused') throw unauthorized(cannotMark(name))
      return
    }
    if (record !== marked) return
    let issued: IssuedTokens
    try {
      issued = await endpoint.refresh(tokens.refreshToken, tokens.clientId, tokens.redirectUri)
    } catch (failure) {
      return afterFailedRefresh(tokens, verdict, failure)
    }
    // Stored before its first use; whoever wants a token waits for that.
    const next = recordOf({ ...issued, scopes: issued.scopes ?? tokens.scopes }, tokens, clock.now())
    if (!(await save(next))) options.report(notStored(name))
    attemptedAt = null
  }

  async function afterFailedRefresh(tokens: LivingTokens, verdict: 'accepted' | 'refused', failure: unknown) {
    if (refusesToken(failure)) {
      if (verdict === 'refused') return end(tokens, noLongerAccepted(name))
      await save({ ...tokens, mayRefresh: false })
      return
    }
    if (failure instanceof RemoteFailure && !failure.mayHaveArrived) await save(tokens)
    // Now both tokens may be dead: nothing is left to ask with.
    else if (verdict === 'refused') return end(tokens, answerLost(name))
    throw failure
  }

  // A clock that was set back must not make a wait endless.
  const isOver = (since: number, ms: number): boolean => Math.abs(clock.now() - since) >= ms
  const isDue = (tokens: LivingTokens): boolean => tokens.renewAt !== null && clock.now() >= tokens.renewAt

  async function renewEarly(tokens: LivingTokens): Promise<void> {
    const { refreshingSince, mayRefresh } = tokens
    const wanted = refreshingSince === null ? mayRefresh && isDue(tokens) : isOver(refreshingSince, settleMs)
    if (!wanted || (attemptedAt !== null && !isOver(attemptedAt, pauseMs))) return
    try {
      await lookAfter(tokens)
    } catch (failure) {
      // The token at hand may well do; if not, the call will say so.
      if (!(failure instanceof RemoteFailure) || isFinal(failure)) throw failure
    }
  }

  async function revoke(tokens: LivingTokens): Promise<boolean> {
    try {
      await endpoint.revoke(tokens.accessToken, tokens.clientId)
      return true
    } catch (failure) {
      if (!(failure instanceof RemoteFailure)) throw failure
      if (failure.status !== 401) return false
    }
    // The access token is over, the refresh token may live: it ends with a new access token only.
    try {
      await lookAfter(tokens)
      const renewed = await living()
      if (renewed.accessToken === tokens.accessToken) return false
      await endpoint.revoke(renewed.accessToken, renewed.clientId)
      return true
    } catch (failure) {
      if (!(failure instanceof RemoteFailure)) throw failure
      return false
    }
  }

  return {
    accessToken: () =>
      oneByOne(async () => {
        await renewEarly(await living())
        return (await living()).accessToken
      }),
    renew: (used) =>
      oneByOne(async () => {
        const tokens = await living()
        if (tokens.accessToken !== used) return true
        await lookAfter(tokens)
        await living()
        return true
      }),
    describe: () =>
      oneByOne(async () => {
        const loaded = await load()
        if (loaded?.state !== 'living') return null
        return {
          scopes: loaded.scopes,
          refreshEndsAt: loaded.refreshEndsAt,
          stored: mayStore && unstoredSince === null,
        }
      }),
    store: () =>
      oneByOne(async () => {
        mayStore = true
        if (await save(await living())) return
        mayStore = false
        unstoredSince = null
        throw new Refusal('refused', `${notKept(name)} ${whyUnstored}`)
      }),
    signOut: () =>
      oneByOne(async () => {
        const loaded = await load().catch(() => null)
        const revoked = loaded?.state === 'living' ? await revoke(loaded) : false
        const own = loaded?.signIn
        record = null
        durable = null
        unstoredSince = null
        await forget(name, vault, key, own)
        return revoked
      }),
  }
}

function freshRecord({ fresh, issuer }: TokenKeeperOptions, now: number): LivingTokens | undefined {
  return fresh && recordOf(fresh.issued, { ...fresh, issuer }, now)
}

/** Whether the vault's copy would look, after a crash, as if the refresh token had never been sent. */
function holdsUnmarked(durable: TokenRecord | null, tokens: LivingTokens): boolean {
  return durable?.state === 'living' && durable.refreshToken === tokens.refreshToken && durable.refreshingSince === null
}

/** Whether the vendor said that the token, or the client it was given to, counts no more (RFC 6749, 5.2). */
function refusesToken(failure: unknown): boolean {
  if (!(failure instanceof RemoteFailure) || failure.mayHaveArrived) return false
  const { body } = failure
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null
  return error === 'invalid_grant' || error === 'invalid_client' || error === 'unauthorized_client'
}

/** Failures after which the access token at hand is of no use: "sign in again" and the end of the app. */
function isFinal(failure: RemoteFailure): boolean {
  return failure.kind === 'unauthorized' || failure.kind === 'aborted'
}

async function forget(name: string, vault: SecretVault, key: string, own: string | undefined): Promise<void> {
  try {
    const there = parseTokenRecord((await vault.get(key)) ?? '')
    // What a newer sign-in put there is not this one's to delete.
    if (there === null || there.signIn === own) await vault.delete(key)
  } catch {
    throw new Refusal(
      'refused',
      `You are signed out of ${name} here, but the place where sign-ins are kept did not let go of it. ` +
        'Unlock your keychain and sign out again.',
    )
  }
}

const unauthorized = (words: string) => new RemoteFailure('unauthorized', words)

const answerLost = (name: string) =>
  `The sign-in to ${name} was being renewed when the answer was lost, and the old one counts no more. ${toLogin}`

const noLongerAccepted = (name: string) =>
  `${name} no longer accepts this sign-in: it was ended there, or not used for too long. ${toLogin}`

const cannotMark = (name: string) =>
  `The sign-in to ${name} has to be renewed, and the place where sign-ins are kept cannot be written to. ` +
  'Unlock your keychain; Understudy then goes on by itself.'

const notKept = (name: string) =>
  `The new sign-in to ${name} could not be stored on this computer, so it is not used; what was there before goes on.`

const notStored = (name: string) =>
  `The sign-in to ${name} cannot be stored on this computer. Understudy goes on with it and keeps trying; ` +
  'if it is closed before that, you have to sign in again. Unlock your keychain.'
