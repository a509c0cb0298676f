import type { GitlabConnection, GitlabMode, PendingGitlabSignIn } from '#contract/gitlab-connection.ts'
import { join } from 'node:path'
import { writeFact } from '../db/facts.ts'
import { createRequestHistory } from '../db/requests.ts'
import { readRoster } from '../db/workspace.ts'
import type { GitlabCredentials } from '../gitlab/credentials/credentials.ts'
import { createGitlabOauth, type GitlabSignedIn } from '../gitlab/credentials/gitlab-oauth.ts'
import { gitlabOauthKey } from '../gitlab/credentials/oauth-credentials.ts'
import { createGitlabTokenCredentials, gitlabTokenKey } from '../gitlab/credentials/token-credentials.ts'
import { parseGitlabUrl } from '../gitlab/gitlab-url.ts'
import { inspectGitlab, type GitlabFindings } from '../gitlab/health.ts'
import { createGitlabRequests } from '../gitlab/signed-requests.ts'
import type { Clock, ServicePorts } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import type { EventHub } from '../rpc/event-hub.ts'
import { createMemoryVault } from '../secrets/memory-vault.ts'
import { databaseName, type Session } from '../session.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { adoptSignIn, leaveSignIn, type WorkspaceSwitch } from './adopt-sign-in.ts'
import type { GitlabRecord } from './connection-record.ts'
import { gitlabView } from './connection-view.ts'
import { gitlabCredentialsOf } from './credentials-of.ts'
import { keptSecret, type KeptSecret } from './kept-secret.ts'
import { createPendingSignIns } from './pending-sign-in.ts'
import { createSignInLines } from './sign-in-lines.ts'
import { isGitlabCheckDue, watchSignIn } from './watch-sign-in.ts'

/** A public application registered at a GitLab, and what is asked of whoever signs in by it. */
export interface GitlabApplication {
  readonly url: string
  readonly clientId: string
  readonly mode: GitlabMode
}

/** Adding a GitLab to the person's own workspace, which goes on meanwhile, and taking it away. */
export interface GitlabConnections {
  /** What is to be said of an address as it was typed. */
  readAddress(url: string): { readonly problem: string | null }
  connectWithToken(given: { readonly url: string; readonly token: string }): Promise<GitlabConnection>
  /** Sends the person to GitLab in their browser; how it goes on is told by `pending`. */
  startOauth(application: GitlabApplication): Promise<PendingGitlabSignIn>
  /** Gets a code that the person types in any browser; how it goes on is told by `pending`. */
  startDevice(application: GitlabApplication): Promise<PendingGitlabSignIn>
  pending(): PendingGitlabSignIn | null
  cancelSignIn(): void
  /** Asks again what the sign-in may do and when it ends. */
  check(): Promise<GitlabConnection>
  /** Ends the sign-in. What was stored stays on this computer. */
  signOut(): Promise<{ readonly revoked: boolean }>
  /** Ends the sign-in of a workspace that is being left. Never throws: a person is told what did not work. */
  end(former: Session): Promise<void>
  /** Begins to look after the sign-in. */
  start(): void
  /** Cancels a sign-in that waits, and answers when nothing of it is left. */
  stop(): Promise<void>
}

/** What GitLab connections need. */
export interface GitlabConnectionOptions extends WorkspaceSwitch {
  readonly ports: ServicePorts
  readonly hub: EventHub
  readonly session: () => Session
  readonly perMinute: () => number
  readonly clock: Clock
  /** One change of what is connected after the other, Zendesk's too. */
  readonly oneByOne: <Result>(work: () => Promise<Result>) => Promise<Result>
  readonly stopping: AbortSignal
  /** True where the door shows one workspace and no other. */
  readonly fixed: boolean
}

/** A GitLab that has answered and knows who the person is. */
interface Adopted {
  readonly record: Omit<GitlabRecord, 'user'>
  readonly findings: GitlabFindings
  readonly secret: KeptSecret
  /** Whether the sign-in whose place it takes can be ended for certain: not where it would take the new secret for its own. */
  readonly endsFormer: boolean
  drop(): Promise<unknown>
  readonly cancelled: AbortSignal
}

