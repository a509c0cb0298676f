import { HOUR, MINUTE } from '../time.ts'
import type { Ticket, TicketClock, TicketPriority } from './ticket.ts'

/** What the sample workspace promises, by priority. Counted around the clock: business hours are not imitated. */
const targets: Readonly<Record<TicketPriority, { first: number; next: number; update: number }>> = {
  urgent: { first: 30 * MINUTE, next: 4 * HOUR, update: 4 * HOUR },
  high: { first: 4 * HOUR, next: 4 * HOUR, update: 24 * HOUR },
  normal: { first: 8 * HOUR, next: 24 * HOUR, update: 72 * HOUR },
  low: { first: 24 * HOUR, next: 24 * HOUR, update: 120 * HOUR },
}

type Clocked = Pick<Ticket, 'clocks' | 'priority' | 'status'>

const answered = new Set(['first_reply_time', 'next_reply_time'])

const achieve = (clock: TicketClock): TicketClock =>
  clock.stage === 'achieved' ? clock : { ...clock, stage: 'achieved' }

function replace(clocks: readonly TicketClock[], clock: TicketClock): readonly TicketClock[] {
  return [...clocks.filter(({ metric }) => metric !== clock.metric), clock]
}

/** Clocks of a ticket that was just opened. Without a priority no policy matches, and there are none. */
export function clocksWhenOpened(
  priority: TicketPriority | null,
  at: number,
  breachAt?: number,
): readonly TicketClock[] {
  if (!priority) return []
  return [{ metric: 'first_reply_time', stage: 'active', breachAt: breachAt ?? at + targets[priority].first }]
}

/** Clocks after the customer wrote: a next reply is owed, unless a reply was owed already. */
export function clocksAfterCustomer(ticket: Clocked, at: number, breachAt?: number): readonly TicketClock[] {
  if (!ticket.priority) return []
  const owed = ticket.clocks.find(({ metric, stage }) => answered.has(metric) && stage === 'active')
  if (owed) return breachAt === undefined ? ticket.clocks : replace(ticket.clocks, { ...owed, breachAt })
  const due = breachAt ?? at + targets[ticket.priority].next
  const others = breachAt === undefined ? ticket.clocks : ticket.clocks.map(achieve)
  return replace(others, { metric: 'next_reply_time', stage: 'active', breachAt: due })
}

/** Clocks after a public reply of an agent: what was owed is achieved, and the next update is due. */
export function clocksAfterAgent(ticket: Clocked, at: number, breachAt?: number): readonly TicketClock[] {
  if (!ticket.priority) return []
  const settled = ticket.clocks.map((clock) =>
    answered.has(clock.metric) && clock.stage !== 'achieved' ? ({ ...clock, stage: 'achieved' } as const) : clock,
  )
  if (breachAt === undefined && ticket.priority !== 'high' && ticket.priority !== 'urgent') return settled
  const due = breachAt ?? at + targets[ticket.priority].update
  return replace(settled, { metric: 'pausable_update_time', stage: 'active', breachAt: due })
}

/** Clocks after a change of status: waiting for the customer pauses them, solving ends them. */
export function clocksAfterStatus(ticket: Clocked, at: number): readonly TicketClock[] {
  const { priority, status } = ticket
  if (!priority) return []
  if (status === 'solved' || status === 'closed') {
    return ticket.clocks.map((clock) =>
      clock.stage === 'achieved' ? clock : { ...clock, stage: 'achieved' as const, breachAt: clock.breachAt ?? at },
    )
  }
  if (status === 'pending' || status === 'hold') {
    return ticket.clocks.map((clock) =>
      clock.stage === 'active' ? { ...clock, stage: 'paused' as const, breachAt: null } : clock,
    )
  }
  return ticket.clocks.map((clock) =>
    clock.stage === 'paused' ? { ...clock, stage: 'active' as const, breachAt: at + targets[priority].update } : clock,
  )
}
