import type { Clock } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { type CallbackAnswer, openLoopbackListener } from './loopback-listener.ts'
import { createPkce, randomText } from './pkce.ts'

/** What the browser is sent to a vendor's authorization page with. */
export interface AuthorizationRequest {
  readonly redirectUri: string
  readonly state: string
  /** PKCE with S256. */
  readonly challenge: string
}

/** A code that came back, with what it takes to exchange it. */
export interface AuthorizationCode {
  readonly code: string
  readonly redirectUri: string
  readonly verifier: string
}

/** How a sign-in goes on at one vendor. */
export interface SignInOrder<Result> {
  authorizationUrl(request: AuthorizationRequest): string
  /**
   * Exchanges the code, once, and keeps what comes of it. When `signal` is aborted the person cancelled meanwhile: what was got is
   * given back, nothing is kept, and it throws whatever it likes.
   */
  finish(code: AuthorizationCode, signal: AbortSignal): Promise<Result>
  /** Cancels, as when the app ends. */
  readonly signal: AbortSignal
}

/** A sign-in that waits for the person in a browser. */
export interface SignInAttempt<Result> {
  /** Where the person goes, for when the browser did not open. */
  readonly authorizationUrl: string
  /**
   * Resolves when signed in. Rejects with `Refusal` when it was cancelled, denied or not finished in time, and with what `finish` throws;
   * each has a sentence. By then the port is free again.
   */
  readonly done: Promise<Result>
}

/** Signs in with a vendor in the person's own browser. One attempt at a time. */
export interface OauthSignIn {
  /**
   * Opens the browser and waits for its answer. An attempt that is still waiting is cancelled by it.
   *
   * @throws {Refusal} when the answer cannot be waited for.
   */
  begin<Result>(order: SignInOrder<Result>): Promise<SignInAttempt<Result>>
  /** Cancels the attempt that waits, if there is one. */
  cancel(): void
}

/** What a sign-in in the browser needs. */
export interface OauthSignInOptions {
  /** Word for the vendor in sentences. */
  readonly name: string
  /** Ports whose addresses are registered with the vendor. */
  readonly ports: readonly number[]
  readonly path: string
  readonly clock: Clock
  openExternal(url: string): Promise<void>
}

/** How long a person may take in the browser: a password, a second factor, perhaps a colleague who is asked for it. */
const patienceMs = 10 * 60_000

const doneWords = 'Understudy is signed in. You can close this tab.'
const cancelledWords = 'The sign-in was cancelled.'

/** Creates the browser's way in: authorization code with PKCE, answered on a loopback port (RFC 8252). */
export function createOauthSignIn(options: OauthSignInOptions): OauthSignIn {
  let cancelRunning: () => void = () => undefined

  return {
    async begin(order) {
      cancelRunning()
      const cancelled = new AbortController()
      const cancel = () => cancelled.abort()
      cancelRunning = cancel
      order.signal.addEventListener('abort', cancel)
      if (order.signal.aborted) cancel()
      const forget = () => order.signal.removeEventListener('abort', cancel)
      const attempt = await waitForBrowser(options, order, cancelled.signal).catch((error: unknown) => {
        forget()
        throw error
      })
      attempt.done.then(forget, forget)
      if (cancelled.signal.aborted) return attempt
      // A browser that does not open is no reason to give up: the person can go to the address themself.
      await options.openExternal(attempt.authorizationUrl).catch(() => undefined)
      return attempt
    },
    cancel: () => cancelRunning(),
  }
}

async function waitForBrowser<Result>(
  options: OauthSignInOptions,
  order: SignInOrder<Result>,
  cancelled: AbortSignal,
): Promise<SignInAttempt<Result>> {
  const { name, clock } = options
  const pkce = createPkce()
  const state = randomText()
  const outcome = Promise.withResolvers<Result>()
  const finish = async (answer: CallbackAnswer): Promise<Result> => {
    if (answer.kind === 'refused') throw vendorRefusal(name, answer.error)
    const { redirectUri } = listener
    return order.finish({ code: answer.code, redirectUri, verifier: pkce.verifier }, cancelled)
  }
  const listener = await openLoopbackListener({
    ports: options.ports,
    path: options.path,
    state,
    settle: async (answer) => {
      stopWaiting()
      try {
        const result = await finish(answer)
        outcome.resolve(result)
        return doneWords
      } catch (error) {
        outcome.reject(error)
        return cancelled.aborted ? cancelledWords : sentenceOf(error)
      }
    },
  })
  const giveUp = (words: string) => outcome.reject(new Refusal('refused', words))
  const stopWaiting = clock.wakeAt(clock.now() + patienceMs, () =>
    giveUp(`The sign-in at ${name} was not finished within ten minutes. Begin again.`),
  )
  cancelled.addEventListener('abort', () => giveUp(cancelledWords))
  if (cancelled.aborted) giveUp(cancelledWords)
  const close = async () => {
    stopWaiting()
    await listener.close()
  }
  const done = outcome.promise.then(
    (result) => close().then(() => result),
    (error: unknown) => close().then(() => Promise.reject(error)),
  )
  // Who began it may have lost interest; what came of it is no unhandled error then.
  done.catch(() => undefined)
  const request = { redirectUri: listener.redirectUri, state, challenge: pkce.challenge }
  return { authorizationUrl: order.authorizationUrl(request), done }
}

/** The vendor's word for why nobody is signed in, as a sentence. Its own description is not shown: anybody can write an address. */
export function vendorRefusal(name: string, error: string): Refusal {
  if (error === 'access_denied') {
    return new Refusal('refused', `${name} was told not to let Understudy in. To sign in, begin again and allow it.`)
  }
  if (error === 'invalid_scope') {
    return new Refusal(
      'refused',
      `${name} does not give Understudy's OAuth client the rights it asks for. An administrator has to allow them.`,
    )
  }
  return new Refusal('refused', `${name} did not sign you in. Have an administrator check Understudy's OAuth client.`)
}

function sentenceOf(error: unknown): string {
  if (error instanceof RemoteFailure || error instanceof Refusal) return error.message
  return 'The sign-in did not work out. Begin again in Understudy.'
}
