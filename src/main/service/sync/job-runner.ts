import { writeCursor } from '../db/cursors.ts'
import type { SourceName } from '../db/source-name.ts'
import { transaction, type WriteDb } from '../db/sql.ts'
import type { Log } from '../ports.ts'
import { RemoteFailure, type RemoteFailureKind } from '../transport/remote-failure.ts'
import { never, type SyncJob } from './sync-job.ts'

/** A job that failed, in words. */
export interface JobProblem {
  readonly source: SourceName
  readonly scope: string
  readonly problem: string
}

/** Runs the jobs of one source, one slice after the other. */
export interface JobRunner {
  /** Runs what is due until nothing is. What fails is told and tried again later. */
  run(): Promise<readonly JobProblem[]>
  /** Makes everything that a person may ask for due, whatever failed before. */
  demand(): void
  /** When something is due next, ms; null when there is nothing to do at all. */
  nextAt(): number | null
  /** How the jobs that do not succeed at present fail. */
  failures(): readonly RemoteFailureKind[]
}

/** What a runner needs. */
export interface JobRunnerOptions {
  readonly db: WriteDb
  readonly source: SourceName
  readonly log: Log
  readonly now: () => number
  readonly stopping: AbortSignal
  /** The jobs there are at present; asked before each slice. */
  readonly jobs: () => readonly SyncJob[]
  /** How long to wait after a failure at least, ms. */
  readonly retryMs: () => number
  /** Forgets what was put off after failures. */
  readonly askAgain: () => void
  /** Told after each slice, also after one that failed: it may have stored some pages. */
  readonly onStep: (scope: string) => void
}

/** A failure of one of these kinds will meet the next job of the same source as well. */
const endsTheSource: ReadonlySet<RemoteFailureKind> = new Set([
  'offline',
  'timeout',
  'untrusted',
  'unauthorized',
  'rate-limited',
  'aborted',
])
/** Kinds that are not gone at the next try, unless somebody does something. */
const lasting: ReadonlySet<RemoteFailureKind> = new Set(['forbidden', 'not-found', 'rejected', 'conflict'])
const longestRetryMs = 15 * 60_000
/** What is due in a moment is read along with what is due now. */
const alongMs = 5000

/** Until when something is left alone. A clock that was set back ends it. */
interface Pause {
  readonly since: number
  readonly until: number
}

/** Creates the runner of one source. */
export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { db, source, log, now, stopping } = options
  const pauses = new Map<string, Pause>()
  const failing = new Map<string, { readonly kind: RemoteFailureKind; readonly times: number }>()
  const served = new Map<string, number>()
  const turns = new Map<string, number>()
  let sourcePause: Pause | null = null
  let demands = 0
  let turn = 0

  const endOf = (pause: Pause | null | undefined): number => (pause && now() >= pause.since ? pause.until : 0)
  const isWanted = (job: SyncJob) => job.onDemand && (served.get(job.scope) ?? 0) < demands
  const dueAt = (job: SyncJob) => Math.max(job.dueAt, endOf(pauses.get(job.scope)), endOf(sourcePause))

  /**
   * What is to be read now, in the order of who needs it soonest.
   *
   * @param early what went along in this run before it was due: it does not do so again, since it may still not be due.
   */
  function dueJobs(early: ReadonlySet<string>): SyncJob[] {
    const jobs = options.jobs()
    forgetOthers(jobs)
    const dueBy = (instant: number) => jobs.filter((job) => isWanted(job) || dueAt(job) <= instant)
    const dueNow = new Set(dueBy(now()))
    // What is due in a moment goes along, and nothing is begun early for its own sake.
    const along = dueNow.size > 0 ? dueBy(now() + alongMs) : []
    const due = along.filter((job) => dueNow.has(job) || !early.has(job.scope))
    return due.toSorted((a, b) => a.rank - b.rank || (turns.get(a.scope) ?? 0) - (turns.get(b.scope) ?? 0))
  }

  /** A job that is no longer there, such as that of an account nobody follows, does not fail any more. */
  function forgetOthers(jobs: readonly SyncJob[]): void {
    if (failing.size === 0) return
    const present = new Set(jobs.flatMap((job) => [job.scope, ...(job.alsoFor ?? [])]))
    for (const scope of failing.keys()) if (!present.has(scope)) failing.delete(scope)
  }

  function failed(job: SyncJob, failure: RemoteFailure): JobProblem {
    const times = (failing.get(job.scope)?.times ?? 0) + 1
    failing.set(job.scope, { kind: failure.kind, times })
    served.set(job.scope, demands)
    pauses.set(job.scope, { since: now(), until: now() + retryAfter(failure, times) })
    transaction(db, () => {
      for (const scope of [job.scope, ...(job.alsoFor ?? [])]) {
        writeCursor(db, source, scope, { problem: failure.message })
      }
    })
    return { source, scope: job.scope, problem: failure.message }
  }

  /** What else is due is not tried: it would fail alike. */
  function endSource(failure: RemoteFailure): JobProblem[] {
    const problems = dueJobs(new Set()).map((job) => {
      const problem = failed(job, failure)
      options.onStep(job.scope)
      return problem
    })
    sourcePause = { since: now(), until: now() + retryAfter(failure, 1) }
    return problems
  }

  function retryAfter({ kind, retryAfterMs }: RemoteFailure, times: number): number {
    const shortest = Math.max(1, options.retryMs())
    // Nothing changes by asking: somebody has to sign in, and then it is asked at once.
    if (kind === 'unauthorized') return longestRetryMs
    if (kind === 'rate-limited') return Math.max(shortest, retryAfterMs ?? 0)
    return lasting.has(kind) ? Math.max(shortest, Math.min(shortest * 2 ** (times - 1), longestRetryMs)) : shortest
  }

  function asFailure(job: SyncJob, error: unknown): RemoteFailure {
    if (error instanceof RemoteFailure) return error
    log.error({ err: error, source, scope: job.scope }, 'sync job failed')
    return new RemoteFailure('malformed', `${job.name} could not be stored. The log says why.`)
  }

  return {
    async run() {
      const problems: JobProblem[] = []
      const early = new Set<string>()
      for (let job = dueJobs(early)[0]; job && !stopping.aborted; job = dueJobs(early)[0]) {
        turns.set(job.scope, (turn += 1))
        if (!isWanted(job) && dueAt(job) > now()) early.add(job.scope)
        try {
          const outcome = await job.run()
          failing.delete(job.scope)
          pauses.delete(job.scope)
          if (outcome === 'done') served.set(job.scope, demands)
          if (outcome === 'done' || !job.quiet) options.onStep(job.scope)
        } catch (error) {
          if (stopping.aborted) break
          // The account was taken off the list meanwhile: nothing has failed.
          if (!options.jobs().some(({ scope }) => scope === job.scope)) continue
          const failure = asFailure(job, error)
          problems.push(failed(job, failure))
          options.onStep(job.scope)
          if (endsTheSource.has(failure.kind)) return [...problems, ...endSource(failure)]
        }
      }
      return problems
    },
    demand() {
      demands += 1
      pauses.clear()
      sourcePause = null
      options.askAgain()
    },
    nextAt() {
      const next = Math.min(...options.jobs().map(dueAt))
      return next === never ? null : next
    },
    failures: () => [...failing.values()].map(({ kind }) => kind),
  }
}
