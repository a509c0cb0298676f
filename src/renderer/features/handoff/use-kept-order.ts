import { useState } from 'react'
import type { HandoffTicket } from '#contract/handoffs.ts'

/**
 * Tickets in the order they had when the screen came up, so that the list stays still under whoever goes through it; those that come
 * meanwhile stand last.
 */
export function useKeptOrder(lines: readonly HandoffTicket[]): readonly HandoffTicket[] {
  const [order] = useState(() => new Map(lines.map(({ ticketId }, place) => [ticketId, place])))
  const place = ({ ticketId }: HandoffTicket) => order.get(ticketId) ?? order.size
  return lines.toSorted((one, another) => place(one) - place(another))
}
