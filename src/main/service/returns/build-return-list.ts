import type { OpenAction } from '#contract/calls.ts'
import type { ReturnList, ReturnMeeting, ReturnRow as ListedRow } from '#contract/returns.ts'
import type { EmergencyMark } from '#contract/settings.ts'
import { isoDay } from '#core/coverage/plan-words.ts'
import { readTicketPart } from '#core/handoff/read-ticket-part.ts'
import { isWithin, type Window } from '#core/instant.ts'
import { actionRows } from '#core/return-meeting/action-rows.ts'
import { decisionsFor } from '#core/return-meeting/decisions-for.ts'
import { gapRows } from '#core/return-meeting/gap-rows.ts'
import { orderRows } from '#core/return-meeting/order-rows.ts'
import type { RecordedEvent, ReturnRow, ReturnSetting } from '#core/return-meeting/return-row.ts'
import { rowsOfIssue } from '#core/return-meeting/rows-of-issue.ts'
import { rowsOfTicket } from '#core/return-meeting/rows-of-ticket.ts'
import { shownOf } from '#core/sharing/versioned.ts'
import type { HandoffDocument } from '#core/handoff/handoff-document.ts'
import { namesByIds } from '../db/handoff-facts.ts'
import { readHandoff } from '../db/handoffs.ts'
import {
  notesSince,
  recordedOf,
  touchedIssues,
  touchedTickets,
  watchedIn,
  type HandedBackTicket,
} from '../db/return-facts.ts'
import { readDecisions, readStoredMeeting } from '../db/return-meetings.ts'
import { findMeeting, type MeetingFacts } from './find-meetings.ts'
import { meetingRows, stateOf } from './meeting-rows.ts'
import { ticketHistories } from './ticket-histories.ts'
import { unseenOf } from './unseen.ts'

/** What a list is built from: what is stored, and who looks when. */
export interface ReturnDesk extends MeetingFacts {
  readonly emergencyMark: EmergencyMark
  /** Where a ticket can be looked at. */
  readonly ticketUrl: (ticketId: number) => string
  /** Action items of an account that are not done. */
  readonly openActions: (accountId: number) => readonly OpenAction[]
  /** Whether a window goes over a meeting right now; left out: over none. */
  readonly isRunning?: (meetingId: string) => boolean
}

/**
 * Builds the list of a return meeting anew from what is stored, with what was decided; nothing else is kept of it. Built again, each row
 * has the key it had. From when every row was decided it stands still.
 *
 * @throws {Refusal} when the coverage is not known, or is not mine to hand back.
 */
export function buildReturnList(desk: ReturnDesk, coverageId: string): ReturnList {
  const { db, now } = desk
  const meeting = findMeeting(desk, coverageId)
  const stored = readStoredMeeting(db, { id: meeting.meetingId, accountId: meeting.accountId })
  const settledAt = meeting.stage === 'list' ? null : stored.settledAt
  const about = listSetting(desk, meeting, settledAt ?? now)
  const { window, setting } = about
  const listed = listedRows(desk, about)
  const decisions = readDecisions(db, meeting.meetingId)
  const standing = meetingRows(listed, { db, meeting, decisions, nameOf: setting.nameOf })
  return {
    ...meeting,
    since: window.startsAt,
    until: window.endsAt,
    ...standing,
    at: listed.some(({ key }) => key === stored.atKey) ? stored.atKey : null,
    running: meeting.stage === 'list' && (desk.isRunning?.(meeting.meetingId) ?? false),
    counts: Object.fromEntries([...Map.groupBy(listed, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length])),
    now,
  }
}

/** The rows of a meeting as they are at an instant, ms, whatever was decided of them. */
export function rowsUntil(desk: ReturnDesk, meeting: ReturnMeeting, at: number): ListedRow[] {
  return listedRows(desk, listSetting(desk, meeting, at))
}

function listSetting(desk: ReturnDesk, meeting: ReturnMeeting, at: number): ListSetting {
  const handoff = readHandoff(desk.db, meeting.meetingId)?.document ?? null
  const window = windowOf(meeting, handoff, at)
  return { meeting, handoff, window, setting: settingOf(desk, meeting, window) }
}

