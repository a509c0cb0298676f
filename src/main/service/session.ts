import { join } from 'node:path'
import { signInHealth, zendeskProbe } from '#contract/connections.ts'
import type { EventKind } from '#contract/events.ts'
import type { Settings } from '#contract/settings.ts'
import type { Workspace } from '#contract/workspace.ts'
import type { SyncResult } from '#contract/sync.ts'
import type { Policy } from '#core/policy/policy.ts'
import { createAlerts, type Alerts } from './alerts/create-alerts.ts'
import { openJournal } from './alerts/journal.ts'
import { readSignIns } from './alerts/read-sign-ins.ts'
import { createCalendars, type Calendars } from './calendar/create-calendars.ts'
import { createCustomerData, type CustomerData } from './customer-data/create-customer-data.ts'
import { startCheckpointer, type Checkpointer } from './db/checkpointer.ts'
import { slackLinks } from './db/desks.ts'
import { readFact } from './db/facts.ts'
import { endCutOffFilings, reopenTakenBack } from './calls/settle-calls.ts'
import { openDatabase } from './db/open-database.ts'
import type { ReadDb, WriteDb } from './db/sql.ts'
import { readRoster, storeWorkspace } from './db/workspace.ts'
import { storeDescribedHandoffs } from './handoffs/described-handoffs.ts'
import type { HandoffDesk } from './handoffs/handoff-desk.ts'
import { handoffKind } from './handoffs/handoff-kind.ts'
import { handoffMentions } from './handoffs/handoff-mentions.ts'
import type { WriteAbilities } from './outbox/gather-preview.ts'
import { createOutbox, type Outbox, type OutboxOptions } from './outbox/create-outbox.ts'
import { planKind } from './plans/plan-kind.ts'
import type { PlanSetting } from './plans/plan-setting.ts'
import type { ServicePorts } from './ports.ts'
import { endCutOffTransfers } from './returns/order-transfers.ts'
import type { EventHub } from './rpc/event-hub.ts'
import { createSharedIssues, type SharedIssues } from './sharing/watch-issues.ts'
import { judgeExternalUrl } from './security/external-url.ts'
import type { SettingsStore } from './settings/settings.ts'
import { connectSources, type ConnectedSources } from './connections/connect-sources.ts'
import { createSync, type Sync } from './sync/create-sync.ts'
import type { OpenWorkspace } from './workspace.ts'
import { createZendeskWrites } from './zendesk/zendesk-writes.ts'

/** One workspace being served: its database and everything that keeps it in step. */
export interface Session {
  readonly workspace: OpenWorkspace
  readonly db: WriteDb
  readonly sync: Sync
  readonly outbox: Outbox
  readonly calendars: Calendars
  readonly alerts: Alerts
  readonly customerData: CustomerData
  /** What is connected, or null where only what is stored is read. */
  readonly sources: ConnectedSources | null
  /** The address as it may be opened, or null when it lies outside what is connected. */
  mayOpen(url: string): string | null
  /** Sends what waits, reads both sources once, and the calendars that are due. */
  syncOnce(): Promise<SyncResult>
  /** Starts syncing, sending and raising alerts. */
  start(): void
  /** Looks at once instead of waiting out a pause. */
  wake(): void
  /** Ends what is under way at a safe point. What is stored can still be read. */
  halt(): Promise<void>
  /** Halts and closes database and workspace. */
  close(): Promise<void>
}

/** What a session is opened with. */
export interface SessionOptions {
  readonly ports: ServicePorts
  readonly settings: SettingsStore<Settings>
  readonly policy: () => Policy
  readonly hub: EventHub
  readonly workspace: OpenWorkspace
  /** Calls to its Zendesk that were made just before, which count. */
  readonly calledAt: readonly number[]
}

/** Name of the database in a workspace's folder. */
export const databaseName = 'understudy.db'

/** Name of the journal of alerts beside it. */
const journalName = 'alerts.jsonl'

/** Changes after which other alerts may be due; those of tickets are told by the sync. */
const decidesAlerts: ReadonlySet<EventKind> = new Set([
  'accounts',
  'coverage',
  'handoffs',
  'calendars',
  'connections',
  'settings',
])

/** A notice of more changes than this names none: readers ask again for all of them. */
const mostIds = 100

