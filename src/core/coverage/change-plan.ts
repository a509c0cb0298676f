import type { Window } from '../instant.ts'
import { changed, sidesOf, written, type JsonValue, type Versioned, type Writing } from '../sharing/versioned.ts'
import {
  sameTerms,
  termsOf,
  type CoverTerms,
  type EntryDocument,
  type PlanDocument,
  type PlanNames,
  type RequestValue,
} from './plan-document.ts'

/** Plans an absence: when, which accounts, nobody to cover yet. */
export function createPlan(
  plan: Window & {
    readonly id: string
    readonly aseId: number
    readonly accountIds: readonly number[]
    readonly names: PlanNames
  },
  writing: Writing,
): PlanDocument {
  return {
    id: plan.id,
    aseId: plan.aseId,
    startsAt: written([], plan.startsAt, writing),
    endsAt: written([], plan.endsAt, writing),
    removed: written([], false, writing),
    accounts: Object.fromEntries(plan.accountIds.map((id) => [id, written<boolean>([], true, writing)])),
    entries: {},
    steps: {},
    names: plan.names,
  }
}

/** Changes when the absence is and which accounts it leaves; what is left out stays. */
export function changePlan(
  document: PlanDocument,
  change: {
    readonly startsAt?: number | undefined
    readonly endsAt?: number | undefined
    readonly accountIds?: readonly number[] | undefined
  },
  writing: Writing,
): PlanDocument {
  const { startsAt, endsAt, accountIds } = change
  const accounts: Record<string, Versioned<boolean>> = { ...document.accounts }
  for (const id of accountIds === undefined ? [] : new Set([...Object.keys(accounts), ...accountIds.map(String)])) {
    const before = accounts[id] ?? []
    const part = accountIds?.includes(Number(id)) ?? false
    if (part || before.length > 0) accounts[id] = changed(before, part, writing)
  }
  return kept(
    {
      ...document,
      startsAt: startsAt === undefined ? document.startsAt : changed(document.startsAt, startsAt, writing),
      endsAt: endsAt === undefined ? document.endsAt : changed(document.endsAt, endsAt, writing),
      accounts,
    },
    writing,
  )
}

/** Puts an entry in, or changes the one of that id. What was asked or accepted for other terms holds no more. */
export function putEntry(
  document: PlanDocument,
  entry: CoverTerms & { readonly id: string },
  writing: Writing,
): PlanDocument {
  const before = document.entries[entry.id]
  return withEntry(document, writing, entry.id, {
    account: changed(before?.account ?? [], entry.accountId, writing),
    cover: changed(before?.cover ?? [], entry.coverId, writing),
    from: changed(before?.from ?? [], entry.startsAt, writing),
    to: changed(before?.to ?? [], entry.endsAt, writing),
    removed: written(before?.removed ?? [], false, writing),
    request: before?.request ?? [],
  })
}

/** Takes an entry out. */
export function removeEntry(document: PlanDocument, entryId: string, writing: Writing): PlanDocument {
  const entry = entryOf(document, entryId)
  return withEntry(document, writing, entryId, { ...entry, removed: written(entry.removed, true, writing) })
}

/** Marks that somebody was asked for what the entry says now. An answer to just that stays as it is. */
export function askForCover(document: PlanDocument, entryId: string, writing: Writing): PlanDocument {
  const entry = entryOf(document, entryId)
  const terms = termsOf(entry)
  const [latest, ...others] = sidesOf(entry.request)
  const stands = latest && others.length === 0 && sameTerms(latest.value.of, terms) && latest.value.state !== 'declined'
  if (stands) return document
  return withRequest(document, writing, entryId, { state: 'asked', of: terms, words: null })
}

/** Records an answer. One that accepts a part narrows the entry to it; the rest is without anybody again. */
export function answerRequest(
  document: PlanDocument,
  entryId: string,
  answer: {
    readonly state: 'accepted' | 'declined'
    readonly part: Window | null
    readonly words: string | null
  },
  writing: Writing,
): PlanDocument {
  const { state, part, words } = answer
  const entry = entryOf(document, entryId)
  const narrowed = {
    ...entry,
    from: part ? changed(entry.from, part.startsAt, writing) : entry.from,
    to: part ? changed(entry.to, part.endsAt, writing) : entry.to,
  }
  const before = { ...document, entries: { ...document.entries, [entryId]: narrowed } }
  return withRequest(before, writing, entryId, { state, of: termsOf(narrowed), words })
}

