import type { PlanDetail } from '#contract/plans.ts'
import { isoInstant } from './print.ts'

/** What taking in a plan changed, or would change. */
export type ImportResult = Pick<PlanDetail, 'conflicts'> & {
  readonly planId: string
  readonly fresh: boolean
  readonly changes: readonly string[]
}

/** The same in lines. */
export function importWords({ changes, conflicts, planId }: ImportResult, apply: boolean): string {
  const crossed = conflicts.map(
    ({ about, sides }) => `Conflict: ${about}: ${sides.map(({ words }) => words).join(' / ')}`,
  )
  const nothing = changes.length === 0 && conflicts.length === 0
  const end = apply ? `Taken in as plan ${planId}.` : 'Nothing was stored. Write --yes to take it in.'
  return `${[...(nothing ? ['There is nothing new in it.'] : [...changes, ...crossed]), end].map(plain).join('\n')}\n`
}

/** The same for scripts. */
export function importRecord({ planId, fresh, changes, conflicts }: ImportResult, apply: boolean): object {
  return { plan_id: planId, fresh, stored: apply, changes, conflicts: conflicts.map(conflictRecord) }
}

/** A field that both sides changed, for scripts. */
export function conflictRecord({ about, sides }: PlanDetail['conflicts'][number]): object {
  return { about, sides: sides.map(({ words, byName, at }) => ({ words, by: byName, at: isoInstant(at) })) }
}

/** Names and words come from others: control characters would command the terminal. */
export function plain(line: string): string {
  // SECURITY: a plan that was handed over is written by somebody else.
  return line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
}
