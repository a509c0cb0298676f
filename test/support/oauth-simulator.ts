import { onTestFinished } from 'vitest'
import type { SecretVault } from '#service/ports.ts'
import { createTransport, type Transport } from '#service/transport/transport.ts'
import { createZendeskOauth } from '#service/zendesk/credentials/zendesk-oauth.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { freePorts } from './free-ports.ts'
import { createLeapingClock, type LeapingClock } from './leaping-clock.ts'
import { createSilentLog } from './silent-log.ts'
import { createSimulator } from './simulator.ts'
import { createSteppedClock } from './stepped-clock.ts'

/** What a simulated Zendesk counted of its OAuth pairs. */
export interface OauthCounts {
  readonly issued: number
  readonly refreshed: number
  /** How often a refresh token was tried that was used up, ended or too old. */
  readonly reused: number
}

/** A simulated Zendesk whose authorization page lets in at once, and what it takes to sign in to it. */
export interface OauthSimulator {
  readonly simulator: Simulator
  readonly url: string
  /** Of the app; goes with the simulator's when stepped by `step`. */
  readonly clock: LeapingClock
  readonly ports: readonly number[]
  step(ms: number): void
  /** As `POST C/…` and `GET C/…` of the simulator's document. */
  order(path: string, body?: object): Promise<void>
  look(path: string): Promise<unknown>
  counts(): Promise<OauthCounts>
  /** A transport as one start of the app has it. */
  transport(more?: { readonly fetch?: typeof fetch; readonly timeoutMs?: number }): Transport
  /** Signs in by OAuth in a browser, and stores that. */
  signIn(vault: SecretVault, transport?: Transport): Promise<void>
}

/** Starts one; it is stopped when the running test is over. */
export async function oauthSimulator(): Promise<OauthSimulator> {
  const anchor = Date.UTC(2026, 10, 18, 10)
  const simulator = await createSimulator({ anchor, now: anchor, speed: 0, scale: 20 })
  onTestFinished(() => simulator.stop())
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const clock = createLeapingClock(anchor)
  const ports = await freePorts(2)
  const { zendesk, control } = simulator.description
  const look = async (path: string): Promise<unknown> => (await fetch(`${control.url}${path}`)).json()
  const order = async (path: string, body: object = {}): Promise<void> => {
    const answer = await fetch(`${control.url}${path}`, { method: 'POST', body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(await answer.text())
  }
  const transport: OauthSimulator['transport'] = (more = {}) =>
    createTransport({
      name: 'Zendesk',
      origin: zendesk.url,
      log: createSilentLog(),
      signal: stopping.signal,
      clock,
      random: () => 0,
      ...more,
    })
  await order('/oauth', { approve: true, redirect_uris: ports.map((port) => `http://127.0.0.1:${port}/callback`) })
  return {
    simulator,
    url: zendesk.url,
    clock,
    ports,
    look,
    order,
    transport,
    step(ms) {
      simulator.advanceBy(ms)
      clock.step(ms)
    },
    counts: async () => (await look('/oauth')) as OauthCounts,
    async signIn(vault, over = transport()) {
      const waiting = createSteppedClock(clock.now())
      const oauth = createZendeskOauth({
        clock: { ...waiting, now: () => clock.now() },
        vault,
        ports,
        report: () => undefined,
        openExternal: async (address) => void fetch(address),
      })
      const signal = new AbortController().signal
      const order = { url: zendesk.url, clientId: 'understudy', transport: over, check: async () => null, signal }
      await (
        await oauth.start(order)
      ).done
    },
  }
}
