import type { InstantMs } from '../instant.ts'
import { severities, type Severity } from './handoff-document.ts'

/** What decides when a ticket comes up. */
export interface ReviewedTicket {
  readonly ticketId: number
  readonly severity: Severity | null
  /** Its next breach; null where no clock runs. */
  readonly nextBreachAt: InstantMs | null
}

/** Order in which tickets are gone through: unstable, watcher, stable, unwritten; within each the next breach first, then the oldest. */
export function reviewOrder(a: ReviewedTicket, b: ReviewedTicket): number {
  return (
    rankOf(a.severity) - rankOf(b.severity) ||
    (a.nextBreachAt ?? never) - (b.nextBreachAt ?? never) ||
    a.ticketId - b.ticketId
  )
}

/** Sorts behind every real instant. */
const never = Number.MAX_SAFE_INTEGER

function rankOf(severity: Severity | null): number {
  return severity === null ? severities.length : severities.indexOf(severity)
}
