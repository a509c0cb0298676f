import type { InstantMs } from '../instant.ts'

/** How many writes of each author a value was made in the knowledge of, its own included. */
export type Clock = Readonly<Record<string, number>>

/** A value as JSON can carry it. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined }

/** A value that somebody wrote, and what they knew of when they did. */
export interface Sibling<Value extends JsonValue> {
  readonly value: Value
  readonly clock: Clock
  /** Name of who wrote it; null when nobody was signed in. */
  readonly by: string | null
  readonly at: InstantMs
}

/**
 * A field of a document that is edited in several places without a server between them: what was written last there, as far as
 * nobody who knew of it wrote something else. One sibling is the rule; more were written without knowledge of each other.
 */
export type Versioned<Value extends JsonValue> = readonly Sibling<Value>[]

/** Who writes, when. */
export interface Writing {
  /** Names one copy of the document: two machines of one person are two authors. */
  readonly author: string
  readonly by: string | null
  readonly at: InstantMs
}

/** Writes a value in the knowledge of everything the field holds, so that it takes the place of all of it. */
export function written<Value extends JsonValue>(
  before: Versioned<Value>,
  value: Value,
  { author, by, at }: Writing,
): Versioned<Value> {
  const clock: Record<string, number> = {}
  for (const sibling of before) {
    for (const [name, count] of Object.entries(sibling.clock)) clock[name] = Math.max(clock[name] ?? 0, count)
  }
  return [{ value, clock: { ...clock, [author]: (clock[author] ?? 0) + 1 }, by, at }]
}

/** Writes a value where it is another one than the one that is shown; a field that says so already stays as it is. */
export function changed<Value extends JsonValue>(
  before: Versioned<Value>,
  value: Value,
  writing: Writing,
): Versioned<Value> {
  const shown = shownOf(before)
  return shown && canonical(shown.value) === canonical(value) ? before : written(before, value, writing)
}

/**
 * Brings together what two copies hold of a field: everything that was not overwritten by somebody who knew of it. The order in
 * which copies are merged, and how often, makes no difference.
 */
export function merged<Value extends JsonValue>(one: Versioned<Value>, other: Versioned<Value>): Versioned<Value> {
  const all = new Map([...one, ...other].map((sibling) => [canonical(sibling), sibling]))
  return [...all]
    .filter(([, sibling]) => ![...all.values()].some((candidate) => isKnownTo(sibling.clock, candidate.clock)))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sibling]) => sibling)
}

/** Merges fields by their names; one that only one copy has is taken as it is. */
export function mergedFields<Value extends JsonValue>(
  one: Readonly<Record<string, Versioned<Value>>>,
  other: Readonly<Record<string, Versioned<Value>>>,
): Record<string, Versioned<Value>> {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted()
  return Object.fromEntries(names.map((name) => [name, merged(one[name] ?? [], other[name] ?? [])]))
}

/**
 * The different values a field holds, the one that is shown first: the latest, and of two at the same time the same one in every
 * copy. The same value written twice is one side, of whoever wrote it last.
 */
export function sidesOf<Value extends JsonValue>(field: Versioned<Value>): readonly Sibling<Value>[] {
  // The rule, and asked of every field there is.
  if (field.length < 2) return field
  const sides = new Map<string, Sibling<Value>>()
  for (const sibling of field.toSorted((a, b) => b.at - a.at || (canonical(a) < canonical(b) ? -1 : 1))) {
    const key = canonical(sibling.value)
    if (!sides.has(key)) sides.set(key, sibling)
  }
  return [...sides.values()]
}

/** Whether people wrote different things without knowing of each other, and nobody has chosen yet. */
export function isConflict(field: Versioned<JsonValue>): boolean {
  return sidesOf(field).length > 1
}

/** What a field shows; undefined for one that was never written. */
export function shownOf<Value extends JsonValue>(field: Versioned<Value>): Sibling<Value> | undefined {
  return sidesOf(field)[0]
}

/** A value as text, the same for the same value whatever the order of its keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
}

/** Whether who wrote under the later clock knew of everything under the earlier one, and of more. */
function isKnownTo(earlier: Clock, later: Clock): boolean {
  const authors = [...new Set([...Object.keys(earlier), ...Object.keys(later)])]
  return (
    authors.every((author) => (earlier[author] ?? 0) <= (later[author] ?? 0)) &&
    authors.some((author) => (earlier[author] ?? 0) < (later[author] ?? 0))
  )
}
