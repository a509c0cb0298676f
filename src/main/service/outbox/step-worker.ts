import type { AnyRow } from '../db/outbox.ts'
import { letOthersRun } from '../let-others-run.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { meetReadFailure } from './meet-failure.ts'
import { paceKey, type SharedWork } from './outbox-work.ts'

/** Moves what is in the outbox along, one step at a time. */
export interface StepWorker {
  /** Works off everything that can be worked off now, and from now on comes back by the clock for what cannot. */
  kick(): void
  /** Works off everything at once, pauses left out; answers when nothing more can be done at present. */
  flush(): Promise<void>
  /** Ends the schedule and waits for the step under way. */
  stop(): Promise<void>
}

/** One piece of work and the rows it is for. */
export interface Task {
  readonly rows: readonly AnyRow[]
  run(): Promise<void>
}

/** What the rows of one host need. */
export interface Steps<Row extends AnyRow> {
  /** What can be moved along at present: the first change of each thing that is changed. */
  movable(): Row[]
  /** What is due of that, in the order in which it is done. */
  tasksOf(rows: readonly Row[]): Task[]
  /** Says on rows why nothing is done about them. */
  explainWaits(): void
  /** Comes before each run; what it throws is met like any failure to look. */
  prepare?(): Promise<void>
}

/** Creates what works off the rows of one host. Nothing moves before the first `kick` or `flush`. */
export function createStepWorker<Row extends AnyRow>(
  work: SharedWork,
  stopping: AbortSignal,
  steps: Steps<Row>,
): StepWorker {
  const { clock, pace } = work
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  let keepsGoing = false
  let cancelWake: (() => void) | null = null
  const ended = () => stopped || stopping.aborted

  /** Makes one round over everything that is due. Returns whether anything is different now. */
  async function round(): Promise<boolean> {
    if (clock.now() < pace.heldUntil) return false
    const rows = steps.movable()
    const before = fingerprint(rows)
    for (const task of steps.tasksOf(rows)) {
      await attempt(task)
      await letOthersRun()
      if (ended() || clock.now() < pace.heldUntil) return false
    }
    return fingerprint(steps.movable()) !== before
  }

  async function attempt(task: Task): Promise<void> {
    try {
      await task.run()
    } catch (error) {
      if (ended()) return
      if (error instanceof RemoteFailure) {
        meetReadFailure(work, task.rows, error)
        return
      }
      work.log.error({ err: error, entries: task.rows.map((row) => row.id) }, 'outbox step failed')
      for (const row of task.rows) pace.postpone(paceKey(row))
    }
  }

  async function loop(): Promise<void> {
    while (again && !ended()) {
      again = false
      await attempt({ rows: [], run: async () => steps.prepare?.() })
      while (!ended() && (await round())) await letOthersRun()
    }
  }

  function run(): Promise<void> {
    cancelWake?.()
    cancelWake = null
    again = true
    running ??= loop()
      .catch((error: unknown) => {
        if (!ended()) work.log.error({ err: error }, 'outbox run failed')
      })
      .then(() => {
        running = null
        return again && !ended() ? run() : schedule()
      })
    return running
  }

  function schedule(): void {
    if (ended()) return
    steps.explainWaits()
    const rows = keepsGoing ? steps.movable() : []
    if (rows.length === 0) return
    const due = Math.min(...rows.map((row) => pace.readyAt(paceKey(row))))
    cancelWake = clock.wakeAt(Math.max(due, pace.heldUntil), () => void run())
  }

  return {
    kick() {
      keepsGoing = true
      if (!ended()) void run()
    },
    async flush() {
      if (ended()) return
      pace.ready()
      await run()
    },
    async stop() {
      stopped = true
      cancelWake?.()
      await running
    },
  }
}

/**
 * The first change of each thing: later ones wait for it, so that all are made in the order pressed. Only those that the person
 * signed in has pressed are in it.
 */
export function headsOf<Row extends AnyRow>(
  rows: readonly Row[],
  meId: number | null,
  thingOf: (row: Row) => number | string,
): Row[] {
  const heads = new Map<number | string, Row>()
  for (const row of rows) {
    const thing = thingOf(row)
    if (row.byId === meId && !heads.has(thing)) heads.set(thing, row)
  }
  return [...heads.values()]
}

/** Changes whenever a row has moved. */
function fingerprint(rows: readonly AnyRow[]): string {
  return JSON.stringify(rows.map(({ id, state, jobId, attempts }) => [id, state, jobId, attempts]))
}
