import { z } from 'zod'
import type { SyncResult, SyncState } from '#contract/sync.ts'
import type { SourceName } from '../db/source-name.ts'
import { countEvents } from '../db/events.ts'
import { readFact, writeFact } from '../db/facts.ts'
import { transaction, type WriteDb } from '../db/sql.ts'
import { readRoster } from '../db/workspace.ts'
import type { GitlabApi } from '../gitlab/gitlab-api.ts'
import type { Clock, Log } from '../ports.ts'
import type { RemoteFailureKind } from '../transport/remote-failure.ts'
import type { Transport } from '../transport/transport.ts'
import type { SlaPath } from '../zendesk/probe.ts'
import type { ZendeskAt } from '../zendesk/zendesk-api.ts'
import { createJobRunner, type JobRunner } from './job-runner.ts'
import { noCounts, type RunCounts } from './run-counts.ts'
import { createSightings } from './sightings.ts'
import { createGitlabJobs } from './sync-gitlab.ts'
import { never, type SyncJob, type SyncProgress } from './sync-job.ts'
import { createZendeskJobs } from './sync-zendesk.ts'

/** The sources of a workspace, each behind its own transport. */
export interface Sources {
  readonly zendesk: {
    readonly api: ZendeskAt
    readonly transport: Transport
    readonly slaPath: () => SlaPath
    /** Its address, by which addresses of tickets are known in texts. */
    readonly url?: string
  }
  readonly gitlab: { readonly api: GitlabApi; readonly transport: Transport } | null
}

/** Keeps the database in step with the sources. */
export interface Sync {
  /**
   * Reads what a person wants to know now, and whatever else is due; joins a run that is under way. The first one on an empty
   * database reads everything. Problems are part of the result.
   */
  run(): Promise<SyncResult>
  /** The machine woke up, is on the network again, or somebody signed in: looks at once, whatever failed before. */
  wake(): void
  /** Runs now, and again whenever something is due, until `stop`. */
  start(): void
  /** Ends the schedule and waits for what is under way, which stops after its present page. */
  stop(): Promise<void>
  /** What a long read is at; null while nothing takes long. */
  progress(): SyncProgress | null
  readonly state: SyncState
  readonly nextRunAt: number | null
}

/** What a sync needs. */
export interface SyncOptions {
  readonly db: WriteDb
  readonly sources: Sources | null
  readonly clock: Clock
  readonly log: Log
  /** Aborted when the service stops; the sources' transports listen to the same. */
  readonly stopping: AbortSignal
  /** How often a person wishes to poll; it becomes less where that takes too many requests. */
  readonly everySeconds: () => number
  /** How far back the tickets I took are wanted, as an instant. */
  readonly workSince: () => number
  /** What else is kept in step with GitLab, by others. */
  readonly moreOfGitlab?: () => readonly SyncJob[]
  /** Told after each page that was stored. */
  readonly onPage: () => void
  /** Told when something of a stream was read, also when that failed: some pages may have been stored. */
  readonly onStep: (source: SourceName, scope: string) => void
  /** Told when the state or the progress changes. */
  readonly onState: () => void
}

/** Who asks within this time of another one gets the same answer. */
const sameQuestionMs = 15_000
const shortestPauseMs = 1000

