import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { outboxState, writeIntent, writePreview } from './outbox.ts'
import { instantMs, zendeskId } from './values.ts'

/** A calendar day, or empty while none is set. */
const day = z.union([z.literal(''), z.iso.date()])
const line = z.string().max(1000)
const lines = z.array(line).max(200).readonly()
const notes = z.string().max(20_000)

const actionItem = z.object({ what: line, dri: z.string().max(200), dueOn: day, done: z.boolean() })

/** What was written down of a call; anything may be empty while it is typed. */
export const callDocument = z.object({
  /** `tickets`: a summary in each of them. `other`: an issue. */
  about: z.enum(['tickets', 'other']),
  day,
  purpose: z.string().max(200),
  tickets: z
    .array(z.object({ id: zendeskId, how: z.enum(['internal', 'public']) }))
    .max(50)
    .readonly(),
  customer: lines,
  ours: lines,
  topics: z
    .array(z.object({ title: line, notes }))
    .max(100)
    .readonly(),
  decisions: lines,
  actions: z.array(actionItem).max(200).readonly(),
  prioritiesChanged: notes,
  priorities: lines,
})
export type CallDocumentValues = z.infer<typeof callDocument>

/** What a call became: a note, an issue, or a text that a person took elsewhere. */
export const callOutcome = z.object({
  /** `Internal note on #12`. */
  words: z.string(),
  ticketId: zendeskId.nullable(),
  /** Of the issue, once it is there. */
  url: z.url().nullable(),
  /** Where the change stands; null for what was copied, and for a change that is kept no more. */
  state: outboxState.nullable(),
  problem: z.string().nullable(),
})
export type CallOutcome = z.infer<typeof callOutcome>

/** A call as a row of a list. */
export const callRow = z.object({
  id: z.string(),
  accountId: zendeskId,
  accountName: z.string(),
  about: z.enum(['tickets', 'other']),
  day,
  purpose: z.string(),
  ticketIds: z.array(zendeskId),
  state: z.enum(['draft', 'filed']),
  updatedAt: instantMs,
  filedAt: instantMs.nullable(),
  became: z.array(callOutcome),
})
export type CallRow = z.infer<typeof callRow>

/** A call with all that was typed, and what helps to type it. */
export const callDetail = callRow.extend({
  document: callDocument,
  /** Who may have been present, as far as they are known here. */
  people: z.object({ customer: z.array(z.string()), ours: z.array(z.string()) }),
  /** Open tickets of the account, and those that the call names. */
  tickets: z.array(z.object({ id: zendeskId, subject: z.string(), status: z.string() })),
  now: instantMs,
})
export type CallDetail = z.infer<typeof callDetail>

/** One thing that filing does. */
export const callPart = z.object({
  /** `Internal note on #12`, `Public reply on #12, to copy`. */
  heading: z.string(),
  /** All that is written there. */
  text: z.string(),
  /** What sending it does; null for a text to take elsewhere. */
  preview: writePreview.nullable(),
})
export type CallPart = z.infer<typeof callPart>

/** An action item that is not done, and where it stands. */
export const openAction = z.object({
  accountId: zendeskId,
  accountName: z.string(),
  what: z.string(),
  dri: z.string(),
  dueOn: day,
  overdue: z.boolean(),
  /** The call it is from. */
  callDay: z.string(),
  callPurpose: z.string(),
  /** A task of an issue, or an item of a call that is kept here only. */
  at: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('issue'),
      projectId: z.number().int(),
      iid: z.number().int(),
      text: z.string(),
      nth: z.number().int().nonnegative(),
      reference: z.string(),
      url: z.url(),
    }),
    z.object({ kind: z.literal('call'), callId: z.string(), index: z.number().int().nonnegative() }),
  ]),
})
export type OpenAction = z.infer<typeof openAction>

const one = z.object({ id: z.string() })
const refusable = { NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED }
/** The project that an issue goes to; null: none, its text is copied. */
const place = { projectId: z.number().int().positive().nullable() }

export const calls = {
  /** Calls, drafts first, then the last filed. */
  list: oc
    .input(z.object({ accountId: zendeskId.optional() }))
    .output(z.object({ calls: z.array(callRow), now: instantMs })),
  get: oc.errors(refusable).input(one).output(callDetail),
  /** Begins a call about a ticket, or about something else. One of which nothing is typed yet is taken up instead. */
  start: oc
    .errors(refusable)
    .input(z.object({ accountId: zendeskId, ticketId: zendeskId.optional() }))
    .output(callDetail),
  /**
   * Keeps what was typed; on disk when this answers. `updatedAt` is that of the state it was typed on: when another window saved
   * meanwhile, this is refused.
   */
  save: oc
    .errors(refusable)
    .input(one.extend({ document: callDocument, updatedAt: instantMs }))
    .output(z.object({ updatedAt: instantMs })),
  /** Forgets a draft. What it was goes with the answer, for `restore`. */
  remove: oc
    .errors(refusable)
    .input(one)
    .output(one.extend({ accountId: zendeskId, document: callDocument })),
  /** Undoes `remove`. */
  restore: oc
    .errors(refusable)
    .input(one.extend({ accountId: zendeskId, document: callDocument }))
    .output(callDetail),
  /** What filing would write, and who would see it. Nothing is sent. */
  preview: oc
    .errors(refusable)
    .input(one.extend(place))
    .output(
      z.object({
        parts: z.array(callPart),
        /** What is missing before it can be filed. */
        missing: z.array(z.string()),
        /** Questions that the handbook asks of every call and that are left open. */
        open: z.array(z.string()),
      }),
    ),
  /** Hands over what the person saw in the preview; the call is filed when the outbox has it on disk. */
  file: oc
    .errors(refusable)
    .input(one.extend({ ...place, orders: z.array(z.object({ intent: writeIntent, stamp: instantMs })).max(50) }))
    .output(callDetail),
  /** Action items that are not done: those of call issues that are stored, and those of calls filed here. Overdue ones first. */
  actions: oc
    .input(z.object({ accountId: zendeskId.optional() }))
    .output(z.object({ actions: z.array(openAction), overdue: z.number().int(), now: instantMs })),
  /** Marks an item of a call that is kept here only as done, or takes that back. */
  tick: oc
    .errors(refusable)
    .input(one.extend({ index: z.number().int().nonnegative(), done: z.boolean() }))
    .output(z.object({})),
}
