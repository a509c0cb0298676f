import type { PendingSignIn, ZendeskConnection } from '#contract/connections.ts'
import { storeMe } from '../accounts/store-me.ts'
import { createClock } from '../clock.ts'
import { writeFact } from '../db/facts.ts'
import type { ServicePorts } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import type { EventHub } from '../rpc/event-hub.ts'
import { createMemoryVault } from '../secrets/memory-vault.ts'
import type { Session } from '../session.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { Transport } from '../transport/transport.ts'
import type { ZendeskCredentials } from '../zendesk/credentials/credentials.ts'
import { oauthKey } from '../zendesk/credentials/oauth-credentials.ts'
import { createSessionCredentials } from '../zendesk/credentials/session-credentials.ts'
import { apiTokenKey, createTokenCredentials } from '../zendesk/credentials/token-credentials.ts'
import { createZendeskOauth } from '../zendesk/credentials/zendesk-oauth.ts'
import { probeZendesk } from '../zendesk/probe.ts'
import { createSignedRequests } from '../zendesk/signed-requests.ts'
import { createZendeskApi, type ZendeskMe } from '../zendesk/zendesk-api.ts'
import { parseZendeskUrl } from '../zendesk/zendesk-url.ts'
import type { ConnectionRecords, ZendeskRecord } from './connection-record.ts'
import { connectionsView, zendeskView, type ConnectionsView } from './connection-view.ts'
import { credentialsOf } from './credentials-of.ts'
import { keptSecret, noSecret, type KeptSecret } from './kept-secret.ts'
import { createPendingSignIns } from './pending-sign-in.ts'
import { createSignInLines } from './sign-in-lines.ts'
import { watchSignIn } from './watch-sign-in.ts'

/** Signing in to Zendesk, and what that leads to: the person's own workspace instead of the sample. */
export interface Connections {
  view(): ConnectionsView
  /** What is to be said of an address as it was typed. */
  readAddress(url: string): { readonly problem: string | null; readonly warning: string | null }
  connectWithToken(given: {
    readonly url: string
    readonly email: string
    readonly token: string
  }): Promise<ZendeskConnection>
  /** Sends the person to Zendesk in their browser; how it goes on is told by `view`. */
  startOauth(given: { readonly url: string; readonly clientId: string }): Promise<PendingSignIn>
  /** Opens the company's own sign-in page in a window of the app; how it goes on is told by `view`. */
  startSession(given: { readonly url: string }): Promise<PendingSignIn>
  cancelSignIn(): void
  /** Asks again what the sign-in may do and what this Zendesk offers. */
  check(): Promise<ZendeskConnection>
  /** Ends the sign-in at Zendesk and here; the sample is shown again. What was stored stays on this computer. */
  signOut(): Promise<{ readonly revoked: boolean }>
  /** Begins to look after the sign-in. */
  start(): void
  /** Cancels a sign-in that waits, and answers when nothing of it is left. */
  stop(): Promise<void>
}

/** Opens another workspace in place of the present one. */
export interface WorkspaceChange {
  /** The last that is done with what is left. When it throws, everything stays as it was. */
  leave(former: Session): Promise<void>
  /** Calls to the next workspace's Zendesk that were made already, which count. */
  calledAt(): readonly number[]
  /** The first that is done with what is opened. */
  enter(next: Session): void
}

/** What connections need. */
export interface ConnectionOptions {
  readonly ports: ServicePorts
  readonly hub: EventHub
  readonly records: ConnectionRecords
  readonly session: () => Session
  readonly perMinute: () => number
  /** Opens the workspace that is right by the records; one change at a time. When it fails, the present one goes on. */
  readonly switchWorkspace: (change: WorkspaceChange) => Promise<Session>
  /** True where the door shows one workspace and no other. */
  readonly fixed: boolean
}

/** A Zendesk that has answered and knows who the person is. */
interface Adopted {
  readonly record: Omit<ZendeskRecord, 'user'>
  readonly me: ZendeskMe
  /** What was, or is to be, kept in the vault. */
  readonly secret: KeptSecret
  /** Whether the sign-in whose place it takes can be ended for certain: not where it would take the new secret for its own. */
  readonly endsFormer: boolean
  /** Ends the sign-in that will not be used after all. */
  drop(): Promise<unknown>
  readonly cancelled: AbortSignal
}

/** Origin of a Zendesk, and what may be wrong with it. */
interface Address {
  readonly url: string
  readonly warning: string | null
}

