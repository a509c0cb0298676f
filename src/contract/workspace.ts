import { z } from 'zod'
import { callDocument } from './calls.ts'
import { accountTexts } from '#core/handoff/handoff-document.ts'
import { deskDocumentSchema } from './desk.ts'
import { ticketFacts, ticketLine } from './handoffs.ts'
import { instantMs, timeZone, zendeskId } from './values.ts'

/** When somebody works, each shift by the weekday it begins on; it may run into the next day. */
export const workingHoursSchema = z.array(
  z
    .object({
      weekday: z.number().int().min(1).max(7),
      fromMinute: z.number().int().min(0).max(1440),
      toMinute: z.number().int().min(0).max(2880),
    })
    .refine(({ fromMinute, toMinute }) => fromMinute < toMinute, 'ends before it begins'),
)

/** Days somebody does not work, by their own calendar. */
export const daysOffSchema = z.array(z.iso.date('is no day; write one like 2026-12-26'))

/** A support engineer: an ASE, a covering engineer, or both at different times. */
export const personSchema = z.object({
  id: zendeskId,
  name: z.string().min(1),
  timeZone,
  region: z.string(),
  workingHours: workingHoursSchema,
  daysOff: daysOffSchema.default([]),
  slackHandle: z.string().nullable(),
})

/** A customer account. `gitlabGroup` is the full path of the group or project whose labelled issues belong to it. */
export const accountSchema = z.object({
  id: zendeskId,
  name: z.string().min(1),
  aseId: zendeskId.nullable(),
  aseSince: instantMs.nullable(),
  label: z.string().nullable(),
  gitlabGroup: z.string().nullable(),
})

const window = { startsAt: instantMs, endsAt: instantMs }
const forwards = (value: { startsAt: number; endsAt: number }) => value.startsAt < value.endsAt

export const absenceSchema = z
  .object({ id: z.string().min(1), personId: zendeskId, ...window })
  .refine(forwards, 'ends before it starts')

export const coverageSchema = z
  .object({
    id: z.string().min(1),
    absenceId: z.string().min(1),
    accountId: zendeskId,
    coverId: zendeskId,
    ...window,
  })
  .refine(forwards, 'ends before it starts')

/** A plan for an absence, as it stands: who was asked to cover which account when, and what they said. */
export const plannedAbsenceSchema = z
  .object({
    id: z.string().min(1),
    aseId: zendeskId,
    ...window,
    accountIds: z.array(zendeskId).min(1),
    plannedAt: instantMs,
    entries: z.array(
      z
        .object({
          id: z.string().min(1),
          accountId: zendeskId,
          coverId: zendeskId,
          ...window,
          state: z.enum(['asked', 'accepted']),
          /** When they were asked, or accepted. */
          at: instantMs,
        })
        .refine(forwards, 'ends before it starts'),
    ),
  })
  .refine(forwards, 'ends before it starts')
export type PlannedAbsence = z.infer<typeof plannedAbsenceSchema>

/** An account that is being handed over, or was: what people wrote of it before it came here. */
export const describedHandoffSchema = z.object({
  /** The plan it is for, or the absence where there is none. */
  planOrAbsenceId: z.string().min(1),
  accountId: zendeskId,
  coverId: zendeskId,
  begunAt: instantMs,
  texts: z.partialRecord(z.enum(accountTexts), z.string()),
  tickets: z.array(
    z.object({
      ticketId: zendeskId,
      line: ticketLine,
      writtenAt: instantMs,
      /** What who covers said back, which the ASE accepted. */
      saidBack: z.string().min(1).nullable(),
      reviewed: z.object({ at: instantMs, facts: ticketFacts }).nullable(),
    }),
  ),
  acceptedAt: instantMs.nullable(),
})
export type DescribedHandoff = z.infer<typeof describedHandoffSchema>

export const shiftSchema = z
  .object({ id: z.string().min(1), personId: zendeskId, title: z.string().min(1), ...window })
  .refine(forwards, 'ends before it starts')

/** Who works here, for whom, and when: what Understudy has to know beside tickets and issues. */
export const workspaceSchema = z.object({
  /** Zendesk user id of the person this Understudy belongs to. */
  meId: zendeskId,
  people: z.array(personSchema),
  accounts: z.array(accountSchema),
  absences: z.array(absenceSchema),
  coverages: z.array(coverageSchema),
  /** Absences and coverages that are still being arranged; what was accepted of them is not among `coverages`. */
  plans: z.array(plannedAbsenceSchema).default([]),
  /** Path of the internal GitLab project in which organization notes are kept; null: there is none. */
  organizationsProject: z.string().min(1).nullable().default(null),
  /** Whom merge requests for organization notes are assigned to. */
  gitlabManager: z
    .object({ id: z.number().int().positive(), username: z.string(), name: z.string() })
    .nullable()
    .default(null),
  /** What is written down of accounts beside their tickets; taken in where nothing is yet. */
  desks: z.array(z.object({ accountId: zendeskId, updatedAt: instantMs, document: deskDocumentSchema })).default([]),
  /** Calls that were written down; taken in with the workspace, once. */
  calls: z
    .array(
      z.object({
        id: z.string().min(1),
        accountId: zendeskId,
        createdAt: instantMs,
        updatedAt: instantMs,
        /** Null: a draft. */
        filedAt: instantMs.nullable(),
        /** What it became when it was filed, in words. */
        became: z.string(),
        document: callDocument,
      }),
    )
    .default([]),
  /** Path of the internal GitLab project in which coverage issues are opened; null: there is none. */
  coverageProject: z.string().min(1).nullable().default(null),
  /** Handoffs that were begun elsewhere; taken in where they are not known yet. */
  handoffs: z.array(describedHandoffSchema).default([]),
  /** On-call shifts. */
  shifts: z.array(shiftSchema).default([]),
})
export type Workspace = z.infer<typeof workspaceSchema>

/** What a running simulator says of itself: the one JSON line of `understudy simulator`. */
export const simulatorDescriptionSchema = z.object({
  zendesk: z.object({ url: z.url(), email: z.string(), token: z.string() }),
  gitlab: z.object({ url: z.url(), token: z.string() }),
  /** Where its clock is stepped and its record is read. */
  control: z.object({ url: z.url() }),
  seed: z.number().int(),
  clock: z.object({
    /** Simulated time when the simulator was ready. */
    now: instantMs,
    /** Simulated seconds per real second; 0 is a clock that only moves when stepped. */
    speed: z.number().min(0),
  }),
  workspace: workspaceSchema,
})
export type SimulatorDescription = z.infer<typeof simulatorDescriptionSchema>
