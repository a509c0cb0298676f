import { emptyDesk, type DeskDocument } from '#core/desk/desk-document.ts'
import { slackLinkOf } from '#core/desk/slack-link.ts'
import { prepared, transaction, type ReadDb, type WriteDb } from './sql.ts'

/** The desk of an account as it is stored. */
export interface StoredDesk {
  readonly document: DeskDocument
  /** Nothing is written to other places for the account, and nothing is copied out. */
  readonly restricted: boolean
  /** Null while nothing was ever written. */
  readonly updatedAt: number | null
}

interface Row {
  readonly document: string
  readonly restricted: number
  readonly updatedAt: number
}

/** Reads the desk of an account; one on which nothing was written yet is empty. */
export function readDesk(db: ReadDb, accountId: number): StoredDesk {
  const row = rowOf(db, accountId)
  if (!row) return { document: emptyDesk, restricted: false, updatedAt: null }
  const document = { ...emptyDesk, ...(JSON.parse(row.document) as Partial<DeskDocument>) }
  return { document, restricted: row.restricted === 1, updatedAt: row.updatedAt }
}

/** Stores the desk of an account. What else stands in its document stays. */
export function storeDesk(
  db: WriteDb,
  accountId: number,
  { document, restricted }: Pick<StoredDesk, 'document' | 'restricted'>,
  now: number,
): void {
  transaction(db, () => {
    const before = rowOf(db, accountId)
    const others = before ? (JSON.parse(before.document) as object) : {}
    prepared<[number, string, number, number]>(
      db,
      `INSERT INTO account_desks (account_id, document, restricted, updated_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (account_id) DO UPDATE SET document = excluded.document, restricted = excluded.restricted,
         updated_at = excluded.updated_at`,
    ).run(accountId, JSON.stringify({ ...others, ...document }), restricted ? 1 : 0, now)
  })
}

/** Accounts of which nothing may be written or copied elsewhere. */
export function restrictedAccounts(db: ReadDb): readonly { readonly id: number; readonly name: string }[] {
  return prepared<[], { id: number; name: string }>(
    db,
    `SELECT accounts.id, accounts.name FROM account_desks JOIN accounts ON accounts.id = account_desks.account_id
     WHERE restricted = 1 ORDER BY accounts.id`,
  ).all()
}

/** The addresses that open the Slack channels of accounts. */
export function slackLinks(db: ReadDb): readonly string[] {
  return prepared<[], { id: number }>(db, 'SELECT account_id AS id FROM account_desks')
    .all()
    .flatMap(({ id }) => slackLinkOf(readDesk(db, id).document) ?? [])
}

function rowOf(db: ReadDb, accountId: number): Row | undefined {
  return prepared<[number], Row>(
    db,
    'SELECT document, restricted, updated_at AS updatedAt FROM account_desks WHERE account_id = ?',
  ).get(accountId)
}

/** What was last seen of an account's project in GitLab. */
export interface SeenKit {
  readonly at: number
  readonly project: string
  /** Parts that were not there, by their names. */
  readonly missing: readonly string[]
}

/** Remembers what was seen of an account's project in GitLab; it is no part of what people write down. */
export function noteKit(db: WriteDb, accountId: number, kit: SeenKit): void {
  transaction(db, () => {
    if (!rowOf(db, accountId)) storeDesk(db, accountId, readDesk(db, accountId), kit.at)
    prepared<[string, number]>(
      db,
      `UPDATE account_desks SET document = json_set(document, '$.seenKit', json(?)) WHERE account_id = ?`,
    ).run(JSON.stringify(kit), accountId)
  })
}

/** What was last seen of an account's project in GitLab; null where nobody looked. */
export function seenKitOf(db: ReadDb, accountId: number): SeenKit | null {
  const row = rowOf(db, accountId)
  return row ? ((JSON.parse(row.document) as { readonly seenKit?: SeenKit }).seenKit ?? null) : null
}
