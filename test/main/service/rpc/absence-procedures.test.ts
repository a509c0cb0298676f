import { expect, test } from 'vitest'
import { connectedService, dana, refusalOf } from '#test/support/connected-service.ts'

const allWeek = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 }))

/** A day in some days as wall clock of a zone, and the instant it is there. */
function wall(timeZone: string, days: number, clock: string): string {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(Date.now() + days * 24 * 3_600_000)
  return `${day}T${clock}`
}

test('an absence that is entered is by the clocks of whoever is away, and keeps them from being next at work', async () => {
  const { client, app, zone } = await connectedService()
  await client.people.change({ id: dana, workingHours: allWeek })
  const [startsAt, endsAt] = [wall(zone(dana), -1, '09:00'), wall(zone(dana), 3, '17:00')]
  const absence = await client.absences.add({ personId: dana, startsAt, endsAt })
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone(dana), dateStyle: 'short', timeStyle: 'short' })
  expect(shown.format(absence.startsAt)).toBe(startsAt.replace('T', ' '))
  expect(absence).toMatchObject({ personId: dana, origin: 'hand', calendarName: null, planId: null })
  expect(app.events.at(-1)?.kind).toBe('coverage')
  expect((await client.absences.list({})).absences).toEqual([absence])
  const nextOf = async () => (await client.people.list({})).people.find(({ id }) => id === dana)?.nextAvailableAt ?? 0
  expect(await nextOf()).toBe(absence.endsAt)
  await client.absences.remove({ absenceId: absence.id })
  expect(await nextOf()).toBeLessThan(absence.endsAt)
  expect((await client.absences.list({})).absences).toEqual([])
})

test('without a name it is mine', async () => {
  const { client, meId } = await connectedService()
  const mine = await client.absences.add({ startsAt: '2027-01-04T09:00', endsAt: '2027-01-05T17:00' })
  expect(mine).toMatchObject({ personId: meId })
})

test('what cannot be is said at the field, and nothing is stored', async () => {
  const { client, zone } = await connectedService()
  await client.absences.add({ personId: dana, startsAt: '2027-01-04T09:00', endsAt: '2027-01-05T17:00' })
  const add = (startsAt: string, endsAt: string, personId = dana) =>
    refusalOf(client.absences.add({ personId, startsAt, endsAt }))
  expect(await add('2027-02-05T09:00', '2027-02-04T09:00')).toMatchObject({
    reason: 'endsAt',
    message: 'It ends before it begins. Write an end after the beginning.',
  })
  expect(await add('2027-02-05T09:00', '2027-02-05T09:00')).toMatchObject({ reason: 'endsAt' })
  expect(await add('2027-02-05T09:00', '2062-02-06T09:00')).toMatchObject({
    reason: 'endsAt',
    message: 'It takes longer than a year. Check the years.',
  })
  expect(await add('2027-02-30T09:00', '2027-03-04T09:00')).toMatchObject({
    reason: 'startsAt',
    message: 'There is no 2027-02-30 09:00. Check day and time.',
  })
  expect(await add('2027-02-05T09:00', '2027-02-06T09:00', 99)).toMatchObject({
    reason: 'personId',
    message: 'User 99 is nobody who is known here. Name them as the ASE of an account first.',
  })
  expect(await add('2027-01-05T09:00', '2027-01-06T09:00')).toMatchObject({
    reason: 'startsAt',
    message: expect.stringMatching(/^It overlaps with the absence of .+ entered for Mon 4 Jan 2027 09:00/) as string,
  })
  expect(await add('tomorrow', '2027-01-06T09:00')).toMatchObject({ code: 'BAD_REQUEST' })
  expect((await client.absences.list({})).absences).toHaveLength(1)
  expect(zone(dana)).not.toBe('')
})

test('only what was entered can be removed', async () => {
  const { client } = await connectedService()
  expect(await refusalOf(client.absences.remove({ absenceId: 'x' }))).toMatchObject({ code: 'NOT_FOUND' })
})
