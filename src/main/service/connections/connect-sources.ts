import { zendeskProbe } from '#contract/connections.ts'
import type { Settings } from '#contract/settings.ts'
import type { SimulatorDescription } from '#contract/workspace.ts'
import { createClock } from '../clock.ts'
import { readFact } from '../db/facts.ts'
import { createRequestHistory } from '../db/requests.ts'
import type { WriteDb } from '../db/sql.ts'
import { createGitlabApi, type GitlabApi } from '../gitlab/gitlab-api.ts'
import type { ServicePorts } from '../ports.ts'
import type { EventHub } from '../rpc/event-hub.ts'
import { createMemoryVault } from '../secrets/memory-vault.ts'
import type { SettingsStore } from '../settings/settings.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { createTransport, type RemoteRequest, type RemoteResponse, type Transport } from '../transport/transport.ts'
import type { OpenWorkspace } from '../workspace.ts'
import type { ZendeskCredentials } from '../zendesk/credentials/credentials.ts'
import { apiTokenKey, createTokenCredentials } from '../zendesk/credentials/token-credentials.ts'
import { slaPath, type SlaPath } from '../zendesk/probe.ts'
import { createSignedRequests } from '../zendesk/signed-requests.ts'
import { createZendeskApi, type ZendeskAt } from '../zendesk/zendesk-api.ts'
import { credentialsOf } from './credentials-of.ts'

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

/** Whether calls get through; `problem` is a sentence for the person. */
export interface Standing {
  readonly state: 'ready' | 'sign-in-needed' | 'unreachable'
  readonly problem: string | null
}

/** What is connected. */
export interface ConnectedSources {
  readonly zendesk: ConnectedZendesk
  readonly gitlab: { readonly api: GitlabApi; readonly transport: Transport } | null
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
  const { ports, settings, workspace, db, hub, signal } = options
  const history = createRequestHistory(db, new URL(url).host)
  options.calledAt.forEach((at) => history.add(at))
  const transport = createTransport({
    name: 'Zendesk',
    origin: new URL(url).origin,
    log: ports.log,
    signal,
    clock: workspace.clock,
    perMinute: () => settings.get().requestsPerMinute,
    history,
    onMeter: () => hub.publish('connections'),
    ...(source.zendesk.kind === 'session' && ports.signInWindow ? { fetch: ports.signInWindow.fetch } : {}),
  })
  const credentials = credentialsOf(source.zendesk, { ports, transport, clock: workspace.clock })
  return { zendesk: connectZendesk(url, credentials, transport, options), gitlab: null, origins: [url] }
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
    gitlab: {
      api: createGitlabApi(gitlab.url, async () => gitlab.token, gitlabTransport),
      transport: gitlabTransport,
    },
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
  let standing: Standing = { state: 'ready', problem: null }
  const note = (next: Standing) => {
    const changed = next.state !== standing.state
    standing = next
    if (changed) hub.publish('connections')
  }
  const send = async (request: RemoteRequest) => {
    try {
      const response = await signed(request)
      note({ state: 'ready', problem: null })
      return response
    } catch (error) {
      const next = error instanceof RemoteFailure ? standingAfter(error) : null
      if (next) note(next)
      throw error
    }
  }
  return {
    url,
    api: createZendeskApi({ url, send }),
    send,
    transport,
    credentials,
    slaPath: () => slaPath(readFact(db, 'zendesk', 'probe', zendeskProbe) ?? unprobed),
    standing: () => standing,
  }
}

/** Before anything was found out, the cheapest way is tried. */
const unprobed = {
  slas: { organization: 'unknown', showMany: 'unknown', search: 'unknown', ticket: 'unknown' },
} as const

/** What a failure says about the connection; null where it concerns only what was asked. */
function standingAfter({ kind, message }: RemoteFailure): Standing | null {
  if (kind === 'unauthorized') return { state: 'sign-in-needed', problem: message }
  if (kind === 'offline' || kind === 'timeout' || kind === 'untrusted' || kind === 'server') {
    return { state: 'unreachable', problem: message }
  }
  return kind === 'aborted' || kind === 'rate-limited' ? null : { state: 'ready', problem: null }
}
