import type { SyncResult, SyncState } from '#contract/sync.ts'
import { writeCursor, type SourceName } from '../db/cursors.ts'
import { countEvents } from '../db/events.ts'
import { transaction, type WriteDb } from '../db/sql.ts'
import { readRoster } from '../db/workspace.ts'
import type { GitlabApi } from '../gitlab/gitlab-api.ts'
import type { Clock, Log } from '../ports.ts'
import { RemoteFailure, type RemoteFailureKind } from '../transport/remote-failure.ts'
import type { Transport } from '../transport/transport.ts'
import type { ZendeskApi } from '../zendesk/zendesk-api.ts'
import type { Progress } from './progress.ts'
import { gitlabSteps } from './sync-gitlab.ts'
import { zendeskSteps, type SyncStep } from './sync-zendesk.ts'

/** The sources of a workspace, each behind its own transport. */
export interface Sources {
  readonly zendesk: { readonly api: ZendeskApi; readonly transport: Transport }
  readonly gitlab: { readonly api: GitlabApi; readonly transport: Transport } | null
}

/** Keeps the database in step with the sources. */
export interface Sync {
  /** Reads everything once; joins a run that is under way. Problems are part of the result. */
  run(): Promise<SyncResult>
  /** Runs now, and again and again until `stop`. */
  start(): void
  /** Ends the schedule and waits for what is under way, which stops after its present page. */
  stop(): Promise<void>
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
  readonly everySeconds: () => number
  /** How far back the tickets I took are wanted, as an instant. */
  readonly workSince: () => number
  /** Told after each page that was stored. */
  readonly onPage: () => void
  /** Told after each step, also after one that failed: it may have stored some pages. */
  readonly onStep: (source: SourceName, scope: string) => void
  /** Told when the state changes. */
  readonly onState: () => void
}

/** A failure of one of these kinds will meet the next step of the same source as well. */
const endsTheSource: ReadonlySet<RemoteFailureKind> = new Set([
  'offline',
  'timeout',
  'unauthorized',
  'rate-limited',
  'aborted',
])

/** Creates the sync of one workspace. */
export function createSync(options: SyncOptions): Sync {
  const { db, clock, log, sources } = options
  let running: Promise<SyncResult> | null = null
  let cancelWake: (() => void) | null = null
  let nextRunAt: number | null = null
  let settled: Exclude<SyncState, 'syncing'> = 'idle'

  async function runOnce(): Promise<SyncResult> {
    const progress: Progress = { tickets: 0, comments: 0, issues: 0 }
    const problems: Problem[] = []
    if (!sources) return { ...progress, events: 0, requests: 0, problems: [] }
    const requests = () => sources.zendesk.transport.requestCount + (sources.gitlab?.transport.requestCount ?? 0)
    const requestsBefore = requests()
    const eventsBefore = countEvents(db)
    const shared = { db, now: () => clock.now(), progress, onPage: options.onPage }
    const roster = readRoster(db)
    await runSteps(
      'zendesk',
      zendeskSteps({ ...shared, api: sources.zendesk.api }, roster, options.workSince()),
      problems,
    )
    if (sources.gitlab) {
      await runSteps('gitlab', gitlabSteps({ ...shared, api: sources.gitlab.api }, roster.accounts), problems)
    }
    settled = stateAfter(problems)
    return {
      ...progress,
      events: countEvents(db) - eventsBefore,
      requests: requests() - requestsBefore,
      problems: problems.map(({ source, scope, problem }) => ({ source, scope, problem })),
    }
  }

  /** Runs one source's steps; a step that fails leaves its words on its stream and does not keep the others from running. */
  async function runSteps(source: SourceName, steps: readonly SyncStep[], problems: Problem[]): Promise<void> {
    let ended: RemoteFailure | null = null
    for (const step of steps) {
      try {
        if (ended) throw ended
        await step.run()
      } catch (error) {
        if (options.stopping.aborted) return
        if (!(error instanceof RemoteFailure)) log.error({ err: error, source, scope: step.scope }, 'sync step failed')
        const failure =
          error instanceof RemoteFailure
            ? error
            : new RemoteFailure('malformed', `${step.name} could not be stored. The log says why.`)
        problems.push({ source, scope: step.scope, problem: failure.message, kind: failure.kind })
        transaction(db, () => writeCursor(db, source, step.scope, { problem: failure.message }))
        if (endsTheSource.has(failure.kind)) ended = failure
      }
      options.onStep(source, step.scope)
    }
  }

  function run(): Promise<SyncResult> {
    if (running) return running
    const present = runOnce()
      .catch((error: unknown) => {
        settled = 'error'
        throw error
      })
      .finally(() => {
        running = null
        options.onState()
      })
    running = present
    options.onState()
    return present
  }

  function schedule(): void {
    if (options.stopping.aborted) return
    nextRunAt = clock.now() + options.everySeconds() * 1000
    cancelWake = clock.wakeAt(nextRunAt, () => void cycle())
  }

  async function cycle(): Promise<void> {
    cancelWake?.()
    nextRunAt = null
    try {
      await run()
    } catch (error) {
      log.error({ err: error }, 'sync run failed')
    }
    schedule()
  }

  return {
    run,
    start: () => void cycle(),
    async stop() {
      cancelWake?.()
      nextRunAt = null
      await running?.catch(() => undefined)
    },
    get state() {
      return running ? 'syncing' : settled
    },
    get nextRunAt() {
      return nextRunAt
    },
  }
}

interface Problem {
  readonly source: SourceName
  readonly scope: string
  readonly problem: string
  readonly kind: RemoteFailureKind
}

function stateAfter(problems: readonly Problem[]): Exclude<SyncState, 'syncing'> {
  if (problems.length === 0) return 'idle'
  return problems.every((problem) => problem.kind === 'offline' || problem.kind === 'timeout') ? 'offline' : 'error'
}
