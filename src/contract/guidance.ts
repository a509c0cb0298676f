import { oc } from '@orpc/contract'
import { z } from 'zod'
import { guidanceDimensions } from '#core/guidance/guidance-dimensions.ts'
import { environmentFields } from '#core/desk/desk-document.ts'
import { guidanceStepIds } from '#core/policy/policy.ts'
import { errors } from './errors.ts'
import { ticketIntent } from './outbox.ts'
import { emergencyMark } from './settings.ts'
import { guidance as guidanceWords, slaClock } from './tickets.ts'
import { instantMs, zendeskId } from './values.ts'

/** Who asks what to do. */
export const guidanceRole = z.enum(guidanceDimensions.role)
export type GuidanceRole = z.infer<typeof guidanceRole>

/** What a customer said about a ticket from before their ASE. */
export const preAseChoice = z.enum(['asked', 'ase', 'assignee'])
export type PreAseChoice = z.infer<typeof preAseChoice>

const step = { id: z.enum(guidanceStepIds), words: z.string(), source: z.string() }

/**
 * One step. `change` goes through the outbox (`done` when the ticket is so already), `copy` is a text to take elsewhere, `open` leads to
 * the ticket in Zendesk, `choice` records what the customer chose, `handover` and `capture` are notes that a person writes (`text` is what
 * they become, with `{…}` where they write), `brief` opens the brief of the emergency, `do` is a plain sentence.
 */
export const guidanceStep = z.discriminatedUnion('kind', [
  z.object({ ...step, kind: z.literal('change'), intent: ticketIntent, done: z.boolean() }),
  z.object({ ...step, kind: z.literal('copy'), text: z.string() }),
  z.object({ ...step, kind: z.literal('open'), url: z.url() }),
  z.object({ ...step, kind: z.literal('choice'), choice: preAseChoice.nullable() }),
  z.object({ ...step, kind: z.literal('handover'), text: z.string() }),
  z.object({ ...step, kind: z.literal('capture'), text: z.string() }),
  z.object({ ...step, kind: z.literal('brief') }),
  z.object({ ...step, kind: z.literal('do') }),
])
export type GuidanceStep = z.infer<typeof guidanceStep>

/** Somebody who matters to a ticket, and when they can be reached. */
export const guidancePerson = z.object({
  id: zendeskId,
  name: z.string(),
  slackHandle: z.string().nullable(),
  timeZone: z.string(),
  /** Whether they are at work, off until their next working hours, or absent. */
  state: z.enum(guidanceDimensions.ase),
  /** When they are next at work, now included; null when that is not known. */
  onlineAt: instantMs.nullable(),
})
export type GuidancePerson = z.infer<typeof guidancePerson>

/** What to do with a ticket, with everything it follows from. */
export const ticketGuidance = guidanceWords.extend({
  ticketId: zendeskId,
  role: guidanceRole,
  /** The cell of the decision table: what of the ticket the rules looked at. */
  cell: z.object({
    stage: z.enum(guidanceDimensions.stage),
    emergency: z.enum(guidanceDimensions.emergency),
    account: z.enum(guidanceDimensions.account),
    preAse: z.enum(guidanceDimensions.preAse),
    role: guidanceRole,
    ase: z.enum(guidanceDimensions.ase),
    breach: z.enum(guidanceDimensions.breach),
    isNew: z.enum(guidanceDimensions.isNew),
    held: z.enum(guidanceDimensions.held),
    contributing: z.enum(guidanceDimensions.contributing),
    covered: z.enum(guidanceDimensions.covered),
  }),
  steps: z.array(guidanceStep),
  /** The clock that breaches next; null when none runs. */
  nextClock: slaClock.nullable(),
  /** Null where the account has no ASE, or is none. */
  ase: guidancePerson.nullable(),
  /** Who covers the account now. */
  cover: guidancePerson.nullable(),
  /** Whether the clock ends before the ASE is online. */
  breachesFirst: z.boolean(),
  /** Of a ticket from before the ASE that somebody else holds. */
  preAse: z
    .object({
      aseSince: instantMs,
      choice: preAseChoice.nullable(),
      chosenAt: instantMs.nullable(),
      byName: z.string().nullable(),
    })
    .nullable(),
  /** The zone of who looks. */
  timeZone: z.string(),
  now: instantMs,
})
export type TicketGuidance = z.infer<typeof ticketGuidance>

