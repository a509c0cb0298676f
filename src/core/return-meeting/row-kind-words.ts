import type { ReturnRowKind } from './return-row.ts'

/** What a row of each kind is called. */
export const rowKindWords: Readonly<Record<ReturnRowKind, string>> = {
  gap: 'not seen',
  emergency: 'emergency',
  breached: 'breached',
  'contingency-wrong': 'not foreseen',
  'contingency-fired': 'foreseen, and happened',
  promised: 'promised',
  reopened: 'reopened',
  priority: 'priority',
  'nearly-missed': 'nearly missed',
  new: 'opened',
  gone: 'gone',
  assignee: 'assigned by others',
  guard: 'put back',
  'action-item': 'action item',
  transferred: 'transferred',
  issue: 'issue',
  status: 'status',
  solved: 'solved',
  replied: 'replied',
  noted: 'noted',
}
