import { z } from 'zod'
import {
  accountTexts,
  longestStory,
  severities,
  type HandoffDocument,
  type TicketPart,
} from '#core/handoff/handoff-document.ts'
import { timeZone, zendeskId } from './values.ts'
import { fields, idOfZendesk, sharedInstant, sharedName, versioned } from './versioned.ts'

/** Longest text of any kind; shorter ones are said where they are. */
const words = z.string().max(4000)
/** From Zendesk or GitLab, where people write titles of any length. */
const title = z.string().max(2000)
const print = z.string().max(64)
const personId = zendeskId
const speaker = z.strictObject({ id: personId, name: sharedName })

const trigger = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('customer-replies') }),
  z.strictObject({ on: z.literal('severity-raised') }),
  z.strictObject({ on: z.literal('no-reply-by'), at: sharedInstant }),
  z.strictObject({ on: z.literal('status'), to: z.string().min(1).max(80) }),
  z.strictObject({ on: z.literal('issue-closed'), projectId: z.int().positive(), iid: z.int().positive() }),
])

const line = z.strictObject({
  severity: z.enum(severities).nullable(),
  story: z.string().max(longestStory),
  nextAction: z.string().max(1000),
  nextOwner: z.string().max(200),
  nextBy: z.union([z.literal(''), z.iso.date()]),
  contingencies: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(80),
        if: z.string().max(500),
        // oxlint-disable-next-line unicorn/no-thenable -- what people call it; nobody awaits a line
        then: z.string().max(1000),
        trigger: trigger.nullable(),
      }),
    )
    .max(20),
  nothingForeseen: z.boolean(),
  askWhom: z.string().max(500),
})

const message = z.strictObject({ at: sharedInstant, byName: title, words })

const facts = z.strictObject({
  subject: title,
  status: z.string().max(80),
  priority: z.string().max(80).nullable(),
  assigneeId: personId.nullable(),
  assigneeName: title.nullable(),
  createdAt: sharedInstant,
  lastCustomer: message.nullable(),
  lastPublicReply: message.nullable(),
  lastNote: message.nullable(),
  clocks: z.array(z.strictObject({ metric: z.string().max(80), breachAt: sharedInstant })).max(100),
  ccNames: z.array(title).max(1000),
  issues: z.array(z.strictObject({ reference: title, title, open: z.boolean() })).max(1000),
})

/** One ticket of a handoff as it is handed over, without its id. */
export const ticketPartSchema = z.strictObject({
  line: versioned(line, 0),
  teachBack: versioned(z.strictObject({ words, speaker, ofLine: print }), 0),
  verdict: versioned(z.strictObject({ accepted: z.boolean(), words, speaker, ofWords: print }), 0),
  reviewed: versioned(facts, 0),
}) satisfies z.ZodType<TicketPart>

const accountText = z.string().refine((name) => accountTexts.some((text) => text === name), 'is no text of an account')

/**
 * A handoff as it is handed over. What comes from elsewhere is taken in this shape and no other, so that nothing in it goes unseen.
 *
 * SECURITY: every text and every list has an end.
 */
export const handoffDocumentSchema = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9:._-]{0,199}$/, 'is no id'),
  aseId: zendeskId,
  accountId: zendeskId,
  window: versioned(z.strictObject({ startsAt: sharedInstant, endsAt: sharedInstant })),
  texts: fields(accountText, versioned(words), accountTexts.length),
  tickets: fields(idOfZendesk, ticketPartSchema, 1000),
  acceptance: versioned(
    z.strictObject({
      state: z.enum(['accepted', 'delayed', 'withdrawn']),
      hash: z.string().regex(/^(?:[0-9a-f]{64})?$/, 'is no hash'),
      lines: fields(z.string().regex(/^[A-Za-z0-9]{1,40}$/), print, 1100),
      words,
      speaker,
    }),
    0,
  ),
  names: z.strictObject({
    ase: sharedName,
    aseTimeZone: timeZone,
    account: sharedName,
    covers: fields(idOfZendesk, sharedName, 1000),
  }),
}) satisfies z.ZodType<HandoffDocument>
