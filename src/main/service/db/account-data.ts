import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/** Which tickets stay when an account goes: those I have to do with in any way, or only those I work on, which are assigned to me and not solved. */
export type Staying = 'mine' | 'worked-on'

const staying: Readonly<Record<Staying, string>> = {
  mine: `t.assignee_id = me.id OR me.id IN (SELECT value FROM json_each(t.cc_ids))
    OR me.id IN (SELECT value FROM json_each(t.follower_ids))`,
  'worked-on': 't.assignee_id = me.id AND t.live = 1',
}

/** Tickets of an account that do not stay when it goes. */
export function ticketsToDelete(db: ReadDb, accountId: number, stay: Staying): number[] {
  return prepared<[number], { id: number }>(
    db,
    `SELECT t.id FROM tickets t
     WHERE t.organization_id = ? AND NOT EXISTS (SELECT 1 FROM people me WHERE me.is_me = 1 AND (${staying[stay]}))`,
  )
    .all(accountId)
    .map(({ id }) => id)
}

/** How many tickets are stored of an account. */
export function countTickets(db: ReadDb, accountId: number): number {
  const sql = 'SELECT count(*) AS n FROM tickets WHERE organization_id = ?'
  return prepared<[number], { n: number }>(db, sql).get(accountId)?.n ?? 0
}

/** Deletes tickets with all that is stored of them; belongs into a transaction. How many there were, and messages on them. */
export function deleteTickets(
  db: WriteDb,
  ids: readonly number[],
): { readonly tickets: number; readonly messages: number } {
  const json = JSON.stringify(ids)
  const messages = countIn(db, 'comments', 'ticket_id', json)
  deleteEvents(db, `'ticket:' || value`, json)
  for (const table of ['alerts', 'outbox', 'snoozes', 'pre_ase_choices']) {
    prepared<[string]>(db, `DELETE FROM ${table} WHERE ticket_id IN (SELECT value FROM json_each(?))`).run(json)
  }
  const { changes } = prepared<[string]>(db, 'DELETE FROM tickets WHERE id IN (SELECT value FROM json_each(?))').run(
    json,
  )
  return { tickets: changes, messages }
}

const tablesOfTickets = [
  'comments',
  'audits',
  'sla_clocks',
  'look_ups',
  'alerts',
  'outbox',
  'snoozes',
  'pre_ase_choices',
]

/** How many rows tell anything of some tickets. */
export function countTicketTraces(db: ReadDb, ids: readonly number[]): number {
  const json = JSON.stringify(ids)
  const told = prepared<[string], { n: number }>(
    db,
    `SELECT count(*) AS n FROM events WHERE changes <> '{}' AND subject IN (SELECT 'ticket:' || value FROM json_each(?))`,
  ).get(json)
  return tablesOfTickets.reduce(
    (sum, table) => sum + countIn(db, table, 'ticket_id', json),
    countIn(db, 'tickets', 'id', json) + (told?.n ?? 0),
  )
}

function countIn(db: ReadDb, table: string, column: string, json: string): number {
  const sql = `SELECT count(*) AS n FROM ${table} WHERE ${column} IN (SELECT value FROM json_each(?))`
  return prepared<[string], { n: number }>(db, sql).get(json)?.n ?? 0
}

/** Deletes some issues and epics of an account, with what happened to them; belongs into a transaction. How many there were. */
export function deleteIssues(db: WriteDb, accountId: number, limit: number): number {
  const subjects = prepared<[number, number], { subject: string }>(
    db,
    `DELETE FROM issues WHERE (kind, project_id, iid) IN (
       SELECT kind, project_id, iid FROM issues WHERE account_id = ? LIMIT ?)
     RETURNING kind || ':' || project_id || '/' || iid AS subject`,
  )
    .all(accountId, limit)
    .map(({ subject }) => subject)
  deleteEvents(db, 'value', JSON.stringify(subjects))
  return subjects.length
}

/** The latest event stays, without what it said: readers go on after its number, which must not be given to another one. */
function deleteEvents(db: WriteDb, subject: string, json: string): void {
  const concerned = `subject IN (SELECT ${subject} FROM json_each(?))`
  prepared<[string]>(
    db,
    `UPDATE events SET changes = '{}' WHERE seq = (SELECT max(seq) FROM events) AND ${concerned}`,
  ).run(json)
  prepared<[string]>(db, `DELETE FROM events WHERE seq < (SELECT max(seq) FROM events) AND ${concerned}`).run(json)
}

