import { oc } from '@orpc/contract'
import { z } from 'zod'
import { returnDecisionKinds, returnRowKinds } from '#core/return-meeting/return-row.ts'
import { errors } from './errors.ts'
import { instantMs, timeZone, zendeskId } from './values.ts'

/**
 * What a row tells:
 *
 * | kind                | is                                                                                  |
 * | ------------------- | ----------------------------------------------------------------------------------- |
 * | `gap`               | what could not be seen                                                              |
 * | `emergency`         | opened as one, or became one                                                        |
 * | `breached`          | a clock that ran out, one row each                                                  |
 * | `contingency-wrong` | something grave happened that the handoff had not foreseen                          |
 * | `contingency-fired` | what the handoff foresaw happened, one row each                                     |
 * | `promised`          | what the customer was promised by a day, one row each                               |
 * | `reopened`          | solved, and open again                                                              |
 * | `priority`          | another priority                                                                    |
 * | `nearly-missed`     | a clock that was answered in its last tenth, one row each                           |
 * | `new`               | opened, or moved to the account                                                     |
 * | `gone`              | merged, deleted, moved away, out of sight                                           |
 * | `assignee`          | others assigned it                                                                  |
 * | `guard`             | who covers put back what the ticket had lost: its ASE, themself on Cc               |
 * | `action-item`       | of a call, not done                                                                 |
 * | `transferred`       | who covers assigned it                                                              |
 * | `issue`             | a labelled issue or epic that moved                                                 |
 * | `status`            | another status, but for solved and reopened                                         |
 * | `solved`            | solved or closed                                                                    |
 * | `replied`, `noted`  | what who covers wrote                                                               |
 */
export const returnRowKind = z.enum(returnRowKinds)
export type ReturnRowKind = z.infer<typeof returnRowKind>

/** What can be decided of a row. */
export const returnDecisionKind = z.enum(returnDecisionKinds)
export type ReturnDecisionKind = z.infer<typeof returnDecisionKind>

/** One thing that happened, and how that is known. */
export const returnEvidence = z.object({
  at: instantMs,
  /** Null for Zendesk itself, for people of GitLab, and where it is not known. */
  byId: zendeskId.nullable(),
  byName: z.string().nullable(),
  /** Who covered the account then; null where nobody did. */
  coverName: z.string().nullable(),
  words: z.string(),
  /** What was said, its beginning; empty where nothing was. */
  quote: z.string(),
  /** Not for the customer's eyes, nor for a screen that is shared. */
  isPrivate: z.boolean(),
  /** Whether when and who are as the source's own history tells; otherwise it was so by then. */
  isExact: z.boolean(),
  /** The message it is. */
  commentId: zendeskId.nullable(),
})
export type ReturnEvidence = z.infer<typeof returnEvidence>

/** All that happened of one kind to one ticket or issue. */
export const returnRow = z.object({
  /** Names the row for good: it is the same when the list is built again. */
  key: z.string(),
  /** Names what the row says now: another one where something came to it. */
  state: z.string(),
  kind: returnRowKind,
  /** How grave it is; the lower, the sooner it is gone over. */
  rank: z.int(),
  ticketId: zendeskId.nullable(),
  issue: z
    .object({
      kind: z.enum(['issue', 'epic']),
      projectId: z.int().positive(),
      iid: z.int().positive(),
    })
    .nullable(),
  /** The ticket or issue in its own place. */
  url: z.url().nullable(),
  subject: z.string(),
  words: z.string(),
  /** When it happened last. */
  at: instantMs,
  /** Day until when something was promised or is to be done; empty for none. */
  dueOn: z.union([z.literal(''), z.iso.date()]),
  /** Oldest first. */
  evidence: z.array(returnEvidence),
  /** What can be decided of it. */
  decisions: z.array(returnDecisionKind),
})
export type ReturnRow = z.infer<typeof returnRow>

/** What is decided of a row. Who follows up and until when is said with `follow-up`, and with nothing else. */
export const returnDecision = z
  .object({
    kind: returnDecisionKind,
    /** Theirs, in their own words; for nobody's eyes but those of the two who meet. */
    note: z.string().trim().max(1000),
    owner: z.string().trim().max(200),
    dueOn: z.union([z.literal(''), z.iso.date()]),
  })
  .refine(
    ({ kind, owner, dueOn }) => (kind === 'follow-up') === (owner !== '') && (kind === 'follow-up') === (dueOn !== ''),
    'names who follows up and until when, where somebody does',
  )
export type ReturnDecision = z.infer<typeof returnDecision>

/** What was decided of a row, and of what. */
export const returnDecided = z.object({
  key: z.string(),
  decision: returnDecision,
  at: instantMs,
  byName: z.string().nullable(),
  /** The row as it was then. */
  kind: returnRowKind,
  ticketId: zendeskId.nullable(),
  subject: z.string(),
  words: z.string(),
  /** Something came to the row since: it wants to be looked at again. */
  changed: z.boolean(),
})
export type ReturnDecided = z.infer<typeof returnDecided>

/** What could be decided of a row, and why; taken over with one key. */
export const returnProposal = z.object({ kind: returnDecisionKind, why: z.string() })

