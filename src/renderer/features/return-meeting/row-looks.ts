import type { MeetingRow, ReturnDecisionKind, ReturnRowKind } from '#contract/returns.ts'
import { rowKindWords } from '#core/return-meeting/row-kind-words.ts'
import type { IconName } from '../../ui/icon.tsx'
import type { PillTone } from '../../ui/pill.tsx'

interface Look {
  readonly icon: IconName
  readonly tone: PillTone
}

/** Sign and colour of a row; `rowKindWord` is its word. */
export const rowLooks: Readonly<Record<ReturnRowKind, Look>> = {
  gap: { icon: 'offline', tone: 'caution' },
  emergency: { icon: 'flame', tone: 'danger' },
  breached: { icon: 'clock', tone: 'danger' },
  'contingency-wrong': { icon: 'alert', tone: 'warning' },
  'contingency-fired': { icon: 'alert', tone: 'warning' },
  promised: { icon: 'calendar', tone: 'warning' },
  reopened: { icon: 'return', tone: 'caution' },
  priority: { icon: 'alert', tone: 'caution' },
  'nearly-missed': { icon: 'hourglass', tone: 'caution' },
  new: { icon: 'plus', tone: 'info' },
  gone: { icon: 'close', tone: 'plain' },
  assignee: { icon: 'person', tone: 'info' },
  guard: { icon: 'coverage', tone: 'info' },
  'action-item': { icon: 'today', tone: 'info' },
  transferred: { icon: 'handoff', tone: 'plain' },
  issue: { icon: 'tag', tone: 'plain' },
  status: { icon: 'sync', tone: 'plain' },
  solved: { icon: 'check', tone: 'success' },
  replied: { icon: 'mail', tone: 'plain' },
  noted: { icon: 'lock', tone: 'plain' },
}

/** What a kind of row is called where it stands alone: `Nearly missed`. */
export function rowKindWord(kind: ReturnRowKind): string {
  const word = rowKindWords[kind]
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** The key, sign and word of each decision. A key belongs to its decision, also in rows that offer fewer. */
export const decisionLooks: Readonly<
  Record<ReturnDecisionKind, { readonly key: string; readonly icon: IconName; readonly word: string }>
> = {
  keep: { key: '1', icon: 'coverage', word: 'Keep' },
  transfer: { key: '2', icon: 'handoff', word: 'Transfer to ASE' },
  'close-out': { key: '3', icon: 'check', word: 'Close out' },
  'follow-up': { key: '4', icon: 'calendar', word: 'Follow up' },
  know: { key: '5', icon: 'eye', word: 'Just know' },
}

/** What a row is about, as short as it can be said: `#4711`, or the subject where it is no ticket. */
export function shortName({ ticketId, subject }: Pick<MeetingRow, 'ticketId' | 'subject'>): string {
  return ticketId === null ? subject : `#${ticketId}`
}

/** The same with the subject. */
export function fullName({ ticketId, subject }: Pick<MeetingRow, 'ticketId' | 'subject'>): string {
  return ticketId === null ? subject : `#${ticketId} ${subject}`
}

/** `1 undecided`, `12 undecided`, `Nothing undecided`. */
export function undecidedWords(count: number): string {
  return count === 0 ? 'Nothing undecided' : `${count} undecided`
}
