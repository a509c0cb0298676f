import type { ReturnList, ReturnMeeting } from '#contract/returns.ts'
import type { Policy } from '#core/policy/policy.ts'
import { readDecisions, type StoredDecision } from '../db/return-meetings.ts'
import type { WriteDb } from '../db/sql.ts'
import type { Outbox } from '../outbox/create-outbox.ts'
import { buildReturnList, type ReturnDesk } from './build-return-list.ts'

/** What ends a return meeting: what its list is built from, and what writes. */
export interface WrapUpDesk extends ReturnDesk {
  readonly db: WriteDb
  readonly policy: Policy
  /** Null where nothing is connected. */
  readonly outbox: Pick<Outbox, 'send'> | null
}

/** A meeting with its list and what was decided of it. */
export interface WrappedMeeting {
  readonly meeting: ReturnMeeting
  readonly list: ReturnList
  readonly decisions: readonly StoredDecision[]
}

/**
 * Reads a meeting with its list.
 *
 * @throws {Refusal} when the coverage is not known, or is not mine to hand back.
 */
export function wrappedMeeting(desk: ReturnDesk, coverageId: string): WrappedMeeting {
  const list = buildReturnList(desk, coverageId)
  return { meeting: list, list, decisions: readDecisions(desk.db, list.meetingId) }
}

/** Tickets of which something was decided that makes them the ASE's. */
export function transferredTickets(decisions: readonly StoredDecision[]): Set<number> {
  return new Set(
    decisions.flatMap(({ row, decision }) =>
      decision.kind === 'transfer' && row.ticketId !== null ? [row.ticketId] : [],
    ),
  )
}
