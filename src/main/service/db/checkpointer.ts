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
 * @param workerUrl where the thread begins; a bundled build keeps it elsewhere than beside this file.
 */
export function startCheckpointer(
  db: WriteDb,
  workerUrl = new URL('./checkpoint-worker.ts', import.meta.url),
): Checkpointer {
  const worker = new Worker(workerUrl, { workerData: db.name })
  let pages = 0
  let failed = false
  worker.on('error', () => {
    failed = true
    if (db.open) db.pragma('wal_autocheckpoint = 1000')
  })
  worker.unref()
  db.pragma(`wal_autocheckpoint = ${backstopPages}`)
  return {
    committed() {
      pages += 1
      if (!failed && pages % enoughPages === 0) worker.postMessage('checkpoint')
    },
    async stop() {
      if (failed) return
      const ended = new Promise((resolve) => worker.once('exit', resolve))
      worker.ref()
      worker.postMessage('close')
      await ended
    },
  }
}