/** Creates what signs in and out. */
export function createConnections(options: ConnectionOptions): Connections {
  const { ports, hub, records, session } = options
  const { vault, log } = ports
  const clock = createClock()
  const stopping = new AbortController()
  const changed = () => hub.publish('connections')
  const lines = createSignInLines({ session, clock, log, signal: stopping.signal, perMinute: options.perMinute })
  const signIns = createPendingSignIns(log, changed)
  const oauth = createZendeskOauth({
    clock,
    vault,
    openExternal: (url) => ports.openExternal(url),
    report: (sentence) => ports.report(sentence),
  })
  const oneByOne = createQueue()
  const atRest = new WeakMap<Session, ZendeskCredentials>()
  let unwatch = () => {}

  async function adopt(adopted: Adopted): Promise<ZendeskConnection> {
    const { record, me } = adopted
    const next = await oneByOne(async () => {
      const before = records.read()
      try {
        adopted.cancelled.throwIfAborted()
        await knowsItself(session())
        await adopted.secret.keep()
        records.write({ zendesk: { ...record, user: { id: me.id, name: me.name, role: me.role ?? 'agent' } } })
        return await options.switchWorkspace({
          leave: (former) => leaveFormer(former, adopted),
          calledAt: () => lines.takeCalls(record.url),
          enter: (entered) => storeMe(entered.db, me),
        })
      } catch (error) {
        records.write(before)
        await adopted.drop().catch(() => undefined)
        await adopted.secret.putBack()
        throw error
      }
    })
    await checkAnew(next)
    return viewOf(next)
  }

  function viewOf(asked: Session): ZendeskConnection {
    if (!asked.db.open) throw new Refusal('refused', 'Understudy is stopping. Look again when it runs.')
    return zendeskView(asked) ?? notConnected()
  }

  /** What Zendesk offers is found out later if it cannot be asked now: connected is connected, and `view` says how that stands. */
  async function checkAnew(next: Session): Promise<void> {
    await check(next).catch((error: unknown) => {
      if (!(error instanceof RemoteFailure)) throw error
      log.warn({ err: error }, 'the new connection could not be checked')
    })
  }

  /** The former sign-in is not left lying about: tokens that nobody uses any more would live for a month. */
  async function leaveFormer(former: Session, { record: next, endsFormer }: Adopted): Promise<void> {
    const { source } = former.workspace
    if (source.kind === 'sample' || !endsFormer) return
    // A new token takes the place of the former one, and all sessions live in one window.
    if (source.zendesk.kind === next.kind && next.kind !== 'oauth') return
    try {
      await credentialsIn(former)?.signOut()
    } catch (error) {
      log.warn({ err: error }, 'the former sign-in could not be ended')
      if (error instanceof Refusal) ports.report(`Your former sign-in could not be ended. ${error.message}`)
    }
  }

  /** The credentials of what is connected, also where only what is stored is read; the same ones each time. */
  function credentialsIn(asked: Session): ZendeskCredentials | null {
    const { source } = asked.workspace
    if (source.kind === 'sample') return null
    if (asked.sources) return asked.sources.zendesk.credentials
    const offline =
      atRest.get(asked) ?? credentialsOf(source.zendesk, { ports, clock, transport: lines.to(source.zendesk.url) })
    atRest.set(asked, offline)
    return offline
  }

  /**
   * From now on the sign-in of a session knows its own secret by heart and does not take one that is newly stored for it. False where
   * it cannot be read.
   */
  async function knowsItself(asked: Session): Promise<boolean> {
    // SECURITY: else a call of the former session would carry the new secret, to another company's Zendesk perhaps.
    const known = credentialsIn(asked)?.headers('GET')
    return known === undefined || known.then(() => true).catch(() => false)
  }

  async function check(asked = session()): Promise<ZendeskConnection> {
    const { db, workspace } = asked
    const { sources } = asked
    if (workspace.source.kind === 'sample' || !sources) return notConnected()
    const { url, send, credentials } = sources.zendesk
    const now = () => workspace.clock.now()
    const store = (name: 'health' | 'probe', found: object) => {
      if (session() !== asked || !db.open) throw new Refusal('refused', 'Another sign-in took the place of this one.')
      writeFact(db, 'zendesk', name, found, now())
    }
    try {
      store('health', { ...(await credentials.health()), checkedAt: now() })
      store('probe', await probeZendesk({ url, send }, now))
    } finally {
      changed()
    }
    return viewOf(asked)
  }

  function addressIn(url: string): Address {
    if (options.fixed) {
      throw new Refusal(
        'refused',
        'Understudy was started to show the sample only. Start it without --sample and --simulator to connect your own.',
      )
    }
    const parsed = parseZendeskUrl(url)
    if (!parsed.ok) throw new Refusal('refused', parsed.problem)
    return { url: parsed.origin, warning: parsed.warning }
  }

  async function startOauth({ url, warning }: Address, clientId: string): Promise<PendingSignIn> {
    const transport = lines.to(url)
    const secret = keptSecret(vault, oauthKey)
    let endsFormer = false
    return signIns.begin({ kind: 'oauth', url, warning }, async (cancelled) => {
      const { authorizationUrl: signInUrl, done } = await oauth.start({
        url,
        clientId,
        transport,
        signal: AbortSignal.any([cancelled, stopping.signal]),
        async check(credentials) {
          await secret.remember()
          endsFormer = await knowsItself(session())
          return whoIs(url, credentials, transport)
        },
      })
      const record = { url, kind: 'oauth', email: null, clientId } as const
      const adopted = done.then(({ checked: me, credentials }) =>
        adopt({ record, me, secret, endsFormer, cancelled, drop: () => credentials.signOut() }),
      )
      return { signInUrl, done: adopted }
    })
  }

  async function startSession({ url, warning }: Address): Promise<PendingSignIn> {
    const window = ports.signInWindow
    if (!window) throw new Refusal('refused', 'Your company’s own sign-in page can be opened in the desktop app only.')
    const transport = lines.to(url, window.fetch)
    const drop = async () => {
      const { source } = session().workspace
      // The window holds one sign-in, and the one that is in use may be in it.
      if (source.kind === 'sample' || source.zendesk.kind !== 'session') await window.signOut()
    }
    const signIn = async (cancelled: AbortSignal) => {
      const outcome = await window.open(url, AbortSignal.any([cancelled, stopping.signal]))
      if (outcome === 'closed') throw new Refusal('refused', 'The sign-in window was closed before anybody signed in.')
      const credentials = createSessionCredentials({ url, session: window, transport, clock })
      const me = await whoIs(url, credentials, transport).catch(async (error: unknown) => {
        await drop().catch(() => undefined)
        throw error
      })
      const record = { url, kind: 'session', email: null, clientId: null } as const
      return adopt({ record, me, secret: noSecret, endsFormer: true, cancelled, drop })
    }
    return signIns.begin({ kind: 'session', url, warning }, async (cancelled) => ({
      signInUrl: null,
      done: signIn(cancelled),
    }))
  }

  function notConnected(): never {
    throw new Refusal('refused', 'No Zendesk is connected here. Connect one first.')
  }

  return {
    view: () => connectionsView({ session: session(), pending: signIns.present(), ports }),
    readAddress(url) {
      const parsed = parseZendeskUrl(url)
      return parsed.ok ? { problem: null, warning: parsed.warning } : { problem: parsed.problem, warning: null }
    },
    async connectWithToken({ url: typed, email, token }) {
      const { url } = addressIn(typed)
      const given = createMemoryVault([[apiTokenKey, token]])
      const me = await whoIs(url, createTokenCredentials({ email, vault: given, clock }), lines.to(url)).catch(inTyping)
      signIns.cancel()
      const record = { url, kind: 'api-token', email, clientId: null } as const
      const secret = keptSecret(vault, apiTokenKey, token)
      const drop = async () => undefined
      return adopt({ record, me, secret, endsFormer: true, cancelled: stopping.signal, drop })
    },
    startOauth: async ({ url, clientId }) => startOauth(addressIn(url), clientId),
    startSession: async ({ url }) => startSession(addressIn(url)),
    cancelSignIn: () => signIns.cancel(),
    check: () => check(),
    signOut: () =>
      oneByOne(async () => {
        if (session().workspace.source.kind === 'sample') return notConnected()
        const before = records.read()
        let outcome = { revoked: false }
        records.write({ zendesk: null })
        try {
          await options.switchWorkspace({
            async leave(former) {
              outcome = (await credentialsIn(former)?.signOut()) ?? outcome
            },
            calledAt: () => [],
            enter: () => undefined,
          })
        } catch (error) {
          records.write(before)
          throw error
        }
        return outcome
      }),
    start() {
      unwatch = watchSignIn({ session, check: () => check(), clock, log })
    },
    async stop() {
      unwatch()
      stopping.abort()
      await signIns.stop()
      await oneByOne(async () => undefined)
    },
  }
}

/** Who signed in, if they can do the work. Throws `RemoteFailure` or `Refusal`, in words. */
async function whoIs(
  url: string,
  credentials: ZendeskCredentials,
  transport: Pick<Transport, 'request'>,
): Promise<ZendeskMe> {
  const me = await createZendeskApi({ url, send: createSignedRequests(credentials, transport) })('person').me()
  if (me.lightAgent === true) {
    throw new Refusal(
      'refused',
      'Zendesk lets you write internal notes only (a light agent). Whoever covers has to answer customers and take tickets: ' +
        'ask a Zendesk administrator to make you an agent, then sign in again.',
    )
  }
  return me
}

/** Does one thing after the other, whatever became of the one before. */
function createQueue() {
  let queue: Promise<unknown> = Promise.resolve()
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = queue.then(work)
    queue = result.catch(() => undefined)
    return result
  }
}

/** A refusal in the words of somebody who has just typed an address and a token. */
function inTyping(error: unknown): never {
  if (!(error instanceof RemoteFailure) || error.status !== 401) throw error
  throw new RemoteFailure('unauthorized', 'Zendesk refused this e-mail address and token. Check both.', {
    status: 401,
    refused: true,
  })
}
