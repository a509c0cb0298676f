/** Something that happened to a ticket, as it was recorded. */
export interface TicketEvent {
  readonly kind: string
  readonly changes: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>
}

const kinds: Readonly<Record<string, string>> = {
  'ticket-created': 'Opened',
  'ticket-clock-changed': 'Another SLA clock',
  'ticket-moved': 'Moved to another organization',
  'ticket-merged': 'Merged into another ticket',
  'ticket-deleted': 'Deleted',
  'ticket-archived': 'Archived',
  'ticket-forbidden': 'Out of our sight',
  'ticket-back': 'Back in our sight',
}

/**
 * What happened to a ticket, in a few words.
 *
 * @param nameOf the name of a user, or null.
 */
export function eventWords({ kind, changes }: TicketEvent, nameOf: (id: number) => string | null): string {
  const who = (id: unknown) => (typeof id === 'number' ? (nameOf(id) ?? `user ${id}`) : 'nobody')
  if (kind === 'comment-added') {
    const comment = changes['comment']?.to as { readonly public?: boolean; readonly authorId?: number } | undefined
    return `${who(comment?.authorId)} wrote ${comment?.public === false ? 'an internal note' : 'a reply'}`
  }
  if (kind !== 'ticket-changed') return kinds[kind] ?? kind
  const parts = Object.entries(changes).map(([field, { from, to }]) => {
    if (field === 'assignee_id') return `assigned to ${who(to)}, was ${who(from)}`
    if (field === 'status' || field === 'priority') return `${field} ${plain(from)} → ${plain(to)}`
    return fieldWords[field] ?? field
  })
  const [first = 'changed', ...more] = parts
  return [`${first.charAt(0).toUpperCase()}${first.slice(1)}`, ...more].join(', ')
}

const fieldWords: Readonly<Record<string, string>> = {
  subject: 'another subject',
  requester_id: 'another requester',
  form_id: 'another form',
  cc_ids: 'others on Cc',
  follower_ids: 'other followers',
  tags: 'other tags',
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : 'none'
}
