import { randomUUID } from 'node:crypto'
import { mergePlans } from '#core/coverage/merge-plans.ts'
import { planChanges } from '#core/coverage/plan-changes.ts'
import { planConflicts, type PlanConflict } from '#core/coverage/plan-conflicts.ts'
import { planOf, type PlanDocument } from '#core/coverage/plan-document.ts'
import { isoDay } from '#core/coverage/plan-words.ts'
import { writePlanFile, writePlanMarkdown } from '#core/coverage/write-plan-text.ts'
import { canonical } from '#core/sharing/versioned.ts'
import { readPlan, storePlan, type PlanIssue } from '../db/plans.ts'
import type { WriteDb } from '../db/sql.ts'
import { readRoster, type Roster } from '../db/workspace.ts'
import { Refusal } from '../refusal.ts'
import { readingOf, stepWords, wordsFor, type PlanSetting } from './plan-setting.ts'
import { readPlanText } from './read-plan-text.ts'

/** A plan as a text to hand over. */
export function exportPlan(
  document: PlanDocument,
  as: 'file' | 'markdown',
  setting: PlanSetting,
): { readonly fileName: string; readonly text: string } {
  const { words, checklist } = readingOf(document, setting)
  const { aseId, startsAt } = planOf(document)
  const who = words
    .personName(aseId)
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
  const name = `coverage-${who.replaceAll(/^-|-$/g, '') || aseId}-${isoDay(startsAt, words.timeZone)}`
  return as === 'file'
    ? { fileName: `${name}.json`, text: writePlanFile(document) }
    : { fileName: `${name}.md`, text: writePlanMarkdown(document, checklist, words) }
}

/** What taking in a text changes, or would change. */
export interface PlanImport {
  readonly planId: string
  readonly fresh: boolean
  readonly changes: readonly string[]
  readonly conflicts: readonly PlanConflict[]
}

/**
 * Takes in what was exported, here or elsewhere, by merging it with what is known; without `apply` it only says what would change.
 *
 * @throws {Refusal} when the text holds no plan that can be read; nothing is stored then.
 */
export function importPlan(
  db: WriteDb,
  input: { readonly text: string; readonly apply: boolean },
  setting: PlanSetting,
): PlanImport {
  return takeInPlan(db, { plan: readPlanText(input.text), apply: input.apply }, setting)
}

/**
 * The same for a plan that was read already.
 *
 * @param input.issue the issue it stood in; the plan is in that one from now on.
 */
export function takeInPlan(
  db: WriteDb,
  input: { readonly plan: PlanDocument; readonly apply: boolean; readonly issue?: PlanIssue },
  { roster, policy, now }: PlanSetting,
): PlanImport {
  const { plan: incoming, issue } = input
  const stored = readPlan(db, incoming.id)
  const document = stored ? mergePlans(stored.document, incoming) : incoming
  if (!document)
    throw new Refusal('refused', 'A plan of the same number is here for somebody else. Ask for the plan again.')
  const words = wordsFor(document, roster)
  const before = stored?.document ?? null
  const isNew = !before || canonical(before) !== canonical(document)
  if (input.apply && (isNew || issue)) {
    storePlan(db, { document, author: stored?.author ?? randomUUID() }, now, issue)
  }
  return {
    planId: document.id,
    fresh: before === null,
    changes: [
      ...planChanges(before, document, words, stepWords(policy)),
      ...unseen(document, before, words.accountName, input.apply ? readRoster(db) : roster),
    ],
    conflicts: planConflicts(document, words, stepWords(policy)),
  }
}

/** What is in a plan and does not show here, and what to do about it. */
function unseen(
  document: PlanDocument,
  before: PlanDocument | null,
  accountName: (id: number) => string,
  { accounts, me }: Roster,
): string[] {
  const { removedAt, entries } = planOf(document)
  if (removedAt !== null) {
    return before && planOf(before).removedAt !== null ? ['It was taken away here. Bring it back to see it.'] : []
  }
  const mine = new Set(entries.flatMap(({ coverId, accountId }) => (coverId === me?.id ? [accountId] : [])))
  return [...mine]
    .filter((id) => !accounts.some((account) => account.id === id))
    .map((id) => `${accountName(id)} is not followed here: follow it, or its tickets do not show when you cover it.`)
}
