/** What marks a ticket that pages the on-call engineer: one of its tags, its priority, or the form it was opened with. */
export type EmergencyMark =
  | { readonly by: 'tag' | 'priority'; readonly value: string }
  | {
      readonly by: 'form'
      /** The id of the form, in digits. */
      readonly value: string
      /** What the form is called; null where the list of forms may not be read. */
      readonly name: string | null
    }

/** What of a ticket can mark it. */
interface MarkableTicket {
  readonly tags: readonly string[]
  readonly priority: string | null
  readonly formId: number | null
}

/** Whether a ticket pages the on-call engineer. */
export function isEmergency(ticket: MarkableTicket, { by, value }: EmergencyMark): boolean {
  if (by === 'tag') return ticket.tags.includes(value)
  return by === 'priority' ? ticket.priority === value : ticket.formId !== null && String(ticket.formId) === value
}

const fields = { tag: 'tags', priority: 'priority', form: 'form_id' } as const

/**
 * Whether it was this change that made a ticket an emergency.
 *
 * @param changes as recorded: stored fields with their old and new values, lists as JSON.
 */
export function becomesEmergency(
  changes: Readonly<Record<string, { readonly from: unknown; readonly to: unknown } | undefined>>,
  mark: EmergencyMark,
): boolean {
  const change = changes[fields[mark.by]]
  return change !== undefined && !isMarkedBy(change.from, mark) && isMarkedBy(change.to, mark)
}

function isMarkedBy(stored: unknown, { by, value }: EmergencyMark): boolean {
  if (by === 'form') return typeof stored === 'number' && String(stored) === value
  if (typeof stored !== 'string') return false
  return by === 'priority' ? stored === value : (JSON.parse(stored) as unknown[]).includes(value)
}
