import type { Database } from 'better-sqlite3'

/** Changes the tables from one version to the next. Never edited after a release. */
export type Migration = (db: Database) => void

/** Runs the migrations this database has not seen, each in a transaction of its own together with its number. */
export function migrate(db: Database, migrations: readonly Migration[]): void {
  const from = db.pragma('user_version', { simple: true }) as number
  migrations.slice(from).forEach((migration, index) => {
    db.transaction(() => {
      migration(db)
      db.pragma(`user_version = ${from + index + 1}`)
    }).immediate()
  })
}
