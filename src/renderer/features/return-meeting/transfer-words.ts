import type { WriteIntent } from '#contract/outbox.ts'
import type { ReturnTransfer } from '#contract/return-wrap-up.ts'
import type { HandoverNotes } from './use-handover-notes.ts'
import { waitsForMe } from './wrap-up-states.ts'

/** What is chosen once for all tickets. */
export interface TransferChoice {
  readonly aseId: number
  /** Whether I am taken off Cc. */
  readonly offCc: boolean
}

/**
 * What transferring the tickets would write: the note first, so that it is there when the ticket comes to the ASE, and Cc last.
 * What was ordered of a ticket and not given up is left out.
 */
export function transferIntents(
  transfers: readonly ReturnTransfer[],
  { aseId, offCc }: TransferChoice,
  notes: HandoverNotes,
): readonly WriteIntent[] {
  return transfers.flatMap((transfer): readonly WriteIntent[] => {
    const { ticketId, standing, onCc, entries } = transfer
    if (standing !== 'ready') return []
    const { text, leftOut } = notes.of(transfer)
    const body = text.trim()
    const wanted: readonly WriteIntent[] = [
      ...(leftOut || body === '' ? [] : [{ kind: 'internal-note' as const, ticketId, body }]),
      { kind: 'assign', ticketId, assigneeId: aseId },
      ...(offCc && onCc ? [{ kind: 'remove-cc' as const, ticketId }] : []),
    ]
    const ordered = entries.filter(({ state }) => state !== 'discarded').map(({ intent }) => intent.kind)
    return wanted.filter(({ kind }) => !ordered.includes(kind))
  })
}

/** What one change of a transfer is, in a word. */
export function partWord(kind: WriteIntent['kind']): string {
  if (kind === 'internal-note') return 'Note'
  return kind === 'assign' ? 'Assignment' : 'Cc'
}

/** How all of them stand: `10 of 12 are Marta’s; 1 is in conflict; 1 is closed.` */
export function resultWords(transfers: readonly ReturnTransfer[], aseName: string): string {
  const open = transfers.filter(({ standing }) => standing !== 'done')
  const done = transfers.length - open.length
  const rest = (Object.keys(standWords) as (keyof typeof standWords)[]).flatMap((stand) => {
    const count = open.filter((transfer) => standOf(transfer) === stand).length
    return count === 0 ? [] : [`${count} ${standWords[stand][count === 1 ? 0 : 1]}`]
  })
  const owned = `${done} of ${transfers.length} ${done === 1 ? 'is' : 'are'} ${aseName}’s`
  return `${[owned, ...rest].join('; ')}.`
}

/** Of one, and of several. */
const standWords = {
  ready: ['is not ordered yet', 'are not ordered yet'],
  running: ['is on its way', 'are on their way'],
  conflict: ['is in conflict', 'are in conflict'],
  failed: ['failed', 'failed'],
  closed: ['is closed', 'are closed'],
  refused: ['cannot be handed over', 'cannot be handed over'],
} as const

function standOf(transfer: ReturnTransfer): keyof typeof standWords {
  const { status, standing, entries } = transfer
  if (status === 'closed') return 'closed'
  if (standing === 'refused') return 'refused'
  if (entries.some(({ state }) => state === 'conflict')) return 'conflict'
  if (waitsForMe(transfer)) return 'failed'
  return standing === 'ordered' ? 'running' : 'ready'
}
