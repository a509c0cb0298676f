import {
  deadlinesEnding,
  handoffsOfTicket,
  isConversationDue,
  ticketsOfHandoff,
  ticketsWatching,
} from '../db/alert-handoffs.ts'
import {
  isHistoryDue,
  lastEventSeq,
  liveTickets,
  readAlertingTicket,
  readLooked,
  ticketEventsAfter,
  ticketsEnding,
  ticketsOpenedAfter,
  writeLooked,
  type AlertsLooked,
  type EndingFrom,
  type LiveTicket,
  type EventPage,
  type TicketEvent,
} from '../db/alert-sources.ts'
import { waitingOfTicket } from '../db/alerts.ts'
import { tookMyselfOffCc } from '../db/guard-facts.ts'
import { snoozesDue } from '../db/snoozes.ts'
import { durably, transaction, type ReadDb } from '../db/sql.ts'
import { claimDue, notInLedger } from './claim-due.ts'
import type { Look } from './look.ts'
import { decideAnew } from './release-held.ts'
import type { AlertingAccount, Situation } from './situation.ts'
import { ticketAlerts, type SeenOnTicket } from './ticket-alerts.ts'
import { planWaking, wakeTicket, type PlannedWaking } from './wake-snoozed.ts'

/** Rows that are read at once. */
const pageSize = 500
/** Alerts of so many tickets are claimed at once. */
const claimSize = 50
const minuteMs = 60_000

/** A ticket that is to be looked at, with what was seen to happen to it. */
interface Candidate {
  readonly ticketId: number
  readonly seen: SeenOnTicket
}

/**
 * Raises what is due of tickets: of all tickets of an account where what its alerts follow from became another, of those to which something
 * happened since, of those with a clock that ended or came near its end, of those that had to be answered by now, and of those whose
 * snooze ends.
 */
export async function lookAtTickets(look: Look): Promise<void> {
  const { db } = look.parts
  const { now, accounts } = look.situation
  let looked = readLooked(db) ?? {
    first: now,
    seq: lastEventSeq(db),
    until: now,
    accounts: {},
    reassigned: [],
    unread: [],
  }
  const anew = look.isStale ? [] : [...accounts.values()].filter((account) => isOther(account, looked))
  const justBegun = new Set(anew.map(({ account }) => account.id).filter((id) => looked.accounts[id] === undefined))
  for (const account of anew) {
    await lookAtAccount(look, account)
    looked = { ...looked, accounts: { ...looked.accounts, [account.account.id]: account.basis } }
    looked = keep(look, looked)
  }
  const isAlerting = (id: number | null) =>
    id !== null && (accounts.get(id)?.knownSince ?? null) !== null && !justBegun.has(id)
  for (;;) {
    const page = ticketEventsAfter(db, looked.seq, pageSize)
    if (page.lastSeq === null) break
    await lookAt(look, candidatesIn(look, page, isAlerting))
    const reassigned = [...new Set([...looked.reassigned, ...reassignedBy(page.events)])]
    looked = keep(look, { ...looked, seq: page.lastSeq, reassigned })
    await look.giveWay()
  }
  looked = await lookOnceRead(look, looked, 'reassigned', isHistoryDue)
  looked = await lookOnceRead(look, looked, 'unread', isConversationDue)
  if (look.isStale) return
  await lookAt(
    look,
    [...(await ticketsEnded(look, looked.until))].map((ticketId) => ({ ticketId, seen: { timeOnly: true } })),
  )
  await lookAt(look, [...(await deadlinesOver(look, looked.until))].map(onceMore))
  await lookAt(
    look,
    snoozesDue(db, now).map(({ ticketId }) => onceMore(ticketId)),
  )
  if (looked.until !== now || look.unread.size > 0) keep(look, { ...looked, until: now })
}

/** Looks once more at tickets of which more was to be read, as soon as it was. */
async function lookOnceRead(
  look: Look,
  looked: AlertsLooked,
  list: 'reassigned' | 'unread',
  isDue: (db: Look['parts']['db'], ticketId: number) => boolean,
): Promise<AlertsLooked> {
  const { due = [], read = [] } = Object.groupBy(looked[list], (id) => (isDue(look.parts.db, id) ? 'due' : 'read'))
  if (read.length === 0) return looked
  await lookAt(look, read.map(onceMore))
  return keep(look, { ...looked, [list]: due })
}

