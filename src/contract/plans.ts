import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { outboxState, writePreview } from './outbox.ts'
import { instantMs, localDateTime, timeZone, zendeskId } from './values.ts'
import { workProject } from './work-project.ts'

const window = { startsAt: instantMs, endsAt: instantMs }
const words = z.string().trim().min(1).max(500)

/** How far asking somebody to cover has come. Until it is accepted nothing changes hands. */
export const coverRequest = z.object({
  state: z.enum(['draft', 'asked', 'accepted', 'declined']),
  /** When it came to this state; null for a draft. */
  at: instantMs.nullable(),
  byName: z.string().nullable(),
  /** What was said with the answer. */
  words: z.string().nullable(),
})
export type CoverRequest = z.infer<typeof coverRequest>

/** One account, one covering engineer, one window of an absence: what is planned, whether or not it was accepted. */
export const planEntry = z.object({
  id: z.string(),
  accountId: zendeskId,
  accountName: z.string(),
  coverId: zendeskId,
  coverName: z.string(),
  ...window,
  request: coverRequest,
  /** Whether I am the one who is asked. */
  mine: z.boolean(),
})
export type PlanEntry = z.infer<typeof planEntry>

/** Something about a plan that somebody has to know or mend. */
export const planFinding = z.object({
  kind: z.enum([
    'gap',
    'not-accepted',
    'double-cover',
    'cover-away',
    'too-many',
    'outside-absence',
    'covers-own-absence',
    'no-account',
    'other-ase',
  ]),
  /** `gap`s and what cannot work at all are `missing`; the rest is to be known. */
  weight: z.enum(['missing', 'warning']),
  accountId: zendeskId.nullable(),
  entryIds: z.array(z.string()),
  ...window,
  words: z.string(),
})
export type PlanFinding = z.infer<typeof planFinding>

/** A step of the checklist before and after an absence, with its day. */
export const planStep = z.object({
  id: z.string(),
  /** The day it is due, in the ASE's zone. */
  dueOn: z.iso.date(),
  words: z.string(),
  /** The rule it comes from. */
  source: z.string(),
  /** Null until it is ticked; steps that the plan itself shows are done or open by themselves. */
  doneAt: instantMs.nullable(),
  byItself: z.boolean(),
  late: z.boolean(),
})
export type PlanStep = z.infer<typeof planStep>

/** A field that two people changed without seeing the other's change. Both sides are kept until somebody chooses. */
export const planConflict = z.object({
  /** Names the field for `resolve`. */
  field: z.string(),
  /** What it is about: `Until when Acme is covered`. */
  about: z.string(),
  sides: z.array(z.object({ words: z.string(), byName: z.string().nullable(), at: instantMs })).min(2),
})
export type PlanConflict = z.infer<typeof planConflict>

export const planRow = z.object({
  id: z.string(),
  aseId: zendeskId,
  aseName: z.string(),
  aseTimeZone: timeZone,
  ...window,
  /** Whether I am the ASE who is away. */
  own: z.boolean(),
  phase: z.enum(['upcoming', 'running', 'past']),
  accounts: z.number().int(),
  /** Findings of weight `missing`, and open conflicts. */
  missing: z.number().int(),
  /** Requests that wait for my answer. */
  askedOfMe: z.number().int(),
  /** Covers who were not asked yet, and requests of others that wait for an answer or were declined. */
  notAsked: z.number().int(),
  notAccepted: z.number().int(),
})
export type PlanRow = z.infer<typeof planRow>

/** What somebody of a coverage pod has to do before booking, by how many are out; null where the policy has no pods. */
export const podAdvice = z.object({
  out: z.number().int(),
  words: z.string(),
  volunteerWords: z.string(),
  source: z.string(),
})

export const planDetail = planRow.extend({
  accountList: z.array(z.object({ id: zendeskId, name: z.string() })),
  entries: z.array(planEntry),
  findings: z.array(planFinding),
  checklist: z.array(planStep),
  conflicts: z.array(planConflict),
  pod: podAdvice.nullable(),
  /** How something that was just written was understood, where that can be doubted: a time that the clock shows twice. */
  notes: z.array(z.string()).optional(),
  now: instantMs,
})
export type PlanDetail = z.infer<typeof planDetail>