/** Ticks a step of the checklist, or takes the tick back. */
export function tickStep(document: PlanDocument, stepId: string, done: boolean, writing: Writing): PlanDocument {
  return { ...document, steps: { ...document.steps, [stepId]: changed(document.steps[stepId] ?? [], done, writing) } }
}

/** Takes the plan away, or brings it back. */
export function markRemoved(document: PlanDocument, removed: boolean, writing: Writing): PlanDocument {
  return { ...document, removed: written(document.removed, removed, writing) }
}

/** Adds names of people and accounts that a change brought in. */
export function withNames(document: PlanDocument, names: PlanNames): PlanDocument {
  return {
    ...document,
    names: {
      people: { ...document.names.people, ...names.people },
      accounts: { ...document.names.accounts, ...names.accounts },
    },
  }
}

/**
 * Chooses a side of a field in conflict.
 *
 * @param field as `planConflicts` names it.
 * @param side its place among the sides.
 * @returns undefined when the field is not in conflict, or has no such side.
 */
export function resolveConflict(
  document: PlanDocument,
  field: string,
  side: number,
  writing: Writing,
): PlanDocument | undefined {
  const [area = '', id = '', part = ''] = field.split(':')
  const choose = <Value extends JsonValue>(versioned: Versioned<Value> | undefined) => {
    const sides = sidesOf(versioned ?? [])
    const chosen = sides.length > 1 ? sides[side] : undefined
    return chosen && written(versioned ?? [], chosen.value, writing)
  }
  const inRecord = <Value extends JsonValue>(fields: Readonly<Record<string, Versioned<Value>>>) => {
    const chosen = choose(Object.hasOwn(fields, id) ? fields[id] : undefined)
    return chosen && { ...fields, [id]: chosen }
  }
  if (area === 'startsAt' || area === 'endsAt') {
    const chosen = choose(document[area])
    return chosen && { ...document, [area]: chosen }
  }
  if (area === 'removed') {
    const removed = choose(document.removed)
    return removed && { ...document, removed }
  }
  if (area === 'account') {
    const accounts = inRecord(document.accounts)
    return accounts && { ...document, accounts }
  }
  if (area === 'step') {
    const steps = inRecord(document.steps)
    return steps && { ...document, steps }
  }
  const entry = area === 'entry' && Object.hasOwn(document.entries, id) ? document.entries[id] : undefined
  if (!entry || !isEntryField(part)) return undefined
  const chosen = choose<JsonValue>(entry[part])
  return chosen && { ...document, entries: { ...document.entries, [id]: { ...entry, [part]: chosen } } }
}

/** The fields of an entry, in the order in which their conflicts are shown. */
export const entryFields = ['account', 'cover', 'from', 'to', 'removed', 'request'] as const

function isEntryField(part: string): part is (typeof entryFields)[number] {
  return entryFields.some((field) => field === part)
}

function withRequest(document: PlanDocument, writing: Writing, id: string, request: RequestValue): PlanDocument {
  const entry = entryOf(document, id)
  return withEntry(document, writing, id, {
    ...entry,
    removed: written(entry.removed, false, writing),
    request: written(entry.request, request, writing),
  })
}

function withEntry(document: PlanDocument, writing: Writing, id: string, entry: EntryDocument): PlanDocument {
  return kept({ ...document, entries: { ...document.entries, [id]: entry } }, writing)
}

/** Says that the plan is there, so that taking it away without knowing of the change is a conflict. */
function kept(document: PlanDocument, writing: Writing): PlanDocument {
  return { ...document, removed: written(document.removed, false, writing) }
}

function entryOf(document: PlanDocument, id: string): EntryDocument {
  const entry = document.entries[id]
  if (!entry) throw new Error(`The plan has no entry ${id}`)
  return entry
}