function onceMore(ticketId: number): Candidate {
  return { ticketId, seen: {} }
}

function reassignedBy(events: readonly TicketEvent[]): number[] {
  return events
    .filter(({ kind, changes }) => kind.startsWith('ticket-') && changes.includes('"assignee_id"'))
    .map(({ ticketId }) => ticketId)
}

/** Whether an account's alerts follow from something else than when all its tickets were looked at. */
function isOther({ account, basis, knownSince }: AlertingAccount, { accounts }: AlertsLooked): boolean {
  return knownSince !== null && accounts[account.id] !== basis
}

/** Notes how far was looked, and which tickets are to be looked at once more when they were read. */
function keep({ parts, situation, unread }: Look, looked: AlertsLooked): AlertsLooked {
  const next = { ...looked, unread: [...new Set([...looked.unread, ...unread])] }
  unread.clear()
  transaction(parts.db, () => writeLooked(parts.db, next, situation.now))
  return next
}

/** How many minutes before its end a clock may have to be looked at; 0 is its end. */
export function minutesLookedAhead({ settings }: Pick<Situation, 'settings'>): number[] {
  const { urgent, high, normal, low } = settings.breachLeadMinutes
  return [...new Set([0, settings.quietHours.urgentMinutes, ...urgent, ...high, ...normal, ...low])]
}

async function lookAtAccount(look: Look, alerting: AlertingAccount): Promise<void> {
  const { account, concern, concerns, handoffs, knownSince } = alerting
  const isAccepted = handoffs.some(({ accepted }) => accepted)
  const { db } = look.parts
  const { now } = look.situation
  if (concern === null || knownSince === null) return
  const starts = concerns
    .filter(({ endsAt }) => endsAt > now)
    .map(({ startsAt, as }) => (as === 'ase' ? Math.max(startsAt, knownSince) : startsAt))
  const since = Math.min(...starts)
  const horizon = now + Math.max(...minutesLookedAhead(look.situation)) * minuteMs
  let last: LiveTicket | null = null
  for (;;) {
    const page: LiveTicket[] = liveTickets(db, account.id, last, pageSize)
    last = page.at(-1) ?? null
    if (last === null) break
    const wanted = page.filter(
      ({ nextBreachAt, updatedAt }) =>
        // What nobody went over may be as old as it likes.
        isAccepted || updatedAt >= since || (nextBreachAt !== null && nextBreachAt <= horizon),
    )
    await lookAt(
      look,
      wanted.map(({ id }) => onceMore(id)),
    )
    await look.giveWay()
  }
  let from = { createdAt: since, id: 0 }
  for (;;) {
    const page = ticketsOpenedAfter(db, account.id, from, pageSize)
    const [end] = page.slice(-1)
    if (!end) break
    from = end
    await lookAt(
      look,
      page.map(({ id }) => onceMore(id)),
    )
    await look.giveWay()
  }
  // What was gone over may have changed before the coverage began.
  for (const { id } of handoffs) await lookAt(look, ticketsOfHandoff(db, id).map(onceMore))
}

/** The tickets with a clock that ended since an instant, or came so near its end that it may have to be told. */
async function ticketsEnded({ parts, situation, giveWay }: Look, since: number): Promise<ReadonlySet<number>> {
  const ended = new Set<number>()
  for (const minutes of minutesLookedAhead(situation)) {
    let from: EndingFrom = { at: since + minutes * minuteMs, ticketId: Number.MAX_SAFE_INTEGER }
    for (;;) {
      const page = ticketsEnding(parts.db, from, situation.now + minutes * minuteMs, pageSize)
      const [last] = page.slice(-1)
      if (!last) break
      from = last
      for (const { ticketId } of page) ended.add(ticketId)
      await giveWay()
    }
  }
  return ended
}

/** The tickets that had to be answered since an instant. */
async function deadlinesOver({ parts, situation, giveWay }: Look, since: number): Promise<ReadonlySet<number>> {
  const over = new Set<number>()
  let from: EndingFrom = { at: since, ticketId: Number.MAX_SAFE_INTEGER }
  for (;;) {
    const page = deadlinesEnding(parts.db, from, situation.now, pageSize)
    const [last] = page.slice(-1)
    if (!last) return over
    from = last
    for (const { ticketId } of page) over.add(ticketId)
    await giveWay()
  }
}

