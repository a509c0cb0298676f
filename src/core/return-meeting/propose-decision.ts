import { decisionsFor } from './decisions-for.ts'
import type { ReturnDecisionKind, ReturnRow, ReturnRowKind } from './return-row.ts'
import { rowKindWords } from './row-kind-words.ts'

/** What a proposal follows from, beside the row. */
export interface ProposalFacts {
  readonly accountName: string
  readonly aseId: number
  readonly aseName: string
  readonly coverIds: ReadonlySet<number>
  /** The ticket as it is now; null for what is no ticket, or not there any more. */
  readonly ticket: {
    readonly status: string
    readonly assigneeId: number | null
    readonly assigneeName: string | null
    readonly isOfAccount: boolean
  } | null
  /** What was decided with another row of the same ticket about who has it from now on. */
  readonly other: { readonly kind: ReturnRowKind; readonly decision: ReturnDecisionKind } | null
}

/** A decision that can be taken over with one key, and why. */
export interface Proposal {
  readonly kind: ReturnDecisionKind
  readonly why: string
}

/** Decisions about who has a ticket from now on: one row of it is enough. */
const aboutHands: ReadonlySet<ReturnDecisionKind> = new Set(['keep', 'transfer', 'close-out'])

/** Whether a decision says who has a ticket from now on. */
export function isAboutHands(decision: ReturnDecisionKind): boolean {
  return aboutHands.has(decision)
}

/**
 * What could be decided of a row (rule 7): the ASE takes what is open and whoever covered has, or nobody; what was promised or agreed on is
 * followed up; the rest is known. It is always one of what can be decided of the row.
 */
export function proposeDecision(row: Pick<ReturnRow, 'kind' | 'ticketId'>, facts: ProposalFacts): Proposal {
  const proposal = row.ticketId === null || row.kind === 'gone' ? withoutTicket(row.kind, facts) : ofTicket(row, facts)
  return decisionsFor(row).includes(proposal.kind) ? proposal : know(proposal.why)
}

function withoutTicket(kind: ReturnRowKind, { accountName, aseName, ticket }: ProposalFacts): Proposal {
  if (kind === 'gap') return know('Nobody saw it happen: look in Zendesk or GitLab where it matters.')
  if (kind === 'action-item') return { kind: 'follow-up', why: 'Not done yet: somebody does it, and by a day.' }
  if (kind === 'issue') return know(`Issues stay with ${aseName}: only tickets were handed over.`)
  return know(ticket?.isOfAccount ? 'It is there again.' : `It is not ${accountName}’s any more.`)
}

function ofTicket({ kind }: Pick<ReturnRow, 'kind'>, facts: ProposalFacts): Proposal {
  const { accountName, aseId, aseName, coverIds, ticket, other } = facts
  if (ticket === null) return know('The ticket is not there any more.')
  if (!ticket.isOfAccount) return know(`It is not ${accountName}’s any more.`)
  const { status, assigneeId, assigneeName } = ticket
  if (status === 'solved' || status === 'closed') return know(`The ticket is ${status}.`)
  // Whoever has the ticket: what the customer was promised is owed still.
  if (kind === 'promised') return { kind: 'follow-up', why: `The ticket is ${status}: ${aseName} sees to it.` }
  if (other) return know(`Decided with its row “${rowKindWords[other.kind]}”: ${other.decision}.`)
  if (assigneeId === aseId) return know(`${aseName} has the ticket.`)
  const name = assigneeName ?? (assigneeId === null ? 'nobody' : `user ${assigneeId}`)
  if (assigneeId !== null && !coverIds.has(assigneeId)) return know(`${name} has the ticket, and keeps it.`)
  return { kind: 'transfer', why: `Assigned to ${name} and ${status}: ${aseName} takes it.` }
}

function know(why: string): Proposal {
  return { kind: 'know', why }
}
