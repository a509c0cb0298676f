import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { instantMs } from './values.ts'

/** A file to save. */
export const savedText = z.object({ name: z.string(), text: z.string() })

/** One day of a coverage, in numbers. */
export const figureDay = z.object({
  day: z.iso.date(),
  /** Of who covers: neither weekend, day off nor absence. */
  working: z.boolean(),
  /** Hours of the clock in which who covers did something on tickets of the account; not hours worked, which nobody measures. */
  hours: z.int(),
  replies: z.int(),
  notes: z.int(),
  opened: z.int(),
  solved: z.int(),
  /**
   * Tickets of no account with an ASE that I took that day, as the baseline counts them. Only my own are stored here: null on days that I
   * did not cover.
   */
  otherTaken: z.int().nullable(),
  /** As many as the load (rule 1) planned for that day, by the baseline of when the coverage began; null also where there was none. */
  otherPlanned: z.number().nullable(),
})
export type FigureDay = z.infer<typeof figureDay>

/** What a coverage was, in numbers; no text of a customer is in it. */
export const returnFigures = z.object({
  accountName: z.string(),
  aseName: z.string(),
  coverNames: z.array(z.string()),
  since: instantMs,
  until: instantMs,
  /** Tickets on which who covers wrote or changed anything. */
  ticketsHandled: z.int(),
  /** Tickets: as many as rows of the list, and so are the next two. */
  opened: z.int(),
  solved: z.int(),
  /** While it was covered, and in the return meeting. */
  transferred: z.int(),
  replies: z.int(),
  notes: z.int(),
  /** Tickets. */
  emergencies: z.int(),
  /** Clocks that ran out. */
  breached: z.int(),
  /** Clocks that were answered in their last tenth, by anybody. */
  nearlyMissed: z.int(),
  /** Clocks that a public reply of who covers ended before they ran out. */
  breachesAvoided: z.int(),
  days: z.array(figureDay),
})
export type ReturnFigures = z.infer<typeof returnFigures>

/** When both can meet. */
export const returnTime = z.object({
  startsAt: instantMs,
  endsAt: instantMs,
  /** `chosen` by a person, or proposed: `overlap` of both working hours, `outside`: they have none in common. */
  basis: z.enum(['chosen', 'overlap', 'outside']),
  /** For both zones, and why then. */
  words: z.string(),
})
export type ReturnTime = z.infer<typeof returnTime>

const one = z.object({ coverageId: z.string().min(1) })
const refusable = { NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED }

/** A return meeting in numbers, and when it is held. */
export const returnFigureProcedures = {
  get: oc.errors(refusable).input(one).output(returnFigures),
  /** The same as a file, for the manager and the ASE. */
  file: oc
    .errors(refusable)
    .input(one.extend({ format: z.enum(['markdown', 'csv']) }))
    .output(savedText),
  /** When it is held: chosen, or proposed at the end of the absence in the working hours of both. */
  time: oc.errors(refusable).input(one).output(returnTime),
  /** Chooses another time; null goes back to the proposal. */
  schedule: oc
    .errors(refusable)
    .input(one.extend({ startsAt: instantMs.nullable() }))
    .output(returnTime),
  /** The meeting as a calendar file. */
  calendarFile: oc.errors(refusable).input(one).output(savedText),
}
