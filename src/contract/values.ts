import { z } from 'zod'

/** A point in time as milliseconds since the epoch. */
export const instantMs = z.number().int()

/** A Zendesk id: tickets, users, organizations. They fit a double exactly. */
export const zendeskId = z.number().int().positive()

/** An IANA time zone that this runtime knows. */
export const timeZone = z.string().refine(isTimeZone, 'is not a time zone; write one like Europe/Berlin')

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}
