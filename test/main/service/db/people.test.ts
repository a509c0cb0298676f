import { expect, test } from 'vitest'
import { changePerson, markMe, storePerson } from '#service/db/people.ts'
import { readRoster } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'

function setUp() {
  const db = memoryDatabase()
  storePerson(db, { id: 12, name: 'Anna', timeZone: null }, 'Europe/Berlin')
  storePerson(db, { id: 13, name: 'Ben', timeZone: 'America/New_York' }, 'Europe/Berlin')
  return { db, anna: () => readRoster(db).people[0], ben: () => readRoster(db).people[1] }
}

const night = [{ weekday: 5, fromMinute: 1320, toMinute: 1800 }]

test('somebody new works Monday to Friday, nine to five, by their own zone or the likeliest', () => {
  const { anna, ben } = setUp()
  expect(anna()).toMatchObject({ timeZone: 'Europe/Berlin', daysOff: [], slackHandle: null, region: '' })
  expect(ben()?.timeZone).toBe('America/New_York')
  expect(ben()?.workingHours).toEqual([1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 1020 })))
})

test('what was set of somebody stays when Zendesk tells of them again; name and zone follow it', () => {
  const { db, anna } = setUp()
  const daysOff = ['2026-12-24', '2026-12-25']
  changePerson(db, 12, { workingHours: night, daysOff, region: 'EMEA', slackHandle: '@anna' })
  storePerson(db, { id: 12, name: 'Anna Berg', timeZone: 'Asia/Kolkata' }, 'UTC')
  storePerson(db, { id: 12, name: 'Anna Berg', timeZone: null }, 'UTC')
  expect(anna()).toEqual({
    id: 12,
    name: 'Anna Berg',
    timeZone: 'Asia/Kolkata',
    workingHours: night,
    daysOff,
    region: 'EMEA',
    slackHandle: '@anna',
  })
})

test('only what is named is changed, of that person only, and days are kept in order and once', () => {
  const { db, anna, ben } = setUp()
  const before = ben()
  changePerson(db, 12, { slackHandle: '@anna', daysOff: ['2026-12-25', '2026-12-24', '2026-12-25'] })
  changePerson(db, 12, { region: 'EMEA', slackHandle: undefined })
  expect(anna()).toMatchObject({ slackHandle: '@anna', region: 'EMEA', daysOff: ['2026-12-24', '2026-12-25'] })
  changePerson(db, 12, { slackHandle: null, daysOff: [], workingHours: [] })
  expect(anna()).toMatchObject({ slackHandle: null, region: 'EMEA', daysOff: [], workingHours: [] })
  changePerson(db, 99, { region: 'APAC' })
  expect(ben()).toEqual(before)
  expect(readRoster(db).people).toHaveLength(2)
})

test('one person is me at a time', () => {
  const { db } = setUp()
  markMe(db, 12)
  markMe(db, 13)
  expect(readRoster(db).me?.id).toBe(13)
})
