import type { ReturnMeeting } from '#contract/returns.ts'
import type { ReturnTransfer, ReturnWrapUp } from '#contract/return-wrap-up.ts'
import { needsMe } from '../../ui/change-words.ts'

/** How a part of what follows the list stands. `next` is the first that is open; `waits` for a person. */
export type PartState = 'done' | 'next' | 'open' | 'running' | 'waits' | 'nothing'

/** The parts in their order. */
export const wrapUpParts = ['transfers', 'notes', 'lesson', 'numbers', 'handBack'] as const
export type WrapUpPartName = (typeof wrapUpParts)[number]

/** How every part stands. */
export function wrapUpStates(
  meeting: ReturnMeeting,
  wrapUp: ReturnWrapUp,
): Readonly<Record<WrapUpPartName, PartState>> {
  const states: Record<WrapUpPartName, PartState> = {
    transfers: transfersState(wrapUp.transfers),
    notes: openNotes(wrapUp).length > 0 ? 'open' : 'done',
    lesson: wrapUp.lesson.helped === null ? 'open' : 'done',
    numbers: 'nothing',
    handBack: meeting.stage === 'handed-back' ? 'done' : 'open',
  }
  const first = wrapUpParts.find((part) => states[part] === 'open')
  if (first !== undefined) states[first] = 'next'
  return states
}

function transfersState(transfers: readonly ReturnTransfer[]): PartState {
  if (transfers.length === 0) return 'nothing'
  if (transfers.some(waitsForMe)) return 'waits'
  if (transfers.some(({ standing }) => standing === 'ready')) return 'open'
  return transfers.some(({ standing }) => standing === 'ordered') ? 'running' : 'done'
}

/** Whether something that was ordered of a ticket failed, or somebody changed the same. */
export function waitsForMe({ entries }: Pick<ReturnTransfer, 'entries'>): boolean {
  return entries.some(needsMe)
}

/** What is left open before the account is handed back; it hinders nothing. */
export function unfinished(wrapUp: ReturnWrapUp): readonly string[] {
  const { transfers, lesson } = wrapUp
  const ready = transfers.filter(({ standing }) => standing === 'ready').length
  const waiting = transfers.filter(waitsForMe).length
  const running = transfers.filter((transfer) => transfer.standing === 'ordered' && !waitsForMe(transfer)).length
  return [
    ...(ready > 0 ? [`${ticketCount(ready)} ${ready === 1 ? 'is' : 'are'} not transferred yet.`] : []),
    ...(waiting > 0 ? [`${waiting === 1 ? '1 transfer needs' : `${waiting} transfers need`} you.`] : []),
    ...(running > 0 ? [`${running === 1 ? '1 transfer is on its' : `${running} transfers are on their`} way.`] : []),
    ...openNotes(wrapUp),
    ...(lesson.helped === null ? ['Nobody has said whether the handoff helped.'] : []),
  ]
}

/** What is not written down yet. The issue of an absence stays open until its last account is handed back. */
function openNotes({ call, orgNoteTells, coverageIssue }: ReturnWrapUp): string[] {
  const isOver = coverageIssue?.notHandedBack.length === 0
  return [
    ...(call === null ? ['The call is not written.'] : call.filed ? [] : ['The call is not filed.']),
    ...(orgNoteTells ? ['The organization note still tells of the absence.'] : []),
    ...(coverageIssue?.open === true && isOver ? [`The coverage issue ${coverageIssue.reference} is open.`] : []),
  ]
}

/** `1 ticket`, `12 tickets`. */
export function ticketCount(count: number): string {
  return count === 1 ? '1 ticket' : `${count} tickets`
}