/** Creates the sync of one workspace. */
export function createSync(options: SyncOptions): Sync {
  const { db, clock, log, sources } = options
  const counts = noCounts()
  const runners = createRunners(options, counts, say)
  let running: Promise<SyncResult> | null = null
  let cancelWake: (() => void) | null = null
  let nextRunAt: number | null = null
  let settled: Exclude<SyncState, 'syncing'> = 'idle'
  let progress: SyncProgress | null = null
  let demandedAt = Number.NEGATIVE_INFINITY
  let started = false

  function say(next: SyncProgress | null): void {
    progress = next
    options.onState()
  }

  async function runOnce(): Promise<SyncResult> {
    Object.assign(counts, noCounts())
    const requests = () =>
      (sources?.zendesk.transport.requestCount ?? 0) + (sources?.gitlab?.transport.requestCount ?? 0)
    const before = { requests: requests(), events: countEvents(db) }
    // All of them come to their end before anything else begins, also where one fails as a whole.
    const ends = await Promise.allSettled(runners.map((runner) => runner.run()))
    const problems = ends.flatMap((end) => {
      if (end.status === 'rejected') throw end.reason
      return end.value
    })
    settled = stateAfter(runners.flatMap((runner) => runner.failures()))
    return {
      ...counts,
      events: countEvents(db) - before.events,
      requests: requests() - before.requests,
      problems,
    }
  }

  /** Everything a person may ask for is due, unless that was asked a moment ago and is under way. */
  function demand(): void {
    const sinceLast = clock.now() - demandedAt
    if (running && sinceLast >= 0 && sinceLast < sameQuestionMs) return
    demandedAt = clock.now()
    for (const runner of runners) runner.demand()
  }

  function run(): Promise<SyncResult> {
    if (running) return running
    cancelWake?.()
    nextRunAt = null
    const present = runOnce()
      .then((result) => {
        ended(clock.now())
        return result
      })
      .catch((error: unknown) => {
        settled = 'error'
        // What fails as a whole is due all the time: it has to wait.
        ended(clock.now() + options.everySeconds() * 1000)
        throw error
      })
    running = present
    options.onState()
    return present
  }

  function ended(notBefore: number): void {
    running = null
    progress = null
    schedule(notBefore)
    options.onState()
  }

  function schedule(notBefore: number): void {
    if (options.stopping.aborted || !started) return
    const next = Math.min(...runners.flatMap((runner) => runner.nextAt() ?? []))
    nextRunAt = Math.max(
      notBefore + shortestPauseMs,
      next === never ? clock.now() + options.everySeconds() * 1000 : next,
    )
    cancelWake = clock.wakeAt(nextRunAt, cycle)
  }

  function cycle(): void {
    run().catch((error: unknown) => log.error({ err: error }, 'sync run failed'))
  }

  return {
    run() {
      demand()
      return run()
    },
    wake() {
      sources?.zendesk.transport.reachableAgain()
      sources?.gitlab?.transport.reachableAgain()
      demand()
      if (started) cycle()
    },
    start() {
      started = true
      demand()
      cycle()
    },
    async stop() {
      started = false
      cancelWake?.()
      nextRunAt = null
      await running?.catch(() => undefined)
    },
    progress: () => progress,
    get state() {
      return running ? 'syncing' : settled
    },
    get nextRunAt() {
      return nextRunAt
    },
  }
}

/** A runner for each source; they do not wait for each other. */
function createRunners(options: SyncOptions, counts: RunCounts, say: (progress: SyncProgress) => void): JobRunner[] {
  const { db, sources, clock, log, stopping, onPage, workSince } = options
  if (!sources) return []
  const now = () => clock.now()
  const wishMs = () => options.everySeconds() * 1000
  const seed = seedOf(db, now())
  const shared = { db, now, counts, onPage }
  const runnerOf = (
    source: SourceName,
    parts: Pick<Parameters<typeof createJobRunner>[0], 'jobs' | 'retryMs' | 'askAgain'>,
  ) => createJobRunner({ db, source, log, now, stopping, onStep: (scope) => options.onStep(source, scope), ...parts })

  const { api, transport, slaPath } = sources.zendesk
  const zendesk = createZendeskJobs(
    { ...shared, api, slaPath, say, meter: () => transport.meter(), sightings: createSightings(), begun: new Map() },
    { wishMs, seed, workSince },
  )
  const runners = [
    runnerOf('zendesk', {
      jobs: () => zendesk.jobs(readRoster(db)),
      retryMs: zendesk.everyMs,
      askAgain: zendesk.askAgain,
    }),
  ]
  if (sources.gitlab) {
    const { api: gitlabApi, transport: line } = sources.gitlab
    const zendeskHost = sources.zendesk.url === undefined ? null : new URL(sources.zendesk.url).host
    const gitlab = createGitlabJobs(
      { ...shared, api: gitlabApi, zendeskHost, meter: () => line.meter() },
      { wishMs, seed },
    )
    runners.push(
      runnerOf('gitlab', {
        jobs: () => [...gitlab.jobs(readRoster(db)), ...(options.moreOfGitlab?.() ?? [])],
        retryMs: wishMs,
        askAgain: gitlab.askAgain,
      }),
    )
  }
  return runners
}

/** A number that stays with this database, so that many Understudys do not ask at the same instants. */
function seedOf(db: WriteDb, now: number): number {
  const known = readFact(db, 'zendesk', 'poll-seed', z.number().int())
  if (known !== null) return known
  const seed = Math.floor(Math.random() * 2 ** 31)
  transaction(db, () => writeFact(db, 'zendesk', 'poll-seed', seed, now))
  return seed
}

function stateAfter(failures: readonly RemoteFailureKind[]): Exclude<SyncState, 'syncing'> {
  if (failures.length === 0) return 'idle'
  return failures.every((kind) => kind === 'offline' || kind === 'timeout') ? 'offline' : 'error'
}
