import { hash } from 'node:crypto'
import type { MeetingRow, ReturnDecided, ReturnMeeting, ReturnRow } from '#contract/returns.ts'
import { isAboutHands, proposeDecision, type ProposalFacts } from '#core/return-meeting/propose-decision.ts'
import type { ReturnRow as RuleRow } from '#core/return-meeting/return-row.ts'
import { factsRows, type FactsRow } from '../db/handoff-facts.ts'
import type { StoredDecision } from '../db/return-meetings.ts'
import type { ReadDb } from '../db/sql.ts'

/** What rows are seen in as the meeting stands. */
export interface RowSetting {
  readonly db: ReadDb
  readonly meeting: ReturnMeeting
  /** What holds of each row that was decided, in the order of deciding. */
  readonly decisions: readonly StoredDecision[]
  readonly nameOf: (userId: number) => string | null
}

/** What a list is beside its rows: what is left to be decided, and what was decided of rows that are gone. */
export interface MeetingRows {
  readonly rows: MeetingRow[]
  readonly undecided: number
  readonly past: ReturnDecided[]
}

/** Rows with what was decided and what could be; a decision is never left out, also where its row is on the list no more. */
export function meetingRows(rows: readonly ReturnRow[], setting: RowSetting): MeetingRows {
  const { meeting, decisions } = setting
  const ids = [...new Set(rows.flatMap(({ ticketId }) => ticketId ?? []))]
  const tickets = new Map(factsRows(setting.db, ids).map((ticket) => [ticket.id, ticket]))
  const coverIds = new Set(meeting.covers.map(({ id }) => id))
  const byKey = new Map(decisions.map((decision) => [decision.key, decision]))
  const aboutHands = Map.groupBy(
    decisions.filter(({ decision }) => isAboutHands(decision.kind)),
    ({ row }) => row.ticketId,
  )
  const seen = rows.map((row): MeetingRow => {
    const ticket = row.ticketId === null ? undefined : tickets.get(row.ticketId)
    const stored = byKey.get(row.key)
    const other = ticket && aboutHands.get(ticket.id)?.findLast(({ key }) => key !== row.key)
    const facts: ProposalFacts = {
      ...{ accountName: meeting.accountName, aseId: meeting.aseId, aseName: meeting.aseName, coverIds },
      ticket: hereOf(ticket, setting),
      other: other ? { kind: other.row.kind, decision: other.decision.kind } : null,
    }
    const { status, assigneeId, assigneeName } = facts.ticket ?? {}
    return {
      ...row,
      proposal: proposeDecision(row, facts),
      decided: stored ? toDecided(stored, isOtherState(row.state, stored.state, meeting.stage), setting) : null,
      ticketNow:
        status === undefined ? null : { status, assigneeId: assigneeId ?? null, assigneeName: assigneeName ?? null },
    }
  })
  const keys = new Set(rows.map(({ key }) => key))
  return {
    rows: seen,
    undecided: seen.filter(({ decided }) => decided === null || decided.changed).length,
    past: decisions.filter(({ key }) => !keys.has(key)).map((decision) => toDecided(decision, false, setting)),
  }
}

/** Names what a row says now: first what happened, then how that is put into words. */
export function stateOf({ words, dueOn, evidence }: Pick<RuleRow, 'words' | 'dueOn' | 'evidence'>): string {
  // Who covered then changes with the plan, and is nothing that came to the row.
  const happened = evidence.map((one) => [one.at, one.byId, one.words, one.quote, one.commentId])
  return [happened, [words, dueOn]].map((part) => hash('sha1', JSON.stringify(part), 'base64url')).join('.')
}

/**
 * Whether something came to a row since it was decided. While the list stands still, how its words go on is no matter: that a ticket was
 * answered after all is said by a row from before.
 */
function isOtherState(now: string, then: string, stage: ReturnMeeting['stage']): boolean {
  if (stage === 'list') return now !== then
  return now.split('.')[0] !== then.split('.')[0]
}

function hereOf(ticket: FactsRow | undefined, { meeting, nameOf }: RowSetting): ProposalFacts['ticket'] {
  if (!ticket || ticket.fate !== null) return null
  const { status, assigneeId, assigneeName, organizationId } = ticket
  const name = assigneeName ?? (assigneeId === null ? null : nameOf(assigneeId))
  return { status, assigneeId, assigneeName: name, isOfAccount: organizationId === meeting.accountId }
}

function toDecided(stored: StoredDecision, changed: boolean, { nameOf }: RowSetting): ReturnDecided {
  const { key, decision, at, byId, row } = stored
  return {
    ...{ key, decision, at, byName: byId === null ? null : nameOf(byId), changed },
    ...{ kind: row.kind, ticketId: row.ticketId, subject: row.subject, words: row.words },
  }
}
