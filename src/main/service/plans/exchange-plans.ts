import type { PlanConflict } from '#core/coverage/plan-conflicts.ts'
import { planOf, type PlanDocument } from '#core/coverage/plan-document.ts'
import { isoDay } from '#core/coverage/plan-words.ts'
import { writePlanFile } from '#core/coverage/write-plan-text.ts'
import type { WriteDb } from '../db/sql.ts'
import { fileNameOf } from '../sharing/file-name.ts'
import { takeIn, type TakenIn } from '../sharing/take-in.ts'
import { planKind } from './plan-kind.ts'
import { wordsFor, type PlanSetting } from './plan-setting.ts'
import { readPlanText } from './read-plan-text.ts'

/** A plan as a text to hand over. */
export function exportPlan(
  document: PlanDocument,
  as: 'file' | 'markdown',
  setting: PlanSetting,
): { readonly fileName: string; readonly text: string } {
  const { timeZone, personName } = wordsFor(document, setting.roster)
  const { aseId, startsAt } = planOf(document)
  const name = `coverage-${fileNameOf(personName(aseId), String(aseId))}-${isoDay(startsAt, timeZone)}`
  return as === 'file'
    ? { fileName: `${name}.json`, text: writePlanFile(document) }
    : { fileName: `${name}.md`, text: planKind.write(document, setting).markdown }
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
): TakenIn<PlanConflict> {
  return takeIn(planKind, db, { document: readPlanText(input.text), apply: input.apply }, setting)
}
