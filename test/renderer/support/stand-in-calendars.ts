import type { AbsenceRow, CalendarRow } from '#contract/calendars.ts'
import { instantOf } from '#renderer/ui/wall-time.ts'
import { hourMs, now } from './fixtures.ts'
import type { StandInImplementer } from './stand-in-implementer.ts'
import type { StandInState } from './stand-in-state.ts'

/** Reads, takes in and forgets calendars, and keeps absences, as the service does. */
export function calendarProcedures(os: StandInImplementer, state: StandInState) {
  const { calendars, absences } = os
  const personOf = (id: number) => state.people.find((person) => person.id === id)
  const change = (id: string, part: Partial<CalendarRow>) => {
    state.calendars = state.calendars.map((calendar) => (calendar.id === id ? { ...calendar, ...part } : calendar))
    return state.calendars.find((calendar) => calendar.id === id)
  }
  const lacks = (id: string) => ({ data: { what: 'calendar', id } })
  return {
    calendars: {
      list: calendars.list.handler(() => ({ calendars: state.calendars, now })),
      preview: calendars.preview.handler(({ input }) =>
        'url' in input
          ? { ...state.calendarPreview, host: new URL(input.url).host }
          : { ...state.calendarPreview, host: null, name: input.name ?? state.calendarPreview.name },
      ),
      add: calendars.add.handler(({ input }) => {
        const { previewId: _, ...chosen } = input
        const calendar: CalendarRow = {
          ...chosen,
          id: `k${state.calendars.length + 1}`,
          personName: personOf(input.personId)?.name ?? '',
          host: state.calendarPreview.host,
          events: 4,
          refreshedAt: now,
          nextRefreshAt: now + hourMs,
          problem: null,
        }
        state.calendars = [...state.calendars, calendar]
        return calendar
      }),
      change: calendars.change.handler(({ input, errors }) => {
        const { calendarId, ...part } = input
        const named = Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined))
        const person = input.personId === undefined ? undefined : personOf(input.personId)
        const calendar = change(calendarId, { ...named, ...(person ? { personName: person.name } : {}) })
        if (!calendar) throw errors.NOT_FOUND(lacks(calendarId))
        return calendar
      }),
      remove: calendars.remove.handler(({ input }) => {
        state.calendars = state.calendars.filter(({ id }) => id !== input.calendarId)
        return {}
      }),
      refresh: calendars.refresh.handler(({ input, errors }) => {
        const calendar = change(input.calendarId, { refreshedAt: now, problem: null })
        if (!calendar) throw errors.NOT_FOUND(lacks(input.calendarId))
        return calendar
      }),
    },
    absences: {
      list: absences.list.handler(() => ({ absences: state.absences, now })),
      add: absences.add.handler(({ input }) => {
        const person = personOf(input.personId ?? 10)
        const zone = person?.timeZone ?? 'Europe/Berlin'
        const absence: AbsenceRow = {
          id: `h${state.absences.length + 10}`,
          personId: input.personId ?? 10,
          personName: person?.name ?? '',
          startsAt: instantOf(input.startsAt, zone) ?? 0,
          endsAt: instantOf(input.endsAt, zone) ?? 0,
          origin: 'hand',
          calendarName: null,
          planId: null,
        }
        state.absences = [...state.absences, absence]
        return absence
      }),
      remove: absences.remove.handler(({ input }) => {
        state.absences = state.absences.filter(({ id }) => id !== input.absenceId)
        return {}
      }),
    },
  }
}
