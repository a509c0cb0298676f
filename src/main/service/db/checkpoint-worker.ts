import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

/** Moves what was committed from the write-ahead log into the database file, whenever it is told to. Runs in a thread of its own. */
const db = new Database(workerData as string)
db.pragma('busy_timeout = 0')
parentPort?.on('message', (message: 'checkpoint' | 'close') => {
  if (message === 'checkpoint') {
    db.pragma('wal_checkpoint(PASSIVE)')
    return
  }
  db.close()
  parentPort?.close()
})
