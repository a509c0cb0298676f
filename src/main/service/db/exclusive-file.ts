import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { assertNodeCanLoadSqlite } from './node-version.ts'

/** A file that no other process can hold at the same time. */
export interface ExclusiveFile {
  /** Lets go of the file. Calling it again does nothing. */
  release(): void
}

/**
 * Holds a file for this process alone, or answers null when another one holds it.
 *
 * The hold is SQLite's own lock on the file, so the operating system drops it with the process, however that ends:
 * nothing stale is ever left behind. A file that is no lock file is replaced.
 */
export function openExclusiveFile(path: string): ExclusiveFile | null {
  assertNodeCanLoadSqlite(process.versions)
  try {
    return holdFile(path)
  } catch (error) {
    if (sqliteCode(error) !== 'SQLITE_NOTADB') throw error
    rmSync(path, { force: true })
    return holdFile(path)
  }
}

function holdFile(path: string): ExclusiveFile | null {
  const db = new Database(path, { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
    return { release: () => void db.close() }
  } catch (error) {
    db.close()
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) return null
    throw error
  }
}

function sqliteCode(error: unknown): string | undefined {
  return error instanceof Database.SqliteError ? error.code : undefined
}
