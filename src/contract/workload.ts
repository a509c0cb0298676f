import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { instantMs, zendeskId } from './values.ts'

/** A run of working days of a week with the same number of covered accounts and the same share left. */
export const workloadStep = z.object({
  days: z.number().int(),
  coveredAccounts: z.number().int(),
  /** Share of non-ASE ticket work left, 0 to 1. */
  share: z.number(),
  perDay: z.number(),
})

export const workloadWeek = z.object({
  /** ISO week, like 2026-W48. */
  week: z.string(),
  startsAt: instantMs,
  endsAt: instantMs,
  baseline: z.object({
    perWeek: z.number(),
    /** `measured` from what was really taken, `set` by hand, `none` when there is nothing to measure. */
    origin: z.enum(['measured', 'set', 'none']),
    /** The weeks it is the mean of, with what was taken in each, and whether that lies far from the others. */
    weeks: z.array(z.object({ week: z.string(), taken: z.number().int(), outlier: z.boolean() })),
  }),
  steps: z.array(workloadStep),
  /** Non-ASE tickets to take this week. */
  allowed: z.number(),
  /** Non-ASE tickets taken so far this week. */
  taken: z.number().int(),
  /** False where the covered accounts take more than the whole on some day: more than an engineer can cover. */
  possible: z.boolean(),
  /** The sum written out: `12/week → 3 days at 2.4 + 2 days at 1.2 = 9.6`. */
  arithmetic: z.string(),
  /** Where the reduction comes from, and for which covered accounts it is another one. */
  source: z.string(),
})
export type WorkloadWeek = z.infer<typeof workloadWeek>

/** The load of one day. */
export const workloadDay = z.object({
  /** The day in my zone. */
  day: z.iso.date(),
  working: z.boolean(),
  coveredAccounts: z.array(z.object({ id: zendeskId, name: z.string() })),
  /** Share of non-ASE ticket work left, 0 to 1. */
  share: z.number(),
  allowed: z.number(),
  taken: z.number().int(),
  possible: z.boolean(),
  /** The sum written out: `12/week ÷ 5 × 50 % = 1.2`. */
  arithmetic: z.string(),
  source: z.string(),
})
export type WorkloadDay = z.infer<typeof workloadDay>

export const workload = {
  /** The load of one day, today when none is named. */
  day: oc.input(z.object({ day: z.iso.date().optional() })).output(workloadDay),
  /** The load of one week, the present one when no week is named. */
  week: oc
    .errors({ NOT_FOUND: errors.NOT_FOUND })
    .input(
      z.object({
        week: z
          .string()
          .regex(/^\d{4}-W\d{2}$/, 'is an ISO week, like 2026-W48')
          .optional(),
      }),
    )
    .output(workloadWeek),
}
