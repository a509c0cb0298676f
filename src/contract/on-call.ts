import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { instantMs, localDateTime, zendeskId } from './values.ts'

const window = { startsAt: instantMs, endsAt: instantMs }

/** Why a shift has to change hands (rule 2), and the message that asks for it. */
export const swapFlag = z.object({
  /** When enough accounts are covered during the shift at the same instant. */
  overlaps: z.array(z.object({ ...window, accountNames: z.array(z.string()) })).min(1),
  /** The coverage that brought it about, in words. */
  since: z.string(),
  message: z.object({ subject: z.string(), text: z.string() }),
  source: z.string(),
})

export const onCallShift = z.object({
  id: z.string(),
  personId: zendeskId,
  personName: z.string(),
  mine: z.boolean(),
  ...window,
  title: z.string(),
  /** Null for a shift entered by hand. */
  feedName: z.string().nullable(),
  /** Up until a replacement is recorded or the shift leaves the calendar. */
  swap: swapFlag.nullable(),
  /** Who takes it instead. Until somebody is recorded the original engineer is on duty. */
  replacement: z.object({ name: z.string(), at: instantMs }).nullable(),
  /** In words, who had taken it before it was moved in its calendar, until somebody is recorded or it is cleared. */
  lapsed: z.string().nullable(),
})
export type OnCallShift = z.infer<typeof onCallShift>

const refusable = { NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED }
const shift = z.object({ shiftId: z.string() })

/** On-call shifts and the swap flag. Times that a person writes are wall-clock times where the engineer is. */
export const onCall = {
  /** Shifts that have not ended, and those of the last four weeks, by their start. */
  list: oc.input(z.object({})).output(z.object({ shifts: z.array(onCallShift), now: instantMs })),
  add: oc
    .errors(refusable)
    .input(
      z.object({
        personId: zendeskId.optional(),
        startsAt: localDateTime,
        endsAt: localDateTime,
        title: z.string().trim().min(1).max(120),
      }),
    )
    .output(onCallShift),
  /** Only shifts entered by hand; those of a calendar leave with it. */
  remove: oc.errors(refusable).input(shift).output(z.object({})),
  recordReplacement: oc
    .errors(refusable)
    .input(shift.extend({ name: z.string().trim().min(1).max(120) }))
    .output(onCallShift),
  clearReplacement: oc.errors(refusable).input(shift).output(onCallShift),
}
