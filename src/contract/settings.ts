import { oc } from '@orpc/contract'
import { z } from 'zod'
import { alertKind } from './alerts.ts'
import { errors } from './errors.ts'
import { zendeskId } from './values.ts'

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time of day; write one like 18:30')
const leadMinutes = z
  .array(
    z
      .number()
      .int()
      .min(1)
      .max(7 * 24 * 60),
  )
  .max(4)

/** When alerts are announced how. */
const alertValues = {
  /** Kinds that are only listed. */
  alertKindsOff: z.array(alertKind),
  /** How many minutes before a clock ends it is announced, by the ticket's priority. */
  breachLeadMinutes: z.object({ urgent: leadMinutes, high: leadMinutes, normal: leadMinutes, low: leadMinutes }),
  quietHours: z.object({
    on: z.boolean(),
    /** Monday to Sunday, in my zone: quiet from one time to the next, over midnight where `to` is earlier; null: no quiet begins that day. */
    days: z.array(z.object({ from: timeOfDay, to: timeOfDay }).nullable()).length(7),
    /** Emergencies and breaches within `urgentMinutes` are announced all the same. */
    urgentPasses: z.boolean(),
    urgentMinutes: z
      .number()
      .int()
      .min(0)
      .max(24 * 60),
  }),
  /** The number of unopened alerts beside the tray icon. */
  trayCount: z.boolean(),
  /** Starts with the computer. */
  startAtLogin: z.boolean(),
  /** Keys that open the window from anywhere, in Electron's words: `CommandOrControl+Shift+U`; null: none. */
  openShortcut: z.string().min(1).max(60).nullable(),
}

/** What marks a ticket that pages the on-call engineer: one of its tags, its priority, or the form it was opened with. */
export const emergencyMark = z.discriminatedUnion('by', [
  z.object({
    by: z.enum(['tag', 'priority']),
    value: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^\S{1,80}$/, 'is one word'),
  }),
  z.object({
    by: z.literal('form'),
    value: z
      .string()
      .trim()
      .regex(/^[1-9]\d{0,15}$/, 'is the number of a ticket form'),
    /** What the form is called; null where that is not known. */
    name: z.string().trim().min(1).max(200).nullable().default(null),
  }),
])
export type EmergencyMark = z.infer<typeof emergencyMark>

const values = {
  theme: z.enum(['system', 'light', 'dark']),
  /** Which edition of the handbook's rules is in force; one of `settings.policies`. */
  policyVersion: z.string(),
  /** Non-ASE tickets a week to reckon the load from; null measures it. */
  baselinePerWeek: z.number().min(0).max(500).nullable(),
  ...alertValues,
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
  /** Who shares a coverage pod, me included, where the rules have pods; nobody: all ASEs of the region count. */
  podMemberIds: z.array(zendeskId).max(50),
}

/** What a person chose. One schema and one file format for every door; missing values get their default. */
export const settingsSchema = z.object({
  theme: values.theme.default('system'),
  policyVersion: values.policyVersion.default('2025-04'),
  baselinePerWeek: values.baselinePerWeek.default(null),
  alertKindsOff: values.alertKindsOff.default([]),
  breachLeadMinutes: values.breachLeadMinutes.default({
    urgent: [120, 30],
    high: [120, 30],
    normal: [120, 30],
    low: [120, 30],
  }),
  quietHours: values.quietHours.default({
    on: false,
    days: [
      ...Array.from({ length: 4 }, () => ({ from: '19:00', to: '08:00' })),
      { from: '19:00', to: '09:00' },
      { from: '19:00', to: '09:00' },
      { from: '19:00', to: '08:00' },
    ],
    urgentPasses: true,
    urgentMinutes: 30,
  }),
  trayCount: values.trayCount.default(true),
  startAtLogin: values.startAtLogin.default(false),
  openShortcut: values.openShortcut.default(null),
  customerTextInNotifications: values.customerTextInNotifications.default(true),
  syncEverySeconds: values.syncEverySeconds.default(60),
  requestsPerMinute: values.requestsPerMinute.default(20),
  coverageProject: values.coverageProject.default(null),
  organizationsProject: values.organizationsProject.default(null),
  gitlabManager: values.gitlabManager.default(null),
  emergencyMark: emergencyMark.default({ by: 'tag', value: 'emergency' }),
  podMemberIds: values.podMemberIds.default([]),
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
  /** Region whose ASEs cover for each other in pods; null where it has no pods. */
  podRegion: z.string().nullable(),
})
export type PolicyChoice = z.infer<typeof policyChoice>

export const settings = {
  get: oc.input(z.object({})).output(settingsSchema),
  /** Changes the named settings and leaves the others alone. */
  set: oc.errors({ REFUSED: errors.REFUSED }).input(z.object(values).partial()).output(settingsSchema),
  /** The editions of the handbook's rules that can be chosen, oldest first. */
  policies: oc.input(z.object({})).output(z.object({ policies: z.array(policyChoice) })),
}
