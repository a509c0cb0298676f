import { movingOutboxRows, type OutboxRow } from '../db/outbox.ts'
import { letOthersRun } from '../let-others-run.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { mostInJob } from '../zendesk/zendesk-writes.ts'
import { followJob } from './follow-job.ts'
import { meetReadFailure } from './meet-failure.ts'
import { explain, paceKey, personIn, type OutboxWork } from './outbox-work.ts'
import { sendChanges } from './send-changes.ts'
import { sendNote, verifyNote } from './send-note.ts'
import { verifyChanges } from './verify-changes.ts'

/** Moves what is in the outbox along, one step at a time. */
export interface OutboxWorker {
  /** Works off everything that can be worked off now, and from now on comes back by the clock for what cannot. */
  kick(): void
  /** Works off everything at once, pauses left out; answers when nothing more can be done at present. */
  flush(): Promise<void>
  /** Ends the schedule and waits for the step under way. */
  stop(): Promise<void>
}

/** What a worker needs. */
export interface OutboxWorkerOptions {
  readonly work: OutboxWork
  readonly stopping: AbortSignal
  /** False keeps everything where it is: the sign-in may read only. */
  readonly mayWrite: () => boolean
}

/** One piece of work and the rows it is for. */
interface Task {
  readonly rows: readonly OutboxRow[]
  run(): Promise<void>
}

const mayNotWriteWords = 'The present sign-in may read Zendesk and not write to it. Sign in with one that may write.'
const anotherOnesWords = (name: string) =>
  `Ordered by ${name}, and somebody else is signed in now. It goes on when they sign in again.`

/** Creates the worker of one outbox. Nothing moves before the first `kick` or `flush`. */
export function createOutboxWorker({ work, stopping, mayWrite }: OutboxWorkerOptions): OutboxWorker {
  const { clock, pace } = work
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  let keepsGoing = false
  let cancelWake: (() => void) | null = null
  const ended = () => stopped || stopping.aborted

  /** What can be moved along: everything, or without the right to write only what Zendesk has taken already. */
  function movable(): OutboxRow[] {
    const heads = headsOf(movingOutboxRows(work.db), work.me()?.id ?? null)
    return mayWrite() ? heads : heads.filter((row) => !isUnsent(row))
  }

  /** Makes one round over everything that is due. Returns whether anything is different now. */
  async function round(): Promise<boolean> {
    if (clock.now() < pace.heldUntil) return false
    const rows = movable()
    const before = fingerprint(rows)
    for (const task of tasksOf(work, rows)) {
      await attempt(task)
      await letOthersRun()
      if (ended() || clock.now() < pace.heldUntil) return false
    }
    return fingerprint(movable()) !== before
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
    explainWaits()
    const rows = keepsGoing ? movable() : []
    if (rows.length === 0) return
    const due = Math.min(...rows.map((row) => pace.readyAt(paceKey(row))))
    cancelWake = clock.wakeAt(Math.max(due, pace.heldUntil), () => void run())
  }

  /** Says on rows why nothing is done about them. */
  function explainWaits(): void {
    const me = work.me()
    for (const [byId, rows] of Map.groupBy(movingOutboxRows(work.db), (row) => row.byId)) {
      if (me !== null && byId !== me.id) explain(work, rows, anotherOnesWords(personIn(work)(byId)))
      else if (!mayWrite()) explain(work, rows.filter(isUnsent), mayNotWriteWords)
    }
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
 * The first change of each ticket: later ones wait for it, so that all are made in the order pressed. Only those that the
 * person signed in has pressed are in it.
 */
function headsOf(rows: readonly OutboxRow[], meId: number | null): OutboxRow[] {
  const heads = new Map<number, OutboxRow>()
  for (const row of rows) {
    if (row.byId === meId && !heads.has(row.wish.ticketId)) heads.set(row.wish.ticketId, row)
  }
  return [...heads.values()]
}

/** Whether the next step of a row is to be handed to Zendesk, or looked after because it may have been. */
function isUnsent(row: OutboxRow): boolean {
  return row.state !== 'sent' && row.jobId === null
}

/** Changes whenever a row has moved. */
function fingerprint(rows: readonly OutboxRow[]): string {
  return JSON.stringify(rows.map(({ id, state, jobId, attempts }) => [id, state, jobId, attempts]))
}

/** What is due: first what is to be seen in Zendesk, then its jobs, then what is to be sent, each in the order pressed. */
function tasksOf(work: OutboxWork, heads: readonly OutboxRow[]): Task[] {
  const { pace } = work
  const now = work.clock.now()
  const ready = heads.filter((row) => pace.readyAt(paceKey(row)) <= now)
  const jobs = Map.groupBy(
    ready.filter((row) => row.jobId !== null),
    (row) => row.jobId ?? '',
  )
  const sent = ready.filter((row) => row.state === 'sent')
  const unsent = ready.filter(isUnsent)
  return [
    ...inLots(sent, (rows) => verifyChanges(work, rows)),
    ...notesOf(sent, (row, note) => verifyNote(work, row, note)),
    ...[...jobs].map(([jobId, rows]): Task => ({ rows, run: () => followJob(work, jobId, rows) })),
    ...[...Map.groupBy(unsent, (row) => row.wish.kind).values()].flatMap((rows) =>
      inLots(rows, (lot) => sendChanges(work, lot)),
    ),
    ...notesOf(unsent, (row, note) => sendNote(work, row, note)),
  ]
}

function inLots(rows: readonly OutboxRow[], run: (lot: readonly OutboxRow[]) => Promise<void>): Task[] {
  const changes = rows.filter((row) => row.wish.kind !== 'internal-note')
  return Array.from({ length: Math.ceil(changes.length / mostInJob) }, (_, index) => {
    const lot = changes.slice(index * mostInJob, (index + 1) * mostInJob)
    return { rows: lot, run: () => run(lot) }
  })
}

function notesOf(
  rows: readonly OutboxRow[],
  run: (row: OutboxRow, note: Parameters<typeof sendNote>[2]) => Promise<void>,
): Task[] {
  return rows.flatMap((row) => {
    const { wish } = row
    return wish.kind === 'internal-note' ? [{ rows: [row], run: () => run(row, wish) }] : []
  })
}
