import { Worker } from 'node:worker_threads'
import type { CheckpointOrder } from './checkpoint-worker.ts'
import type { WriteDb } from './sql.ts'

/** Keeps the write-ahead log short without holding up the thread that holds the tray. */
export interface Checkpointer {
  /** Says that a page was committed; the log is moved over once enough of them have gathered. */
  committed(): void
  /**
   * Writes the file anew and empties the log: deleting leaves pieces of rows in both. Who writes meanwhile waits for it.
   *
   * @throws {Error} when it could not be done, with SQLite's reason: the disk is full, or somebody reads all the time.
   */
  rewrite(): Promise<void>
  /** Ends the thread; closing the database afterwards moves over what is left. */
  stop(): Promise<void>
}

/** Pages of a source (of some hundred rows each) after which the log is moved over. */
const enoughPages = 300
/** Should the thread not keep up, SQLite does it in a commit after all from this many of its own pages on. */
const backstopPages = 20_000
/** A large file takes some seconds to be written anew. */
const patienceMs = 60_000

/**
 * Takes checkpoints out of the commits of `db`: writing the log back waits for the disk, and a tray that waits for the
 * disk is a tray that hangs.
 *
 * The thread begins when it is first needed: most runs read a few pages and never need it, and at the start of the app it
 * would compete with the first pages for the processors.
 *
 * @param workerUrl where the thread begins; a bundled build keeps it elsewhere than beside this file.
 */
export function startCheckpointer(
  db: WriteDb,
  workerUrl = new URL('./checkpoint-worker.ts', import.meta.url),
): Checkpointer {
  let worker: Worker | null = null
  let pages = 0
  let failed = false
  let stopped = false
  db.pragma(`wal_autocheckpoint = ${backstopPages}`)

  function started(): Worker {
    if (worker) return worker
    worker = new Worker(workerUrl, { workerData: db.name })
    worker.on('error', () => {
      failed = true
      if (db.open) db.pragma('wal_autocheckpoint = 1000')
    })
    worker.unref()
    return worker
  }

  const order = (to: Worker, what: CheckpointOrder) => to.postMessage(what)

  return {
    committed() {
      pages += 1
      if (!failed && pages % enoughPages === 0) order(started(), 'checkpoint')
    },
    async rewrite() {
      if (failed || stopped) throw new Error('the thread of the database has ended')
      const thread = started()
      const busyTimeout = db.pragma('busy_timeout', { simple: true }) as number
      db.pragma(`busy_timeout = ${patienceMs}`)
      thread.ref()
      try {
        const problem = await new Promise<string | null>((resolve) => {
          thread.once('message', resolve)
          thread.once('error', (error) => resolve(error.message))
          order(thread, 'rewrite')
        })
        if (problem !== null) throw new Error(problem)
      } finally {
        thread.unref()
        if (db.open) db.pragma(`busy_timeout = ${busyTimeout}`)
      }
    },
    async stop() {
      stopped = true
      if (failed || !worker) return
      const ending = worker
      const ended = new Promise((resolve) => ending.once('exit', resolve))
      ending.ref()
      order(ending, 'close')
      await ended
    },
  }
}
