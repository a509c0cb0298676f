/** A ticket that is to be transferred, as it is stored now. */
export interface TransferTicket {
  readonly id: number
  readonly organizationId: number | null
  readonly status: string
  readonly assigneeId: number | null
  readonly tags: readonly string[]
  readonly fate: string | null
  readonly mergedInto: number | null
}

/** Whose ticket it is to become, of which account, and what was ordered of it. */
export interface TransferSetting {
  readonly aseId: number
  readonly aseName: string
  readonly accountId: number
  /** Something that was ordered of it is on its way, or needs somebody. */
  readonly isOpen: boolean
  /** It was ordered that the ASE gets it, and that was not given up. */
  readonly isAssigned: boolean
}

/** Where a transfer stands, and why it cannot be made; empty for any other. */
export interface TransferStanding {
  readonly standing: 'ready' | 'ordered' | 'done' | 'refused'
  readonly refusal: string
}

/** Says where the transfer of a ticket stands. That the ASE has it counts, whoever saw to it. */
export function transferStanding(
  ticketId: number,
  ticket: TransferTicket | undefined,
  setting: TransferSetting,
): TransferStanding {
  const { aseId, isOpen, isAssigned } = setting
  if (ticket?.assigneeId === aseId && !isOpen) return { standing: 'done', refusal: '' }
  const refusal = refusalOf(ticketId, ticket, setting)
  if (refusal !== '') return { standing: 'refused', refusal }
  return { standing: isOpen || isAssigned ? 'ordered' : 'ready', refusal: '' }
}

function refusalOf(
  ticketId: number,
  ticket: TransferTicket | undefined,
  { aseName, accountId }: TransferSetting,
): string {
  const name = `#${ticketId}`
  if (!ticket) return `${name} is not stored here. Sync first.`
  const { fate, mergedInto, status, tags, organizationId } = ticket
  if (fate === 'deleted') return `${name} was deleted in Zendesk. There is nothing to hand over.`
  if (fate === 'forbidden') {
    return `Zendesk no longer shows you ${name}. Ask a colleague who sees it to assign it to ${aseName}.`
  }
  if (fate === 'merged' || tags.includes('closed_by_merge')) {
    return `${name} was merged into ${mergedInto === null ? 'another ticket' : `#${mergedInto}`}. Assign that one to ${aseName}, in Zendesk.`
  }
  if (status === 'closed' || fate === 'archived') {
    return `${name} is closed, and Zendesk changes nothing on closed tickets. A reply of the customer makes a follow-up ticket: assign that one to ${aseName}.`
  }
  if (organizationId !== accountId) {
    return `${name} is of another organization now. Whoever works for that one decides who gets it.`
  }
  return ''
}
