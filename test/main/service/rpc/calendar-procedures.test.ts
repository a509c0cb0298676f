import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { connectedService, refusalOf } from '#test/support/connected-service.ts'
import { anIcs } from '#test/support/ics.ts'
import { loopbackServer } from '#test/support/loopback-server.ts'

const stamp = (days: number) => new Date(Date.now() + days * 24 * 3_600_000).toISOString().replaceAll(/[-:]|\.\d+/g, '')
const shifts = anIcs([
  ['UID:a', 'SUMMARY:On Call - EMEA', `DTSTART:${stamp(3)}`, 'DURATION:PT12H'],
  ['UID:b', 'SUMMARY:Dinner', `DTSTART:${stamp(3)}`, 'DURATION:PT1H'],
])

/** Every file in a folder and the folders in it. */
function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesIn(path) : [path]
  })
}

test('a feed goes from its address to shifts and away again, its address in no file, line, answer or notice', async () => {
  const vault = createMemoryVault()
  const { app, client, meId } = await connectedService({ vault })
  const server = await loopbackServer((request, response) => {
    if (request.path.includes('gone')) return void response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': 'text/calendar' }).end(shifts)
  })
  const url = `${server.url}/canary-4711/private.ics`
  const said: unknown[] = [await refusalOf(client.calendars.preview({ url: `${url}?gone` }))]
  const preview = await client.calendars.preview({ url })
  expect(preview).toMatchObject({ suggestedPurpose: 'on-call', host: new URL(server.url).host })
  const titles = preview.titles.filter(({ suggested }) => suggested === 'on-call').map(({ title }) => title)
  const chosen = { name: 'Nights', purpose: 'on-call' as const, personId: meId, titles }
  const row = await client.calendars.add({ previewId: preview.previewId, ...chosen })
  expect(app.events.slice(-2).map(({ kind, ids }) => [kind, ids])).toEqual([
    ['calendars', [row.id]],
    ['coverage', []],
  ])
  expect((await client.onCall.list({})).shifts).toMatchObject([
    { title: 'On Call - EMEA', mine: true, feedName: 'Nights' },
  ])
  said.push(preview, row, await client.calendars.refresh({ calendarId: row.id }), await client.calendars.list({}))
  const shiftId = (await client.onCall.list({})).shifts[0]?.id ?? ''
  expect(await refusalOf(client.onCall.remove({ shiftId }))).toMatchObject({
    message: expect.stringContaining('comes from a calendar') as string,
  })
  expect(await vault.get(`calendar.${row.id}`)).toBe(url)
  const files = filesIn(app.dataDir).map((path) => readFileSync(path, 'latin1'))
  expect(files.join()).toContain('Nights')
  expect(JSON.stringify([said, app.log, app.told, app.events, files])).not.toContain('canary-4711')

  const away = await client.calendars.change({ calendarId: row.id, purpose: 'absence', titles: ['Dinner'] })
  expect(away).toMatchObject({ purpose: 'absence', events: 1 })
  const { absences } = await client.absences.list({})
  expect(absences).toMatchObject([{ origin: 'calendar', calendarName: 'Nights', personId: meId }])
  expect(await refusalOf(client.absences.remove({ absenceId: absences[0]?.id ?? '' }))).toMatchObject({
    reason: 'calendar',
  })
  await client.calendars.remove({ calendarId: row.id })
  expect((await client.absences.list({})).absences).toEqual([])
  expect((await client.calendars.list({})).calendars).toEqual([])
  expect(await vault.get(`calendar.${row.id}`)).toBeUndefined()
})

test('what cannot be is refused in words, and nothing is stored', async () => {
  const { client, meId } = await connectedService()
  const { previewId } = await client.calendars.preview({ text: shifts, name: 'shifts.ics' })
  const chosen = { previewId, name: 'Nights', purpose: 'on-call' as const, personId: meId, titles: ['On Call - EMEA'] }
  expect(await refusalOf(client.calendars.preview({ text: 'hello' }))).toMatchObject({
    code: 'REFUSED',
    message: expect.stringContaining('BEGIN:VCALENDAR') as string,
  })
  expect(await refusalOf(client.calendars.add({ ...chosen, personId: 99 }))).toMatchObject({
    code: 'NOT_FOUND',
    message: 'User 99 is nobody who is known here. Name them as the ASE of an account first.',
  })
  expect(await refusalOf(client.calendars.add({ ...chosen, titles: [] }))).toMatchObject({ code: 'BAD_REQUEST' })
  expect(await refusalOf(client.calendars.add({ ...chosen, previewId: 'x' }))).toMatchObject({ code: 'REFUSED' })
  expect(await refusalOf(client.calendars.refresh({ calendarId: 'x' }))).toMatchObject({ code: 'NOT_FOUND' })
  expect((await client.calendars.list({})).calendars).toEqual([])
  expect((await client.onCall.list({})).shifts).toEqual([])
})
