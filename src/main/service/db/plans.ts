import { planOf, type Plan, type PlanDocument } from '#core/coverage/plan-document.ts'
import { overlapOf } from '#core/instant.ts'
import { storePerson } from './people.ts'
import { writeSharedIssue, type SharedIssue, type SharedIssueState } from './document-issues.ts'
import { durably, prepared, transaction, type ReadDb, type WriteDb } from './sql.ts'

/** A plan, and the name under which changes to it are made here. */
export interface StoredPlan {
  readonly document: PlanDocument
  readonly author: string
}

interface PlanRow {
  readonly document: string
  readonly author: string
}

/** Every plan that is known here, those that were taken away included. */
export function readPlans(db: ReadDb): StoredPlan[] {
  return prepared<[], PlanRow>(db, 'SELECT document, author FROM plans ORDER BY id').all().map(toPlan)
}

/** One plan, also one that was taken away. */
export function readPlan(db: ReadDb, id: string): StoredPlan | undefined {
  const row = prepared<[string], PlanRow>(db, 'SELECT document, author FROM plans WHERE id = ?').get(id)
  return row && toPlan(row)
}

/** Plans that are in an issue and end after an instant, ms; those that were taken away are left out. */
export function plansInIssues(
  db: ReadDb,
  endingAfter: number,
): { readonly id: string; readonly issue: SharedIssueState }[] {
  return prepared<[], PlanRow & { id: string; issue: string }>(
    db,
    'SELECT id, document, author, issue FROM plans WHERE issue IS NOT NULL AND removed_at IS NULL ORDER BY id',
  )
    .all()
    .filter((row) => planOf(toPlan(row).document).endsAt > endingAfter)
    .map(({ id, issue }) => ({ id, issue: JSON.parse(issue) as SharedIssueState }))
}

/**
 * Stores a plan, on disk when this returns, together with the absence and the coverages that follow from it. The author of one that
 * is known stays.
 *
 * @param now ms.
 * @param issue where it was taken in from an issue, that issue; the one it is in stays otherwise.
 */
export function storePlan(
  db: WriteDb,
  { document, author }: StoredPlan,
  now: number,
  issue?: SharedIssue<PlanDocument>,
): void {
  durably(db, () => {
    const { removedAt } = planOf(document)
    prepared<unknown[]>(
      db,
      `INSERT INTO plans (id, document, author, updated_at, removed_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET document = excluded.document, updated_at = excluded.updated_at,
         removed_at = excluded.removed_at`,
    ).run(document.id, JSON.stringify(document), author, now, removedAt)
    derivePlan(db, document)
    if (issue) writeSharedIssue(db, 'plans', document.id, issue)
  })
}

/** Makes absences and coverages anew from all plans: where people or accounts became known, more follows from them. */
export function derivePlans(db: WriteDb): void {
  transaction(db, () => {
    for (const { document } of readPlans(db)) derivePlan(db, document)
  })
}

/** The id of the absence that follows from a plan. */
export function absenceIdOf(planId: string): string {
  return `plan:${planId}`
}

/** The id of the coverage that follows from an entry of a plan, once it is accepted. */
export function coverageIdOf(planId: string, entryId: string): string {
  return `plan:${planId}:${entryId}`
}

/**
 * What follows from a plan: its absence, and a coverage of each entry that was accepted, as far as it lies inside the absence and
 * belongs to an account of the plan that is followed here. Whom it names and nobody knows becomes known by name.
 */
function derivePlan(db: WriteDb, document: PlanDocument): void {
  const plan = planOf(document)
  prepared<[string]>(db, 'DELETE FROM coverages WHERE plan_id = ?').run(plan.id)
  if (plan.removedAt !== null || plan.startsAt >= plan.endsAt) {
    prepared<[string]>(db, 'DELETE FROM absences WHERE plan_id = ?').run(plan.id)
    return
  }
  storeNamed(db, document, plan)
  const absenceId = absenceIdOf(plan.id)
  prepared<unknown[]>(
    db,
    `INSERT INTO absences (id, person_id, starts_at, ends_at, origin, plan_id) VALUES (?, ?, ?, ?, 'plan', ?)
     ON CONFLICT (id) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at`,
  ).run(absenceId, plan.aseId, plan.startsAt, plan.endsAt, plan.id)
  for (const entry of plan.entries) {
    const inside = overlapOf(entry, plan)
    if (entry.request.state !== 'accepted' || !inside || !plan.accountIds.includes(entry.accountId)) continue
    prepared<unknown[]>(
      db,
      `INSERT INTO coverages (id, absence_id, account_id, cover_id, starts_at, ends_at, plan_id)
       SELECT ?, ?, id, ?, ?, ?, ? FROM accounts WHERE id = ?`,
    ).run(
      coverageIdOf(plan.id, entry.id),
      absenceId,
      entry.coverId,
      inside.startsAt,
      inside.endsAt,
      plan.id,
      entry.accountId,
    )
  }
}

function storeNamed(db: WriteDb, { names }: PlanDocument, { aseId, entries }: Plan): void {
  for (const id of new Set([aseId, ...entries.map(({ coverId }) => coverId)])) {
    const named = names.people[id]
    const isKnown = prepared<[number]>(db, 'SELECT 1 FROM people WHERE id = ?').get(id) !== undefined
    if (named && !isKnown) storePerson(db, { id, ...named }, named.timeZone)
  }
}

function toPlan({ document, author }: PlanRow): StoredPlan {
  return { document: JSON.parse(document) as PlanDocument, author }
}