/** A figure that prints its own arithmetic. */
const reckoned = z.object({ value: z.number(), words: z.string() })

/** What saying yes would mean, before saying it. */
export const whatIf = z.object({
  coverId: zendeskId,
  coverName: z.string(),
  /** The weeks it touches: the load as it is, and as it would be. */
  weeks: z.array(
    z.object({
      week: z.string(),
      baseline: z.number(),
      before: reckoned,
      after: reckoned,
      possible: z.boolean(),
    }),
  ),
  /** Where it cannot work or wants something done: other coverages, on-call shifts, days off, absences. */
  collisions: z.array(
    z.object({
      kind: z.enum(['impossible', 'on-call', 'day-off', 'absence', 'already-covered']),
      ...window,
      words: z.string(),
    }),
  ),
  /** Tickets to expect from these accounts in that window, from their own history. */
  expected: z.array(
    z.object({
      accountId: zendeskId,
      accountName: z.string(),
      /** The middle of what as many days of its history brought, and the range eight of ten such stretches fell into. */
      middle: z.number().nullable(),
      low: z.number().nullable(),
      /** Null, like the others, where there is no history yet, or too little to say. */
      high: z.number().nullable(),
      words: z.string(),
    }),
  ),
})
export type WhatIf = z.infer<typeof whatIf>

/** What taking in a plan changes here, or would change. */
const planImport = z.object({
  planId: z.string(),
  /** Whether it was not known here before. */
  fresh: z.boolean(),
  changes: z.array(z.string()),
  conflicts: z.array(planConflict),
})

/** The issue in GitLab that a plan was handed over as, and how the two stand to each other. Nobody is asked for it. */
export const planIssue = z.object({
  /** Path of the project in which a new issue would be opened; null while Settings name none. */
  project: z.string().nullable(),
  issue: z
    .object({
      projectId: z.number().int().positive(),
      iid: z.number().int().positive(),
      reference: z.string(),
      url: z.url(),
      state: z.string(),
      /** When it was last read, or seen as it was sent. */
      readAt: instantMs,
      /** Why it cannot be read, or what is wrong with the plan in it, and what to do; null while all is well. */
      problem: z.string().nullable(),
    })
    .nullable(),
  /** The latest change of it that is on its way or needs a person, by its place in the outbox. */
  order: z.object({ id: z.number().int(), state: outboxState, problem: z.string().nullable() }).nullable(),
  /** Whether the plan here says something that the issue did not when it was last read. */
  toSend: z.boolean(),
  /** What the issue said when it was last read and a person has to look at before it is taken in. */
  waiting: planImport.pick({ changes: true, conflicts: true }).nullable(),
  /** What was last taken in from it without anybody asking. */
  takenIn: z.object({ at: instantMs, changes: z.array(z.string()) }).nullable(),
})
export type PlanIssue = z.infer<typeof planIssue>

const refusable = { NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED }
const planned = z.object({ planId: z.string() })
const entryWindow = { startsAt: localDateTime, endsAt: localDateTime }

