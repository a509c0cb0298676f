import type { Window } from '#core/instant.ts'

/**
 * When something in a calendar is: fixed instants, or the wall clock of whoever the calendar is about, as `2026-12-21T00:00:00`
 * (whole days, and times that name no zone).
 */
export type EventTime =
  | ({ readonly kind: 'fixed' } & Window)
  | { readonly kind: 'local'; readonly startsAt: string; readonly endsAt: string }

/** One occurrence of an event. */
export interface CalendarEvent {
  /** The event and which of its occurrences: stays what it is when the occurrence is moved. */
  readonly key: string
  readonly title: string
  readonly allDay: boolean
  readonly time: EventTime
}

/** What a calendar says. */
export interface CalendarContents {
  /** The calendar's own name, or null. */
  readonly name: string | null
  /** Names and e-mail addresses in it that may say whose it is: its own name, organizers, attendees. */
  readonly people: readonly string[]
  readonly events: readonly CalendarEvent[]
  /** What could not be read, a sentence each. */
  readonly problems: readonly string[]
}
