import { readRoster, storeWorkspace, type Roster } from '#service/db/workspace.ts'
import { noCounts } from '#service/sync/run-counts.ts'
import { createSightings } from '#service/sync/sightings.ts'
import type { SyncJob, SyncProgress } from '#service/sync/sync-job.ts'
import { createZendeskJobs } from '#service/sync/sync-zendesk.ts'
import type { ZendeskSync } from '#service/sync/zendesk-sync.ts'
import type { Meter, Transport } from '#service/transport/transport.ts'
import type { SlaPath } from '#service/zendesk/probe.ts'
import type { ZendeskApi } from '#service/zendesk/zendesk-api.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { scriptedSources } from '#test/support/scripted-sources.ts'
import { aWorkspace, wednesday } from '#test/support/work-values.ts'

/** The jobs of Zendesk over a scripted one, on `wednesday` until a test moves the time. */
export function zendeskSetting(zendesk: Partial<ZendeskApi> = {}, workspace = aWorkspace()) {
  const db = memoryDatabase()
  storeWorkspace(db, workspace)
  const { sources, calls } = scriptedSources({ zendesk })
  const { api, transport } = sources.zendesk
  const said: SyncProgress[] = []
  const state = { now: wednesday, slaPath: 'show-many' as SlaPath, meter: {} as Partial<Meter> }
  const sync: ZendeskSync = {
    db,
    api,
    meter: meterOf(transport, () => state.meter),
    slaPath: () => state.slaPath,
    now: () => state.now,
    counts: noCounts(),
    sightings: createSightings(),
    begun: new Map(),
    onPage: () => undefined,
    say: (progress) => said.push(progress),
  }
  const zendeskJobs = createZendeskJobs(sync, { wishMs: () => 60_000, seed: 1, workSince: () => 0 })
  const roster = (): Roster => readRoster(db)
  const jobs = () => zendeskJobs.jobs(roster())
  return { db, calls, sync, counts: sync.counts, said, state, roster, jobs, runAll: () => runDue(jobs, sync.now) }
}

const meterOf = (transport: Transport, parts: () => Partial<Meter>) => (): Meter => ({
  ...transport.meter(),
  ...parts(),
})

/** Runs whatever is due, lowest rank first, until nothing is; a failure is thrown. */
export async function runDue(jobs: () => readonly SyncJob[], now: () => number): Promise<void> {
  const due = () => jobs().filter((job) => job.dueAt <= now())
  for (let job = first(due()); job; job = first(due())) await job.run()
}

function first(jobs: readonly SyncJob[]): SyncJob | undefined {
  return jobs.toSorted((a, b) => a.rank - b.rank)[0]
}
