/**
 * One change to one ticket that a person wants made, with every id filled in. People are Zendesk user ids.
 *
 * @example
 * const wish: Wish = { kind: 'add-cc', ticketId: 712_004, userId: 360_900_000_101 }
 */
export type Wish =
  | { readonly kind: PeopleWishKind; readonly ticketId: number; readonly userId: number }
  | { readonly kind: 'internal-note'; readonly ticketId: number; readonly body: string }
  | {
      readonly kind: 'assign'
      readonly ticketId: number
      readonly assigneeId: number
      readonly groupId?: number | undefined
    }
  | {
      readonly kind: 'tags'
      readonly ticketId: number
      readonly add: readonly string[]
      readonly remove: readonly string[]
    }

/** Changes to who is on Cc of a ticket or follows it. */
export type PeopleWishKind = 'add-cc' | 'remove-cc' | 'follow' | 'unfollow'

/** What of a ticket a wish can change. */
export interface ChangeableFields {
  readonly ccIds: readonly number[]
  readonly followerIds: readonly number[]
  readonly assigneeId: number | null
  /** Null where it is not known. */
  readonly groupId: number | null
  readonly tags: readonly string[]
}

/**
 * Whether a ticket already is as the wish wants it; this is what *verified* means. A note is known by its message, not by
 * the ticket, and never holds here.
 */
export function wishHolds(wish: Wish, fields: ChangeableFields): boolean {
  switch (wish.kind) {
    case 'add-cc':
      return fields.ccIds.includes(wish.userId)
    case 'remove-cc':
      return !fields.ccIds.includes(wish.userId)
    case 'follow':
      return fields.followerIds.includes(wish.userId)
    case 'unfollow':
      return !fields.followerIds.includes(wish.userId)
    case 'assign':
      return fields.assigneeId === wish.assigneeId && (wish.groupId === undefined || fields.groupId === wish.groupId)
    case 'tags': {
      const tags = new Set(fields.tags.map(sameTag))
      return wish.add.every((tag) => tags.has(sameTag(tag))) && !wish.remove.some((tag) => tags.has(sameTag(tag)))
    }
    case 'internal-note':
      return false
  }
}

/** The fields a wish changes, as they are; kept so that somebody else's change to the same fields is noticed later. */
export function touchedFields(wish: Wish, fields: ChangeableFields): Partial<ChangeableFields> {
  switch (wish.kind) {
    case 'add-cc':
    case 'remove-cc':
      return { ccIds: fields.ccIds }
    case 'follow':
    case 'unfollow':
      return { followerIds: fields.followerIds }
    case 'assign':
      return { assigneeId: fields.assigneeId, groupId: fields.groupId }
    case 'tags':
      return { tags: fields.tags }
    case 'internal-note':
      return {}
  }
}

/** Whether two wishes decide about the same thing of a ticket, so that the later one counts. */
export function sameTopic(a: Wish, b: Wish): boolean {
  return a.ticketId === b.ticketId && topicOf(a) === topicOf(b)
}

/** Whether two wishes ask for the very same. */
export function sameWish(a: Wish, b: Wish): boolean {
  return sameTopic(a, b) && contentOf(a) === contentOf(b)
}

function topicOf(wish: Wish): string {
  switch (wish.kind) {
    case 'add-cc':
    case 'remove-cc':
      return `cc ${wish.userId}`
    case 'follow':
    case 'unfollow':
      return `follower ${wish.userId}`
    case 'internal-note':
      return `note ${wish.body}`
    case 'assign':
    case 'tags':
      return wish.kind
  }
}

function contentOf(wish: Wish): string {
  if (wish.kind === 'assign') return `${wish.assigneeId} ${wish.groupId ?? ''}`
  if (wish.kind === 'tags')
    return JSON.stringify([wish.add.map(sameTag).toSorted(), wish.remove.map(sameTag).toSorted()])
  return wish.kind
}

/** Zendesk keeps tags in small letters. */
function sameTag(tag: string): string {
  return tag.toLowerCase()
}
