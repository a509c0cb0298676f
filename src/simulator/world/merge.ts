import type { World } from './world.ts'

/** The tag that Zendesk puts on a ticket that was merged into another one. */
const mergeTag = 'closed_by_merge'

/**
 * Merges a ticket into another one as Zendesk does: the source is closed, tagged, and says in an internal note where it
 * went; the target gets a note as well. False when either is closed, deleted or unknown.
 */
export function mergeTickets(world: World, sourceId: number, targetId: number, actorId: number): boolean {
  const source = world.live.get(sourceId)
  const target = world.live.get(targetId)
  const cannot = [source, target].some(
    (ticket) => !ticket || ticket.status === 'closed' || world.fates.of(ticket.id)?.kind === 'deleted',
  )
  if (!source || !target || cannot || sourceId === targetId) return false
  const note = (text: string) => ({ authorId: actorId, public: false, text })
  const last = source.comments.at(-1)?.text ?? ''
  world.change(targetId, {
    by: actorId,
    comment: note(
      `Request #${sourceId} "${source.subject}" was closed and merged into this request. Last comment in request #${sourceId}:\n\n${last}`,
    ),
  })
  world.change(sourceId, {
    by: actorId,
    tags: [...source.tags, mergeTag],
    comment: note(`This request was closed and merged into request #${targetId} "${target.subject}".`),
    status: 'closed',
  })
  world.fates.merge(sourceId, targetId)
  return true
}
