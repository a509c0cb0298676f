import type { Workspace } from '#contract/workspace.ts'
import type { Absence, Account, Coverage, Person, WorkingHours } from '#core/people/people.ts'
import type { PolicyOverrides } from '#core/policy/policy-overrides.ts'
import { isLetGo, type OwnCoverage } from '#core/customer-data/kept-accounts.ts'
import { writeCall, type StoredCall } from './calls.ts'
import { readRemovals } from './data-removals.ts'
import { readDesk, storeDesk } from './desks.ts'
import { plannedAbsence } from './planned-absence.ts'
import { derivePlans, readPlan, storePlan } from './plans.ts'
import { parseOverrides } from './policy-overrides.ts'
import { prepared, transaction, type ReadDb, type WriteDb } from './sql.ts'

/**
 * Makes people, accounts, absences, coverages and shifts what `workspace` says; tickets and issues stay, and so does what a person did
 * here: absences and shifts of their own or from a calendar, who takes a shift instead, and plans and calls, which are taken in only once.
 */
export function storeWorkspace(db: WriteDb, workspace: Workspace): void {
  const isNew = prepared<[], object>(db, 'SELECT 1 FROM accounts LIMIT 1').get() === undefined
  transaction(db, () => {
    db.exec(`
      DELETE FROM coverages WHERE plan_id IS NULL;
      DELETE FROM absences WHERE origin = 'workspace';
      DELETE FROM people`)
    storePeople(db, workspace)
    for (const account of workspace.accounts) {
      prepared<unknown[]>(
        db,
        `INSERT INTO accounts (id, name, ase_id, ase_since, label, gitlab_group) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, ase_id = excluded.ase_id, ase_since = excluded.ase_since,
           label = excluded.label, gitlab_group = excluded.gitlab_group`,
      ).run(account.id, account.name, account.aseId, account.aseSince, account.label, account.gitlabGroup)
    }
    for (const { id, personId, startsAt, endsAt } of workspace.absences) {
      prepared<unknown[]>(db, 'INSERT INTO absences (id, person_id, starts_at, ends_at) VALUES (?, ?, ?, ?)').run(
        id,
        personId,
        startsAt,
        endsAt,
      )
    }
    for (const coverage of workspace.coverages) {
      prepared<unknown[]>(
        db,
        'INSERT INTO coverages (id, absence_id, account_id, cover_id, starts_at, ends_at) VALUES (?, ?, ?, ?, ?, ?)',
      ).run(coverage.id, coverage.absenceId, coverage.accountId, coverage.coverId, coverage.startsAt, coverage.endsAt)
    }
    storeShifts(db, workspace)
    derivePlans(db)
    const followed = new Set(readRoster(db).accounts.map(({ id }) => id))
    for (const { accountId, document, updatedAt } of workspace.desks) {
      if (followed.has(accountId) && readDesk(db, accountId).updatedAt === null)
        storeDesk(db, accountId, { document, restricted: false }, updatedAt)
    }
  })
  for (const plan of workspace.plans) {
    if (readPlan(db, plan.id) === undefined) storePlan(db, plannedAbsence(plan, workspace), plan.plannedAt)
  }
  if (isNew) for (const call of workspace.calls) writeCall(db, callOf(call))
}

function callOf({ filedAt, became, ...call }: Workspace['calls'][number]): StoredCall {
  const parts = [{ words: became, ticketId: null, intent: null, entryId: null }]
  return { ...call, filed: filedAt === null ? null : { at: filedAt, parts } }
}

