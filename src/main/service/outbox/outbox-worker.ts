import { movingOutboxRows, type OutboxRow } from '../db/outbox.ts'
import { mostInJob } from '../zendesk/zendesk-writes.ts'
import { followJob } from './follow-job.ts'
import { explain, paceKey, personIn, type OutboxWork } from './outbox-work.ts'
import { sendChanges } from './send-changes.ts'
import { sendNote, verifyNote } from './send-note.ts'
import { createStepWorker, headsOf, type StepWorker, type Task } from './step-worker.ts'
import { verifyChanges } from './verify-changes.ts'

/** What a worker needs. */
export interface OutboxWorkerOptions {
  readonly work: OutboxWork
  readonly stopping: AbortSignal
  /** False keeps everything where it is: the sign-in may read only. */
  readonly mayWrite: () => boolean
}

const mayNotWriteWords = 'The present sign-in may read Zendesk and not write to it. Sign in with one that may write.'
const anotherOnesWords = (name: string) =>
  `Ordered by ${name}, and somebody else is signed in now. It goes on when they sign in again.`

/** Creates the worker of changes to tickets. Nothing moves before the first `kick` or `flush`. */
export function createOutboxWorker({ work, stopping, mayWrite }: OutboxWorkerOptions): StepWorker {
  return createStepWorker(work, stopping, {
    // Everything, or without the right to write only what Zendesk has taken already.
    movable() {
      const heads = headsOf(movingOutboxRows(work.db), work.me()?.id ?? null, (row) => row.wish.ticketId)
      return mayWrite() ? heads : heads.filter((row) => !isUnsent(row))
    },
    tasksOf: (rows) => tasksOf(work, rows),
    explainWaits() {
      const me = work.me()
      for (const [byId, rows] of Map.groupBy(movingOutboxRows(work.db), (row) => row.byId)) {
        if (me !== null && byId !== me.id) explain(work, rows, anotherOnesWords(personIn(work)(byId)))
        else if (!mayWrite()) explain(work, rows.filter(isUnsent), mayNotWriteWords)
      }
    },
  })
}

/** Whether the next step of a row is to be handed to Zendesk, or looked after because it may have been. */
function isUnsent(row: OutboxRow): boolean {
  return row.state !== 'sent' && row.jobId === null
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