/** Plans for absences. Times that a person writes are wall-clock times where the ASE is. */
export const plans = {
  /** Every plan known here: running, then upcoming, then past. */
  list: oc.input(z.object({})).output(z.object({ plans: z.array(planRow), now: instantMs })),
  get: oc.errors({ NOT_FOUND: errors.NOT_FOUND }).input(planned).output(planDetail),
  /** Plans an absence. Without accounts, all that the ASE has. Without an ASE, mine. */
  create: oc
    .errors(refusable)
    .input(z.object({ aseId: zendeskId.optional(), ...entryWindow, accountIds: z.array(zendeskId).min(1).optional() }))
    .output(planDetail),
  /** Changes when, and which accounts. What was accepted stays accepted as far as it lies inside. */
  change: oc
    .errors(refusable)
    .input(
      planned.extend({
        startsAt: localDateTime.optional(),
        endsAt: localDateTime.optional(),
        accountIds: z.array(zendeskId).min(1).optional(),
      }),
    )
    .output(planDetail),
  /** Takes a plan away, with its coverages; `restore` brings it back. */
  remove: oc.errors(refusable).input(planned).output(z.object({})),
  restore: oc.errors(refusable).input(planned).output(planDetail),
  /** Who covers an account, from when to when. Changing what was asked or accepted makes it a draft again. */
  putEntry: oc
    .errors(refusable)
    .input(planned.extend({ entryId: z.string().optional(), accountId: zendeskId, coverId: zendeskId, ...entryWindow }))
    .output(planDetail),
  removeEntry: oc
    .errors(refusable)
    .input(planned.extend({ entryId: z.string() }))
    .output(planDetail),
  /** Marks drafts as asked. The asking itself is a message, or the plan handed over; nothing is sent by this. */
  ask: oc
    .errors(refusable)
    .input(planned.extend({ entryIds: z.array(z.string()).min(1) }))
    .output(planDetail),
  /** My answer, or one that was given to me in words. A window accepts that part; the rest is a gap again. */
  answer: oc
    .errors(refusable)
    .input(
      planned.extend({
        entryId: z.string(),
        answer: z.enum(['accept', 'decline']),
        part: z.object(entryWindow).optional(),
        words: words.optional(),
      }),
    )
    .output(planDetail),
  tick: oc
    .errors(refusable)
    .input(planned.extend({ stepId: z.string(), done: z.boolean() }))
    .output(planDetail),
  /** What covering would mean for somebody, me where nobody is named. Nothing is stored. */
  whatIf: oc
    .errors(refusable)
    .input(
      z.object({
        coverId: zendeskId.optional(),
        windows: z
          .array(z.object({ accountId: zendeskId, startsAt: instantMs, endsAt: instantMs }))
          .min(1)
          .max(50),
      }),
    )
    .output(whatIf),
  /** The plan as a text to hand over: a file, or Markdown that a person reads as well. */
  export: oc
    .errors(refusable)
    .input(planned.extend({ as: z.enum(['file', 'markdown']) }))
    .output(z.object({ fileName: z.string(), text: z.string() })),
  /** Takes in what `export` wrote, here or elsewhere. Without `apply` it only says what would change. */
  import: oc
    .errors(refusable)
    .input(z.object({ text: z.string().min(1).max(2_000_000), apply: z.boolean() }))
    .output(planImport),
  /** How a plan stands to its issue in GitLab, or where one would be opened. GitLab is not asked. */
  issue: oc.errors(refusable).input(planned).output(planIssue),
  /**
   * What sending a plan to its issue would write, or the issue that would be opened: the issue is read first, and what it says is
   * sent along. Nothing is stored or sent; `outbox.send` with the previewed intent does that.
   */
  previewIssue: oc
    .errors(refusable)
    .input(
      planned.extend({
        /** Opens another issue, also where the plan is in one. */
        another: z.boolean().default(false),
      }),
    )
    .output(
      z.object({
        preview: writePreview,
        /** What the issue says and the plan here does not yet; it is sent along, and taken in here once it was sent. */
        along: planImport.pick({ changes: true, conflicts: true }),
      }),
    ),
  /** Takes in the plan that stands in its issue, or in the one of that address or reference. Without `apply` it only says what would change. */
  fetch: oc
    .errors(refusable)
    .input(
      z.union([
        planned.extend({ apply: z.boolean() }),
        z.object({ reference: z.string().trim().min(1).max(2000), apply: z.boolean() }),
      ]),
    )
    .output(planImport),
  /** A project of GitLab by its path or address, for opening coverage issues in it. */
  findProject: oc
    .errors(refusable)
    .input(z.object({ path: z.string().trim().min(1).max(500) }))
    .output(workProject),
  /** Chooses one side of a conflict by its place. */
  resolve: oc
    .errors(refusable)
    .input(planned.extend({ field: z.string(), side: z.number().int().nonnegative() }))
    .output(planDetail),
}
