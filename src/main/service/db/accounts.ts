import { prepared, transaction, type ReadDb, type WriteDb } from './sql.ts'

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
  return prepared<[number]>(db, 'SELECT 1 FROM accounts WHERE id = ?').get(id) !== undefined
}

/** Stores an account without links; one that is there already stays as it is. */
export function insertAccount(db: WriteDb, account: { readonly id: number; readonly name: string }): void {
  prepared<[number, string]>(db, 'INSERT INTO accounts (id, name) VALUES (?, ?) ON CONFLICT (id) DO NOTHING').run(
    account.id,
    account.name,
  )
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

/** Tickets of an account that only it brings here: neither assigned to me, nor with me on Cc or among the followers. */
const othersTickets = `
  SELECT t.id FROM tickets t
  WHERE t.organization_id = :id AND NOT EXISTS (
    SELECT 1 FROM people me WHERE me.is_me = 1 AND (
      t.assignee_id = me.id
      OR me.id IN (SELECT value FROM json_each(t.cc_ids))
      OR me.id IN (SELECT value FROM json_each(t.follower_ids))))`

/**
 * Changes in GitLab that are about an account: to issues of its list, and to projects that are its own or have its issues in them. What
 * is about an issue of another account's list, or another one's own project, is that one's.
 */
const changesInGitlab = `
  SELECT o.id FROM outbox o
  WHERE o.host = 'gitlab' AND json_extract(o.intent, '$.projectId') IN (
    SELECT id FROM gitlab_projects WHERE account_id = :id
    UNION SELECT project_id FROM issues WHERE account_id = :id AND kind = 'issue')
  AND NOT EXISTS (
    SELECT 1 FROM issues WHERE kind = 'issue' AND account_id <> :id AND o.target = 'issue ' || project_id || '/' || iid
    UNION SELECT 1 FROM gitlab_projects WHERE account_id <> :id AND o.target = 'project ' || id)`

/**
 * Deletes what is stored of an account: its tickets with their conversations, histories, alerts, snoozes and settled changes, its
 * issues, what happened to them and the settled changes to them and their projects, its coverages, and how far it was read, so that it is
 * read anew if it is ever followed again. Tickets that are mine stay.
 */
export function deleteAccount(db: WriteDb, id: number): void {
  transaction(db, () => {
    const ids = JSON.stringify(
      prepared<[{ id: number }], { id: number }>(db, othersTickets)
        .all({ id })
        .map((ticket) => ticket.id),
    )
    const contacts = JSON.stringify(contactsOf(db, ids))
    deleteEvents(db, `'ticket:' || value`, ids)
    deleteEvents(db, 'value', JSON.stringify(issueSubjects(db, id)))
    for (const table of ['alerts', 'outbox', 'snoozes']) {
      prepared<[string]>(db, `DELETE FROM ${table} WHERE ticket_id IN (SELECT value FROM json_each(?))`).run(ids)
    }
    prepared<[number]>(db, 'DELETE FROM alerts WHERE account_id = ? AND ticket_id IS NULL').run(id)
    prepared<[{ id: number }]>(db, `DELETE FROM outbox WHERE id IN (${changesInGitlab})`).run({ id })
    prepared<[string]>(db, 'DELETE FROM tickets WHERE id IN (SELECT value FROM json_each(?))').run(ids)
    deleteStrangers(db, contacts)
    prepared<[string]>(db, `DELETE FROM sync_cursors WHERE scope LIKE '%:' || ?`).run(String(id))
    forgetReading(db, id)
    prepared<[number]>(db, 'DELETE FROM coverages WHERE account_id = ?').run(id)
    prepared<[number]>(db, 'DELETE FROM accounts WHERE id = ?').run(id)
  })
}

/** A change that keeps its account from being removed: to a ticket, or in GitLab, where the subject is an issue's title or a project. */
export interface UnsettledChange {
  readonly host: 'zendesk' | 'gitlab'
  readonly ticketId: number
  readonly subject: string
}

/** Changes to tickets of an account, and to its issues and projects, that are neither seen to be made nor given up. */
export function unsettledChanges(db: ReadDb, id: number): readonly UnsettledChange[] {
  return prepared<[{ id: number }], UnsettledChange>(
    db,
    `SELECT host, ticket_id AS ticketId, subject FROM outbox
     WHERE state NOT IN ('verified', 'discarded')
       AND (ticket_id IN (${othersTickets}) OR id IN (${changesInGitlab})) ORDER BY id`,
  ).all({ id })
}

function issueSubjects(db: ReadDb, accountId: number): string[] {
  return prepared<[number], { subject: string }>(
    db,
    `SELECT kind || ':' || project_id || '/' || iid AS subject FROM issues WHERE account_id = ?`,
  )
    .all(accountId)
    .map((row) => row.subject)
}

/** The latest event stays, without what it said: readers go on after its number, which must not be given to another one. */
function deleteEvents(db: WriteDb, subject: string, values: string): void {
  const concerned = `subject IN (SELECT ${subject} FROM json_each(?))`
  prepared<[string]>(
    db,
    `UPDATE events SET changes = '{}' WHERE seq = (SELECT max(seq) FROM events) AND ${concerned}`,
  ).run(values)
  prepared<[string]>(db, `DELETE FROM events WHERE seq < (SELECT max(seq) FROM events) AND ${concerned}`).run(values)
}

/** Customers who asked or wrote on these tickets. */
function contactsOf(db: ReadDb, ticketIds: string): number[] {
  return prepared<[string, string], { id: number }>(
    db,
    `SELECT id FROM users WHERE role IS 'end-user' AND id IN (
       SELECT requester_id FROM tickets WHERE id IN (SELECT value FROM json_each(?))
       UNION SELECT author_id FROM comments WHERE ticket_id IN (SELECT value FROM json_each(?)))`,
  )
    .all(ticketIds, ticketIds)
    .map((user) => user.id)
}

/** Of some users, deletes those no ticket and no message names any more. */
function deleteStrangers(db: WriteDb, userIds: string): void {
  prepared<[string]>(
    db,
    `DELETE FROM users WHERE id IN (SELECT value FROM json_each(?))
       AND id NOT IN (SELECT requester_id FROM tickets WHERE requester_id IS NOT NULL)
       AND id NOT IN (SELECT author_id FROM comments WHERE author_id IS NOT NULL)`,
  ).run(userIds)
}
