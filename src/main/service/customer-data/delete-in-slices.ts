import {
  countBelongings,
  countTicketTraces,
  deleteBelongings,
  deleteIssues,
  deleteTickets,
} from '../db/account-data.ts'
import { emptyAccount } from '../db/accounts.ts'
import { addRemoved } from '../db/data-removals.ts'
import { transaction, type WriteDb } from '../db/sql.ts'
import {
  countUsers,
  customersAfter,
  deleteUsers,
  namingTables,
  usersNamedIn,
  type NamedUsers,
} from '../db/strangers.ts'
import { createGiveWay } from '../give-way.ts'

/** What a removal works on. */
export interface Removal {
  readonly db: WriteDb
  readonly accountId: number
  readonly ticketIds: readonly number[]
  /** Aborted when the service stops: what is left is done at the next start. */
  readonly stopping: AbortSignal
  /** Told after each ticket and issue, so that the log of the database does not grow until a commit has to move it over. */
  readonly committed: () => void
}

/** Rows of one transaction: each is over in a moment, and others have their turn in between. */
const [ticketsAtOnce, issuesAtOnce, usersAtOnce, rowsLookedAt] = [4, 10, 100, 500]

/**
 * Deletes what is stored of an account, in small transactions with room for others in between. Cut off anywhere, doing it again goes on.
 *
 * @returns ids of the people who were forgotten.
 * @throws what `stopping` was aborted with.
 */
export async function deleteInSlices(removal: Removal): Promise<readonly number[]> {
  const { db, accountId, ticketIds, stopping } = removal
  const giveWay = createGiveWay()
  const next = async () => {
    await giveWay()
    stopping.throwIfAborted()
  }
  const store = <Result>(rows: number, work: () => Result): Result => {
    const result = transaction(db, work)
    for (let row = 0; row < rows; row += 1) removal.committed()
    return result
  }
  // What is deleted is written over with zeros, also where the file is shortened afterwards.
  db.pragma('secure_delete = ON')
  try {
    store(1, () => deleteBelongings(db, accountId))
    let more = true
    while (more) {
      await next()
      more = store(issuesAtOnce, () => deleteIssues(db, accountId, issuesAtOnce)) === issuesAtOnce
    }
    for (let start = 0; start < ticketIds.length; start += ticketsAtOnce) {
      await next()
      const ids = ticketIds.slice(start, start + ticketsAtOnce)
      store(ids.length, () => addRemoved(db, accountId, deleteTickets(db, ids)))
    }
    const strangers = await findStrangers(db, next)
    for (let start = 0; start < strangers.length; start += usersAtOnce) {
      await next()
      const ids = strangers.slice(start, start + usersAtOnce)
      store(1, () => addRemoved(db, accountId, { people: deleteUsers(db, ids) }))
    }
    store(1, () => emptyAccount(db, accountId))
    return strangers
  } finally {
    db.pragma('secure_delete = OFF')
  }
}

/** Customers whom nothing names that is stored. */
async function findStrangers(db: WriteDb, next: () => Promise<void>): Promise<number[]> {
  const strangers = new Set<number>()
  const eachPage = async (page: (afterId: number) => NamedUsers, take: (id: number) => void) => {
    let lastId: number | null = 0
    while (lastId !== null) {
      await next()
      const found: NamedUsers = page(lastId)
      for (const id of found.userIds) take(id)
      lastId = found.lastId
    }
  }
  await eachPage(
    (afterId) => customersAfter(db, afterId, rowsLookedAt),
    (id) => strangers.add(id),
  )
  for (const table of namingTables) {
    if (strangers.size === 0) break
    await eachPage(
      (afterId) => usersNamedIn(db, table, afterId, rowsLookedAt),
      (id) => strangers.delete(id),
    )
  }
  return [...strangers]
}

/** Looks for what was deleted: how many rows tell anything of it still. */
export async function lookForLeft(
  { db, accountId, ticketIds, stopping }: Omit<Removal, 'committed'>,
  people: readonly number[],
): Promise<number> {
  const giveWay = createGiveWay()
  let left = countBelongings(db, accountId)
  for (let start = 0; start < Math.max(ticketIds.length, people.length); start += usersAtOnce) {
    await giveWay()
    stopping.throwIfAborted()
    left += countTicketTraces(db, ticketIds.slice(start, start + usersAtOnce))
    left += countUsers(db, people.slice(start, start + usersAtOnce))
  }
  return left
}
