import { fillIn } from '../policy/fill-in.ts'
import type { GuidanceSituation } from '../policy/policy.ts'
import { decideSituation } from './decision-table.ts'
import { findCell, runningCoverages, type GuidanceFacts } from './find-cell.ts'

/** What to do with a ticket, why, and which rule says so. */
export interface TicketGuidance {
  readonly situation: GuidanceSituation
  readonly action: string
  readonly reason: string
  readonly source: string
}

/** What to do with a ticket now (rules 3 to 12): the row of the decision table it is in, in the policy's words. */
export function guideTicket(facts: GuidanceFacts): TicketGuidance {
  const situation = decideSituation(findCell(facts))
  const { action, reason, source } = facts.policy.guidance[situation]
  const words = guidanceWords(facts)
  return { situation, action: fillIn(action, words), reason: fillIn(reason, words), source }
}

/** What the placeholders of the policy's guidance stand for. */
export function guidanceWords(facts: GuidanceFacts): Readonly<Record<string, string>> {
  const { account, people, ticket, meId } = facts
  const ase = people.find((person) => person.id === account?.aseId)
  const cover = people.find((person) => person.id === runningCoverages(facts)[0]?.coverId)
  const assignee = ticket.assigneeId === meId ? 'you' : (ticket.assigneeName ?? 'somebody')
  return {
    ase: ase?.name ?? 'the ASE',
    cover: cover?.name ?? 'Nobody yet',
    account: account?.name ?? 'This customer',
    online: onlineWords(facts),
    assignee: ticket.assigneeId === null ? 'nobody' : assignee,
    aseHandle: ase?.slackHandle ?? ase?.name ?? 'the ASE',
    coverHandle: cover?.slackHandle ?? cover?.name ?? 'the covering engineer',
  }
}

function onlineWords({ aseOnlineAt, aseHasDayOff, formatInstant }: GuidanceFacts): string {
  if (aseOnlineAt === undefined) return 'not known'
  return aseHasDayOff ? `${formatInstant(aseOnlineAt)}, after a day off` : formatInstant(aseOnlineAt)
}