/** The tickets that a page of events may raise alerts of. */
function candidatesIn(
  look: Look,
  { events, issues }: EventPage,
  isAlerting: (accountId: number | null) => boolean,
): Candidate[] {
  const { parts, situation, holds } = look
  const { handoffs } = situation
  const ofTickets = events.filter(
    ({ accountId, ticketId }) =>
      // When a snoozed ticket wakes follows from its clocks, wherever it went; the same holds for what was handed over.
      isAlerting(accountId) || holds.snoozes.has(ticketId) || isHandedOver(look, ticketId),
  )
  const ofIssues =
    handoffs.size === 0 ? [] : issues.flatMap((issue) => ticketsWatching(parts.db, issue, [...handoffs.keys()]))
  return [...candidatesOf(ofTickets, situation, parts.db), ...[...new Set(ofIssues)].map(onceMore)]
}

/** Whether a ticket was handed over to me for a coverage that runs, wherever it went since. */
function isHandedOver({ parts, situation: { handoffs } }: Look, ticketId: number): boolean {
  return handoffs.size > 0 && handoffsOfTicket(parts.db, ticketId).some((id) => handoffs.has(id))
}

/** The tickets of some events, each once, in the order of their latest event. */
function candidatesOf(events: readonly TicketEvent[], { me }: Situation, db: ReadDb): Candidate[] {
  const seen = new Map<number, SeenOnTicket>()
  for (const event of events) {
    const before = seen.get(event.ticketId)
    seen.delete(event.ticketId)
    seen.set(event.ticketId, { ...before, ...whatWasSeen(event, me.id, db) })
  }
  return [...seen].map(([ticketId, one]) => ({ ticketId, seen: one }))
}

function whatWasSeen({ kind, at, changes, ticketId }: TicketEvent, meId: number, db: ReadDb): SeenOnTicket {
  if (kind === 'ticket-clock-changed' || kind === 'ticket-created') return { newClock: true }
  if (kind !== 'ticket-changed' && kind !== 'ticket-moved') return {}
  const { cc_ids: ccs } = JSON.parse(changes) as Readonly<Record<string, { from: unknown; to: unknown } | undefined>>
  const isOff = ccs && listIn(ccs.from).includes(meId) && !listIn(ccs.to).includes(meId)
  return isOff && !tookMyselfOffCc(db, ticketId, meId) ? { offCcAt: at } : {}
}

function listIn(json: unknown): readonly unknown[] {
  return typeof json === 'string' ? (JSON.parse(json) as unknown[]) : []
}

/** Looks at tickets one by one, and claims what is due of them in lots. */
async function lookAt(look: Look, candidates: readonly Candidate[]): Promise<void> {
  for (let start = 0; start < candidates.length; start += claimSize) {
    const lot: PlannedTicket[] = []
    for (const candidate of candidates.slice(start, start + claimSize)) {
      await look.giveWay()
      const planned = planTicket(look, candidate)
      if (planned) lot.push(planned)
    }
    if (lot.length === 0) continue
    await look.giveWay()
    durably(look.parts.db, () => {
      for (const { due, waking, redo } of lot) {
        claimDue(look, due)
        if (waking) wakeTicket(look, waking)
        redo?.()
      }
    })
  }
}

interface PlannedTicket {
  readonly due: ReturnType<typeof notInLedger>
  readonly waking: PlannedWaking | null
  readonly redo: (() => void) | null
}

/** What is to be done about a ticket; null: nothing. */
function planTicket(look: Look, { ticketId, seen }: Candidate): PlannedTicket | null {
  const { parts, situation, holds } = look
  const ticket = readAlertingTicket(parts.db, ticketId)
  if (!ticket) return null
  if (isHandedOver(look, ticketId) && isConversationDue(parts.db, ticketId)) look.unread.add(ticketId)
  const all = ticketAlerts(parts.db, ticket, situation, seen)
  const due = notInLedger(parts.db, all)
  const snooze = holds.snoozes.get(ticketId)
  const waking = snooze ? planWaking(look, ticket, snooze, due) : null
  const held =
    waking?.waking || !look.hadHeld ? [] : waitingOfTicket(parts.db, ticketId).filter(({ state }) => state === 'held')
  const redo = held.length > 0 ? () => held.forEach((alert) => decideAnew(look, alert, [])) : null
  return due.length > 0 || waking || redo ? { due, waking, redo } : null
}
