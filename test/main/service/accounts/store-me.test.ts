import { expect, test } from 'vitest'
import { storeMe } from '#service/accounts/store-me.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aWorkspace } from '#test/support/work-values.ts'

test('the first to sign in is me, at work on weekdays from nine to five where Zendesk says they are', () => {
  const db = memoryDatabase()
  storeMe(db, { id: 11, name: 'Ines', timeZone: 'Europe/Madrid' })
  const { me } = readRoster(db)
  expect(me).toMatchObject({ id: 11, name: 'Ines', timeZone: 'Europe/Madrid', slackHandle: null })
  expect(me?.workingHours.map(({ weekday }) => weekday)).toEqual([1, 2, 3, 4, 5])
  expect(me?.workingHours[0]).toEqual({ weekday: 1, fromMinute: 540, toMinute: 1020 })
})

test('working hours that are there stay; name and zone follow Zendesk', () => {
  const db = memoryDatabase()
  const [ines, ...others] = aWorkspace().people
  const workingHours = [{ weekday: 3, fromMinute: 600, toMinute: 900 }]
  storeWorkspace(db, aWorkspace({ people: ines ? [{ ...ines, workingHours }, ...others] : [] }))
  storeMe(db, { id: 11, name: 'Inés', timeZone: 'America/New_York' })
  expect(readRoster(db).me).toMatchObject({ id: 11, name: 'Inés', timeZone: 'America/New_York', workingHours })
  storeMe(db, { id: 11, name: 'Inés', timeZone: null })
  expect(readRoster(db).me?.timeZone).toBe('America/New_York')
})

test('only one is me, the last who signed in', () => {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  storeMe(db, { id: 12, name: 'Anna', timeZone: null })
  expect(readRoster(db).me?.id).toBe(12)
  expect(db.prepare('SELECT count(*) AS n FROM people WHERE is_me = 1').get()).toEqual({ n: 1 })
})

test('where Zendesk tells no zone it is this machine’s', () => {
  const db = memoryDatabase()
  storeMe(db, { id: 11, name: 'Ines', timeZone: null })
  expect(readRoster(db).me?.timeZone).toBe('Europe/Berlin')
})
