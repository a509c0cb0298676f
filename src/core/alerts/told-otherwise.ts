import type { TicketFacts, Trigger } from '../handoff/handoff-document.ts'
import type { StaleChange } from '../handoff/stale-differences.ts'
import type { InstantMs } from '../instant.ts'
import type { AlertKind, EndingClock } from './alert.ts'

/** Another alert of the same ticket. */
export interface ToldAlert {
  readonly kind: AlertKind
  readonly at: InstantMs
  /** The clock it is about. */
  readonly clock?: EndingClock | null | undefined
  /** What fired it, of one that the ASE foresaw. */
  readonly trigger?: Trigger | undefined
  /** The issue that was closed then: `group/project#12`. */
  readonly issue?: string | undefined
}

/** What a difference since a review is seen in. */
export interface ChangeContext {
  readonly is: TicketFacts
  readonly reviewedAt: InstantMs
  readonly me: { readonly id: number; readonly name: string }
  /** The priority that marks emergencies; null where something else does. */
  readonly emergencyPriority: string | null
  readonly told: readonly ToldAlert[]
}

/** Something that happened is one notice: what the others are told as. */
export const toldAs = {
  reply: 'It is told as a reply of the customer.',
  emergency: 'It is told as an emergency.',
  newTicket: 'It is told as a new ticket.',
  breach: 'It is told as a breach.',
  aseRemoved: 'It is told as taken from its ASE.',
  foreseen: 'It is told as what the ASE foresaw.',
  mine: 'You did it yourself.',
} as const

/**
 * What a difference is told as already, in words; null for one that nothing else tells. A reply takes the status and the clocks with it
 * that follow from it.
 *
 * @param changes all differences of the ticket.
 */
export function toldOtherwise(
  { what, words }: StaleChange,
  changes: readonly StaleChange[],
  context: ChangeContext,
): string | null {
  const { is, me, told, reviewedAt, emergencyPriority } = context
  const fired = (fits: (trigger: Trigger, alert: ToldAlert) => boolean) =>
    told.some((alert) => alert.trigger !== undefined && fits(alert.trigger, alert)) ? toldAs.foreseen : null
  const has = (one: StaleChange['what']) => changes.some((change) => change.what === one)
  const customer = has('customer') ? customerTold(context) : null
  const mine = has('reply') && isMyLastWord(context) ? toldAs.mine : null
  const emergency = told.some(({ kind, at }) => kind === 'emergency' && at > reviewedAt) ? toldAs.emergency : null
  switch (what) {
    case 'customer':
      return customer ?? mine
    case 'reply':
      return is.lastPublicReply?.byName === me.name ? toldAs.mine : null
    case 'note':
      return is.lastNote?.byName === me.name ? toldAs.mine : null
    case 'status':
      return (
        fired((trigger) => trigger.on === 'status' && trigger.to === is.status) ??
        (is.status === 'open' ? customer : null) ??
        mine
      )
    case 'priority':
      return (
        (is.priority === emergencyPriority ? emergency : null) ?? fired((trigger) => trigger.on === 'severity-raised')
      )
    case 'assignee':
      if (is.assigneeId === me.id) return toldAs.mine
      return told.some(({ kind, at }) => kind === 'ase-removed' && at > reviewedAt) ? toldAs.aseRemoved : null
    case 'clock':
      return customer ?? mine ?? emergency ?? (isClockTold(context) ? toldAs.breach : null)
    case 'issue':
      return fired((trigger, { issue }) => trigger.on === 'issue-closed' && words === `${issue} was closed`)
  }
}

/** What the customer's last message is told as. */
function customerTold({ is, told }: ChangeContext): string | null {
  const ofIt = told.filter(({ at }) => at === is.lastCustomer?.at)
  if (ofIt.some(({ trigger }) => trigger?.on === 'customer-replies')) return toldAs.foreseen
  return ofIt.some(({ kind }) => kind === 'customer-replied') ? toldAs.reply : null
}

/** Whether I answered last: then I have read the rest. */
function isMyLastWord({ is, me }: ChangeContext): boolean {
  const { lastPublicReply, lastCustomer } = is
  return lastPublicReply?.byName === me.name && lastPublicReply.at > (lastCustomer?.at ?? -Infinity)
}

function isClockTold({ is, told }: ChangeContext): boolean {
  const [next] = is.clocks
  return told.some(
    ({ kind, clock }) =>
      (kind === 'breach-coming' || kind === 'breached' || kind === 'breaches-before-ase') &&
      clock?.metric === next?.metric &&
      clock?.breachAt === next?.breachAt,
  )
}
