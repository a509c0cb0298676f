import { onTestFinished } from 'vitest'
import { openDatabase } from '#service/db/open-database.ts'
import type { WriteDb } from '#service/db/sql.ts'

/** A new database with today's tables that lives in memory; closed when the running test is over, if there is one. */
export function memoryDatabase(options: { readonly closeWithTest?: boolean } = {}): WriteDb {
  const db = openDatabase(':memory:')
  if (options.closeWithTest !== false) onTestFinished(() => void db.close())
  return db
}

/** Runs `work` with a database of its own; for the many runs of a property. */
export function withMemoryDatabase<Result>(work: (db: WriteDb) => Result): Result {
  const db = memoryDatabase({ closeWithTest: false })
  const close = () => void db.close()
  try {
    const result = work(db)
    if (result instanceof Promise) return result.finally(close) as Result
    close()
    return result
  } catch (error) {
    close()
    throw error
  }
}
