import { z } from 'zod'

/** A point in time as milliseconds since the epoch. */
export const instantMs = z.number().int()

/** A Zendesk id: tickets, users, organizations. They fit a double exactly. */
export const zendeskId = z.number().int().positive()

/** An IANA time zone that this runtime knows. */
export const timeZone = z.string().refine(isTimeZone, 'is not a time zone; write one like Europe/Berlin')

/** A wall-clock time without a zone, as people write it: `2026-12-21T17:00`. Whose clock it is stands where it is used. */
export const localDateTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'is no day and time; write one like 2026-12-21T17:00')

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}