function storePeople(db: WriteDb, { people, meId }: Workspace): void {
  for (const person of people) {
    prepared<unknown[]>(
      db,
      `INSERT INTO people (id, name, time_zone, region, working_hours, days_off, slack_handle, is_me)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      person.id,
      person.name,
      person.timeZone,
      person.region,
      JSON.stringify(person.workingHours),
      JSON.stringify(person.daysOff),
      person.slackHandle,
      person.id === meId ? 1 : 0,
    )
  }
}

function storeShifts(db: WriteDb, { shifts }: Workspace): void {
  prepared<[string]>(
    db,
    `DELETE FROM shifts WHERE origin = 'workspace' AND id NOT IN (SELECT value FROM json_each(?))`,
  ).run(JSON.stringify(shifts.map(({ id }) => id)))
  for (const { id, personId, title, startsAt, endsAt } of shifts) {
    prepared<unknown[]>(
      db,
      `INSERT INTO shifts (id, person_id, title, starts_at, ends_at, origin) VALUES (?, ?, ?, ?, ?, 'workspace')
       ON CONFLICT (id) DO UPDATE SET person_id = excluded.person_id, title = excluded.title,
         starts_at = excluded.starts_at, ends_at = excluded.ends_at`,
    ).run(id, personId, title, startsAt, endsAt)
  }
}

/** An account with where its proactive work lies, and by which values of its own it is reckoned. */
export interface StoredAccount extends Account {
  readonly label: string | null
  readonly gitlabGroup: string | null
  readonly policyOverrides: PolicyOverrides
}

/** An absence with the plan it follows from, if it follows from one. */
export interface StoredAbsence extends Absence {
  readonly planId: string | null
}

/** A coverage with the plan it follows from, if it follows from one. */
export interface StoredCoverage extends Coverage {
  readonly planId: string | null
  /** When its account was handed back, before its end or after it; null before. */
  readonly handedBackAt: number | null
}

/** Everybody and everything the rules need to know beside tickets; small, read whole. */
export interface Roster {
  readonly me: Person | null
  readonly people: readonly Person[]
  readonly accounts: readonly StoredAccount[]
  /** Accounts whose data was removed after their coverage: nothing is read of them, and what is over still names them. */
  readonly formerAccounts: readonly StoredAccount[]
  readonly absences: readonly StoredAbsence[]
  /** What was handed back ends then, or never begins. */
  readonly coverages: readonly StoredCoverage[]
  /** As they were planned, whether or not they were handed back. */
  readonly plannedCoverages: readonly StoredCoverage[]
}

interface PersonRow {
  readonly id: number
  readonly name: string
  readonly timeZone: string
  readonly region: string
  readonly workingHours: string
  readonly daysOff: string
  readonly slackHandle: string | null
  readonly isMe: number
}

/** Reads people, accounts, absences and coverages. */
export function readRoster(db: ReadDb): Roster {
  const rows = prepared<[], PersonRow>(
    db,
    `SELECT id, name, time_zone AS timeZone, region, working_hours AS workingHours, days_off AS daysOff,
            slack_handle AS slackHandle, is_me AS isMe FROM people ORDER BY id`,
  ).all()
  const people = rows.map(({ isMe: _, ...row }) => ({
    ...row,
    workingHours: JSON.parse(row.workingHours) as WorkingHours[],
    daysOff: JSON.parse(row.daysOff) as string[],
  }))
  const meId = rows.find((row) => row.isMe === 1)?.id
  const plannedCoverages = prepared<[], StoredCoverage>(
    db,
    `SELECT c.id, c.absence_id AS absenceId, c.account_id AS accountId, c.cover_id AS coverId, c.starts_at AS startsAt,
            c.ends_at AS endsAt, c.plan_id AS planId,
            CASE WHEN c.starts_at <= h.planned_from AND c.ends_at <= h.planned_until THEN h.at END AS handedBackAt
     FROM coverages c LEFT JOIN handed_back h ON h.coverage_id = c.id ORDER BY c.starts_at, c.id`,
  ).all()
  return {
    me: people.find((person) => person.id === meId) ?? null,
    people,
    ...readAccounts(db, ownCoverages(plannedCoverages, meId ?? null), meId ?? null),
    absences: prepared<[], StoredAbsence>(
      db,
      `SELECT id, person_id AS personId, starts_at AS startsAt, ends_at AS endsAt, plan_id AS planId
       FROM absences ORDER BY starts_at, id`,
    ).all(),
    coverages: plannedCoverages.flatMap(asHandedBack),
    plannedCoverages,
  }
}

/** Coverages of somebody, as long as they last: what was handed back before its end ends then. */
export function ownCoverages(plannedCoverages: readonly StoredCoverage[], personId: number | null): OwnCoverage[] {
  return plannedCoverages
    .filter(({ coverId }) => coverId === personId)
    .map(({ accountId, startsAt, endsAt, handedBackAt }) => ({
      ...{ accountId, startsAt, endsAt: Math.min(endsAt, handedBackAt ?? endsAt) },
    }))
}

function readAccounts(
  db: ReadDb,
  coverages: readonly OwnCoverage[],
  meId: number | null,
): Pick<Roster, 'accounts' | 'formerAccounts'> {
  const removals = readRemovals(db)
  const stored = prepared<[], Omit<StoredAccount, 'policyOverrides'> & { readonly policyOverrides: string }>(
    db,
    `SELECT id, name, ase_id AS aseId, ase_since AS aseSince, label, gitlab_group AS gitlabGroup,
            policy_overrides AS policyOverrides FROM accounts ORDER BY name`,
  )
    .all()
    .map((account) => ({ ...account, policyOverrides: parseOverrides(account.policyOverrides) }))
  const isFormer = (account: StoredAccount) => isLetGo(account, { meId, coverages, removals })
  return {
    accounts: stored.filter((account) => !isFormer(account)),
    formerAccounts: stored.filter(isFormer),
  }
}

function asHandedBack(coverage: StoredCoverage): StoredCoverage[] {
  const { startsAt, endsAt, handedBackAt } = coverage
  if (handedBackAt === null || handedBackAt >= endsAt) return [coverage]
  return startsAt < handedBackAt ? [{ ...coverage, endsAt: handedBackAt }] : []
}

/** Stores what Zendesk tells of an account's organization. */
export function storeOrganization(
  db: WriteDb,
  organization: {
    readonly id: number
    readonly name: string
    readonly notes: string | null
    readonly tags: readonly string[]
    /** Organization fields that are filled in, by Zendesk's key. */
    readonly fields: Readonly<Record<string, string | number | boolean>>
    readonly updatedAt: number
  },
): void {
  prepared<unknown[]>(
    db,
    'UPDATE accounts SET name = ?, org_note = ?, tags = ?, org_fields = ?, org_updated_at = ? WHERE id = ?',
  ).run(
    organization.name,
    organization.notes,
    JSON.stringify(organization.tags),
    JSON.stringify(organization.fields),
    organization.updatedAt,
    organization.id,
  )
}

/** What is stored of an account's organization; nothing of it is filled in before it was read from Zendesk. */
export function readOrganization(
  db: ReadDb,
  id: number,
): {
  readonly name: string
  readonly notes: string | null
  readonly fields: Readonly<Record<string, string | number | boolean>>
} | null {
  const row = prepared<[number], { name: string; notes: string | null; fields: string }>(
    db,
    'SELECT name, org_note AS notes, org_fields AS fields FROM accounts WHERE id = ?',
  ).get(id)
  if (!row) return null
  const fields = JSON.parse(row.fields) as Record<string, string | number | boolean>
  return { name: row.name, notes: row.notes, fields }
}

/** The note of an account's organization, and when that changed last in Zendesk; null before it was read. */
export function noteOfOrganization(
  db: ReadDb,
  id: number,
): { readonly note: string | null; readonly changedAt: number | null } | null {
  const sql = 'SELECT org_note AS note, org_updated_at AS changedAt FROM accounts WHERE id = ?'
  return prepared<[number], { note: string | null; changedAt: number | null }>(db, sql).get(id) ?? null
}

/** Stores the names of users met on tickets. */
export function storeUsers(
  db: WriteDb,
  users: readonly { readonly id: number; readonly name: string; readonly role: string | null }[],
): void {
  for (const user of users) {
    prepared<[number, string, string | null]>(
      db,
      `INSERT INTO users (id, name, role) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role
       WHERE name IS NOT excluded.name OR role IS NOT excluded.role`,
    ).run(user.id, user.name, user.role)
  }
}
