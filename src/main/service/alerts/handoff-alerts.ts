import type { DueAlert } from '#core/alerts/alert.ts'
import { toldAs, toldOtherwise, type ToldAlert } from '#core/alerts/told-otherwise.ts'
import type { TicketFacts } from '#core/handoff/handoff-document.ts'
import { staleChanges } from '#core/handoff/stale-differences.ts'
import { nextBreach } from '#core/tickets/ticket.ts'
import { isConversationDue, linesOfTicket, type HandedLine } from '../db/alert-handoffs.ts'
import type { AlertingTicket } from '../db/alert-sources.ts'
import { isInLedger } from '../db/alerts.ts'
import type { ReadDb } from '../db/sql.ts'
import { ticketFactsHere } from '../handoffs/handoff-facts.ts'
import type { FiredContingency } from './contingency-alerts.ts'
import type { AlertingAccount, Situation } from './situation.ts'
import { due, isTold, lookAtTicket, settledWords, wording, type TicketLook } from './ticket-look.ts'

/** A ticket that may have been handed over to me. */
interface HandedTicket {
  readonly db: ReadDb
  readonly ticket: AlertingTicket
  readonly situation: Situation
  /** As the account sees it that it belongs to now; null where that is none of mine. */
  readonly look: TicketLook | null
  /** Whether that nothing else tells it is known already. */
  readonly decided: boolean
}

/**
 * What of a ticket is otherwise since it was gone over in a handoff of a coverage that runs, and that nobody went over it in one that was
 * accepted. What another alert of the ticket tells, and what I did myself, is only listed.
 */
export function handoffAlerts(
  handed: HandedTicket,
  foreseen: readonly FiredContingency[],
  others: readonly DueAlert[],
): DueAlert[] {
  const { db, ticket, situation, look, decided } = handed
  if (situation.handoffs.size === 0) return []
  const told = decided || !look ? [] : toldOf(look, foreseen, others)
  const lines = linesOfTicket(db, ticket.id)
  // Until its conversation was read, what happened to a ticket is not known.
  const known = lines.length === 0 || isConversationDue(db, ticket.id) ? [] : lines
  const stale = known.flatMap((line) => {
    const account = situation.handoffs.get(line.handoffId)
    return account && line.reviewed ? staleAlert(handed, account, line, told) : []
  })
  const isReviewed = (id: string) => lines.some(({ handoffId, reviewed }) => handoffId === id && reviewed !== null)
  const open = look?.account.handoffs.filter(({ id, accepted }) => accepted && !isReviewed(id)) ?? []
  return look && ticket.live ? [...stale, ...open.map(({ id }) => notReviewedAlert(look, id, told))] : stale
}

/** The alerts of a ticket that tell, or told, something by themselves. */
function toldOf(look: TicketLook, foreseen: readonly FiredContingency[], others: readonly DueAlert[]): ToldAlert[] {
  const toTold = ({ facts, dueAt }: DueAlert): ToldAlert => ({
    kind: facts.kind,
    at: dueAt,
    clock: 'clock' in facts ? facts.clock : null,
  })
  return [
    ...foreseen
      .filter((one) => isTold(look, one.due))
      .map(({ due: one, trigger, issue }) => ({ ...toTold(one), trigger, issue: issue ?? undefined })),
    ...others.filter((one) => isTold(look, one)).map(toTold),
  ]
}

function staleAlert(
  { db, ticket, situation, decided }: HandedTicket,
  account: AlertingAccount,
  { reviewed, reviewedAt }: HandedLine,
  told: readonly ToldAlert[],
): DueAlert[] {
  const look = lookAtTicket(db, ticket, account, situation)
  const is = reviewed && factsNow(look, reviewed)
  if (!look || !is || reviewedAt === null) return []
  const { me, settings, reader } = situation
  const { emergencyMark } = settings
  const changes = staleChanges(reviewed, is, reader)
  if (changes.length === 0) return []
  const emergencyPriority = emergencyMark.by === 'priority' ? emergencyMark.value : null
  const words = changes.map((change) =>
    decided ? null : toldOtherwise(change, changes, { is, reviewedAt, me, emergencyPriority, told }),
  )
  const untold = changes.filter((_, index) => words[index] === null)
  const isOver = is.status === 'solved' || is.status === 'closed' || is.status === 'archived'
  const listed = isOver ? settledWords : untold.length === 0 ? (words[0] ?? null) : null
  const instance = `reviewed ${reviewedAt}`
  if (listed === null) return [handedOver(look, { instance, changes: untold, listed })]
  // What comes later of the same line may still have to be told.
  const isDone = isInLedger(db, { kind: 'handoff-stale', subject: `ticket ${ticket.id}`, instance })
  return isDone ? [] : [handedOver(look, { instance: `${instance} known`, changes, listed })]
}

/** The facts of a ticket as a handoff of the account would have them now. */
function factsNow(look: TicketLook | null, reviewed: TicketFacts): TicketFacts | undefined {
  if (!look) return undefined
  const { db, ticket, account, situation } = look
  return ticketFactsHere(db, ticket.id, {
    accountId: account.account.id,
    emergencyMark: situation.settings.emergencyMark,
    // Only one that was linked then can be closed or opened again since.
    withIssues: reviewed.issues.length > 0,
  })
}

function notReviewedAlert(look: TicketLook, handoffId: string, told: readonly ToldAlert[]): DueAlert {
  const has = (kind: ToldAlert['kind']) => told.some((one) => one.kind === kind)
  return handedOver(look, {
    instance: `not reviewed ${handoffId}`,
    changes: null,
    listed: has('emergency') ? toldAs.emergency : has('new-ticket') ? toldAs.newTicket : null,
  })
}

/** Due since it is so and the coverage runs, and no earlier than anything was known. */
function handedOver(
  look: TicketLook,
  alert: Pick<DueAlert, 'instance' | 'listed'> & {
    readonly changes: Extract<DueAlert['facts'], { readonly kind: 'handoff-stale' }>['changes']
  },
): DueAlert {
  const { ticket, account, knownSince } = look
  const { instance, listed, changes } = alert
  const concern = account.concern ?? account.concerns[0]
  if (!concern) throw new Error('An account with a handoff of mine concerns me')
  return due(look, concern, {
    facts: { kind: 'handoff-stale', ...wording(look), clock: nextBreach(ticket.clocks), changes },
    instance,
    dueAt: Math.max(ticket.updatedAt, concern.startsAt, knownSince),
    listed,
  })
}
