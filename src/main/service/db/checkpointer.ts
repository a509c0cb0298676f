import { Worker } from 'node:worker_threads'
import type { WriteDb } from './sql.ts'

/** Keeps the write-ahead log short without holding up the thread that holds the tray. */
export interface Checkpointer {
  /** Says that a page was committed; the log is moved over once enough of them have gathered. */
  committed(): void
  /** Ends the thread; closing the database afterwards moves over what is left. */
  stop(): Promise<void>
}

/** Pages of a source (of some hundred rows each) after which the log is moved over. */
const enoughPages = 300
/** Should the thread not keep up, SQLite does it in a commit after all from this many of its own pages on. */
const backstopPages = 20_000

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

  return {
    committed() {
      pages += 1
      if (!failed && pages % enoughPages === 0) started().postMessage('checkpoint')
    },
    async stop() {
      if (failed || !worker) return
      const ending = worker
      const ended = new Promise((resolve) => ending.once('exit', resolve))
      ending.ref()
      ending.postMessage('close')
      await ended
    },
  }
}
