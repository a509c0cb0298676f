import { canonical, merged, mergedFields } from '../sharing/versioned.ts'
import type { EntryDocument, PlanDocument } from './plan-document.ts'

/**
 * Brings two copies of a plan together, field by field: what somebody changed knowing of the other copy stands, and what was
 * changed without is kept from both sides. Order and repetition make no difference.
 *
 * @returns undefined when the copies are of different plans.
 */
export function mergePlans(one: PlanDocument, other: PlanDocument): PlanDocument | undefined {
  if (one.id !== other.id || one.aseId !== other.aseId) return undefined
  const entryIds = [...new Set([...Object.keys(one.entries), ...Object.keys(other.entries)])].toSorted()
  return {
    id: one.id,
    aseId: one.aseId,
    startsAt: merged(one.startsAt, other.startsAt),
    endsAt: merged(one.endsAt, other.endsAt),
    removed: merged(one.removed, other.removed),
    accounts: mergedFields(one.accounts, other.accounts),
    entries: Object.fromEntries(entryIds.map((id) => [id, mergeEntries(one.entries[id], other.entries[id])])),
    steps: mergedFields(one.steps, other.steps),
    names: {
      people: mergeNames(one.names.people, other.names.people),
      accounts: mergeNames(one.names.accounts, other.names.accounts),
    },
  }
}

const nothing: EntryDocument = { account: [], cover: [], from: [], to: [], removed: [], request: [] }

function mergeEntries(one: EntryDocument = nothing, other: EntryDocument = nothing): EntryDocument {
  return {
    account: merged(one.account, other.account),
    cover: merged(one.cover, other.cover),
    from: merged(one.from, other.from),
    to: merged(one.to, other.to),
    removed: merged(one.removed, other.removed),
    request: merged(one.request, other.request),
  }
}

/** Nobody decides over a name: of two the same one is taken in every copy. */
function mergeNames<Name>(
  one: Readonly<Record<string, Name>>,
  other: Readonly<Record<string, Name>>,
): Record<string, Name> {
  const all = [...Object.entries(one), ...Object.entries(other)].toSorted(
    ([a, name], [b, another]) => (a < b ? -1 : a > b ? 1 : 0) || (canonical(name) < canonical(another) ? -1 : 1),
  )
  return Object.fromEntries(all)
}
