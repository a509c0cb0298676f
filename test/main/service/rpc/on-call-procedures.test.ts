import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { connectedService, dana, refusalOf } from '#test/support/connected-service.ts'

/** Accepted coverages of both of Dana's accounts by me, from a Monday to a Friday and from the Wednesday on. */
function cover(database: string, accountIds: readonly number[], meId: number): void {
  const db = new Database(database)
  const at = (day: number, hour: number) => Date.UTC(2027, 0, day, hour)
  db.prepare('INSERT INTO absences (id, person_id, starts_at, ends_at) VALUES (?, ?, ?, ?)').run(
    'a',
    dana,
    at(4, 8),
    at(8, 16),
  )
  const coverage = db.prepare(
    'INSERT INTO coverages (id, absence_id, account_id, cover_id, starts_at, ends_at) VALUES (?, ?, ?, ?, ?, ?)',
  )
  coverage.run('c1', 'a', accountIds[0], meId, at(4, 8), at(8, 16))
  coverage.run('c2', 'a', accountIds[1], meId, at(6, 8), at(8, 16))
  db.close()
}

const week = { startsAt: '2027-01-04T09:00', endsAt: '2027-01-11T09:00', title: 'On call EMEA' }

test('a shift during which two accounts are covered has to change hands until somebody takes it', async () => {
  const { app, client, database, meId, accountIds } = await connectedService()
  const before = await client.onCall.add(week)
  expect(before).toMatchObject({ mine: true, personId: meId, feedName: null, swap: null, replacement: null })
  cover(database, accountIds, meId)
  const [shift] = (await client.onCall.list({})).shifts
  const { accounts } = await client.accounts.list({})
  const names = accountIds.map((id) => accounts.find((account) => account.id === id)?.name ?? '')
  expect(shift?.swap).toMatchObject({
    overlaps: [
      {
        startsAt: Date.UTC(2027, 0, 6, 8),
        endsAt: Date.UTC(2027, 0, 8, 16),
        accountNames: expect.arrayContaining(names) as string[],
      },
    ],
    since: expect.stringMatching(
      new RegExp(`^${names[1]} covered for .+ from .+ makes it 2 accounts at once$`),
    ) as string,
    source: expect.stringContaining('two or more accounts') as string,
  })
  expect(shift?.swap?.message.subject).toMatch(/^On-call swap needed: /)
  for (const name of names) expect(shift?.swap?.message.text).toContain(`- ${name} for `)

  const shiftId = shift?.id ?? ''
  const taken = await client.onCall.recordReplacement({ shiftId, name: '  Jonas Weber ' })
  expect(taken).toMatchObject({ swap: null, replacement: { name: 'Jonas Weber' } })
  expect(app.events.at(-1)?.kind).toBe('coverage')
  expect(await client.onCall.clearReplacement({ shiftId })).toMatchObject({ replacement: null, swap: shift?.swap })
  await client.onCall.remove({ shiftId })
  expect((await client.onCall.list({})).shifts).toEqual([])
})

test('what cannot be is said at the field, and nothing is stored', async () => {
  const { client } = await connectedService()
  await client.onCall.add(week)
  expect(await refusalOf(client.onCall.add(week))).toMatchObject({ code: 'REFUSED', reason: 'startsAt' })
  expect(await refusalOf(client.onCall.add({ ...week, endsAt: week.startsAt }))).toMatchObject({ reason: 'endsAt' })
  expect(await refusalOf(client.onCall.add({ ...week, personId: 99 }))).toMatchObject({ reason: 'personId' })
  expect(await refusalOf(client.onCall.add({ ...week, title: '  ' }))).toMatchObject({ code: 'BAD_REQUEST' })
  for (const call of [
    client.onCall.remove({ shiftId: 'x' }),
    client.onCall.recordReplacement({ shiftId: 'x', name: 'Jonas' }),
    client.onCall.clearReplacement({ shiftId: 'x' }),
  ]) {
    expect(await refusalOf(call)).toMatchObject({ code: 'NOT_FOUND', message: 'This shift is not here any more.' })
  }
  expect((await client.onCall.list({})).shifts).toHaveLength(1)
})

test('shifts that ended more than four weeks ago are not listed', async () => {
  const { client } = await connectedService()
  const day = (days: number) => new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 16)
  await client.onCall.add({ startsAt: day(-31), endsAt: day(-30), title: 'long ago' })
  await client.onCall.add({ startsAt: day(-21), endsAt: day(-20), title: 'of late' })
  expect((await client.onCall.list({})).shifts.map(({ title }) => title)).toEqual(['of late'])
})
