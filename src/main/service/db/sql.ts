import type { Database, Statement } from 'better-sqlite3'

declare const readable: unique symbol
declare const writable: unique symbol

/** A database handle that repositories may read from. */
export type ReadDb = Database & { readonly [readable]: true }

/** A database handle that repositories may write to; a reader cannot be handed where a writer is asked for. */
export type WriteDb = ReadDb & { readonly [writable]: true }

const statements = new WeakMap<Database, Map<string, Statement>>()

/** Prepares a statement once per handle and hands the same one out afterwards. */
export function prepared<Parameters extends unknown[] | object, Row = unknown>(
  db: ReadDb,
  sql: string,
): Statement<Parameters extends unknown[] ? Parameters : [Parameters], Row> {
  let known = statements.get(db)
  if (!known) statements.set(db, (known = new Map<string, Statement>()))
  let statement = known.get(sql)
  if (!statement) known.set(sql, (statement = db.prepare(sql)))
  return statement as Statement<Parameters extends unknown[] ? Parameters : [Parameters], Row>
}

/** Runs `work` as one transaction: all of it is stored, or none. Nested calls join the outer one. */
export function transaction<Result>(db: WriteDb, work: () => Result): Result {
  if (db.inTransaction) return work()
  return db.transaction(work).immediate()
}

/** Runs the reads of `work` on one state of the database, and takes its lock once instead of once for each. */
export function snapshot<Result>(db: ReadDb, work: () => Result): Result {
  if (db.inTransaction) return work()
  return db.transaction(work).deferred()
}

/**
 * Runs `work` as one transaction that has reached the disk when this returns, also through a power cut. For what cannot be
 * fetched again: the alert ledger, the outbox, tokens. Throws inside another transaction, which could not keep the promise.
 */
export function durably<Result>(db: WriteDb, work: () => Result): Result {
  db.pragma('synchronous = FULL')
  try {
    return transaction(db, work)
  } finally {
    db.pragma('synchronous = NORMAL')
  }
}
