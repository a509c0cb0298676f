import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { AlertKind } from '#contract/alerts.ts'
import { readCalendar } from '#service/calendar/read-calendar.ts'
import { connectedService, dana, refusalOf } from '#test/support/connected-service.ts'
import { dayMs, hourMs } from '#test/support/work-values.ts'

/** Dana's first account, covered by me since two days ago and for two days more. */
async function coveredService() {
  const connected = await connectedService()
  const { app, database, accountIds, meId } = connected
  const now = Date.now()
  const [startsAt, endsAt] = [now - 2 * dayMs, now + 2 * dayMs]
  const db = new Database(database)
  db.prepare('INSERT INTO absences (id, person_id, starts_at, ends_at) VALUES (?, ?, ?, ?)').run(
    ...['away', dana, startsAt, endsAt],
  )
  db.prepare(
    'INSERT INTO coverages (id, absence_id, account_id, cover_id, starts_at, ends_at) VALUES (?, ?, ?, ?, ?, ?)',
  ).run('cover', 'away', accountIds[0], meId, startsAt, endsAt)
  db.close()
  return { ...connected, events: () => app.events.filter(({ kind }) => kind === 'returns'), now }
}

const one = { coverageId: 'cover' }

test('figures, and a file of each kind, are those of the meeting', async () => {
  const { client } = await coveredService()
  const figures = await client.returnFigures.get(one)
  const { accountName, since, until } = await client.returns.get(one)
  expect(figures).toMatchObject({ accountName, since })
  expect(Math.abs(figures.until - until)).toBeLessThan(hourMs)
  const markdown = await client.returnFigures.file({ ...one, format: 'markdown' })
  expect(markdown.name).toMatch(/^return-[a-z0-9-]+-\d{4}-\d\d-\d\d\.md$/)
  expect(markdown.text).toContain(accountName)
  const csv = await client.returnFigures.file({ ...one, format: 'csv' })
  expect(csv.text.split('\r\n')).toHaveLength(figures.days.length + 3)
})

test('a time that was chosen is kept, told of, and in the calendar file; null goes back to what is proposed', async () => {
  const { client, events, now } = await coveredService()
  const proposed = await client.returnFigures.time(one)
  expect(proposed.basis).not.toBe('chosen')
  const startsAt = Math.ceil(now / hourMs) * hourMs + 3 * dayMs
  const chosen = await client.returnFigures.schedule({ ...one, startsAt })
  expect(chosen).toMatchObject({ startsAt, basis: 'chosen' })
  expect(events()).toMatchObject([{ ids: [(await client.returns.get(one)).meetingId] }])
  expect(await client.returnFigures.time(one)).toEqual(chosen)
  const { text } = await client.returnFigures.calendarFile(one)
  const { events: read } = await readCalendar(text, { startsAt: now, endsAt: now + 9 * dayMs })
  expect(read).toMatchObject([{ time: { kind: 'fixed', startsAt: chosen.startsAt, endsAt: chosen.endsAt } }])
  expect(await client.returnFigures.schedule({ ...one, startsAt: null })).toEqual(proposed)
})

test('a time that is past, and a coverage that is not mine, are refused in words', async () => {
  const { client, events, now } = await coveredService()
  expect(await refusalOf(client.returnFigures.schedule({ ...one, startsAt: now - hourMs }))).toEqual({
    code: 'REFUSED',
    reason: 'refused',
    message: 'That time is past. Choose one that is still to come.',
  })
  const none = { coverageId: 'none' }
  for (const call of [
    client.returnFigures.get(none),
    client.returnFigures.time(none),
    client.returnFigures.calendarFile(none),
  ]) {
    expect(await refusalOf(call)).toMatchObject({ code: 'NOT_FOUND' })
  }
  expect(events()).toEqual([])
})

test('of a meeting in ten minutes I am told at once', async () => {
  const { app, client, now } = await coveredService()
  app.service.start()
  const listed = async (kind: AlertKind) => (await client.alerts.list({ kinds: [kind] })).alerts
  await expect.poll(() => listed('coverage-started')).toHaveLength(1)
  await client.returnFigures.schedule({ ...one, startsAt: now + 10 * 60_000 })
  await expect
    .poll(() => listed('return-meeting'))
    .toMatchObject([{ kind: 'return-meeting', coverageId: 'cover', ticketId: null }])
})
