import type { ReturnList, ReturnMeeting } from '#contract/returns.ts'
import { storeHandedBack, takeBackHandedBack } from '../db/return-meetings.ts'
import { snapshot } from '../db/sql.ts'
import { readRoster } from '../db/workspace.ts'
import { buildReturnList, rowsUntil } from './build-return-list.ts'
import { findMeeting, plannedChain } from './find-meetings.ts'
import { rowsWords } from './go-over-list.ts'
import { liftedWords } from './lifted-words.ts'
import { refusal, refuseHandedBack, storedOf, type MeetingDesk } from './meeting-desk.ts'

/** An account that is handed back, and what ended with it, a sentence each. */
export interface HandedBack {
  readonly meeting: ReturnMeeting
  readonly lifted: readonly string[]
}

/**
 * Hands an account back: its coverages end now, and with them load, swap flags, alerts and guard, which all follow from the coverages.
 *
 * @throws {Refusal} when its list is not closed, or something came to it since.
 */
export function handBack(desk: MeetingDesk, coverageId: string): HandedBack {
  const { db, roster, now } = desk
  const list = snapshot(db, () => buildReturnList(desk, coverageId))
  refuseHandedBack(desk, list)
  if (list.stage === 'list') {
    const first = list.undecided > 0 ? `${rowsWords(list.undecided)} undecided` : 'Every row is decided'
    throw refusal(`${first}. Go over the list to its end and close it, then hand the account back.`)
  }
  if (list.undecided > 0) {
    const came = list.undecided === 1 ? '1 row' : `${list.undecided} rows`
    throw refusal(`${came} came to the list after it was closed. Go back to it and decide them.`)
  }
  const later = snapshot(db, () => cameLater(desk, list))
  const chain = plannedChain(roster, coverageId)
  storeHandedBack(
    db,
    storedOf(desk, list),
    chain.filter(({ handedBackAt }) => handedBackAt === null),
    now,
  )
  const after = { ...desk, roster: readRoster(db) }
  return {
    meeting: findMeeting(after, coverageId),
    lifted: [
      ...liftedWords({ db, now, policy: desk.policy, meeting: list, before: roster, after: after.roster }),
      ...later,
    ],
  }
}

/**
 * Takes that back: its coverages go on as they are planned, and the meeting is where it was before.
 *
 * @throws {Refusal} when the account is not handed back.
 */
export function takeBack(desk: MeetingDesk, coverageId: string): ReturnMeeting {
  const meeting = findMeeting(desk, coverageId)
  if (meeting.stage !== 'handed-back') throw refusal(`${meeting.accountName} is not handed back.`)
  takeBackHandedBack(desk.db, storedOf(desk, meeting))
  return findMeeting({ ...desk, roster: readRoster(desk.db) }, coverageId)
}

/** Of what came after the list was closed, so much is named. */
const mostNamed = 5

/** Grave things that came while tickets were transferred and notes written: they are on no list. */
function cameLater(desk: MeetingDesk, list: ReturnList): string[] {
  const known = new Set(list.rows.map(({ key }) => key))
  const came = rowsUntil(desk, list, desk.now).filter(
    ({ key, at, ticketId, kind }) => ticketId !== null && at >= list.until && !known.has(key) && wantsCare.has(kind),
  )
  if (came.length === 0) return []
  const named = came.slice(0, mostNamed).map(({ ticketId, subject, words }) => `#${ticketId} ${subject} (${words})`)
  const more = came.length > mostNamed ? `, and ${came.length - mostNamed} more` : ''
  return [`After the list was closed: ${named.join(', ')}${more}. Look at that before you part.`]
}

const wantsCare: ReadonlySet<string> = new Set(['emergency', 'breached', 'reopened', 'priority', 'new'])