const briefTicket = z.object({
  id: zendeskId,
  subject: z.string(),
  status: z.string(),
  priority: z.string().nullable(),
  assigneeName: z.string().nullable(),
  nextClock: slaClock.nullable(),
  updatedAt: instantMs,
})
export type BriefTicket = z.infer<typeof briefTicket>

/** What an on-call engineer needs to know at once; from the local database, also offline. */
export const emergencyBrief = z.object({
  guidance: ticketGuidance,
  subject: z.string(),
  url: z.url(),
  requesterName: z.string().nullable(),
  account: z.object({ id: zendeskId, name: z.string() }).nullable(),
  /** From the account's page; null while nothing was written there. */
  desk: z
    .object({
      contacts: z.array(
        z.object({
          side: z.enum(['customer', 'internal']),
          name: z.string(),
          role: z.string(),
          reach: z.string(),
          howToWork: z.string(),
          important: z.boolean(),
        }),
      ),
      environment: z.array(z.object({ field: z.enum(environmentFields), name: z.string(), text: z.string() })),
      environmentNote: z.string(),
      slackChannel: z.string(),
      /** Opens the channel in Slack; null where its workspace is not known. */
      slackUrl: z.url().nullable(),
    })
    .nullable(),
  /** The other unsolved tickets of the account, next breach first. */
  open: z.array(briefTicket),
  openTotal: z.int(),
  /** What happened last to the account's tickets, newest first. */
  events: z.array(z.object({ ticketId: zendeskId, at: instantMs, words: z.string() })),
  /** Solved tickets that share words of the subject, the most alike first. */
  similar: z.array(briefTicket.extend({ accountName: z.string().nullable(), shared: z.array(z.string()) })),
  now: instantMs,
})
export type EmergencyBrief = z.infer<typeof emergencyBrief>

/** A covered ticket that was taken from its ASE, or whose Cc lost me, and the change that mends it. */
export const guardedTicket = z.object({
  ticketId: zendeskId,
  subject: z.string(),
  accountName: z.string(),
  lost: z.enum(['assignee', 'cc']),
  /** What happened, in words. */
  words: z.string(),
  /** When it happened, as Zendesk tells. */
  at: instantMs,
  repair: ticketIntent,
  repairWords: z.string(),
})
export type GuardedTicket = z.infer<typeof guardedTicket>

/** What marks emergencies, and what could instead, each with how many unsolved tickets have it. */
export const emergencyMarks = z.object({
  mark: emergencyMark,
  /** What reads like a mark of emergencies, the most telling first. */
  suggestions: z.array(z.object({ mark: emergencyMark, tickets: z.int() })),
  /** The forms that unsolved tickets were opened with, the most used first; the name is null where it may not be read. */
  forms: z.array(z.object({ value: z.string(), name: z.string().nullable(), tickets: z.int() })),
})
export type EmergencyMarks = z.infer<typeof emergencyMarks>

const refusable = { NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED }

export const guidance = {
  /** What to do with a ticket: now or at another time, for me or for somebody in another role. */
  of: oc
    .errors(refusable)
    .input(z.object({ ticketId: zendeskId, as: guidanceRole.optional(), at: instantMs.min(0).max(4e12).optional() }))
    .output(ticketGuidance),
  /** Records what the customer of a ticket from before the ASE chose; null takes it back. */
  setChoice: oc
    .errors(refusable)
    .input(z.object({ ticketId: zendeskId, choice: preAseChoice.nullable() }))
    .output(ticketGuidance),
  /** What to know of an emergency, or of any ticket. */
  brief: oc
    .errors(refusable)
    .input(z.object({ ticketId: zendeskId }))
    .output(emergencyBrief),
  /** Covered tickets that went astray since I cover them. */
  guard: oc.input(z.object({})).output(z.object({ tickets: z.array(guardedTicket), now: instantMs })),
  /** What marks emergencies, and what else could. */
  emergencyMarks: oc.input(z.object({})).output(emergencyMarks),
}
