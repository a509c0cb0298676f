import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { instantMs, zendeskId } from './values.ts'

export const coverageRow = z.object({
  id: z.string(),
  accountId: zendeskId,
  accountName: z.string(),
  aseName: z.string(),
  aseTimeZone: z.string(),
  coverName: z.string(),
  mine: z.boolean(),
  phase: z.enum(['upcoming', 'running', 'past']),
  startsAt: instantMs,
  endsAt: instantMs,
})
export type CoverageRow = z.infer<typeof coverageRow>

/** Something on a lane of the ribbon, with the words a screen reader says and a mouse shows. */
export const ribbonSpan = z.object({
  id: z.string(),
  kind: z.enum(['absence', 'cover', 'asked', 'gap', 'day-off', 'shift', 'shift-to-swap']),
  startsAt: instantMs,
  endsAt: instantMs,
  /** Short, for the span itself: `Dana away`, `Jonas`. */
  label: z.string(),
  words: z.string(),
  mine: z.boolean(),
  /** Where it leads; null where there is nothing more to see. */
  planId: z.string().nullable(),
  shiftId: z.string().nullable(),
})
export type RibbonSpan = z.infer<typeof ribbonSpan>

/** One line of the ribbon: an ASE's absences, an account's covers, or an engineer's on-call shifts. */
export const ribbonLane = z.object({
  id: z.string(),
  kind: z.enum(['ase', 'account', 'on-call']),
  name: z.string(),
  /** By their start; spans of a lane may overlap. */
  spans: z.array(ribbonSpan),
})
export type RibbonLane = z.infer<typeof ribbonLane>

export const coverage = {
  /** Absences, covers and on-call shifts over weeks, six where nothing else is said, from the Monday of `week`. */
  ribbon: oc
    .errors({ NOT_FOUND: errors.NOT_FOUND })
    .input(
      z.object({
        week: z
          .string()
          .regex(/^\d{4}-W\d{2}$/, 'is an ISO week, like 2026-W48')
          .optional(),
        weeks: z.number().int().min(1).max(26).default(6),
      }),
    )
    .output(
      z.object({
        startsAt: instantMs,
        endsAt: instantMs,
        weeks: z.array(z.object({ week: z.string(), startsAt: instantMs, endsAt: instantMs })),
        lanes: z.array(ribbonLane),
        now: instantMs,
      }),
    ),
  /** Coverages, running ones first, then upcoming, then past. */
  list: oc.input(z.object({})).output(z.object({ coverages: z.array(coverageRow), now: instantMs })),
}