/** Creates what adds a GitLab and takes it away. */
export function createGitlabConnections(options: GitlabConnectionOptions): GitlabConnections {
  const { ports, hub, session, clock, oneByOne, stopping } = options
  const { vault, log } = ports
  const changed = () => hub.publish('connections')
  const lines = createSignInLines({
    name: 'GitLab',
    clock,
    log,
    signal: stopping,
    perMinute: options.perMinute,
    connectedAt(url) {
      const { sources } = session()
      return sources?.gitlab?.url === url ? sources.gitlab.transport : null
    },
    databaseOf: () => join(session().workspace.folder, databaseName),
  })
  const signIns = createPendingSignIns<PendingGitlabSignIn>(log, changed)
  const oauth = createGitlabOauth({
    clock,
    vault,
    openExternal: (url) => ports.openExternal(url),
    report: (sentence) => ports.report(sentence),
  })
  const atRest = new WeakMap<Session, GitlabCredentials>()
  let unwatch = () => {}

  async function adopt({ record, findings, ...adopted }: Adopted): Promise<GitlabConnection> {
    const next = await oneByOne(() =>
      adoptSignIn(options, {
        ...adopted,
        async prepare() {
          if (zendeskOf(session()) !== record.zendeskUrl) throw new Refusal('refused', otherWorkspace)
          await knowsItself(session())
        },
        changes: { gitlab: { ...record, user: findings.user } },
        async leave(former) {
          if (adopted.endsFormer) await leaveFormer(former, record)
          const history = createRequestHistory(former.db, new URL(record.url).host)
          lines.takeCalls(record.url).forEach((at) => history.add(at))
        },
        calledAt: () => [],
        enter: ({ db }) => writeFact(db, 'gitlab', 'health', findings.health, findings.health.checkedAt),
      }),
    )
    return viewOf(next)
  }

  function viewOf(asked: Session): GitlabConnection {
    if (!asked.db.open) throw new Refusal('refused', 'Understudy is stopping. Look again when it runs.')
    return gitlabView(asked) ?? notConnected()
  }

  /** The former sign-in is not left lying about. */
  async function leaveFormer(former: Session, next: Omit<GitlabRecord, 'user'>): Promise<void> {
    const record = recordIn(former)
    // A new token has taken the place of the former one.
    if (record === null || (record.kind === 'token' && next.kind === 'token')) return
    await end(former)
  }

  async function end(former: Session): Promise<void> {
    try {
      await credentialsIn(former)?.signOut()
    } catch (error) {
      log.warn({ err: error }, 'the former GitLab sign-in could not be ended')
      if (error instanceof Refusal) ports.report(`Your former GitLab sign-in could not be ended. ${error.message}`)
    }
  }

  /** The credentials of what is connected, also where only what is stored is read; the same ones each time. */
  function credentialsIn(asked: Session): GitlabCredentials | null {
    const record = recordIn(asked)
    if (record === null) return null
    if (asked.sources?.gitlab) return asked.sources.gitlab.credentials
    const offline = atRest.get(asked) ?? gitlabCredentialsOf(record, { ports, clock, transport: lines.to(record.url) })
    atRest.set(asked, offline)
    return offline
  }

  /**
   * From now on the sign-in of a session knows its own secret by heart and does not take one that is newly stored for it. False where
   * it cannot be read.
   */
  async function knowsItself(asked: Session): Promise<boolean> {
    // SECURITY: else a call of the former session would carry the new secret, to another company's GitLab perhaps.
    const known = credentialsIn(asked)?.headers('GET')
    return known === undefined || known.then(() => true).catch(() => false)
  }

  async function check(asked = session()): Promise<GitlabConnection> {
    const { db, workspace, sources } = asked
    if (!sources?.gitlab || workspace.source.kind === 'sample') return notConnected()
    try {
      const { health } = await inspectGitlab(sources.gitlab, placesIn(asked), workspace.clock.now())
      if (session() !== asked || !db.open) throw new Refusal('refused', otherWorkspace)
      writeFact(db, 'gitlab', 'health', health, health.checkedAt)
    } finally {
      changed()
    }
    return viewOf(asked)
  }

  /** What a new sign-in may do, at a GitLab that is not connected with it yet. */
  async function inspect(url: string, credentials: GitlabCredentials): Promise<GitlabFindings> {
    const send = createGitlabRequests(credentials, lines.to(url))
    return inspectGitlab({ url, credentials, send }, placesIn(session()), session().workspace.clock.now())
  }

  /** The address as typed, and the Zendesk of the workspace it is to be added to. */
  function placeFor(typed: string): { readonly url: string; readonly zendeskUrl: string } {
    if (options.fixed) {
      throw new Refusal(
        'refused',
        'Understudy was started to show the sample only. Start it without --sample and --simulator to connect your own.',
      )
    }
    const zendeskUrl = zendeskOf(session())
    if (zendeskUrl === null) {
      throw new Refusal(
        'refused',
        'Connect your Zendesk first: a GitLab is added to the workspace of your Zendesk, beside the accounts you follow there.',
      )
    }
    const parsed = parseGitlabUrl(typed)
    if (!parsed.ok) throw new Refusal('refused', parsed.problem)
    return { url: parsed.url, zendeskUrl }
  }

  async function begin(kind: 'oauth' | 'device', application: GitlabApplication): Promise<PendingGitlabSignIn> {
    const { url, zendeskUrl } = placeFor(application.url)
    const { mode } = application
    const clientId = application.clientId.trim()
    const secret = keptSecret(vault, gitlabOauthKey)
    let endsFormer = false
    return signIns.begin(async (cancelled) => {
      const order = {
        url,
        clientId,
        mode,
        transport: lines.to(url),
        signal: AbortSignal.any([cancelled, stopping]),
        async check(credentials: GitlabCredentials) {
          await secret.remember()
          endsFormer = await knowsItself(session())
          return inspect(url, credentials)
        },
      }
      const record = { url, kind: 'oauth', clientId, zendeskUrl } as const
      const adoptWhen = (done: Promise<GitlabSignedIn<GitlabFindings>>) =>
        done.then(({ checked: findings, credentials }) =>
          adopt({ record, findings, secret, endsFormer, cancelled, drop: () => credentials.signOut() }),
        )
      const about = { kind, url, clientId, mode }
      if (kind === 'oauth') {
        const { authorizationUrl: signInUrl, done } = await oauth.start(order)
        return { shown: { ...about, signInUrl, code: null }, done: adoptWhen(done) }
      }
      const { code, done } = await oauth.startDevice(order)
      const text = { text: code.userCode, endsAt: clock.now() + code.lifeMs }
      return {
        shown: { ...about, signInUrl: code.completeUrl ?? code.verificationUrl, code: text },
        done: adoptWhen(done),
      }
    })
  }

  return {
    readAddress(url) {
      const parsed = parseGitlabUrl(url)
      return { problem: parsed.ok ? null : parsed.problem }
    },
    async connectWithToken({ url: typed, token }) {
      const { url, zendeskUrl } = placeFor(typed)
      const given = createGitlabTokenCredentials(createMemoryVault([[gitlabTokenKey, token]]))
      const findings = await inspect(url, given).catch(inTyping)
      signIns.cancel()
      const record = { url, kind: 'token', clientId: null, zendeskUrl } as const
      const secret = keptSecret(vault, gitlabTokenKey, token)
      const drop = async () => undefined
      return adopt({ record, findings, secret, endsFormer: true, cancelled: stopping, drop })
    },
    startOauth: (application) => begin('oauth', application),
    startDevice: (application) => begin('device', application),
    pending: () => signIns.present(),
    cancelSignIn: () => signIns.cancel(),
    check: () => check(),
    signOut: () =>
      oneByOne(async () => {
        if (recordIn(session()) === null) return notConnected()
        signIns.cancel()
        let outcome = { revoked: false }
        await leaveSignIn(options, { gitlab: null }, async (former) => {
          outcome = (await credentialsIn(former)?.signOut()) ?? outcome
        })
        return outcome
      }),
    async end(former) {
      signIns.cancel()
      await end(former)
    },
    start() {
      const isDue = ({ sources, workspace, db }: Session, now: number) =>
        workspace.source.kind === 'real' && sources?.gitlab != null && isGitlabCheckDue(db, now)
      unwatch = watchSignIn({ session, isDue, check: () => check(), clock, log })
    },
    async stop() {
      unwatch()
      await signIns.stop()
    },
  }
}

const otherWorkspace = 'Another sign-in took the place of this one. Begin again.'

function notConnected(): never {
  throw new Refusal('refused', 'No GitLab is connected here. Connect one first.')
}

function recordIn({ workspace: { source } }: Session): GitlabRecord | null {
  return source.kind === 'real' ? source.gitlab : null
}

/** The Zendesk of a person's own workspace, or null in the sample. */
function zendeskOf({ workspace: { source } }: Session): string | null {
  return source.kind === 'real' ? source.zendesk.url : null
}

/** Groups and projects that the followed accounts name. */
function placesIn({ db }: Session): readonly string[] {
  return readRoster(db).accounts.flatMap(({ gitlabGroup }) => gitlabGroup ?? [])
}

/** A refusal in the words of somebody who has just typed a token. */
function inTyping(error: unknown): never {
  if (!(error instanceof RemoteFailure) || error.status !== 401) throw error
  throw new RemoteFailure(
    'unauthorized',
    'GitLab refused this token. Check that it is whole, not ended, and of this GitLab.',
    {
      status: 401,
      refused: true,
    },
  )
}
