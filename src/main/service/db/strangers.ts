import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/** A page of ids that some rows name, and the row to go on after; null at the end. */
export interface NamedUsers {
  readonly userIds: readonly number[]
  readonly lastId: number | null
}

/** A page of users who do not work here, after another one. */
export function customersAfter(db: ReadDb, afterId: number, limit: number): NamedUsers {
  const userIds = prepared<[number, number], { id: number }>(
    db,
    `SELECT id FROM users WHERE id > ? AND coalesce(role, 'end-user') NOT IN ('agent', 'admin') ORDER BY id LIMIT ?`,
  )
    .all(afterId, limit)
    .map(({ id }) => id)
  return { userIds, lastId: userIds.at(-1) ?? null }
}

/** Where users are named. */
export const namingTables = ['tickets', 'comments', 'audits'] as const
export type NamingTable = (typeof namingTables)[number]

const selects: Readonly<Record<NamingTable, string>> = {
  tickets: `SELECT id, json_array(requester_id, json(cc_ids), json(follower_ids)) AS users FROM tickets`,
  comments: 'SELECT id, author_id AS users FROM comments',
  audits: 'SELECT id, author_id AS users FROM audits',
}

/** Whom a page of rows names, after another one. */
export function usersNamedIn(db: ReadDb, table: NamingTable, afterId: number, limit: number): NamedUsers {
  const rows = prepared<[number, number], { id: number; users: string | number | null }>(
    db,
    `${selects[table]} WHERE id > ? ORDER BY id LIMIT ?`,
  ).all(afterId, limit)
  const userIds = rows.flatMap(({ users }) => {
    if (typeof users !== 'string') return users ?? []
    return (JSON.parse(users) as (number | null | number[])[]).flat().filter((id) => id !== null)
  })
  return { userIds, lastId: rows.at(-1)?.id ?? null }
}

/** Deletes users; how many there were. */
export function deleteUsers(db: WriteDb, ids: readonly number[]): number {
  return prepared<[string]>(db, 'DELETE FROM users WHERE id IN (SELECT value FROM json_each(?))').run(
    JSON.stringify(ids),
  ).changes
}

/** How many of some users are stored. */
export function countUsers(db: ReadDb, ids: readonly number[]): number {
  const sql = 'SELECT count(*) AS n FROM users WHERE id IN (SELECT value FROM json_each(?))'
  return prepared<[string], { n: number }>(db, sql).get(JSON.stringify(ids))?.n ?? 0
}