/** A row with what it stands at in the meeting. */
export const meetingRow = returnRow.extend({
  proposal: returnProposal,
  decided: returnDecided.nullable(),
  /** The ticket as it is now; null for what is no ticket, or not there any more. */
  ticketNow: z
    .object({ status: z.string(), assigneeId: zendeskId.nullable(), assigneeName: z.string().nullable() })
    .nullable(),
})
export type MeetingRow = z.infer<typeof meetingRow>

/**
 * How far a meeting is:
 *
 * | stage         | means                                                                                        |
 * | ------------- | -------------------------------------------------------------------------------------------- |
 * | `list`        | rows are gone over; the list grows and changes with what is read                               |
 * | `wrap-up`     | every row was decided; the list stands still while tickets are transferred and notes written   |
 * | `handed-back` | the account is the ASE's again: load, on-call flag, alerts and guard ended at that instant     |
 */
export const returnStage = z.enum(['list', 'wrap-up', 'handed-back'])
export type ReturnStage = z.infer<typeof returnStage>

/** One account of one absence, as it is handed back. An account that was passed from one engineer to the next is handed back once. */
export const returnMeeting = z.object({
  /** The last coverage of the account in this absence; each of its coverages leads here. */
  coverageId: z.string(),
  /** Of the account in this absence, whoever covers it: stays when the plan is changed. */
  meetingId: z.string(),
  absenceId: z.string(),
  accountId: zendeskId,
  accountName: z.string(),
  aseId: zendeskId,
  aseName: z.string(),
  aseTimeZone: timeZone,
  /** Who covered it, by the start. */
  covers: z.array(
    z.object({ coverageId: z.string(), id: zendeskId, name: z.string(), startsAt: instantMs, endsAt: instantMs }),
  ),
  role: z.enum(['ase', 'cover']),
  /** From the first coverage to the end of the absence, or to when it was handed back. */
  startsAt: instantMs,
  endsAt: instantMs,
  stage: returnStage,
  /** When its list was begun; null before. */
  startedAt: instantMs.nullable(),
  handedBackAt: instantMs.nullable(),
  /** Rows that something is decided of. */
  decided: z.int(),
  /** `not-begun`: nobody covers yet. `covered`: it goes on, and the list grows. `due`: there is all to be gone over. */
  state: z.enum(['not-begun', 'covered', 'due']),
})
export type ReturnMeeting = z.infer<typeof returnMeeting>

/** The list of a return meeting with what it is about. */
export const returnList = returnMeeting.extend({
  /** What is told about: from the acceptance of the handoff, where that was before the coverage began, to now at the latest. */
  since: instantMs,
  until: instantMs,
  /** The gravest first. */
  rows: z.array(meetingRow),
  /** Rows that nothing is decided of, or that something came to since. */
  undecided: z.int(),
  /** What was decided of rows that are not on the list any more. */
  past: z.array(returnDecided),
  /** Key of the row the meeting stands at; null at the beginning, and where that row is gone. */
  at: z.string().nullable(),
  /** Whether a window goes over it right now, so that a second screen can follow. */
  running: z.boolean(),
  /** Rows of each kind, those there are. */
  counts: z.partialRecord(returnRowKind, z.int()),
  now: instantMs,
})
export type ReturnList = z.infer<typeof returnList>

const one = z.object({ coverageId: z.string().min(1) })
const refusable = { NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED }

/** The return meeting: what happened while somebody covered, gone over row by row (rule 7). */
export const returns = {
  /** What I covered, and what was covered for me: what is due first, then what goes on, then what is to come, last what was handed back. */
  list: oc.input(z.object({})).output(z.object({ meetings: z.array(returnMeeting), now: instantMs })),
  /** The list of one, built anew from what is stored. */
  get: oc.errors(refusable).input(one).output(returnList),
  /** Decides a row; on disk when this answers. Refused when the row says something else than the person saw (`state`). */
  decide: oc
    .errors(refusable)
    .input(one.extend({ key: z.string(), state: z.string(), decision: returnDecision }))
    .output(z.object({})),
  /** Takes back what was decided last, also after a pause. The key of its row, or null where nothing is left. */
  undo: oc
    .errors(refusable)
    .input(one)
    .output(z.object({ key: z.string().nullable() })),
  /** Keeps the row that is gone over, and whether a window goes over the list: it is taken up again from there. */
  stand: oc
    .errors(refusable)
    .input(one.extend({ at: z.string().nullable(), running: z.boolean() }))
    .output(z.object({})),
  /** Goes on to what follows once nothing is undecided, or back to the list. */
  settle: oc
    .errors(refusable)
    .input(one.extend({ settled: z.boolean() }))
    .output(returnMeeting),
  /** Hands the account back: a coverage that still runs ends now, and with it load, on-call flag, alerts and guard. */
  handBack: oc
    .errors(refusable)
    .input(one)
    .output(
      z.object({
        meeting: returnMeeting,
        /** What ended with it, a sentence each: the load before and after, the swap flags that went down. */
        lifted: z.array(z.string()),
      }),
    ),
  /** Takes that back. */
  takeBack: oc.errors(refusable).input(one).output(returnMeeting),
}
