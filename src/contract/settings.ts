import { oc } from '@orpc/contract'
import { z } from 'zod'

const values = {
  theme: z.enum(['system', 'light', 'dark']),
  policyVersion: z.string(),
  /** Non-ASE tickets a week to reckon the load from; null measures it. */
  baselinePerWeek: z.number().min(0).max(500).nullable(),
  notifyNewTickets: z.boolean(),
  /** Whether notifications carry a ticket's subject, which a customer wrote. */
  customerTextInNotifications: z.boolean(),
  syncEverySeconds: z.number().int().min(15).max(3600),
}

/** What a person chose. One schema and one file format for every door; missing values get their default. */
export const settingsSchema = z.object({
  theme: values.theme.default('system'),
  policyVersion: values.policyVersion.default('2025-04'),
  baselinePerWeek: values.baselinePerWeek.default(null),
  notifyNewTickets: values.notifyNewTickets.default(true),
  customerTextInNotifications: values.customerTextInNotifications.default(true),
  syncEverySeconds: values.syncEverySeconds.default(60),
})
export type Settings = z.infer<typeof settingsSchema>

export const settings = {
  get: oc.input(z.object({})).output(settingsSchema),
  /** Changes the named settings and leaves the others alone. */
  set: oc.input(z.object(values).partial()).output(settingsSchema),
}
