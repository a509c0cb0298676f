import type { WriteDb } from '#service/db/sql.ts'

/** An account to plant words in, by which they are found again wherever they were copied to. */
export interface PlantedAccount {
  readonly id: number
  /** Stands in every text that is planted. */
  readonly word: string
  readonly ticketId: number
  readonly projectId: number
}

type Given = Readonly<Record<string, string | number | null>>

const json = (word: string, place: string) => JSON.stringify([`${word} ${place}`])

/** Rows of an account for every table that can hold any of it, as far as columns have to be something certain; the rest is words. */
function rowsOf({ id, word, ticketId, projectId }: PlantedAccount): Readonly<Record<string, readonly Given[]>> {
  const person = ticketId * 10
  const ticket = { ticket_id: ticketId }
  const issue = { kind: 'issue', project_id: projectId, iid: 3 }
  const meeting = { meeting_id: `m${id}` }
  const settled = { state: 'verified', stamp: 1, created_at: 1, by_id: 11 }
  const inGitlab = { ...settled, host: 'gitlab', ticket_id: 0, target: '' }
  const intent = (parts: object) => JSON.stringify({ ...parts, body: `${word} outbox.intent` })
  return {
    tickets: [
      {
        ...{ id: ticketId, organization_id: id, status: 'open', fate: null, assignee_id: 12, requester_id: person },
        ...{ cc_ids: `[${person + 1},11]`, follower_ids: `[${person + 2}]`, updated_at: 5, generated_at: 5 },
      },
    ],
    comments: [{ ...ticket, id: ticketId * 3, author_id: person + 3 }],
    audits: [{ ...ticket, id: ticketId * 5, author_id: person + 4 }],
    sla_clocks: [ticket],
    look_ups: [ticket],
    users: [0, 1, 2, 3, 4].map((nth) => ({ id: person + nth, role: 'end-user' })),
    events: [
      { kind: 'ticket-changed', subject: `ticket:${ticketId}` },
      { kind: 'issue-changed', subject: `issue:${projectId}/3` },
    ],
    alerts: [
      { ...ticket, account_id: id, subject: `ticket ${ticketId}`, state: 'shown' },
      { ticket_id: null, account_id: id, subject: `account ${id}`, state: 'shown' },
    ],
    snoozes: [ticket],
    muted_accounts: [{ account_id: id }],
    pre_ase_choices: [ticket],
    outbox: [
      { ...settled, ...ticket, host: 'zendesk', intent: intent({ kind: 'internal-note' }) },
      { ...inGitlab, target: `project ${projectId}`, intent: intent({ projectId }) },
      { ...inGitlab, intent: intent({ projectId: 999, handoff: `h${id}` }) },
      { ...inGitlab, id: id * 1000, intent: intent({ projectId: 999 }) },
      { ...inGitlab, intent: intent({ projectId: 999, text: `Lessons of Account${id}: none` }) },
    ],
    issues: [{ ...issue, account_id: id, state: 'opened' }],
    issue_notes: [{ ...issue, id: projectId * 7 }],
    issue_look_ups: [issue],
    gitlab_projects: [{ id: projectId, account_id: id }],
    account_desks: [{ account_id: id }],
    calls: [{ account_id: id, filed: JSON.stringify({ at: 1, parts: [{ words: word, entryId: id * 1000 }] }) }],
    handoffs: [{ id: `h${id}`, account_id: id }],
    contingencies: [{ handoff_id: `h${id}`, ...ticket }],
    handoff_lines: [{ handoff_id: `h${id}`, ...ticket }],
    return_meetings: [{ id: `m${id}`, account_id: id, helped: 'partly', call_audience: 'internal', handed_back_at: 4 }],
    return_decisions: [meeting],
    return_orders: [{ ...meeting, ...ticket, part: 'note' }],
    handed_back: [{ ...meeting, coverage_id: `c${id}`, planned_from: 0, planned_until: 9, at: 4 }],
    sync_cursors: [{ source: 'zendesk', scope: `organization:${id}` }],
    read_stretches: [{ source: 'zendesk', scope: `organization:${id}` }],
    etags: [{ source: 'gitlab', scope: `label:${id}` }],
    facts: [{ source: 'gitlab', name: `place:${id}` }],
  }
}

/** Tables that hold nothing of a customer but an account's name or number, and why. */
export const holdsNothing: Readonly<Record<string, string>> = {
  people: 'those who work here',
  absences: 'whose absences',
  coverages: 'who covered what when, by which loads are reckoned; a number stands for the account',
  plans: 'who covers what when, shared by several people; names of accounts',
  calendars: 'a person’s own',
  calendar_events: 'a person’s own',
  shifts: 'on-call shifts',
  requests: 'when a host was called',
  data_removals: 'the proof: name and counts',
}

/** Plants an account's words in every table there is. Answers the places, `table.column`. */
export function plantEverywhere(db: WriteDb, account: PlantedAccount): string[] {
  db.prepare(`INSERT INTO accounts (id, name, ase_id) VALUES (?, ?, 12) ON CONFLICT DO NOTHING`).run(
    account.id,
    `Account${account.id}`,
  )
  db.prepare('UPDATE accounts SET org_note = ?, tags = ?, org_fields = ? WHERE id = ?').run(
    ...['accounts.org_note', 'accounts.tags', 'accounts.org_fields'].map((place) => json(account.word, place)),
    account.id,
  )
  const planted = new Set(['accounts.org_note', 'accounts.tags', 'accounts.org_fields'])
  for (const [table, rows] of Object.entries(rowsOf(account))) {
    for (const given of rows) for (const column of plantRow(db, table, given, account.word)) planted.add(column)
  }
  return [...planted]
}

/** Stores one row: what is given, words in every other column that takes any, and numbers in the rest. */
export function plantRow(db: WriteDb, table: string, given: Given, word: string): string[] {
  const columns = (db.pragma(`table_xinfo(${table})`) as Column[]).filter(({ hidden }) => hidden === 0)
  const isKey = (column: Column) => column.pk > 0 && column.type === 'INTEGER'
  const stored = columns.filter((column) => column.name in given || !isKey(column) || column.notnull === 1)
  const values = stored.map(({ name, type }) => {
    if (name in given) return given[name] ?? null
    return type === 'TEXT' ? json(word, `${table}.${name}`) : 1
  })
  const names = stored.map(({ name }) => name)
  const marks = names.map(() => '?').join(', ')
  db.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks})`).run(...values)
  return stored.filter(({ name, type }) => type === 'TEXT' && !(name in given)).map(({ name }) => `${table}.${name}`)
}

interface Column {
  readonly name: string
  readonly type: string
  readonly pk: number
  readonly notnull: number
  readonly hidden: number
}

/** Every table of a database, by name. */
export function tablesOf(db: WriteDb): string[] {
  const sql = `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`
  return (db.prepare(sql).all() as { name: string }[]).map(({ name }) => name)
}

/** Every table that `plantEverywhere` plants in. */
export function plantedTables(account: PlantedAccount): string[] {
  return ['accounts', ...Object.keys(rowsOf(account))].toSorted()
}
