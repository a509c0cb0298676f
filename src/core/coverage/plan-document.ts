import type { InstantMs, Window } from '../instant.ts'
import { isConflict, shownOf, sidesOf, type JsonValue, type Sibling, type Versioned } from '../sharing/versioned.ts'

/** What somebody is asked to take: one account, by one covering engineer, for one window. */
export interface CoverTerms extends Window {
  readonly accountId: number
  readonly coverId: number
}

/** That somebody was asked, or answered, and for exactly what: for anything else it does not hold. */
export type RequestValue = {
  readonly state: 'asked' | 'accepted' | 'declined'
  readonly of: {
    readonly accountId: number
    readonly coverId: number
    readonly startsAt: number
    readonly endsAt: number
  }
  readonly words: string | null
}

/** One line of a plan, as it is shared. */
export interface EntryDocument {
  readonly account: Versioned<number>
  readonly cover: Versioned<number>
  readonly from: Versioned<InstantMs>
  readonly to: Versioned<InstantMs>
  /** Written with every change, so that a removal that knew nothing of it is a conflict and not the end of it. */
  readonly removed: Versioned<boolean>
  /** Empty until somebody was asked. */
  readonly request: Versioned<RequestValue>
}

/** Names of whom and what a plan is about, for a machine that does not know them. */
export interface PlanNames {
  readonly people: Readonly<Record<string, { readonly name: string; readonly timeZone: string }>>
  readonly accounts: Readonly<Record<string, string>>
}

/**
 * A plan as it is handed over and merged: an absence, the accounts it leaves and who covers them. Everything that can change is a
 * versioned field, so that two people can go on without a server; accounts, entries and steps are fields of their own.
 */
export interface PlanDocument {
  readonly id: string
  readonly aseId: number
  readonly startsAt: Versioned<InstantMs>
  readonly endsAt: Versioned<InstantMs>
  readonly removed: Versioned<boolean>
  /** Whether an account is part of it, by its id. */
  readonly accounts: Readonly<Record<string, Versioned<boolean>>>
  readonly entries: Readonly<Record<string, EntryDocument>>
  /** Whether a step of the checklist is ticked, by its id. */
  readonly steps: Readonly<Record<string, Versioned<boolean>>>
  readonly names: PlanNames
}

/** How far asking has come; a draft was never asked for what it says now. */
export interface EntryRequest {
  readonly state: 'draft' | 'asked' | 'accepted' | 'declined'
  readonly at: InstantMs | null
  readonly byName: string | null
  readonly words: string | null
}

/** One line of a plan as it stands. It may end before it begins where two people moved both ends. */
export interface PlannedCover extends CoverTerms {
  readonly id: string
  readonly request: EntryRequest
}

/** A plan as it stands: of a field in conflict what is shown until somebody chooses. */
export interface Plan extends Window {
  readonly id: string
  readonly aseId: number
  /** When it was taken away; null while it is there. */
  readonly removedAt: InstantMs | null
  readonly accountIds: readonly number[]
  /** By their start, then by account. */
  readonly entries: readonly PlannedCover[]
  /** When each ticked step was ticked. */
  readonly tickedAt: ReadonlyMap<string, InstantMs>
}

/** Reads a plan as it stands from its document. Accounts and entries that somebody kept while another took them away are there. */
export function planOf(document: PlanDocument): Plan {
  const ticked = Object.entries(document.steps).flatMap(([id, step]) => {
    const { value, at } = firstSide(step)
    return value ? [[id, at] as const] : []
  })
  return {
    id: document.id,
    aseId: document.aseId,
    startsAt: valueOf(document.startsAt),
    endsAt: valueOf(document.endsAt),
    removedAt: goneSince(document.removed),
    accountIds: Object.entries(document.accounts)
      .filter(([, part]) => sidesOf(part).some(({ value }) => value))
      .map(([id]) => Number(id))
      .toSorted((a, b) => a - b),
    entries: Object.entries(document.entries)
      .filter(([, entry]) => goneSince(entry.removed) === null)
      .map(([id, entry]) => ({ id, ...termsOf(entry), request: requestOf(entry) }))
      .toSorted((a, b) => a.startsAt - b.startsAt || a.accountId - b.accountId || (a.id < b.id ? -1 : 1)),
    tickedAt: new Map(ticked),
  }
}

/** What an entry says now. */
export function termsOf(entry: EntryDocument): CoverTerms {
  return {
    accountId: valueOf(entry.account),
    coverId: valueOf(entry.cover),
    startsAt: valueOf(entry.from),
    endsAt: valueOf(entry.to),
  }
}

/** Whether two terms are the same. */
export function sameTerms(one: CoverTerms, other: CoverTerms): boolean {
  return (
    one.accountId === other.accountId &&
    one.coverId === other.coverId &&
    one.startsAt === other.startsAt &&
    one.endsAt === other.endsAt
  )
}

/** The value that a field shows. Throws for one that was never written. */
export function valueOf<Value extends JsonValue>(field: Versioned<Value>): Value {
  return firstSide(field).value
}

/**
 * How far asking has come for what the entry says now. An answer to other terms holds for nothing, and while anything of the entry
 * is in conflict nothing is accepted: until that is settled nothing changes hands.
 */
function requestOf(entry: EntryDocument): EntryRequest {
  const terms = termsOf(entry)
  const sides = sidesOf(entry.request).filter(({ value }) => sameTerms(value.of, terms))
  const [latest] = sides
  if (!latest) return { state: 'draft', at: null, byName: null, words: null }
  const { account, cover, from, to, removed, request } = entry
  const settled = ![account, cover, from, to, removed].some(isConflict) && !isConflict(request)
  const said = { at: latest.at, byName: latest.by, words: latest.value.words }
  return { state: settled ? latest.value.state : 'asked', ...said }
}

/** Since when something is taken away; null where it is there, or where somebody kept it meanwhile. */
function goneSince(removed: Versioned<boolean>): InstantMs | null {
  const sides = sidesOf(removed)
  return sides.length > 0 && sides.every(({ value }) => value) ? (sides[0]?.at ?? null) : null
}

function firstSide<Value extends JsonValue>(field: Versioned<Value>): Sibling<Value> {
  const shown = shownOf(field)
  if (!shown) throw new Error('A field of a plan holds nothing')
  return shown
}
