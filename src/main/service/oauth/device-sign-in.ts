import type { Clock } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import { isPassing, RemoteFailure } from '../transport/remote-failure.ts'
import { vendorRefusal } from './sign-in.ts'
import type { IssuedTokens } from './token-record.ts'

/** What a vendor gives a device that has no browser of its own (RFC 8628). */
export interface DeviceCode {
  /** Ours alone: what the tokens are asked for with. */
  readonly deviceCode: string
  /** What the person types. */
  readonly userCode: string
  /** Where the person types it. */
  readonly verificationUrl: string
  /** The same with the code filled in, or null. */
  readonly completeUrl: string | null
  readonly lifeMs: number
  /** How long to wait between two questions at least. */
  readonly intervalMs: number
}

/** What waiting for the person needs. */
export interface DeviceWait {
  /** Word for the vendor in sentences. */
  readonly name: string
  readonly code: DeviceCode
  readonly clock: Clock
  /** Asks once for the tokens. Throws `RemoteFailure` with the vendor's word in its body. */
  poll(deviceCode: string): Promise<IssuedTokens>
  readonly signal: AbortSignal
}

/** How much slower to ask each time the vendor says so (RFC 8628, 3.5). */
const slowDownMs = 5000

/**
 * Waits until the person has typed the code at the vendor. When it was cancelled while the last question was under way, the tokens are
 * handed over all the same: whoever has them can end them.
 *
 * @throws {Refusal} in words, when it was cancelled, denied, or not done in time.
 * @throws {RemoteFailure} when the vendor says something else.
 */
export async function waitForDevice({ name, code, clock, poll, signal }: DeviceWait): Promise<IssuedTokens> {
  const endsAt = clock.now() + code.lifeMs
  let { intervalMs } = code
  while (clock.now() < endsAt) {
    await pause(clock, Math.min(clock.now() + intervalMs, endsAt), signal)
    if (signal.aborted) throw new Refusal('refused', 'The sign-in was cancelled.')
    try {
      return await poll(code.deviceCode)
    } catch (failure) {
      const verdict = verdictOf(name, failure)
      if (verdict === 'slow-down') intervalMs += slowDownMs
      else if (verdict !== 'go-on') throw verdict
    }
  }
  throw tooLate(name)
}

function verdictOf(name: string, failure: unknown): 'go-on' | 'slow-down' | Error {
  if (!(failure instanceof RemoteFailure)) return failure instanceof Error ? failure : new Error(String(failure))
  switch (wordOf(failure)) {
    case 'authorization_pending':
      return 'go-on'
    case 'slow_down':
      return 'slow-down'
    case 'expired_token':
      return tooLate(name)
    case 'access_denied':
      return vendorRefusal(name, 'access_denied')
    case 'invalid_grant':
      return new Refusal('refused', `${name} no longer knows this code. Begin again to get another one.`)
    case null:
      return isPassing(failure) ? 'slow-down' : failure
    default:
      return vendorRefusal(name, 'other')
  }
}

function wordOf({ body, refused }: RemoteFailure): string | null {
  const error = refused && typeof body === 'object' && body !== null && 'error' in body ? body.error : null
  return typeof error === 'string' ? error : null
}

const tooLate = (name: string) =>
  new Refusal('refused', `The code was not entered at ${name} in time. Begin again to get another one.`)

function pause(clock: Clock, until: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const end = () => {
      cancel()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const cancel = clock.wakeAt(until, end)
    signal.addEventListener('abort', end)
  })
}
