import type { TicketIntent, WriteIntent } from '#contract/outbox.ts'
import type { ReturnMeeting } from '#contract/returns.ts'
import { sameWish } from '#core/outbox/wish.ts'
import { readOutboxRow } from '../db/outbox.ts'
import { readDecisions } from '../db/return-meetings.ts'
import {
  markReturnOrders,
  readReturnOrders,
  returnOrdersWithoutEntry,
  settleReturnOrders,
  ticketOrdersSince,
  type ReturnOrder,
  type TransferPart,
} from '../db/return-orders.ts'
import type { ReadDb, WriteDb } from '../db/sql.ts'
import type { WriteOrder } from '../outbox/create-outbox.ts'
import { wishOf } from '../outbox/gather-preview.ts'
import { Refusal } from '../refusal.ts'
import { findMeeting } from './find-meetings.ts'
import { transferredTickets, type WrapUpDesk } from './wrap-up-desk.ts'

type OrderDesk = Pick<WrapUpDesk, 'db' | 'roster' | 'now' | 'outbox'>

/**
 * Hands over to the outbox what a person saw in its previews: that tickets become the ASE's, with a note, and without me on Cc. What is
 * ordered is written down before it is handed over, so that after a crash it is neither lost nor sent twice.
 *
 * @returns the meeting it is of.
 * @throws {Refusal} for anything else than that, for what this meeting ordered before, and where an order cannot be taken; then nothing is.
 */
export async function orderTransfers(
  desk: OrderDesk,
  { coverageId, orders }: { readonly coverageId: string; readonly orders: readonly WriteOrder[] },
): Promise<ReturnMeeting> {
  const { db, outbox, now } = desk
  const meeting = findMeeting(desk, coverageId)
  if (!outbox) throw new Refusal('refused', 'Nothing is connected here, so nothing can be sent.')
  const { meetingId } = meeting
  const marks = orders.map(({ intent }) => ({ ...partOf(intent, meeting, desk), meetingId, at: now }))
  assertWanted(db, meeting, marks)
  markReturnOrders(db, marks)
  let ids: readonly number[]
  try {
    ids = await outbox.send(orders)
  } catch (error) {
    settle(db, marks)
    throw error
  }
  settleReturnOrders(
    db,
    marks.map((mark, place) => ({ ...mark, entryId: ids[place] ?? null })),
  )
  return meeting
}

/**
 * Ends handing over that a crash cut off: what the outbox has is the meeting's, and what it has not can be ordered again. Only for the
 * beginning, when nothing is being handed over.
 *
 * @returns ids of the meetings that are not what they were.
 */
export function endCutOffTransfers(db: WriteDb): string[] {
  const cutOff = returnOrdersWithoutEntry(db)
  if (cutOff.length > 0) settle(db, cutOff)
  return [...new Set(cutOff.map(({ meetingId }) => meetingId))]
}

/** Looks in the outbox for what was being handed over. */
function settle(db: WriteDb, orders: readonly Omit<ReturnOrder, 'entryId'>[]): void {
  settleReturnOrders(
    db,
    orders.map((order) => {
      const found = ticketOrdersSince(db, order.ticketId, order.at)
      const wish = wishOf(order.intent, null)
      return { ...order, entryId: found.find((one) => sameWish(one.wish, wish))?.id ?? null }
    }),
  )
}

/** What of a transfer an order is, with everybody named in it. */
function partOf(
  intent: WriteIntent,
  { aseId, aseName }: ReturnMeeting,
  { roster }: OrderDesk,
): { readonly ticketId: number; readonly part: TransferPart; readonly intent: TicketIntent } {
  if (intent.kind === 'internal-note') return { ticketId: intent.ticketId, part: 'note', intent }
  if (intent.kind === 'assign' && intent.assigneeId === aseId) {
    return { ticketId: intent.ticketId, part: 'assign', intent }
  }
  const meId = roster.me?.id
  if (intent.kind === 'remove-cc' && meId !== undefined && (intent.userId ?? meId) === meId) {
    return { ticketId: intent.ticketId, part: 'cc', intent: { ...intent, userId: meId } }
  }
  throw new Refusal(
    'refused',
    `Here tickets are only assigned to ${aseName}, with an internal note, and without you on Cc. Make other changes on the ticket itself.`,
  )
}

function assertWanted(
  db: ReadDb,
  { meetingId, aseName }: ReturnMeeting,
  marks: readonly Pick<ReturnOrder, 'ticketId' | 'part'>[],
): void {
  const decided = transferredTickets(readDecisions(db, meetingId))
  const named = new Set<string>()
  const ordered = new Set(
    readReturnOrders(db, meetingId)
      .filter((order) => !isGivenUp(db, order))
      .map(nameOf),
  )
  for (const mark of marks) {
    const { ticketId } = mark
    if (!decided.has(ticketId)) {
      throw new Refusal(
        'refused',
        `That #${ticketId} goes to ${aseName} was not decided in this meeting. Decide it in the list first.`,
      )
    }
    const name = nameOf(mark)
    if (ordered.has(name)) throw new Refusal('refused', orderedWords(mark))
    if (named.has(name)) throw new Refusal('refused', `#${ticketId} is named twice. Look at the list again.`)
    named.add(name)
  }
}

/** What was taken back or given up can be ordered again. */
export function isGivenUp(db: ReadDb, { entryId }: Pick<ReturnOrder, 'entryId'>): boolean {
  return entryId !== null && readOutboxRow(db, entryId)?.state === 'discarded'
}

const partWords: Readonly<Record<TransferPart, (ticketId: number) => string>> = {
  assign: (ticketId) => `That #${ticketId} is assigned`,
  note: (ticketId) => `The note on #${ticketId}`,
  cc: (ticketId) => `That you are taken off Cc of #${ticketId}`,
}

function orderedWords({ ticketId, part }: Pick<ReturnOrder, 'ticketId' | 'part'>): string {
  return `${partWords[part](ticketId)} was ordered in this meeting already. Changes shows how far it is; give it up there to order it anew.`
}

function nameOf({ ticketId, part }: Pick<ReturnOrder, 'ticketId' | 'part'>): string {
  return `${part} ${ticketId}`
}
