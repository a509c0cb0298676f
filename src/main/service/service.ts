import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createRouterClient, type RouterClient } from '@orpc/server'
import type { ChangeEvent } from '#contract/events.ts'
import { settingsSchema } from '#contract/settings.ts'
import type { SyncResult } from '#contract/sync.ts'
import type { SimulatorDescription } from '#contract/workspace.ts'
import { raiseAlerts, type AlertOptions } from './alerts/raise-alerts.ts'
import { startCheckpointer, type Checkpointer } from './db/checkpointer.ts'
import { openDatabase } from './db/open-database.ts'
import { readRoster, storeWorkspace } from './db/workspace.ts'
import { createGitlabApi } from './gitlab/gitlab-api.ts'
import { policyOf } from './policy/policies.ts'
import type { ServicePorts } from './ports.ts'
import { createEventHub } from './rpc/event-hub.ts'
import { createRouter, type ServiceRouter } from './rpc/router.ts'
import { judgeExternalUrl } from './security/external-url.ts'
import { createSettings } from './settings/settings.ts'
import { createSync, type Sources } from './sync/create-sync.ts'
import { createTransport } from './transport/transport.ts'
import { createZendeskApi } from './zendesk/zendesk-api.ts'

/** Which workspace a service is for: made-up customers served by a simulator. Null: only what is stored is read. */
export interface WorkspaceSource {
  readonly kind: 'sample'
  readonly simulator: SimulatorDescription | null
}

/** The app without a door. */
export interface Service {
  /** The contract, implemented; doors serve it over their transport. */
  readonly router: ServiceRouter
  /** The contract, called directly in this process. */
  readonly client: RouterClient<ServiceRouter>
  /** Starts syncing on its schedule and raising alerts. Without it the service only answers. */
  start(): void
  /** Reads both sources once; joins a run that is under way. */
  syncOnce(): Promise<SyncResult>
  /** Hears of every change, in this process. Returns a function that stops it. */
  onChange(listener: (event: ChangeEvent) => void): () => void
  /** Ends what is under way at a safe point and closes the database. */
  stop(): Promise<void>
}

/** Name of the database in a workspace's folder. */
export const databaseName = 'understudy.db'

const weekMs = 7 * 24 * 3600 * 1000

/**
 * Composes the app from what a door brings. Nothing in here knows which door that is.
 *
 * @throws {DatabaseFromTheFuture} when a newer Understudy wrote the database.
 */
export function createService(ports: ServicePorts, workspace: WorkspaceSource): Service {
  const { clock, log } = ports
  const db = openDatabase(join(ports.dataDir, databaseName))
  const { simulator } = workspace
  if (simulator) storeWorkspace(db, simulator.workspace)
  const settings = createSettings({ file: ports.settings, schema: settingsSchema, report: ports.report })
  const policy = () => policyOf(settings.get().policyVersion)
  const hub = createEventHub(randomUUID())
  const stopping = new AbortController()
  const sources = simulator && connect(simulator, ports, stopping.signal)
  const alertOptions: AlertOptions = {
    db,
    now: () => clock.now(),
    notifier: ports.notifier,
    settings: () => settings.get(),
    myCoverages: () => {
      const { me, coverages } = readRoster(db)
      return coverages.filter((coverage) => coverage.coverId === me?.id)
    },
    openTicket: (ticketId) => {
      ports.openTicket(ticketId)
      hub.publish('open-ticket', [ticketId])
    },
    onChange: (ids) => hub.publish('alerts', ids),
  }
  let checkpointer: Checkpointer | null = null
  let started = false

  const raise = () => {
    if (started) raiseAlerts(alertOptions)
  }
  const sync = createSync({
    db,
    sources,
    clock,
    log,
    stopping: stopping.signal,
    everySeconds: () => settings.get().syncEverySeconds,
    workSince: () => clock.now() - (policy().baseline.lookBackWeeks + 1) * weekMs,
    onPage: () => checkpointer?.committed(),
    onStep: (source) => {
      hub.publish(source === 'gitlab' ? 'issues' : 'tickets')
      if (source === 'zendesk') raise()
    },
    onState: () => hub.publish('sync'),
  })
  const origins = simulator ? [simulator.zendesk.url, simulator.gitlab.url] : []
  const router = createRouter({
    db,
    ports,
    hub,
    sync,
    settings,
    policy,
    workspace: workspace.kind,
    zendeskUrl: simulator?.zendesk.url ?? null,
    mayOpen: (url) => {
      const verdict = judgeExternalUrl(url, origins)
      return verdict.allowed ? verdict.href : null
    },
  })

  return {
    router,
    client: createRouterClient(router),
    start() {
      started = true
      checkpointer = startCheckpointer(db, ports.checkpointWorker)
      raise()
      sync.start()
    },
    syncOnce: () => sync.run(),
    onChange: (listener) => hub.listen(listener),
    async stop() {
      started = false
      stopping.abort()
      await sync.stop()
      await checkpointer?.stop()
      db.close()
    },
  }
}

function connect(simulator: SimulatorDescription, ports: ServicePorts, signal: AbortSignal): Sources {
  const { zendesk, gitlab } = simulator
  const shared = { log: ports.log, signal }
  const zendeskTransport = createTransport({ ...shared, name: 'Zendesk', origin: new URL(zendesk.url).origin })
  const gitlabTransport = createTransport({ ...shared, name: 'GitLab', origin: new URL(gitlab.url).origin })
  const basic = `Basic ${Buffer.from(`${zendesk.email}/token:${zendesk.token}`).toString('base64')}`
  return {
    zendesk: {
      api: createZendeskApi(zendesk.url, async () => basic, zendeskTransport),
      transport: zendeskTransport,
    },
    gitlab: {
      api: createGitlabApi(gitlab.url, async () => gitlab.token, gitlabTransport),
      transport: gitlabTransport,
    },
  }
}
