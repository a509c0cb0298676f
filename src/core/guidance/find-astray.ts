import type { InstantMs } from '../instant.ts'

/** A change of a ticket that was recorded. */
export interface RecordedChange {
  readonly at: InstantMs
  readonly changes: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>
}

/** A ticket that I cover, as it is. */
export interface CoveredTicket {
  readonly assigneeId: number | null
  readonly ccIds: readonly number[]
}

/** What a ticket lost while I cover it, and when: its assignee, who was the ASE, or me on Cc. */
export interface Astray {
  readonly lost: 'assignee' | 'cc'
  readonly at: InstantMs
}

/**
 * Whether a covered ticket was taken from its ASE, or its Cc lost me, by a change that was recorded since I cover it (macros and
 * out-of-office apps do that). What is so from the beginning was meant, and what was mended is no news.
 *
 * @param changes recorded since the coverage began, oldest first.
 */
export function findAstray(
  ticket: CoveredTicket,
  changes: readonly RecordedChange[],
  { aseId, meId }: { readonly aseId: number; readonly meId: number },
): readonly Astray[] {
  const found: Astray[] = []
  const taken = changes.findLast(({ changes: { assignee_id: field } }) => field?.from === aseId)
  if (taken && ticket.assigneeId !== aseId) found.push({ lost: 'assignee', at: taken.at })
  const left = changes.findLast(
    ({ changes: { cc_ids: field } }) => field && idsOf(field.from).includes(meId) && !idsOf(field.to).includes(meId),
  )
  if (left && !ticket.ccIds.includes(meId)) found.push({ lost: 'cc', at: left.at })
  return found
}

/** A list of ids as events keep it: JSON text, or the list. */
function idsOf(value: unknown): readonly unknown[] {
  const list: unknown = typeof value === 'string' ? JSON.parse(value) : value
  return Array.isArray(list) ? list : []
}
