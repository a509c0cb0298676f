import { zendeskProbe } from '#contract/connections.ts'
import type { Settings } from '#contract/settings.ts'
import type { SimulatorDescription } from '#contract/workspace.ts'
import { createClock } from '../clock.ts'
import { readFact } from '../db/facts.ts'
import { createRequestHistory } from '../db/requests.ts'
import type { WriteDb } from '../db/sql.ts'
import type { GitlabCredentials } from '../gitlab/credentials/credentials.ts'
import { createGitlabTokenCredentials, gitlabTokenKey } from '../gitlab/credentials/token-credentials.ts'
import { createGitlabApi, type GitlabApi } from '../gitlab/gitlab-api.ts'
import { createGitlabIdentities, type GitlabIdentities } from '../gitlab/gitlab-identity.ts'
import { createGitlabWrites, type GitlabWrites } from '../gitlab/gitlab-writes.ts'
import { createGitlabRequests } from '../gitlab/signed-requests.ts'
import type { ServicePorts } from '../ports.ts'
import type { EventHub } from '../rpc/event-hub.ts'
import { createMemoryVault } from '../secrets/memory-vault.ts'
import type { SettingsStore } from '../settings/settings.ts'
import { createTransport, type RemoteRequest, type RemoteResponse, type Transport } from '../transport/transport.ts'
import type { OpenWorkspace } from '../workspace.ts'
import type { ZendeskCredentials } from '../zendesk/credentials/credentials.ts'
import { apiTokenKey, createTokenCredentials } from '../zendesk/credentials/token-credentials.ts'
import { slaPath, type SlaPath } from '../zendesk/probe.ts'
import { createSignedRequests } from '../zendesk/signed-requests.ts'
import { createZendeskApi, type ZendeskAt } from '../zendesk/zendesk-api.ts'
import { credentialsOf, gitlabCredentialsOf } from './credentials-of.ts'
import { watchStanding, type Standing } from './standing.ts'

/** Zendesk as a session uses it: signed calls over one transport, and how they went of late. */
export interface ConnectedZendesk {
  readonly url: string
  readonly api: ZendeskAt
  readonly send: (request: RemoteRequest) => Promise<RemoteResponse>
  readonly transport: Transport
  readonly credentials: ZendeskCredentials
  /** By which way SLA clocks are kept fresh, as far as it was found out. */
  readonly slaPath: () => SlaPath
  /** How the latest call ended, as far as it says something about the connection. */
  readonly standing: () => Standing
}

/** GitLab as a session uses it. */
export interface ConnectedGitlab {
  readonly url: string
  readonly api: GitlabApi
  readonly writes: GitlabWrites
  /** Who is signed in there, and whether that sign-in may write. */
  readonly identity: GitlabIdentities
  readonly send: (request: RemoteRequest) => Promise<RemoteResponse>
  readonly transport: Transport
  readonly credentials: GitlabCredentials
  /** How the latest call ended, as far as it says something about the connection. */
  readonly standing: () => Standing
}

/** What is connected. */
export interface ConnectedSources {
  readonly zendesk: ConnectedZendesk
  readonly gitlab: ConnectedGitlab | null
  /** Origins whose addresses may be opened. */
  readonly origins: readonly string[]
}

/** What connecting needs. */
export interface ConnectOptions {
  readonly ports: ServicePorts
  readonly settings: SettingsStore<Settings>
  readonly workspace: OpenWorkspace
  readonly db: WriteDb
  readonly hub: EventHub
  readonly signal: AbortSignal
  /** Calls to this Zendesk that were made just before, which count. */
  readonly calledAt: readonly number[]
}

