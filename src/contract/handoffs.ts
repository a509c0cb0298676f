import { oc } from '@orpc/contract'
import { z } from 'zod'
import { accountTexts, longestStory, severities } from '#core/handoff/handoff-document.ts'
import { errors } from './errors.ts'
import { outboxState, writePreview } from './outbox.ts'
import { instantMs, timeZone, zendeskId } from './values.ts'

const words = z.string().max(4000)
const window = { startsAt: instantMs, endsAt: instantMs }

/** What can be seen to happen, so that an alert tells an *if*. */
export const trigger = z.discriminatedUnion('on', [
  z.object({ on: z.literal('customer-replies') }),
  z.object({ on: z.literal('severity-raised') }),
  z.object({ on: z.literal('no-reply-by'), at: instantMs }),
  z.object({ on: z.literal('status'), to: z.string().min(1).max(80) }),
  z.object({ on: z.literal('issue-closed'), projectId: z.int().positive(), iid: z.int().positive() }),
])
export type TriggerValues = z.infer<typeof trigger>

/** What the ASE writes of a ticket; anything may be empty while it is typed. */
export const ticketLine = z.object({
  severity: z.enum(severities).nullable(),
  story: z.string().max(longestStory),
  nextAction: z.string().max(1000),
  nextOwner: z.string().max(200),
  nextBy: z.union([z.literal(''), z.iso.date()]),
  contingencies: z
    .array(
      z.object({
        id: z.string().min(1).max(80),
        if: z.string().max(500),
        // oxlint-disable-next-line unicorn/no-thenable -- what people call it; nobody awaits a line
        then: z.string().max(1000),
        trigger: trigger.nullable(),
      }),
    )
    .max(20)
    .readonly(),
  nothingForeseen: z.boolean(),
  askWhom: z.string().max(500),
})
export type TicketLineValues = z.infer<typeof ticketLine>

const message = z.object({ at: instantMs, byName: z.string(), words: z.string() })

/** What is known of a ticket without anybody's judgement. */
export const ticketFacts = z.object({
  subject: z.string(),
  status: z.string(),
  priority: z.string().nullable(),
  assigneeId: zendeskId.nullable(),
  assigneeName: z.string().nullable(),
  createdAt: instantMs,
  lastCustomer: message.nullable(),
  lastPublicReply: message.nullable(),
  lastNote: message.nullable(),
  clocks: z.array(z.object({ metric: z.string(), breachAt: instantMs })).readonly(),
  ccNames: z.array(z.string()).readonly(),
  issues: z.array(z.object({ reference: z.string(), title: z.string(), open: z.boolean() })).readonly(),
})
export type TicketFactsValues = z.infer<typeof ticketFacts>

/** Something that the ticket itself suggests for a field of its line; taken by a person or not at all. */
export const suggestion = z.object({
  field: z.enum(['story', 'nextAction', 'nextBy', 'contingency', 'askWhom']),
  value: z.string(),
  /** Where it is from: `The last internal note, Dana Whitfield, 3 days ago`. */
  from: z.string(),
})
export type Suggestion = z.infer<typeof suggestion>

/** Two sides of something that was written twice without knowledge of each other; both are kept until somebody chooses. */
export const handoffConflict = z.object({
  /** Names the part for `resolve`. */
  field: z.string(),
  ticketId: zendeskId.nullable(),
  about: z.string(),
  sides: z.array(z.object({ words: z.string(), byName: z.string().nullable(), at: instantMs })).min(2),
})
export type HandoffConflict = z.infer<typeof handoffConflict>

/** One ticket of a handoff. */
export const handoffTicket = z.object({
  ticketId: zendeskId,
  /** As it is now here; what the handoff itself last knew where the ticket is not here. */
  facts: ticketFacts,
  /** When those were read from Zendesk; null where they are the handoff's own. */
  factsAt: instantMs.nullable(),
  emergency: z.boolean(),
  /** Whether its next clock ends before the ASE is back. */
  breachesBeforeReturn: z.boolean(),
  /** Whether I am on Cc or follow it, as read from Zendesk. */
  iAmOn: z.boolean(),
  /** Why it is not active here any more: solved, merged, moved to another account, not here; null while it is. */
  gone: z.string().nullable(),
  /** Null while nothing was written. */
  line: ticketLine.nullable(),
  /** Names the state of the line; goes with a save, so that another window's is not overwritten. */
  lineBase: z.string(),
  suggestions: z.array(suggestion),
  /** What the line still lacks, in words: empty for one that is complete. */
  missing: z.array(z.string()),
  teachBack: z.object({ words: z.string(), byName: z.string(), at: instantMs, current: z.boolean() }).nullable(),
  verdict: z
    .object({ accepted: z.boolean(), words: z.string(), byName: z.string(), at: instantMs, current: z.boolean() })
    .nullable(),
  /** When the covering engineer last went over it; null for one that nobody has. */
  reviewedAt: instantMs.nullable(),
  reviewedByName: z.string().nullable(),
  /** What is otherwise since then, in words; empty while nothing is. */
  stale: z.array(z.string()),
})
export type HandoffTicket = z.infer<typeof handoffTicket>

