import type { ReturnWrapUp } from '#contract/return-wrap-up.ts'
import type { ReturnList } from '#contract/returns.ts'
import { isoDay } from '#core/coverage/plan-words.ts'
import { readTicketPart } from '#core/handoff/read-ticket-part.ts'
import { tellsOfAbsence } from '#core/org-note/tells-of-absence.ts'
import { returnNotices } from '#core/return-meeting/return-notices.ts'
import type { ReturnRow, ReturnRowKind } from '#core/return-meeting/return-row.ts'
import { toCallRow } from '../calls/call-view.ts'
import { readCall } from '../db/calls.ts'
import { readHandoff } from '../db/handoffs.ts'
import { readReturnCall } from '../db/return-calls.ts'
import { readStoredMeeting } from '../db/return-meetings.ts'
import type { ReadDb } from '../db/sql.ts'
import { noteOfOrganization } from '../db/workspace.ts'
import { showCoverageIssue } from './coverage-issue.ts'
import { showTransfers } from './show-transfers.ts'
import { wrappedMeeting, type WrapUpDesk } from './wrap-up-desk.ts'

/**
 * What follows the list of a return meeting, as it stands.
 *
 * @throws {Refusal} when the coverage is not known, or is not mine to hand back.
 */
export function showWrapUp(desk: WrapUpDesk, coverageId: string): ReturnWrapUp {
  const { db, roster, policy, now } = desk
  const wrapped = wrappedMeeting(desk, coverageId)
  const { list } = wrapped
  const { aseId, aseName, accountName, covers } = list
  const { helped, missing } = readStoredMeeting(db, { id: list.meetingId, accountId: list.accountId })
  return {
    ...{ aseId, aseName },
    transfers: showTransfers(desk, wrapped),
    call: callOf(db, list.meetingId),
    lesson: { helped, missing },
    contingencies: contingenciesOf(db, list),
    coverageIssue: showCoverageIssue(desk, list),
    orgNoteTells: orgNoteTells(db, list),
    notices: returnNotices(policy.returning, {
      ...{ account: accountName, aseName, sender: roster.me?.name ?? null },
      coverNames: [...new Set(covers.map(({ name }) => name))],
    }),
    now,
  }
}

/** What the call became; null before one was begun, and where it was deleted. */
function callOf(db: ReadDb, meetingId: string): ReturnWrapUp['call'] {
  const call = readCall(db, readReturnCall(db, meetingId)?.callId ?? '')
  if (!call) return null
  const { id, state, became } = toCallRow(db, call, '')
  if (state === 'draft') return { id, filed: false, url: null, words: 'It is a draft and not filed yet.' }
  const url = became.find((part) => part.url !== null)?.url ?? null
  const words = became.map((part) => {
    if (part.state === 'failed' || part.state === 'conflict') return `${part.words}: ${part.problem ?? 'it needs you.'}`
    const isUnderWay = part.state !== null && part.state !== 'verified'
    return `${part.words}${isUnderWay ? ', on its way' : ''}`
  })
  return { id, filed: true, url, words: words.join('; ') }
}

/** What was foreseen, which of it happened, and where something grave happened that was not. */
function contingenciesOf(db: ReadDb, { meetingId, rows }: ReturnList): ReturnWrapUp['contingencies'] {
  const tickets = Object.values(readHandoff(db, meetingId)?.document.tickets ?? {})
  const written = tickets.map((part) => readTicketPart(part).line?.value.contingencies.length ?? 0)
  const of = (kind: ReturnRowKind) => rows.filter((row) => row.kind === kind).map(contingencyWords)
  return {
    written: written.reduce((sum, count) => sum + count, 0),
    fired: of('contingency-fired'),
    wrong: of('contingency-wrong'),
  }
}

function contingencyWords({ ticketId, subject, words }: Pick<ReturnRow, 'ticketId' | 'subject' | 'words'>): string {
  return `#${ticketId} ${subject}: ${words}`
}

function orgNoteTells(db: ReadDb, { accountId, startsAt, endsAt, aseTimeZone }: ReturnList): boolean {
  const note = noteOfOrganization(db, accountId)?.note ?? ''
  return tellsOfAbsence(note, { firstDay: isoDay(startsAt, aseTimeZone), backOn: isoDay(endsAt, aseTimeZone) })
}
