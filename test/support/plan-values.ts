import { answerRequest, askForCover, createPlan, putEntry } from '#core/coverage/change-plan.ts'
import { planOf, type Plan, type PlanDocument } from '#core/coverage/plan-document.ts'
import type { PlanWords } from '#core/coverage/plan-words.ts'
import { dayMs } from './work-values.ts'

/** A Monday at midnight in Berlin that absences in these values begin on: 2026-12-21. */
export const monday = Date.parse('2026-12-21T00:00+01:00')

/** Anna, at her machine. */
export const anna = { author: 'annas-machine', by: 'Anna', at: monday - 20 * dayMs }
/** Ines, at hers. */
export const ines = { author: 'iness-machine', by: 'Ines', at: monday - 19 * dayMs }

/** Names of the people and accounts of `aWorkspace`. */
export const planWords: PlanWords = {
  timeZone: 'Europe/Berlin',
  personName: (id) => ({ 11: 'Ines', 12: 'Anna', 13: 'Ben', 14: 'Cleo' })[id] ?? `User ${id}`,
  accountName: (id) => ({ 1: 'Acme', 2: 'Borealis', 3: 'Cormorant' })[id] ?? `Organization ${id}`,
}

/** An entry of a plan in these values; days count from the Monday. */
export interface EntryParts {
  readonly id: string
  readonly accountId?: number
  readonly coverId?: number
  readonly from?: number
  readonly to?: number
  readonly state?: 'draft' | 'asked' | 'accepted' | 'declined'
}

/** The terms of such an entry: Ines covers Acme for the week. */
export function termsWith({ id, accountId = 1, coverId = 11, from = 0, to = 7 }: EntryParts) {
  return { id, accountId, coverId, startsAt: monday + from * dayMs, endsAt: monday + to * dayMs }
}

/** Anna's (12) plan for a week in which Acme (1) is to be covered, with entries as they are given. */
export function aPlanDocument(
  entries: readonly EntryParts[] = [],
  parts: { readonly days?: number; readonly accountIds?: readonly number[]; readonly id?: string } = {},
): PlanDocument {
  const { days = 7, accountIds = [1], id = 'p1' } = parts
  const names = {
    people: { '12': { name: 'Anna', timeZone: 'Europe/Berlin' } },
    accounts: { '1': 'Acme' },
  }
  const empty = createPlan({ id, aseId: 12, startsAt: monday, endsAt: monday + days * dayMs, accountIds, names }, anna)
  return entries.reduce((document, entry) => {
    const put = putEntry(document, termsWith(entry), anna)
    if (entry.state === undefined || entry.state === 'draft') return put
    const asked = askForCover(put, entry.id, anna)
    if (entry.state === 'asked') return asked
    return answerRequest(asked, entry.id, { state: entry.state, part: null, words: null }, ines)
  }, empty)
}

/** Such a plan as it stands. */
export function aPlan(...given: Parameters<typeof aPlanDocument>): Plan {
  return planOf(aPlanDocument(...given))
}
