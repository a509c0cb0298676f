import { join } from 'node:path'
import { safe } from '@orpc/client'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { databaseName } from '#service/session.ts'
import { runningService } from '#test/support/running-service.ts'
import { createSimulator } from '#test/support/simulator.ts'

const dana = 360900000102

/** A service that is connected to somebody's own Zendesk, where Dana is the ASE of an account. */
async function connected() {
  const own = await createSimulator({ seed: 5, speed: 0, scale: 30 })
  onTestFinished(() => own.stop())
  const app = await runningService()
  const { client } = app.service
  await client.connections.connectZendesk(own.description.zendesk)
  const organizationId = own.description.workspace.accounts[0]?.id ?? 0
  await client.accounts.add({ organizationId, aseId: dana })
  const folder = `zendesk-${new URL(own.description.zendesk.url).host.replace(':', '-')}`
  const database = join(app.dataDir, folder, databaseName)
  return { app, client, database, meId: own.description.workspace.meId }
}

const refusal = async (call: Promise<unknown>) => {
  const { error } = await safe(call)
  return error && 'code' in error ? { code: error.code, message: error.message } : error
}

test('everybody is listed, me first, with when they are next at work', async () => {
  const { client, meId } = await connected()
  const { people, now } = await client.people.list({})
  expect(people.map(({ id, me }) => [id, me])).toEqual([
    [meId, true],
    [dana, false],
  ])
  expect(people[1]?.nextAvailableAt).toBeGreaterThanOrEqual(now)
})

test('hours and days off that are set decide when somebody is next at work, and are told to the others', async () => {
  const { app, client } = await connected()
  const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 }))
  const { now: before } = await client.people.list({})
  const atWork = await client.people.change({ id: dana, workingHours: always })
  const { now: after } = await client.people.list({})
  expect(atWork).toMatchObject({ id: dana, workingHours: always })
  expect(atWork.nextAvailableAt).toBeGreaterThanOrEqual(before)
  expect(atWork.nextAvailableAt).toBeLessThanOrEqual(after)
  expect(app.events.at(-1)?.kind).toBe('coverage')

  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: atWork.timeZone })
  const daysOff = [day.format(after), day.format(after + 24 * 3_600_000)]
  const off = await client.people.change({ id: dana, daysOff })
  expect(off).toMatchObject({ workingHours: always, daysOff })
  expect(off.nextAvailableAt).toBeGreaterThan(after + 3_600_000)
  expect(await client.people.change({ id: dana, workingHours: [] })).toMatchObject({ nextAvailableAt: null })
})

test('an absence keeps away who is absent and nobody else', async () => {
  const { client, database, meId } = await connected()
  const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 }))
  for (const id of [meId, dana]) await client.people.change({ id, workingHours: always })
  const { now } = await client.people.list({})
  const endsAt = now + 72 * 3_600_000
  const db = new Database(database)
  db.prepare('INSERT INTO absences (id, person_id, starts_at, ends_at) VALUES (?, ?, ?, ?)').run('a', dana, 0, endsAt)
  db.close()
  const [me, away] = (await client.people.list({})).people
  expect(away?.nextAvailableAt).toBe(endsAt)
  expect(me?.nextAvailableAt).toBeLessThan(endsAt)
})

test('nobody who is not known can be changed, and nothing that cannot be is taken', async () => {
  const { client } = await connected()
  expect(await refusal(client.people.change({ id: 5, region: 'EMEA' }))).toEqual({
    code: 'NOT_FOUND',
    message: 'User 5 is nobody who is known here. Name them as the ASE of an account first.',
  })
  for (const changes of [
    { workingHours: [{ weekday: 8, fromMinute: 0, toMinute: 60 }] },
    { workingHours: [{ weekday: 1, fromMinute: 60, toMinute: 60 }] },
    { daysOff: ['2026-02-30'] },
    { daysOff: ['24.12.2026'] },
  ]) {
    expect(await refusal(client.people.change({ id: dana, ...changes }))).toMatchObject({ code: 'BAD_REQUEST' })
  }
})

test('the people of the sample are not changed', async () => {
  const { client } = (await runningService()).service
  const [me] = (await client.people.list({})).people
  expect(await refusal(client.people.change({ id: me?.id ?? 0, region: 'EMEA' }))).toEqual({
    code: 'REFUSED',
    message: 'The people of the sample are made up anew each time it opens. Connect your own Zendesk first.',
  })
})
