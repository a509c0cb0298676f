import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import Database from 'better-sqlite3'
import { Problem } from '../problem.ts'
import { migrate, type Migration } from './migrate.ts'
import { migrations } from './migrations/migrations.ts'
import { assertNodeCanLoadSqlite } from './node-version.ts'
import type { WriteDb } from './sql.ts'

/** The database was written by a later Understudy; opening it could lose what that one stored. */
export class DatabaseFromTheFuture extends Problem {
  constructor(file: string, found: number, known: number) {
    super(
      'failed',
      `${file} was written by a newer Understudy (format ${found}; this one knows up to ${known}). ` +
        'Nothing was changed. Install the newer Understudy, or choose another folder with --data-dir.',
    )
  }
}

/**
 * Opens the workspace's database for reading and writing and brings its tables up to date; a copy is kept beside it
 * (`NAME.before-N`) before an older one is changed.
 *
 * @param known the migrations to bring them up to date with; tests bring their own.
 * @throws {DatabaseFromTheFuture} when a newer Understudy wrote it.
 */
export function openDatabase(file: string, known: readonly Migration[] = migrations): WriteDb {
  assertNodeCanLoadSqlite(process.versions)
  const db = new Database(file)
  try {
    db.pragma('busy_timeout = 5000')
    const found = db.pragma('user_version', { simple: true }) as number
    if (found > known.length) throw new DatabaseFromTheFuture(basename(file), found, known.length)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    db.pragma('cache_size = -8000')
    // Pages are written back often, in small lots, so that no single commit stalls the process that holds the tray.
    db.pragma('wal_autocheckpoint = 400')
    if (found < known.length) {
      if (found > 0) db.prepare('VACUUM INTO ?').run(backupName(file, found))
      migrate(db, known)
    }
    return db as WriteDb
  } catch (error) {
    db.close()
    throw error
  }
}

/** Copies that were kept beside a database before it was changed, by their names. */
export function backupsAmong(names: readonly string[], file: string): string[] {
  return names.filter((name) => name.startsWith(`${basename(file)}.before-`))
}

function backupName(file: string, version: number): string {
  for (let copy = 0; ; copy += 1) {
    const name = `${file}.before-${version + 1}${copy === 0 ? '' : `-${copy}`}`
    if (!existsSync(name)) return name
  }
}
