import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { instantMs, localDateTime, zendeskId } from './values.ts'

const window = { startsAt: instantMs, endsAt: instantMs }
const purpose = z.enum(['absence', 'on-call'])

/** A calendar that is read: a file, or a feed. Its address is a secret and never shown; `host` is. */
export const calendarRow = z.object({
  id: z.string(),
  name: z.string(),
  purpose,
  personId: zendeskId,
  personName: z.string(),
  host: z.string().nullable(),
  /** Titles whose events count; the others are left out. */
  titles: z.array(z.string()),
  events: z.number().int(),
  refreshedAt: instantMs.nullable(),
  nextRefreshAt: instantMs.nullable(),
  /** What the last attempt failed with, in words that say what to do. */
  problem: z.string().nullable(),
})
export type CalendarRow = z.infer<typeof calendarRow>

/** Events of one title in a calendar, before it is taken in. */
export const calendarTitle = z.object({
  title: z.string(),
  occurrences: z.number().int(),
  next: z.object({ ...window, allDay: z.boolean() }).nullable(),
  /** What Understudy takes it for; a person decides. */
  suggested: z.enum(['absence', 'on-call', 'neither']),
})

export const calendarPreview = z.object({
  previewId: z.string(),
  name: z.string(),
  host: z.string().nullable(),
  titles: z.array(calendarTitle),
  suggestedPurpose: purpose,
  suggestedPersonId: zendeskId.nullable(),
  /** What could not be read, a sentence each. */
  problems: z.array(z.string()),
})
export type CalendarPreview = z.infer<typeof calendarPreview>

/** An absence, entered by hand, planned, or read from a calendar. */
export const absenceRow = z.object({
  id: z.string(),
  personId: zendeskId,
  personName: z.string(),
  ...window,
  origin: z.enum(['hand', 'plan', 'calendar', 'workspace']),
  calendarName: z.string().nullable(),
  planId: z.string().nullable(),
})
export type AbsenceRow = z.infer<typeof absenceRow>

const refusable = { NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED }
const calendar = z.object({ calendarId: z.string() })
const chosen = {
  name: z.string().trim().min(1).max(120),
  purpose,
  personId: zendeskId,
  titles: z.array(z.string()).min(1),
}

export const calendars = {
  list: oc.input(z.object({})).output(z.object({ calendars: z.array(calendarRow), now: instantMs })),
  /** Reads a file's text or a feed and says what is in it. Nothing is stored; the preview is kept for ten minutes. */
  preview: oc
    .errors(refusable)
    .input(
      z.union([
        z.object({ url: z.url() }),
        z.object({ text: z.string().min(1), name: z.string().max(120).optional() }),
      ]),
    )
    .output(calendarPreview),
  /** Takes a previewed calendar in: whose it is, and which events count, as a person chose. */
  add: oc
    .errors(refusable)
    .input(z.object({ previewId: z.string(), ...chosen }))
    .output(calendarRow),
  /** Changes what is named. With a preview, its file or address takes the place of the one before: a newer file, a new address. */
  change: oc
    .errors(refusable)
    .input(calendar.extend({ previewId: z.string().optional(), ...z.object(chosen).partial().shape }))
    .output(calendarRow),
  /** Takes a calendar away with what came from it. */
  remove: oc.errors(refusable).input(calendar).output(z.object({})),
  /** Reads a feed now. */
  refresh: oc.errors(refusable).input(calendar).output(calendarRow),
}

/** Absences that are no plan of mine: entered by hand, or seen. Times that a person writes are those where they are. */
export const absences = {
  list: oc.input(z.object({})).output(z.object({ absences: z.array(absenceRow), now: instantMs })),
  add: oc
    .errors(refusable)
    .input(z.object({ personId: zendeskId.optional(), startsAt: localDateTime, endsAt: localDateTime }))
    .output(absenceRow),
  /** Only what was entered by hand. */
  remove: oc
    .errors(refusable)
    .input(z.object({ absenceId: z.string() }))
    .output(z.object({})),
}
