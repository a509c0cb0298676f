import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'

/** What marks a ticket that pages the on-call engineer: one of its tags, or its priority. */
export const emergencyMark = z.object({
  by: z.enum(['tag', 'priority']),
  value: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^\S{1,80}$/, 'is one word'),
})
export type EmergencyMark = z.infer<typeof emergencyMark>

const values = {
  theme: z.enum(['system', 'light', 'dark']),
  /** Which edition of the handbook's rules is in force; one of `settings.policies`. */
  policyVersion: z.string(),
  /** Non-ASE tickets a week to reckon the load from; null measures it. */
  baselinePerWeek: z.number().min(0).max(500).nullable(),
  notifyNewTickets: z.boolean(),
  /** Whether notifications carry a ticket's subject, which a customer wrote. */
  customerTextInNotifications: z.boolean(),
  syncEverySeconds: z.number().int().min(15).max(3600),
  /** How many requests a minute Understudy allows itself at each host; people and other tools share the rest. */
  requestsPerMinute: z.number().int().min(5).max(200),
  /** Path of the internal GitLab project in which coverage issues are opened; null while none is named. */
  coverageProject: z.string().trim().min(1).max(500).nullable(),
  /** Path of the internal GitLab project in which organization notes are kept; null while none is named. */
  organizationsProject: z.string().trim().min(1).max(500).nullable(),
  /** Whom merge requests for organization notes are assigned to; null while nobody is named. */
  gitlabManager: z
    .object({ id: z.number().int().positive(), username: z.string().min(1), name: z.string().min(1) })
    .nullable(),
  emergencyMark,
}

/** What a person chose. One schema and one file format for every door; missing values get their default. */
export const settingsSchema = z.object({
  theme: values.theme.default('system'),
  policyVersion: values.policyVersion.default('2025-04'),
  baselinePerWeek: values.baselinePerWeek.default(null),
  notifyNewTickets: values.notifyNewTickets.default(true),
  customerTextInNotifications: values.customerTextInNotifications.default(true),
  syncEverySeconds: values.syncEverySeconds.default(60),
  requestsPerMinute: values.requestsPerMinute.default(20),
  coverageProject: values.coverageProject.default(null),
  organizationsProject: values.organizationsProject.default(null),
  gitlabManager: values.gitlabManager.default(null),
  emergencyMark: emergencyMark.default({ by: 'tag', value: 'emergency' }),
})
export type Settings = z.infer<typeof settingsSchema>

/** An edition of the handbook's rules that can be chosen. */
export const policyChoice = z.object({
  version: z.string(),
  title: z.string(),
  /** Whether it is in force where none was chosen. */
  standard: z.boolean(),
  /** What it says otherwise than the one in force where none was chosen, a sentence each. */
  differences: z.array(z.string()),
})
export type PolicyChoice = z.infer<typeof policyChoice>

export const settings = {
  get: oc.input(z.object({})).output(settingsSchema),
  /** Changes the named settings and leaves the others alone. */
  set: oc.errors({ REFUSED: errors.REFUSED }).input(z.object(values).partial()).output(settingsSchema),
  /** The editions of the handbook's rules that can be chosen, oldest first. */
  policies: oc.input(z.object({})).output(z.object({ policies: z.array(policyChoice) })),
}
