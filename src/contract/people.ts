import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { instantMs, timeZone, zendeskId } from './values.ts'
import { daysOffSchema, workingHoursSchema } from './workspace.ts'

/** Somebody who works here, and when they are next at work; null where that is not known. */
export const personRow = z.object({
  id: zendeskId,
  name: z.string(),
  me: z.boolean(),
  timeZone,
  region: z.string(),
  workingHours: workingHoursSchema,
  daysOff: daysOffSchema,
  slackHandle: z.string().nullable(),
  nextAvailableAt: instantMs.nullable(),
})
export type PersonRow = z.infer<typeof personRow>

export const people = {
  /** Everybody the rules know: me first, then by name. */
  list: oc.input(z.object({})).output(z.object({ people: z.array(personRow), now: instantMs })),
  /** Changes what is named. Name and zone follow Zendesk. */
  change: oc
    .errors({ NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED })
    .input(
      z.object({
        id: zendeskId,
        region: z.string().trim().max(40).optional(),
        workingHours: workingHoursSchema.max(50).optional(),
        daysOff: daysOffSchema.max(500).optional(),
        slackHandle: z.string().trim().min(1).max(80).nullable().optional(),
      }),
    )
    .output(personRow),
}
