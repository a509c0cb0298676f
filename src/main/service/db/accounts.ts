import {
  changesInGitlab,
  deleteBelongings,
  deleteIssues,
  deleteTickets,
  ticketsToDelete,
  type Staying,
} from './account-data.ts'
import { noteFollowedAgain } from './data-removals.ts'
import { prepared, transaction, type ReadDb, type WriteDb } from './sql.ts'
import { readRoster } from './workspace.ts'

/** What a person says of an account; the rest of it comes from Zendesk. */
export interface AccountLinks {
  readonly aseId: number | null
  readonly aseSince: number | null
  readonly label: string | null
  readonly gitlabGroup: string | null
}

/** The links that are to change; what is left out stays. */
export type LinkChanges = { readonly [Key in keyof AccountLinks]?: AccountLinks[Key] | undefined }

/** Whether an organization is an account of this workspace. */
export function isFollowed(db: ReadDb, id: number): boolean {
  return readRoster(db).accounts.some((account) => account.id === id)
}

/** Follows an account without links; one that is there already stays as it is. */
export function insertAccount(db: WriteDb, account: { readonly id: number; readonly name: string }): void {
  prepared<[number, string]>(db, 'INSERT INTO accounts (id, name) VALUES (?, ?) ON CONFLICT (id) DO NOTHING').run(
    account.id,
    account.name,
  )
  noteFollowedAgain(db, account.id)
}

/**
 * Changes what is named of an account. With another label or place in GitLab its issues are other ones: those stored are
 * deleted and the new ones read from their beginning.
 */
export function changeLinks(db: WriteDb, id: number, changed: LinkChanges): void {
  transaction(db, () => {
    const before = prepared<[number], AccountLinks>(
      db,
      `SELECT ase_id AS aseId, ase_since AS aseSince, label, gitlab_group AS gitlabGroup FROM accounts WHERE id = ?`,
    ).get(id)
    if (!before) return
    const named = Object.entries(changed).filter(([, value]) => value !== undefined)
    const after: AccountLinks = { ...before, ...Object.fromEntries(named) }
    prepared<unknown[]>(
      db,
      'UPDATE accounts SET ase_id = ?, ase_since = ?, label = ?, gitlab_group = ? WHERE id = ?',
    ).run(after.aseId, after.aseSince, after.label, after.gitlabGroup, id)
    if (after.label === before.label && after.gitlabGroup === before.gitlabGroup) return
    prepared<[number]>(db, 'DELETE FROM issues WHERE account_id = ?').run(id)
    prepared<[number]>(db, 'DELETE FROM gitlab_projects WHERE account_id = ?').run(id)
    forgetReading(db, id)
  })
}

/** Forgets how far GitLab was read for an account, and what was found out on the way. */
function forgetReading(db: WriteDb, id: number): void {
  for (const table of ['sync_cursors', 'etags']) {
    prepared<[string]>(db, `DELETE FROM ${table} WHERE source = 'gitlab' AND scope LIKE '%:' || ?`).run(String(id))
  }
  prepared<[string]>(db, `DELETE FROM facts WHERE source = 'gitlab' AND name = 'place:' || ?`).run(String(id))
}

/**
 * Deletes what is stored of an account: its tickets with their conversations, histories, alerts, snoozes and settled changes, its
 * issues, what happened to them and the settled changes to them and their projects, what people wrote of it, its coverages, and how far it
 * was read, so that it is read anew if it is ever followed again. Tickets that are mine stay.
 *
 * @returns the ids of the tickets that were deleted.
 */
export function deleteAccount(db: WriteDb, id: number): readonly number[] {
  return transaction(db, () => {
    const ticketIds = ticketsToDelete(db, id, 'mine')
    const ids = JSON.stringify(ticketIds)
    const contacts = JSON.stringify(contactsOf(db, ids))
    deleteTickets(db, ticketIds)
    deleteBelongings(db, id)
    deleteIssues(db, id, -1)
    deleteStrangers(db, contacts)
    for (const table of ['return_meetings', 'coverages']) {
      prepared<[number]>(db, `DELETE FROM ${table} WHERE account_id = ?`).run(id)
    }
    prepared<[number]>(db, 'DELETE FROM data_removals WHERE account_id = ? AND removed_at IS NULL').run(id)
    prepared<[number]>(db, 'DELETE FROM accounts WHERE id = ?').run(id)
    return ticketIds
  })
}

