import { expect, test } from 'vitest'
import { suggestedPerson, suggestedUse } from '#service/calendar/suggest.ts'
import type { CalendarContents } from '#service/calendar/calendar-event.ts'
import type { Person } from '#core/people/people.ts'

test.each([
  ['PTO', 'absence'],
  ['Dana - OOO', 'absence'],
  ['Vacation', 'absence'],
  ['Annual Leave (approved)', 'absence'],
  ['Time Off Request', 'absence'],
  ['Jahresurlaub', 'neither'],
  ['Urlaubstag', 'absence'],
  ['Abwesenheit', 'absence'],
  ['Out of office', 'absence'],
  ['Public Holiday', 'absence'],
  ['Congés payés', 'absence'],
  ['On Call - Support EMEA', 'on-call'],
  ['On-call holiday cover', 'on-call'],
  ['PagerDuty: Customer Emergencies', 'on-call'],
  ['Bereitschaft Nord', 'on-call'],
  ['Team sync', 'neither'],
  ['Cleaver demo', 'neither'],
])('%j looks like %s', (title, use) => {
  expect(suggestedUse(title)).toBe(use)
})

const people = ['Jonas Weber', 'Dana Cole', 'Inès García'].map((name, index) => ({
  ...({ timeZone: 'UTC', region: '', workingHours: [], daysOff: [], slackHandle: null } as Omit<Person, 'id' | 'name'>),
  id: index + 1,
  name,
}))
const contents = (parts: Partial<CalendarContents>): CalendarContents => ({
  name: null,
  people: [],
  events: [],
  problems: [],
  ...parts,
})
const titled = (...titles: string[]) =>
  titles.map((title) => ({
    key: title,
    title,
    allDay: true,
    time: { kind: 'local' as const, startsAt: '2026-12-04T00:00:00', endsAt: '2026-12-05T00:00:00' },
  }))

test.each([
  ['its name', contents({ name: 'On Call Schedule for Jonas Weber' }), 1],
  ['a surname first', contents({ people: ['Weber, Jonas'] }), 1],
  ['an address', contents({ people: ['ines.garcia@example.com'] }), 3],
  ['its titles', contents({ events: titled('Dana Cole - Time Off', 'COLE, DANA: Vacation') }), 2],
  ['its name, whoever is invited', contents({ name: 'Dana Cole', people: ['jonas.weber@example.com'] }), 2],
  ['several people', contents({ events: titled('Dana Cole - PTO', 'Jonas Weber - PTO') }), null],
  ['nobody', contents({ name: 'Holidays in Germany' }), null],
  ['half a name', contents({ name: 'Jonas' }), null],
])('by %s it is known whose it is, or left open', (_, given, id) => {
  expect(suggestedPerson(given, people)).toBe(id)
})
