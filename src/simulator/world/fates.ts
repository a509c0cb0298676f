/** Why a ticket is in no list any more. Instants are ms since the epoch. */
export type Fate =
  | { readonly kind: 'deleted'; readonly at: number; readonly actorId: number }
  | { readonly kind: 'archived' | 'restricted'; readonly at: number }

/**
 * What became of tickets that lists no longer show: deleted (gone by id, too), archived (still there by id and in
 * search) or restricted (there, but not for us). `revision` rises with every change.
 */
export function createFates() {
  const fates = new Map<number, Fate>()
  const merged = new Map<number, number>()
  let revision = 0
  return {
    of: (ticketId: number): Fate | undefined => fates.get(ticketId),
    has: (ticketId: number): boolean => fates.has(ticketId),
    all: (): ReadonlyMap<number, Fate> => fates,
    revision: (): number => revision,
    set(ticketId: number, fate: Fate): void {
      fates.set(ticketId, fate)
      revision++
    },
    /** Takes the fate back: the ticket is in lists again. */
    clear(ticketId: number): void {
      fates.delete(ticketId)
      revision++
    },
    /** Remembers which ticket another one was merged into. */
    merge(sourceId: number, targetId: number): void {
      merged.set(sourceId, targetId)
    },
    mergedInto: (ticketId: number): number | null => merged.get(ticketId) ?? null,
  }
}

export type Fates = ReturnType<typeof createFates>
