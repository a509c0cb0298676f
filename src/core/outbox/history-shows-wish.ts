import type { AuditChange } from '../tickets/audit.ts'
import type { Wish } from './wish.ts'

/**
 * Whether a person's own changes to a ticket contain what a wish asks for: it was made, whatever the ticket shows now. Lists
 * of people tell addresses there, not ids; that the list got longer, or shorter, is taken for it.
 */
export function historyShowsWish(wish: Wish, changes: readonly AuditChange[]): boolean {
  switch (wish.kind) {
    case 'add-cc':
      return changes.some((change) => change.field === 'email_ccs' && hasMore(change.from, change.to))
    case 'remove-cc':
      return changes.some((change) => change.field === 'email_ccs' && hasMore(change.to, change.from))
    case 'follow':
      return changes.some((change) => change.field === 'followers' && hasMore(change.from, change.to))
    case 'unfollow':
      return changes.some((change) => change.field === 'followers' && hasMore(change.to, change.from))
    case 'assign':
      return changes.some((change) => change.field === 'assignee_id' && String(change.to) === String(wish.assigneeId))
    case 'tags':
      return changes.some(({ field, to }) => {
        const tags = new Set(listOf(to).map((tag) => tag.toLowerCase()))
        const has = (tag: string) => tags.has(tag.toLowerCase())
        return field === 'tags' && wish.add.every(has) && !wish.remove.some(has)
      })
    case 'internal-note':
      return false
  }
}

/** Whether `after` has something that `before` has not. */
function hasMore(before: unknown, after: unknown): boolean {
  const known = new Set(listOf(before))
  return listOf(after).some((one) => !known.has(one))
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