/** The gravest first. */
function listedRows(desk: ReturnDesk, about: ListSetting): ListedRow[] {
  const { db, roster } = desk
  const { meeting, window, setting } = about
  const tickets = window.startsAt < window.endsAt ? touchedTickets(db, meeting.accountId, window) : []
  const issues = touchedIssues(db, meeting.accountId, window)
  const account = roster.accounts.find(({ id }) => id === meeting.accountId)
  const urls = new Map(issues.map(({ kind, projectId, iid, url }) => [`${kind} ${projectId}/${iid}`, url]))
  const recorded = recordedOf(
    db,
    issues.map(({ subject }) => subject),
  )
  const rows = [
    ...(account ? gapRows(unseenOf(db, account, tickets, window), setting) : []),
    ...ticketRows(desk, tickets, about),
    ...issues.flatMap(({ subject, url: _url, confidential, ...issue }) =>
      rowsOfIssue(
        {
          ...{ ...issue, confidential: confidential === 1 },
          events: recorded.get(subject) ?? [],
          notes: notesSince(db, issue, window.startsAt),
        },
        setting,
      ),
    ),
    ...actionRows(itemsOf(desk, meeting, window), setting, isoDay(window.endsAt, meeting.aseTimeZone)),
  ]
  const urlOf = ({ ticketId, issue }: ReturnRow) =>
    ticketId !== null
      ? desk.ticketUrl(ticketId)
      : issue
        ? (urls.get(`${issue.kind} ${issue.projectId}/${issue.iid}`) ?? null)
        : null
  return orderRows(rows).map((row) => ({
    ...row,
    evidence: [...row.evidence],
    state: stateOf(row),
    url: urlOf(row),
    decisions: decisionsFor(row),
  }))
}

/** From the acceptance, since what was accepted is what is compared with; where that came later or never, from the first coverage. */
function windowOf({ startsAt, endsAt }: ReturnMeeting, handoff: HandoffDocument | null, at: number): Window {
  const accepted = handoff ? shownOf(handoff.acceptance) : undefined
  const from = accepted?.value.state === 'accepted' ? Math.min(accepted.at, startsAt) : startsAt
  return { startsAt: from, endsAt: Math.max(from, Math.min(at, endsAt)) }
}

function settingOf({ db, roster }: ReturnDesk, meeting: ReturnMeeting, window: Window): ReturnSetting {
  const { people, me } = roster
  const met = new Map<number, string | null>(people.map(({ id, name }) => [id, name]))
  const zones = new Map(people.map(({ id, timeZone }) => [id, timeZone]))
  return {
    ...window,
    accountId: meeting.accountId,
    aseId: meeting.aseId,
    coverIds: new Set(meeting.covers.map(({ id }) => id)),
    coverName: (at) => meeting.covers.find((cover) => isWithin(at, cover))?.name ?? null,
    nameOf(id) {
      if (!met.has(id)) met.set(id, namesByIds(db, [id]).get(id) ?? null)
      return met.get(id) ?? null
    },
    zoneOf: (userId) => (userId === null ? undefined : zones.get(userId)) ?? meeting.aseTimeZone,
    timeZone: me?.timeZone ?? meeting.aseTimeZone,
  }
}

interface ListSetting {
  readonly meeting: ReturnMeeting
  readonly handoff: HandoffDocument | null
  readonly window: Window
  readonly setting: ReturnSetting
}

function ticketRows(
  { db, emergencyMark }: ReturnDesk,
  tickets: readonly HandedBackTicket[],
  { meeting, handoff, window, setting }: ListSetting,
): ReturnRow[] {
  const watched = handoff ? watchedIn(db, handoff.id) : new Map<number, never[]>()
  const watchedIssues = [...watched.values()]
    .flat()
    .flatMap(({ trigger }) => (trigger.on === 'issue-closed' ? [issueSubject(trigger)] : []))
  const events = recordedOf(db, watchedIssues)
  const closedAt = (issue: { readonly projectId: number; readonly iid: number }) =>
    (events.get(issueSubject(issue)) ?? []).filter(isClosing).map(({ at }) => at)
  return ticketHistories(db, meeting.accountId, window, tickets).flatMap((history) => {
    const line = handoff ? readTicketPart(handoff.tickets[history.id]).line?.value : undefined
    const handed = { line: line ?? null, watched: watched.get(history.id) ?? [], closedAt }
    return rowsOfTicket(history, handed, setting, emergencyMark)
  })
}

function issueSubject({ projectId, iid }: { readonly projectId: number; readonly iid: number }): string {
  return `issue:${projectId}/${iid}`
}

function isClosing({ changes }: RecordedEvent): boolean {
  return changes['state']?.to === 'closed'
}

/** Action items of the account, by the day of their call: on a day of the window it counts as inside of it. */
function itemsOf(desk: ReturnDesk, { accountId, aseTimeZone }: ReturnMeeting, { startsAt, endsAt }: Window) {
  const [firstDay, lastDay] = [isoDay(startsAt, aseTimeZone), isoDay(endsAt, aseTimeZone)]
  return desk
    .openActions(accountId)
    .filter(({ callDay }) => callDay <= lastDay)
    .map(({ what, dri, dueOn, overdue, callPurpose, callDay, at }) => {
      // When on its day is not known. It is never the present: with that the row would say something else each time.
      const midnight = callDay === '' ? startsAt : Date.parse(`${callDay}T00:00Z`)
      const isIn = callDay === '' || callDay >= firstDay
      return {
        ...{ what, dri, dueOn, overdue, callPurpose },
        at: isIn && !isWithin(midnight, { startsAt, endsAt }) ? startsAt : midnight,
        of: at.kind === 'issue' ? issueSubject(at) : `call:${at.callId}`,
        issue: at.kind === 'issue' ? { kind: 'issue' as const, projectId: at.projectId, iid: at.iid } : null,
      }
    })
}
