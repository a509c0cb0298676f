import type { MeetingRow, ReturnDecided, ReturnEvidence, ReturnMeeting } from '#contract/returns.ts'
import { decisionsFor } from '#core/return-meeting/decisions-for.ts'
import { returnRowKinds } from '#core/return-meeting/return-row.ts'
import { hourMs, minuteMs, now } from './fixtures.ts'
import { aSettledMeeting } from './wrap-up-fixtures.ts'

/** What a stand-in knows of the list of a meeting. */
export interface StandInList {
  rows: MeetingRow[]
  past: ReturnDecided[]
  /** Key of the row it stands at. */
  at: string | null
  running: boolean
  /** Keys in the order they were decided. */
  order: string[]
}

/** Where the list of Fabrikam Health is run. */
export const runPath = '/return/v-fabrikam'

/** The return of Fabrikam Health, which is due: Marta is back. I covered it. */
export function aMeeting(changes: Partial<ReturnMeeting> = {}): ReturnMeeting {
  return aSettledMeeting({
    ...{ stage: 'list', state: 'due', endsAt: now - hourMs, startedAt: null, decided: 0 },
    ...changes,
  })
}

/** Something that is known exactly. */
export function anEvidence(changes: Partial<ReturnEvidence> = {}): ReturnEvidence {
  return {
    at: now - 5 * hourMs,
    byId: 30,
    byName: 'Ada Meyer',
    coverName: 'Tom Okafor',
    words: 'Opened',
    quote: 'Since last night none of our runners picks up a job.',
    isPrivate: false,
    isExact: true,
    commentId: null,
    ...changes,
  }
}

/** A row of the list: a ticket that was opened meanwhile, and is mine. */
export function aRow(changes: Partial<MeetingRow> = {}): MeetingRow {
  const kind = changes.kind ?? 'new'
  const ticketId = changes.ticketId === undefined ? 4711 : changes.ticketId
  return {
    key: `ticket:${ticketId}/${kind}`,
    state: 's1',
    kind,
    rank: returnRowKinds.indexOf(kind),
    ticketId,
    issue: null,
    url: ticketId === null ? null : `https://sample.zendesk.com/agent/tickets/${ticketId}`,
    subject: 'Runners stay offline after the upgrade to 18.6',
    words: 'Opened as a high priority ticket',
    at: now - 5 * hourMs,
    dueOn: '',
    evidence: [anEvidence()],
    decisions: decisionsFor({ kind, ticketId }),
    proposal: { kind: 'transfer', why: 'Assigned to Tom Okafor and open: Marta Lindqvist takes it.' },
    decided: null,
    ticketNow: ticketId === null ? null : { status: 'open', assigneeId: 10, assigneeName: 'Tom Okafor' },
    ...changes,
  }
}

const subjects = [
  'Runners stay offline after the upgrade to 18.6',
  'Registry answers 500 for images above 2 GB',
  'Geo secondary is 40 minutes behind for LFS objects',
  'SAML group sync removes members that are still in the group',
  'License seats counted twice for bot users',
]

/** So many rows, from #4711 on. */
export function someRows(count: number): MeetingRow[] {
  return Array.from({ length: count }, (_, place) =>
    aRow({ ticketId: 4711 + place, subject: subjects[place % subjects.length] ?? '' }),
  )
}

/** What was decided of a row. */
export function aDecided(row: MeetingRow, changes: Partial<ReturnDecided> = {}): ReturnDecided {
  const { key, kind, ticketId, subject, words } = row
  return {
    ...{ key, kind, ticketId, subject, words },
    decision: { kind: 'keep', note: '', owner: '', dueOn: '' },
    at: now - minuteMs,
    byName: 'Tom Okafor',
    changed: false,
    ...changes,
  }
}

/** The same row, decided. */
export function decided(row: MeetingRow, changes: Partial<ReturnDecided> = {}): MeetingRow {
  return { ...row, decided: aDecided(row, changes) }
}

/** The list of a meeting, which nobody runs. */
export function aList(rows: MeetingRow[], changes: Partial<StandInList> = {}): StandInList {
  return { rows, past: [], at: null, running: false, order: [], ...changes }
}

/** A state in which the return of Fabrikam Health is due with some rows. */
export function aReturn(rows: MeetingRow[], changes: Partial<StandInList> = {}, meeting: Partial<ReturnMeeting> = {}) {
  const of = aMeeting(meeting)
  return { returnMeetings: [of], returnLists: new Map([[of.coverageId, aList(rows, changes)]]) }
}
