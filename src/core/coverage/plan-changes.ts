import {
  planOf,
  sameTerms,
  type EntryRequest,
  type Plan,
  type PlanDocument,
  type PlannedCover,
} from './plan-document.ts'
import { spanWords, type PlanWords } from './plan-words.ts'

/**
 * What another copy brought to a plan, a sentence for each change.
 *
 * @param before null where the plan was not known.
 * @param stepWords what a step of the checklist says.
 */
export function planChanges(
  before: PlanDocument | null,
  after: PlanDocument,
  words: PlanWords,
  stepWords: (stepId: string) => string,
): string[] {
  const now = planOf(after)
  const ase = words.personName(now.aseId)
  if (!before) {
    const accounts = now.accountIds.map(words.accountName)
    if (now.removedAt !== null) return [`The absence of ${ase} ${spanWords(now, words.timeZone)} was taken away.`]
    return [
      `${ase} is away ${spanWords(now, words.timeZone)} and leaves ${accounts.join(', ') || 'no account'}.`,
      ...now.entries.map(
        (entry) => `${entryWords(entry, words)}${requestWords(entry.request, words.personName(entry.coverId))}`,
      ),
    ]
  }
  const then = planOf(before)
  return [
    ...absenceChanges(then, now, ase, words),
    ...now.accountIds
      .filter((id) => !then.accountIds.includes(id))
      .map((id) => `${words.accountName(id)} is part of the plan now.`),
    ...then.accountIds
      .filter((id) => !now.accountIds.includes(id))
      .map((id) => `${words.accountName(id)} is no longer part of the plan.`),
    ...now.entries.flatMap((entry) =>
      entryChanges(
        then.entries.find(({ id }) => id === entry.id),
        entry,
        words,
      ),
    ),
    ...then.entries
      .filter(({ id }) => !now.entries.some((entry) => entry.id === id))
      .map((entry) => `Taken out: ${entryWords(entry, words)}`),
    ...stepChanges(then, now, stepWords),
  ]
}

function absenceChanges(then: Plan, now: Plan, ase: string, { timeZone }: PlanWords): string[] {
  const moved = then.startsAt !== now.startsAt || then.endsAt !== now.endsAt
  const gone = now.removedAt !== null && then.removedAt === null
  const back = now.removedAt === null && then.removedAt !== null
  return [
    ...(gone ? [`The absence of ${ase} was taken away, with its coverages.`] : []),
    ...(back ? [`The absence of ${ase} is back, with its coverages.`] : []),
    ...(moved ? [`${ase} is away ${spanWords(now, timeZone)}, no longer ${spanWords(then, timeZone)}.`] : []),
  ]
}

function entryChanges(then: PlannedCover | undefined, now: PlannedCover, words: PlanWords): string[] {
  const cover = words.personName(now.coverId)
  if (!then) return [`New: ${entryWords(now, words)}${requestWords(now.request, cover)}`]
  const { state, at } = now.request
  const answered = state !== then.request.state || (at !== then.request.at && state !== 'draft')
  if (!sameTerms(then, now)) {
    const was = `${entryWords(now, words)} Before: ${entryWords(then, words)}`
    return [answered ? `${was}${requestWords(now.request, cover)}` : was]
  }
  return answered ? [`${words.accountName(now.accountId)}:${requestWords(now.request, cover)}`] : []
}

function entryWords({ coverId, accountId, ...window }: PlannedCover, words: PlanWords): string {
  return `${words.personName(coverId)} covers ${words.accountName(accountId)} ${spanWords(window, words.timeZone)}.`
}

function requestWords({ state, words }: EntryRequest, cover: string): string {
  const said = words === null ? '' : ` “${words}”`
  if (state === 'draft') return ` ${cover} has not been asked for this.`
  if (state === 'asked') return ` ${cover} was asked.${said}`
  return ` ${cover} ${state}.${said}`
}

function stepChanges(then: Plan, now: Plan, stepWords: (stepId: string) => string): string[] {
  const ids = [...new Set([...then.tickedAt.keys(), ...now.tickedAt.keys()])].toSorted()
  return ids
    .filter((id) => then.tickedAt.has(id) !== now.tickedAt.has(id))
    .map((id) => `${now.tickedAt.has(id) ? 'Done' : 'Not done any more'}: ${stepWords(id)}`)
}