const weekMs = 7 * 24 * 3600 * 1000

/**
 * Opens a workspace's database and what belongs to it. Nothing moves before `start`.
 *
 * @throws {DatabaseFromTheFuture} when a newer Understudy wrote the database.
 */
export function openSession(options: SessionOptions): Session {
  const { ports, settings, policy, hub, workspace } = options
  const { clock, source } = workspace
  const { log } = ports
  const db = openDatabase(join(workspace.folder, databaseName))
  if (source.kind === 'sample' && source.simulator) storeSample(db, source.simulator.workspace)
  const stopping = new AbortController()
  const sources = connectSources({ ...options, db, signal: stopping.signal })
  let checkpointer: Checkpointer | null = null
  let stopListening = () => {}
  let halting: Promise<void> | null = null

  const alerts = alertsOf(options, db, sources)
  const tellCalls = (ids: readonly string[]) => {
    if (ids.length > 0) hub.publish('calls', ids)
  }
  const shared = sharedIssuesOf(options, db, sources)
  const sync = createSync({
    db,
    sources,
    clock,
    log,
    stopping: stopping.signal,
    everySeconds: () => settings.get().syncEverySeconds,
    workSince: () => clock.now() - (policy().baseline.lookBackWeeks + 1) * weekMs,
    moreOfGitlab: () => shared.flatMap((each) => each.jobs()),
    onPage: () => checkpointer?.committed(),
    onStep: (source) => {
      hub.publish(source === 'gitlab' ? 'issues' : 'tickets')
      alerts.look()
    },
    onState: () => hub.publish('sync'),
  })

  const outbox = createOutbox({
    db,
    ...writtenTo(sources),
    clock,
    log,
    stopping: stopping.signal,
    me: () => readRoster(db).me,
    abilities: () => abilitiesIn(db),
    onChange: (entryIds, ticketIds) => {
      hub.publish('outbox', entryIds)
      for (const each of shared) each.noteSent(entryIds)
      tellCalls(reopenTakenBack(db, entryIds, clock.now()))
      if (ticketIds.length > 0) hub.publish('tickets', ticketIds)
    },
    onIssues: () => hub.publish('issues'),
  })

  const calendars = calendarsOf(options, db, stopping.signal)
  const checkpoints = () => (checkpointer ??= startCheckpointer(db, ports.checkpointWorker))
  const customerData = customerDataOf(options, {
    ...{ db, alerts, sync, stopping: stopping.signal, checkpointer: checkpoints },
  })

  async function haltOnce(): Promise<void> {
    stopping.abort()
    stopListening()
    await outbox.stop()
    await calendars.stop()
    await sync.stop()
    await customerData.stop()
    await alerts.stop()
    await checkpointer?.stop()
  }
  const halt = () => (halting ??= haltOnce())

  return {
    workspace,
    db,
    sync,
    outbox,
    calendars,
    alerts,
    customerData,
    sources,
    mayOpen(url) {
      const verdict = judgeExternalUrl(url, sources?.origins ?? [], slackLinks(db))
      return verdict.allowed ? verdict.href : null
    },
    start() {
      checkpoints()
      stopListening = hub.listen(({ kind }) => {
        if (decidesAlerts.has(kind)) alerts.look()
      })
      alerts.start()
      for (const each of shared) each.noteSent()
      tellCalls(endCutOffFilings(db, clock.now()))
      const handedOver = endCutOffTransfers(db)
      if (handedOver.length > 0) hub.publish('returns', handedOver)
      sync.start()
      outbox.start()
      calendars.start()
      customerData.start()
    },
    wake() {
      sync.wake()
      outbox.wake()
      calendars.wake()
      alerts.wake()
      customerData.wake()
    },
    async syncOnce() {
      await outbox.flush()
      const result = await sync.run()
      await calendars.refreshDue()
      return result
    },
    halt,
    async close() {
      await halt()
      db.close()
      await workspace.close()
    },
  }
}

function storeSample(db: WriteDb, workspace: Workspace): void {
  storeWorkspace(db, workspace)
  storeDescribedHandoffs(db, workspace)
}