/** Where else something of an account is stored, and which rows are its own: by `:id`, or by `:ofIt`, what ends with its id. */
const belongings: Readonly<Record<string, string>> = {
  // What people wrote.
  calls: 'account_id = :id',
  account_desks: 'account_id = :id',
  handoffs: 'account_id = :id',
  return_decisions: 'meeting_id IN (SELECT id FROM return_meetings WHERE account_id = :id)',
  return_orders: 'meeting_id IN (SELECT id FROM return_meetings WHERE account_id = :id)',
  // What was read, and how far.
  alerts: 'account_id = :id AND NOT EXISTS (SELECT 1 FROM tickets t WHERE t.id = alerts.ticket_id)',
  gitlab_projects: 'account_id = :id',
  muted_accounts: 'account_id = :id',
  sync_cursors: 'scope LIKE :ofIt',
  read_stretches: 'scope LIKE :ofIt',
  etags: 'scope LIKE :ofIt',
  facts: `source = 'gitlab' AND name LIKE :ofIt AND name LIKE 'place:%'`,
}

/** Deletes what is stored of an account beside its tickets; belongs into a transaction, and before its issues are deleted. */
export function deleteBelongings(db: WriteDb, accountId: number): void {
  const changes = JSON.stringify(changesInGitlab(db, accountId))
  prepared<[string]>(db, 'DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(?))').run(changes)
  for (const [table, rows] of Object.entries(belongings)) {
    prepared<object>(db, `DELETE FROM ${table} WHERE ${rows}`).run(ownedBy(accountId))
  }
}

/** How many rows belong to an account beside its tickets. */
export function countBelongings(db: ReadDb, accountId: number): number {
  return Object.entries({ ...belongings, issues: 'account_id = :id' }).reduce((sum, [table, rows]) => {
    const sql = `SELECT count(*) AS n FROM ${table} WHERE ${rows}`
    return sum + (prepared<object, { n: number }>(db, sql).get(ownedBy(accountId))?.n ?? 0)
  }, changesInGitlab(db, accountId).length)
}

const ownedBy = (accountId: number) => ({ id: accountId, ofIt: `%:${accountId}` })

/** Shorter names stand in too many texts that mean something else. */
const shortestName = 4

/**
 * Changes in GitLab that are about an account: to issues of its list, to projects that are its own or have its issues in them, what its
 * handoffs and calls became, and what names it. What is about an issue of another account's list, or another one's own project, is that one's.
 */
export function changesInGitlab(db: ReadDb, accountId: number): number[] {
  const named = prepared<[number], { name: string }>(db, 'SELECT name FROM accounts WHERE id = ?').get(accountId)?.name
  const name = named === undefined || named.length < shortestName ? null : JSON.stringify(named).slice(1, -1)
  return prepared<object, { id: number; placed: number; intent: string }>(
    db,
    `SELECT id, placed, iif(placed, '', intent) AS intent FROM (
       SELECT o.id, o.intent, coalesce(json_extract(o.intent, '$.projectId') IN (
           SELECT id FROM gitlab_projects WHERE account_id = :id
           UNION SELECT project_id FROM issues WHERE account_id = :id AND kind = 'issue')
         OR EXISTS (SELECT 1 FROM handoffs h WHERE h.account_id = :id AND (instr(o.intent, h.id) > 0
           OR o.target = 'issue ' || (h.issue ->> '$.projectId') || '/' || (h.issue ->> '$.iid')))
         OR o.id IN (SELECT part.value ->> '$.entryId' FROM calls c, json_each(c.filed, '$.parts') part
           WHERE c.account_id = :id), 0) AS placed
       FROM outbox o
       WHERE o.host = 'gitlab' AND NOT EXISTS (
         SELECT 1 FROM issues WHERE kind = 'issue' AND account_id <> :id AND o.target = 'issue ' || project_id || '/' || iid
         UNION SELECT 1 FROM gitlab_projects WHERE account_id <> :id AND o.target = 'project ' || id))
     WHERE placed OR instr(intent, :name) > 0`,
  )
    .all({ id: accountId, name })
    .flatMap(({ id, placed, intent }) => (placed === 1 || isNamed(name ?? '', intent) ? [id] : []))
}

/** Whether a name stands in a text, not as a part of a longer word. */
function isNamed(name: string, text: string): boolean {
  const inWord = /[\p{L}\p{N}]/u
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!inWord.test(text[at - 1] ?? '') && !inWord.test(text[at + name.length] ?? '')) return true
  }
  return false
}