/**
 * Leaves of an account its name, whose it is and where it is found: coverages and plans that are over name it, and it can be covered again.
 * Of its return meetings it stays when they were. Belongs into a transaction.
 */
export function emptyAccount(db: WriteDb, id: number): void {
  prepared<[number]>(
    db,
    `UPDATE accounts SET org_note = NULL, org_updated_at = NULL, tags = '[]', org_fields = '{}', policy_overrides = '{}'
     WHERE id = ?`,
  ).run(id)
  prepared<[number]>(
    db,
    `UPDATE return_meetings SET at_key = NULL, call_id = NULL, call_print = NULL, call_audience = NULL, helped = NULL, missing = '' WHERE account_id = ?`,
  ).run(id)
}

/** A change that keeps its account from being removed: to a ticket, or in GitLab, where the subject is an issue's title or a project. */
export interface UnsettledChange {
  readonly host: 'zendesk' | 'gitlab'
  readonly ticketId: number
  readonly subject: string
}

/**
 * Changes to tickets of an account, and to its issues and projects, that are neither seen to be made nor given up.
 *
 * @param stay which tickets do not count, because they stay.
 */
export function unsettledChanges(db: ReadDb, id: number, stay: Staying = 'mine'): readonly UnsettledChange[] {
  type Row = UnsettledChange & { readonly id: number }
  const unsettled = prepared<[], Row>(
    db,
    `SELECT id, host, ticket_id AS ticketId, subject FROM outbox
     WHERE state NOT IN ('verified', 'discarded') ORDER BY id`,
  ).all()
  if (unsettled.length === 0) return []
  const tickets = new Set(ticketsToDelete(db, id, stay))
  const inGitlab = new Set(changesInGitlab(db, id))
  return unsettled
    .filter((change) => inGitlab.has(change.id) || (change.host === 'zendesk' && tickets.has(change.ticketId)))
    .map(({ host, ticketId, subject }) => ({ host, ticketId, subject }))
}

/** Customers whom these tickets, messages on them or their histories name. */
function contactsOf(db: ReadDb, ticketIds: string): number[] {
  return prepared<[{ ids: string }], { id: number }>(
    db,
    `WITH gone AS (SELECT * FROM tickets WHERE id IN (SELECT value FROM json_each(:ids)))
     SELECT id FROM users WHERE role IS 'end-user' AND id IN (
       SELECT requester_id FROM gone
       UNION SELECT cc.value FROM gone, json_each(gone.cc_ids) cc
       UNION SELECT follower.value FROM gone, json_each(gone.follower_ids) follower
       UNION SELECT author_id FROM comments WHERE ticket_id IN (SELECT id FROM gone)
       UNION SELECT author_id FROM audits WHERE ticket_id IN (SELECT id FROM gone))`,
  )
    .all({ ids: ticketIds })
    .map((user) => user.id)
}

/** Of some users, deletes those whom nothing names any more. */
function deleteStrangers(db: WriteDb, userIds: string): void {
  prepared<[string]>(
    db,
    `DELETE FROM users WHERE id IN (SELECT value FROM json_each(?))
       AND id NOT IN (SELECT requester_id FROM tickets WHERE requester_id IS NOT NULL)
       AND id NOT IN (SELECT cc.value FROM tickets, json_each(tickets.cc_ids) cc)
       AND id NOT IN (SELECT follower.value FROM tickets, json_each(tickets.follower_ids) follower)
       AND id NOT IN (SELECT author_id FROM comments WHERE author_id IS NOT NULL)
       AND id NOT IN (SELECT author_id FROM audits WHERE author_id IS NOT NULL)`,
  ).run(userIds)
}