function alertsOf(options: SessionOptions, db: WriteDb, sources: ConnectedSources | null): Alerts {
  const { ports, settings, policy, hub, workspace } = options
  return createAlerts({
    db,
    clock: workspace.clock,
    log: ports.log,
    notifier: ports.notifier,
    journal: openJournal(join(workspace.folder, journalName)),
    settings: () => settings.get(),
    policy,
    signIns: () => readSignIns(db, workspace, sources),
    open(ticketId) {
      if (ticketId === null) {
        ports.openAlerts?.()
        hub.publish('open-alerts')
        return
      }
      ports.openTicket(ticketId)
      hub.publish('open-ticket', [ticketId])
    },
    onChange: (ids) => hub.publish('alerts', ids.length > mostIds ? [] : ids),
  })
}

function calendarsOf({ ports, hub, workspace }: SessionOptions, db: WriteDb, stopping: AbortSignal): Calendars {
  return createCalendars({
    ...{ db, vault: ports.vault, clock: workspace.clock, log: ports.log, stopping },
    onChange(calendarId) {
      hub.publish('calendars', [calendarId])
      hub.publish('coverage')
    },
  })
}

/** Readers of these ask again when an account's data was removed. */
const heldCustomerData: readonly EventKind[] = [
  ...(['customer-data', 'accounts', 'tickets', 'issues', 'alerts'] as const),
  ...(['calls', 'handoffs', 'returns', 'outbox', 'sync'] as const),
]

function customerDataOf(
  { ports, policy, hub, workspace }: SessionOptions,
  parts: {
    readonly db: WriteDb
    readonly alerts: Alerts
    readonly sync: Sync
    readonly stopping: AbortSignal
    readonly checkpointer: () => Checkpointer
  },
): CustomerData {
  const { alerts, sync, ...rest } = parts
  return createCustomerData({
    ...rest,
    clock: workspace.clock,
    log: ports.log,
    policy,
    isQuiet: () => sync.state !== 'syncing',
    forgetAlerts: (accountId, ticketIds) => alerts.forget(accountId, ticketIds),
    onChange(accountId, what) {
      if (what === 'kept') return hub.publish('customer-data', [accountId])
      for (const kind of heldCustomerData) hub.publish(kind)
    },
  })
}

/** Where the outbox writes to; nowhere where only what is stored is read. */
function writtenTo(sources: ConnectedSources | null): Pick<OutboxOptions, 'zendesk' | 'gitlab'> {
  if (!sources) return { zendesk: null, gitlab: null }
  const { zendesk, gitlab } = sources
  return {
    zendesk: { reads: zendesk.api('person'), writes: createZendeskWrites(zendesk.url, zendesk.send) },
    gitlab: gitlab && {
      writes: gitlab.writes,
      identity: gitlab.identity,
      zendeskHost: new URL(zendesk.url).host,
    },
  }
}

/** Plans and handoffs, each kept together with the issues they are in. */
function sharedIssuesOf(
  { policy, settings, hub, workspace }: SessionOptions,
  db: WriteDb,
  sources: ConnectedSources | null,
): SharedIssues[] {
  const now = () => workspace.clock.now()
  const api = sources?.gitlab?.api ?? null
  const desk = (): HandoffDesk => ({
    db,
    roster: readRoster(db),
    now: now(),
    emergencyMark: settings.get().emergencyMark,
  })
  const planSetting = (): PlanSetting => ({
    roster: readRoster(db),
    policy: policy(),
    now: now(),
    podMemberIds: settings.get().podMemberIds,
    handoffs: (plan) => handoffMentions(desk(), plan),
  })
  const told = (kind: EventKind) => (ids: readonly string[]) => hub.publish(kind, ids)
  return [
    createSharedIssues(planKind, { db, api, now, setting: planSetting, onChange: told('coverage') }),
    createSharedIssues(handoffKind, { db, api, now, setting: desk, onChange: told('handoffs') }),
  ]
}

/** What was found out about writing; nothing is known to be forbidden before it was asked. */
function abilitiesIn(db: ReadDb): WriteAbilities {
  const probe = readFact(db, 'zendesk', 'probe', zendeskProbe)
  return {
    mayWrite: readFact(db, 'zendesk', 'health', signInHealth)?.mayWrite ?? null,
    ccsAndFollowers: probe?.ccsAndFollowers ?? 'unknown',
    lightAgent: probe?.lightAgent ?? false,
  }
}
