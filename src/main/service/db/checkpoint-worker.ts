import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

/** What the thread is told. */
export type CheckpointOrder = 'checkpoint' | 'rewrite' | 'close'

/** Moves what was committed from the write-ahead log into the database file, whenever it is told to. Runs in a thread of its own. */
const db = new Database(workerData as string)
db.pragma('busy_timeout = 0')
parentPort?.on('message', (order: CheckpointOrder) => {
  if (order === 'checkpoint') {
    db.pragma('wal_checkpoint(PASSIVE)')
    return
  }
  if (order === 'rewrite') {
    parentPort?.postMessage(rewritten())
    return
  }
  db.close()
  parentPort?.close()
})

/** Writes the whole file anew, so that nothing is left in it of rows that are gone. Answers why that could not be done, or null. */
function rewritten(): string | null {
  try {
    db.pragma('busy_timeout = 5000')
    db.exec('VACUUM')
    const [log] = db.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[]
    return log?.busy === 0 ? null : 'the write-ahead log is being read'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    db.pragma('busy_timeout = 0')
  }
}