/** Connects what the workspace names, or nothing where only what is stored is read. Nobody is asked yet. */
export function connectSources(options: ConnectOptions): ConnectedSources | null {
  const { source } = options.workspace
  if (source.kind === 'sample') return source.simulator && connectSimulator(options, source.simulator)
  if (!source.online) return null
  const { url } = source.zendesk
  const { ports } = options
  const window = source.zendesk.kind === 'session' ? ports.signInWindow : undefined
  const transport = realTransport(options, 'Zendesk', url, options.calledAt, window && { fetch: window.fetch })
  const { clock } = options.workspace
  const credentials = credentialsOf(source.zendesk, { ports, transport, clock })
  const zendesk = connectZendesk(url, credentials, transport, options)
  if (!source.gitlab) return { zendesk, gitlab: null, origins: [url] }
  const line = realTransport(options, 'GitLab', source.gitlab.url, [])
  const signedBy = gitlabCredentialsOf(source.gitlab, { ports, transport: line, clock })
  const gitlab = connectGitlab(source.gitlab.url, signedBy, line, options)
  return { zendesk, gitlab, origins: [url, gitlab.url] }
}

/** A person's own host is asked at the pace they set, and remembered over restarts. */
function realTransport(
  { ports, settings, workspace, db, hub, signal }: ConnectOptions,
  name: string,
  url: string,
  calledAt: readonly number[],
  more: { readonly fetch?: typeof fetch } = {},
): Transport {
  const { origin, host } = new URL(url)
  const history = createRequestHistory(db, host)
  calledAt.forEach((at) => history.add(at))
  return createTransport({
    name,
    origin,
    log: ports.log,
    signal,
    clock: workspace.clock,
    perMinute: () => settings.get().requestsPerMinute,
    history,
    onMeter: () => hub.publish('connections'),
    ...more,
  })
}

/** The sample's simulator harms nobody by being asked often, and its own time may stand still: calls run on real time, uncapped. */
function connectSimulator(options: ConnectOptions, simulator: SimulatorDescription): ConnectedSources {
  const { ports, signal } = options
  const { zendesk, gitlab } = simulator
  const shared = { log: ports.log, signal, clock: createClock() }
  const zendeskTransport = createTransport({ ...shared, name: 'Zendesk', origin: new URL(zendesk.url).origin })
  const gitlabTransport = createTransport({ ...shared, name: 'GitLab', origin: new URL(gitlab.url).origin })
  const vault = createMemoryVault([[apiTokenKey, zendesk.token]])
  const credentials = createTokenCredentials({ email: zendesk.email, vault, clock: shared.clock })
  return {
    zendesk: connectZendesk(zendesk.url, credentials, zendeskTransport, options),
    gitlab: connectGitlab(
      gitlab.url,
      createGitlabTokenCredentials(createMemoryVault([[gitlabTokenKey, gitlab.token]])),
      gitlabTransport,
      options,
    ),
    origins: [zendesk.url, gitlab.url],
  }
}

/** Puts calls to one Zendesk together; `hub` is told when they begin to fail or to succeed again. */
function connectZendesk(
  url: string,
  credentials: ZendeskCredentials,
  transport: Transport,
  { hub, db }: ConnectOptions,
): ConnectedZendesk {
  const signed = createSignedRequests(credentials, transport)
  const { send, standing } = watchStanding(signed, () => hub.publish('connections'))
  return {
    url,
    api: createZendeskApi({ url, send }),
    send,
    transport,
    credentials,
    slaPath: () => slaPath(readFact(db, 'zendesk', 'probe', zendeskProbe) ?? unprobed),
    standing,
  }
}

/** Puts calls to one GitLab together. */
function connectGitlab(
  url: string,
  credentials: GitlabCredentials,
  transport: Transport,
  { hub, db, workspace }: ConnectOptions,
): ConnectedGitlab {
  const calls = watchStanding(createGitlabRequests(credentials, transport), () => hub.publish('connections'))
  const { send, standing } = calls
  const { source, clock } = workspace
  return {
    url,
    api: createGitlabApi({ url, send }),
    writes: createGitlabWrites({ url, send }),
    identity: createGitlabIdentities({
      db,
      user: source.kind === 'real' ? (source.gitlab?.user ?? null) : null,
      reach: { url, credentials, send },
      now: () => clock.now(),
    }),
    send,
    transport,
    credentials,
    standing,
  }
}

/** Before anything was found out, the cheapest way is tried. */
const unprobed = {
  slas: { organization: 'unknown', showMany: 'unknown', search: 'unknown', ticket: 'unknown' },
} as const
