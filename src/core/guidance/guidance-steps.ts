import { fillIn } from '../policy/fill-in.ts'
import type { GuidanceStepId } from '../policy/policy.ts'
import { findCell, type GuidanceFacts, type PreAseChoice } from './find-cell.ts'
import { guidanceWords, type TicketGuidance } from './guide-ticket.ts'

/**
 * One step of what to do. `change` is made through the outbox after a look at it, `copy` is a text to take elsewhere, `open` leads to the
 * ticket, `do` is a plain sentence; the others are forms of their own. The text of a note has `{…}` where a person writes.
 */
export type GuidanceStep = { readonly id: GuidanceStepId; readonly words: string; readonly source: string } & (
  | { readonly kind: 'change'; readonly change: StepChange; readonly done: boolean }
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'choice'; readonly choice: PreAseChoice | null }
  | { readonly kind: 'handover' | 'capture'; readonly text: string }
  | { readonly kind: 'do' | 'brief' }
)

/** A change to a ticket that a step asks for. */
type StepChange =
  | { readonly kind: 'add-cc'; readonly ticketId: number }
  | { readonly kind: 'assign'; readonly ticketId: number; readonly assigneeId: number }

/** What steps need to know of a ticket beside what the rules look at. */
interface SteppedTicket {
  readonly id: number
  readonly subject: string
  readonly url: string
  /** Whether I am on its Cc. */
  readonly onCc: boolean
}

/** The steps of a ticket's guidance that apply to it, in the policy's order. */
export function guidanceSteps(
  guidance: TicketGuidance,
  facts: GuidanceFacts,
  ticket: SteppedTicket,
): readonly GuidanceStep[] {
  const words = {
    ...guidanceWords(facts),
    ticket: `#${ticket.id}`,
    subject: ticket.subject,
    url: ticket.url,
  }
  return facts.policy.guidance[guidance.situation].steps.flatMap((id) => {
    const text = facts.policy.guidanceSteps[id]
    const step = stepOf(id, facts, ticket, fillIn(text.text, words))
    return step ? [{ id, words: fillIn(text.words, words), source: text.source, ...step }] : []
  })
}

type Distribute<Step> = Step extends unknown ? Omit<Step, 'id' | 'words' | 'source'> : never

/** A step as it stands for this ticket; undefined where it does not apply. */
function stepOf(
  id: GuidanceStepId,
  facts: GuidanceFacts,
  ticket: SteppedTicket,
  text: string,
): Distribute<GuidanceStep> | undefined {
  const cell = findCell(facts)
  const aseId = facts.account?.aseId ?? null
  switch (id) {
    case 'cc-me':
      return { kind: 'change', change: { kind: 'add-cc', ticketId: ticket.id }, done: ticket.onCc }
    case 'assign-ase': {
      if (cell.held === 'ase' || aseId === null) return undefined
      return { kind: 'change', change: { kind: 'assign', ticketId: ticket.id, assigneeId: aseId }, done: false }
    }
    case 'leave-ase':
      return cell.held === 'ase' ? { kind: 'do' } : undefined
    case 'tell-cover':
      return cell.covered === 'yes' ? { kind: 'copy', text } : undefined
    case 'ping-ase':
    case 'ask-customer':
    case 'ask-assignee':
      return { kind: 'copy', text }
    case 'answer':
      return { kind: 'open', url: ticket.url }
    case 'record-choice':
      return { kind: 'choice', choice: facts.preAseChoice }
    case 'handover-note':
      return { kind: 'handover', text }
    case 'brief':
      return { kind: 'brief' }
    case 'capture':
      return { kind: 'capture', text }
    case 'leave-assignee':
    case 'read-org-note':
    case 'find-cover':
      return { kind: 'do' }
  }
}
