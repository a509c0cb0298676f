import type { InstantMs } from '../instant.ts'

/** One SLA clock of a ticket. Unknown metrics and stages are kept as they came; a paused clock has no `breachAt`. */
export interface SlaClock {
  readonly metric: string
  readonly stage: string
  readonly breachAt: InstantMs | null
}

/** A Zendesk ticket as Understudy keeps it. */
export interface Ticket {
  readonly id: number
  readonly organizationId: number | null
  readonly subject: string
  readonly status: string
  readonly priority: string | null
  readonly requesterId: number | null
  readonly assigneeId: number | null
  /** The group of agents it is assigned to; null where it has none or was not told. */
  readonly groupId: number | null
  /** The form it was opened with; null where it has none or was not told. */
  readonly formId: number | null
  readonly ccIds: readonly number[]
  readonly followerIds: readonly number[]
  readonly tags: readonly string[]
  readonly createdAt: InstantMs
  readonly updatedAt: InstantMs
  /** Moves with every change, also with those that leave `updatedAt` alone. */
  readonly generatedAt: InstantMs
}

/** One message of a ticket's conversation. */
export interface TicketComment {
  readonly id: number
  readonly ticketId: number
  readonly authorId: number | null
  readonly public: boolean
  readonly createdAt: InstantMs
  readonly html: string
  readonly text: string
}

/** Stages in which a clock is running towards its breach; a breached clock stays `active` in Zendesk. */
const runningStages: ReadonlySet<string> = new Set(['active', 'breached'])

/** Whether a clock is running (or has run out): it then has a breach time worth showing. */
export function isRunning(clock: SlaClock): clock is SlaClock & { readonly breachAt: InstantMs } {
  return clock.breachAt !== null && runningStages.has(clock.stage)
}

/** The running clock that breaches first, or null when none is running. */
export function nextBreach(clocks: readonly SlaClock[]): (SlaClock & { readonly breachAt: InstantMs }) | null {
  let next: (SlaClock & { readonly breachAt: InstantMs }) | null = null
  for (const clock of clocks) if (isRunning(clock) && (next === null || clock.breachAt < next.breachAt)) next = clock
  return next
}

/** Whether work on a ticket goes on. Solved and closed are the two statuses that end it. */
export function isLive(ticket: { readonly status: string }): boolean {
  return ticket.status !== 'solved' && ticket.status !== 'closed'
}
