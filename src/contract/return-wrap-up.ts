import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { outboxEntry, writeIntent } from './outbox.ts'
import { instantMs, zendeskId } from './values.ts'

/** A ticket that two people decided to transfer. */
export const returnTransfer = z.object({
  ticketId: zendeskId,
  url: z.url(),
  subject: z.string(),
  status: z.string(),
  assigneeName: z.string().nullable(),
  /** `ready` to be ordered, `ordered` and on its way or needing somebody, `done`: it is the ASE's. `refused`: it cannot change hands. */
  standing: z.enum(['ready', 'ordered', 'done', 'refused']),
  /** Why it is refused, and what to do instead; empty otherwise. */
  refusal: z.string(),
  /** The handover note as it would be begun, from what happened and what was decided. */
  note: z.string(),
  /** Whether I am on Cc. */
  onCc: z.boolean(),
  /** What was ordered of it in this meeting, as it stands. */
  entries: z.array(outboxEntry),
})
export type ReturnTransfer = z.infer<typeof returnTransfer>

/** A message to copy. */
export const returnNotice = z.object({ to: z.string(), subject: z.string(), text: z.string() })
export type ReturnNotice = z.infer<typeof returnNotice>

/** Whether the handoff helped, as said in the meeting. */
export const returnLesson = z.object({
  helped: z.enum(['yes', 'partly', 'no']).nullable(),
  /** What was missing in it, in a line; the next handoff of the account starts from it. */
  missing: z.string().trim().max(280),
})
export type ReturnLesson = z.infer<typeof returnLesson>

/** What follows the list. */
export const returnWrapUp = z.object({
  /** Whom tickets go to. */
  aseId: zendeskId,
  aseName: z.string(),
  transfers: z.array(returnTransfer),
  /** The call that the meeting was written down as; null before. */
  call: z.object({ id: z.string(), filed: z.boolean(), url: z.url().nullable(), words: z.string() }).nullable(),
  lesson: returnLesson,
  /** Contingencies of the handoff: how many there were, and which of them happened. */
  contingencies: z.object({ written: z.int(), fired: z.array(z.string()), wrong: z.array(z.string()) }),
  /** The issue of the absence, and which of its accounts are not handed back; null where there is none. */
  coverageIssue: z
    .object({ reference: z.string(), url: z.url(), open: z.boolean(), notHandedBack: z.array(z.string()) })
    .nullable(),
  /** Whether the account's organization note still tells of this absence. */
  orgNoteTells: z.boolean(),
  notices: z.array(returnNotice),
  now: instantMs,
})
export type ReturnWrapUp = z.infer<typeof returnWrapUp>

const one = z.object({ coverageId: z.string().min(1) })
const refusable = { NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED }
const orders = z.array(z.object({ intent: writeIntent, stamp: instantMs }))

/** What follows the list of a return meeting: transfers, notes, and what was learned (rules 7 and 18). */
export const returnWrapUps = {
  get: oc.errors(refusable).input(one).output(returnWrapUp),
  /** Hands over what the person saw in the previews of the outbox; nothing that this meeting ordered already is ordered again. */
  transfer: oc
    .errors(refusable)
    .input(one.extend({ orders: orders.min(1).max(1000) }))
    .output(returnWrapUp),
  /**
   * Begins the call that the meeting is written down as, once; afterwards it is the same. `customer`: the customer will see it, and nothing
   * private goes into it.
   */
  call: oc
    .errors(refusable)
    .input(one.extend({ audience: z.enum(['customer', 'internal']) }))
    .output(z.object({ callId: z.string() })),
  /** Keeps whether the handoff helped. */
  learn: oc
    .errors(refusable)
    .input(one.extend({ lesson: returnLesson }))
    .output(z.object({})),
  /** What would be written into the issue of the absence: what was learned, as a comment, and that it is closed. */
  issueIntents: oc
    .errors(refusable)
    .input(one)
    .output(z.object({ intents: z.array(writeIntent) })),
}
