import type { ChangeableFields, Wish } from './wish.ts'
import { wishHolds } from './wish.ts'

/** One field on which a person's change and somebody else's meet, in words. */
export interface ConflictSide {
  readonly field: string
  readonly before: string
  readonly mine: string
  readonly theirs: string
}

/** What to do with a wish, now that its ticket has been looked at. */
export type Verdict =
  /** The ticket is as wished: nothing has to be sent. */
  | { readonly kind: 'holds' }
  /** Zendesk takes no change to it any more. */
  | { readonly kind: 'closed' }
  /** Somebody else changed the same fields since the person looked. */
  | { readonly kind: 'conflict'; readonly sides: readonly ConflictSide[] }
  /** It may be sent. */
  | { readonly kind: 'send' }

/** A ticket as it was looked at just now. */
export type SeenTicket = ChangeableFields & { readonly status: string }

/** Writes a person by their user id; null is nobody. */
export type PersonWords = (userId: number | null) => string

/**
 * Judges a wish by the ticket as it is now. What others did to fields the wish does not touch is no conflict, and neither is
 * that they did the same. Being on Cc, following and carrying a tag have two sides only: either it is as wished, or it is as before.
 *
 * @param before the touched fields as the person saw them; what is missing or was not known is not compared.
 */
export function judgeWish(
  wish: Wish,
  before: Partial<ChangeableFields>,
  seen: SeenTicket,
  person: PersonWords,
): Verdict {
  if (wishHolds(wish, seen)) return { kind: 'holds' }
  if (seen.status === 'closed') return { kind: 'closed' }
  if (wish.kind !== 'assign') return { kind: 'send' }
  const isForeign =
    (before.assigneeId !== undefined && before.assigneeId !== seen.assigneeId) ||
    (before.groupId != null && seen.groupId !== null && before.groupId !== seen.groupId)
  return isForeign ? { kind: 'conflict', sides: conflictSides(wish, before, seen, person) } : { kind: 'send' }
}

/**
 * Both sides of a change that met another one, also of one that was made and then undone by somebody else. A note has no
 * other side.
 */
export function conflictSides(
  wish: Wish,
  before: Partial<ChangeableFields>,
  seen: ChangeableFields,
  person: PersonWords,
): readonly ConflictSide[] {
  switch (wish.kind) {
    case 'add-cc':
    case 'remove-cc':
      return [listSide('Cc', 'on Cc', wish.kind === 'add-cc', wish.userId, before.ccIds, seen.ccIds, person)]
    case 'follow':
    case 'unfollow': {
      const { followerIds } = before
      return [
        listSide('Followers', 'following', wish.kind === 'follow', wish.userId, followerIds, seen.followerIds, person),
      ]
    }
    case 'assign':
      return assignSides(wish, before, seen, person)
    case 'tags':
      return tagSides(wish, before.tags ?? [], seen.tags)
    case 'internal-note':
      return []
  }
}

function listSide(
  field: string,
  being: string,
  wanted: boolean,
  userId: number,
  before: readonly number[] | undefined,
  seen: readonly number[],
  person: PersonWords,
): ConflictSide {
  const words = (is: boolean) => `${person(userId)} ${is ? '' : 'not '}${being}`
  return {
    field,
    before: words(before?.includes(userId) ?? !wanted),
    mine: words(wanted),
    theirs: words(seen.includes(userId)),
  }
}

function assignSides(
  wish: Extract<Wish, { kind: 'assign' }>,
  before: Partial<ChangeableFields>,
  seen: ChangeableFields,
  person: PersonWords,
): ConflictSide[] {
  const assignee: ConflictSide = {
    field: 'Assignee',
    before: before.assigneeId === undefined ? 'not known' : person(before.assigneeId),
    mine: person(wish.assigneeId),
    theirs: person(seen.assigneeId),
  }
  const group = (id: number | null | undefined) => (id == null ? 'not known' : `group ${id}`)
  const isMoved = before.groupId != null && before.groupId !== seen.groupId
  if (!isMoved) return [assignee]
  const mine = wish.groupId === undefined ? 'a group of the assignee' : group(wish.groupId)
  return [assignee, { field: 'Group', before: group(before.groupId), mine, theirs: group(seen.groupId) }]
}

function tagSides(
  wish: Extract<Wish, { kind: 'tags' }>,
  before: readonly string[],
  seen: readonly string[],
): ConflictSide[] {
  const words = (has: boolean) => (has ? 'on the ticket' : 'not on the ticket')
  const side = (tag: string, wanted: boolean): ConflictSide[] => {
    const has = (tags: readonly string[]) => tags.some((one) => one.toLowerCase() === tag.toLowerCase())
    if (has(seen) === wanted) return []
    return [{ field: `Tag ${tag}`, before: words(has(before)), mine: words(wanted), theirs: words(has(seen)) }]
  }
  return [...wish.add.flatMap((tag) => side(tag, true)), ...wish.remove.flatMap((tag) => side(tag, false))]
}