/** How far the handoff of an account is. */
export const handoffState = z.enum(['not-begun', 'preparing', 'prepared', 'in-review', 'accepted', 'delayed'])
export type HandoffState = z.infer<typeof handoffState>

/** The handoff of one account, as a row. */
export const handoffRow = z.object({
  id: z.string(),
  accountId: zendeskId,
  accountName: z.string(),
  coverNames: z.array(z.string()),
  state: handoffState,
  /** Who owns the account now, in a sentence. */
  ownerWords: z.string(),
  tickets: z.int(),
  prepared: z.int(),
  reviewed: z.int(),
  stale: z.int(),
  /** Active tickets that nobody went over, of a handoff that was accepted. */
  notReviewed: z.int(),
  conflicts: z.int(),
})
export type HandoffRow = z.infer<typeof handoffRow>

/** An absence with the handoffs of its accounts. */
export const handoffPacket = z.object({
  absenceId: z.string(),
  planId: z.string().nullable(),
  aseId: zendeskId,
  aseName: z.string(),
  aseTimeZone: timeZone,
  ...window,
  role: z.enum(['ase', 'cover', 'other']),
  phase: z.enum(['upcoming', 'running', 'past']),
  accounts: z.array(handoffRow),
})
export type HandoffPacket = z.infer<typeof handoffPacket>

/** The handoff of one account with all that is in it. */
export const handoffDetail = handoffRow.extend({
  absenceId: z.string(),
  planId: z.string().nullable(),
  aseId: zendeskId,
  aseName: z.string(),
  aseTimeZone: timeZone,
  ...window,
  role: z.enum(['ase', 'cover', 'other']),
  phase: z.enum(['upcoming', 'running', 'past']),
  covers: z.array(z.object({ id: zendeskId, name: z.string() })),
  texts: z.record(
    z.enum(accountTexts),
    z.object({
      value: z.string(),
      /** Names the state of the text, as `lineBase` does. */
      base: z.string(),
      /** What the account page or the last handoff has now, where it is another; taken by a person or not at all. */
      offered: z.object({ value: z.string(), from: z.string() }).nullable(),
    }),
  ),
  /** What the last return meeting of the account found, for this handoff to start from: what was missing, what fired. */
  lessons: z.array(z.object({ words: z.string(), from: z.string() })),
  /** In the order of the review: unstable, watcher, stable, unwritten; within each the next breach first. */
  lines: z.array(handoffTicket),
  /** What has to be done before it can be accepted, in words. */
  open: z.array(z.string()),
  acceptance: z
    .object({
      state: z.enum(['accepted', 'delayed', 'withdrawn']),
      words: z.string(),
      byName: z.string(),
      at: instantMs,
      hash: z.string(),
      /** What was written since; an acceptance holds for what was accepted and no more. */
      changedSince: z.array(z.string()),
    })
    .nullable(),
  /** Of what is written now; goes with an acceptance, which is of exactly this. */
  hash: z.string(),
  conflictList: z.array(handoffConflict),
  now: instantMs,
})
export type HandoffDetail = z.infer<typeof handoffDetail>

/** What taking in a handoff changes here, or would change. */
export const handoffImport = z.object({
  ids: z.array(z.string()),
  fresh: z.int(),
  changes: z.array(z.string()),
  conflicts: z.array(handoffConflict),
  /** What could not be read and was left as it stood, in words. */
  unread: z.array(z.string()),
})

/** The issue in GitLab that a handoff was handed over as, and how the two stand to each other. Nobody is asked for it. */
export const handoffIssue = z.object({
  project: z.string().nullable(),
  issue: z
    .object({
      projectId: z.int().positive(),
      iid: z.int().positive(),
      reference: z.string(),
      url: z.url(),
      state: z.string(),
      readAt: instantMs,
      problem: z.string().nullable(),
    })
    .nullable(),
  order: z.object({ id: z.int(), state: outboxState, problem: z.string().nullable() }).nullable(),
  toSend: z.boolean(),
  waiting: handoffImport.pick({ changes: true, conflicts: true }).nullable(),
  takenIn: z.object({ at: instantMs, changes: z.array(z.string()) }).nullable(),
})

const refusable = { NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED }
const one = z.object({ handoffId: z.string() })
const oneTicket = one.extend({ ticketId: zendeskId })
/** Who speaks, where that is not whoever is signed in: two people at one screen. */
const speaker = z.object({ id: zendeskId }).optional()

/** The handoff review: prepared by the ASE, gone through and accepted by who covers (rule 6). */
export const handoffs = {
  /** Absences of mine, and those in which I cover, with the handoffs of their accounts: running, upcoming, then past. */
  list: oc.input(z.object({})).output(z.object({ packets: z.array(handoffPacket), now: instantMs })),
  get: oc.errors(refusable).input(one).output(handoffDetail),
  /** Begins the handoffs of an absence's accounts that are not begun, each account's texts filled from its page and its last handoff. */
  begin: oc
    .errors(refusable)
    .input(z.object({ absenceId: z.string() }))
    .output(z.object({ ids: z.array(z.string()) })),
  /** Stores what was typed of a ticket. Refused where somebody else's stands there meanwhile: `base` is not its state any more. */
  saveLine: oc
    .errors(refusable)
    .input(oneTicket.extend({ line: ticketLine, base: z.string() }))
    .output(z.object({ base: z.string() })),
  saveText: oc
    .errors(refusable)
    .input(one.extend({ text: z.enum(accountTexts), value: words, base: z.string() }))
    .output(z.object({ base: z.string() })),
  /** Stores what was said back of a ticket, and that its facts were gone over as they are now. */
  teachBack: oc
    .errors(refusable)
    .input(oneTicket.extend({ words: words.trim().min(1), speaker }))
    .output(handoffDetail),
  /** The ASE's answer to a teach-back. */
  judge: oc
    .errors(refusable)
    .input(oneTicket.extend({ accepted: z.boolean(), words: words.trim(), speaker }))
    .output(handoffDetail),
  /** That a ticket was gone over as it is now: it is not stale any more. */
  review: oc.errors(refusable).input(oneTicket).output(handoffDetail),
  /** Accepts exactly what `hash` names, puts it off with a reason, or takes an acceptance back. */
  accept: oc
    .errors(refusable)
    .input(
      one.extend({
        state: z.enum(['accepted', 'delayed', 'withdrawn']),
        hash: z.string(),
        words: words.trim(),
        speaker,
      }),
    )
    .output(handoffDetail),
  /** Chooses one side of a conflict by its place. */
  resolve: oc
    .errors(refusable)
    .input(one.extend({ field: z.string(), side: z.int().nonnegative() }))
    .output(handoffDetail),
  /** Handoffs as a text: a file for another Understudy, Markdown, or a page to print; each stands alone. */
  export: oc
    .errors(refusable)
    .input(z.object({ handoffIds: z.array(z.string()).min(1).max(100), as: z.enum(['file', 'markdown', 'page']) }))
    .output(z.object({ fileName: z.string(), text: z.string() })),
  /** Takes in what `export` wrote, here or elsewhere. Without `apply` it only says what would change. */
  import: oc
    .errors(refusable)
    .input(z.object({ text: z.string().min(1).max(20_000_000), apply: z.boolean() }))
    .output(handoffImport),
  /** How a handoff stands to its issue in GitLab. GitLab is not asked. */
  issue: oc.errors(refusable).input(one).output(handoffIssue),
  /** What sending it would write; the issue is read first, and what it says is sent along. Nothing is sent by this. */
  previewIssue: oc
    .errors(refusable)
    .input(one.extend({ another: z.boolean().default(false) }))
    .output(z.object({ preview: writePreview, along: handoffImport.pick({ changes: true, conflicts: true }) })),
  /** Takes in the handoff that stands in its issue, or in the one of that address. Without `apply` it only says what would change. */
  fetch: oc
    .errors(refusable)
    .input(
      z.union([
        one.extend({ apply: z.boolean() }),
        z.object({ reference: z.string().trim().min(1).max(2000), apply: z.boolean() }),
      ]),
    )
    .output(handoffImport),
}
