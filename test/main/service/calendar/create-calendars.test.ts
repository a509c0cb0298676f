import { expect, test } from 'vitest'
import type { CalendarRow } from '#contract/calendars.ts'
import { readAbsences } from '#service/db/absences.ts'
import { readShifts, setReplacement } from '#service/db/shifts.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { calendarSetting, type CalendarSetting } from '#test/support/calendar-setting.ts'
import { createFailingVault } from '#test/support/failing-vault.ts'
import { anIcs, type IcsLines } from '#test/support/ics.ts'
import { dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

const stamp = (ms: number) => new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, '')
const shift = (uid: string, startsAt: number, hours = 12, title = 'On Call - EMEA'): IcsLines => [
  `UID:${uid}`,
  `SUMMARY:${title}`,
  `DTSTART:${stamp(startsAt)}`,
  `DTEND:${stamp(startsAt + hours * hourMs)}`,
]
const friday = wednesday + 2 * dayMs
const titles = ['On Call - EMEA']

/** Takes the feed in as somebody's on-call shifts. */
async function taken(
  setting: CalendarSetting,
  parts: { readonly personId?: number; readonly purpose?: CalendarRow['purpose']; readonly titles?: string[] } = {},
): Promise<CalendarRow> {
  const { previewId, name } = await setting.calendars.preview({ url: setting.url })
  return setting.calendars.add({ previewId, name, purpose: 'on-call', personId: 11, titles, ...parts })
}

const spans = (rows: readonly { readonly startsAt: number; readonly endsAt: number }[]) =>
  rows.map(({ startsAt, endsAt }) => [startsAt, endsAt])

test('a preview says what is in a feed and what it is taken for, and stores nothing', async () => {
  const setting = await calendarSetting()
  setting.feed.events = [
    shift('a', friday),
    shift('b', friday + 7 * dayMs),
    shift('c', friday, 1, 'Team sync'),
    ['UID:d', 'SUMMARY:Vacation', 'DTSTART;VALUE=DATE:20261221'],
    ['UID:e', 'SUMMARY:Broken', 'DTSTART:soon'],
  ]
  const preview = await setting.calendars.preview({ url: setting.url })
  expect(preview).toEqual({
    previewId: expect.any(String) as string,
    name: 'On Call Schedule for Ines',
    host: new URL(setting.url).host,
    titles: [
      {
        title: 'On Call - EMEA',
        occurrences: 2,
        next: { startsAt: friday, endsAt: friday + 12 * hourMs, allDay: false },
        suggested: 'on-call',
      },
      {
        title: 'Vacation',
        occurrences: 1,
        // Whole days in Berlin, where the person is.
        next: { startsAt: Date.UTC(2026, 11, 20, 23), endsAt: Date.UTC(2026, 11, 21, 23), allDay: true },
        suggested: 'absence',
      },
      {
        title: 'Team sync',
        occurrences: 1,
        next: { startsAt: friday, endsAt: friday + hourMs, allDay: false },
        suggested: 'neither',
      },
    ],
    suggestedPurpose: 'on-call',
    suggestedPersonId: 11,
    problems: ['“Broken” was left out: when it begins is not a day or time.'],
  })
  expect(setting.calendars.list()).toEqual([])
})

test('a feed that is taken in becomes shifts of the chosen titles, and is read again each hour', async () => {
  const setting = await calendarSetting()
  setting.feed.events = [shift('a', friday), shift('c', friday, 1, 'Team sync')]
  const row = await taken(setting)
  expect(row).toMatchObject({
    name: 'On Call Schedule for Ines',
    personName: 'Ines',
    host: new URL(setting.url).host,
    events: 1,
    refreshedAt: wednesday,
    nextRefreshAt: wednesday + hourMs,
    problem: null,
  })
  expect(readShifts(setting.db)).toMatchObject([
    { personId: 11, title: 'On Call - EMEA', startsAt: friday, origin: 'calendar', calendarName: row.name },
  ])
  setting.feed.events = [shift('b', friday + dayMs)]
  await setting.pass(hourMs - 1)
  expect(setting.server.requests).toHaveLength(1)
  await setting.pass(1)
  expect(spans(readShifts(setting.db))).toEqual([[friday + dayMs, friday + dayMs + 12 * hourMs]])
  expect(setting.told).toContain(row.id)
})

test('where time runs faster, as it may in the sample, a host is asked no more often', async () => {
  const setting = await calendarSetting(createMemoryVault(), 60)
  expect(await taken(setting)).toMatchObject({ nextRefreshAt: wednesday + 60 * hourMs })
})

test('it is read on its schedule once it is started, and no more when it is stopped', async () => {
  const setting = await calendarSetting()
  await taken(setting)
  setting.calendars.start()
  expect(setting.clock.waitingFor).toEqual([wednesday + hourMs])
  setting.clock.step(hourMs)
  await expect.poll(() => setting.clock.waitingFor).toEqual([wednesday + 2 * hourMs])
  expect(setting.server.requests).toHaveLength(2)
  await setting.calendars.stop()
  expect(setting.clock.waitingFor).toEqual([])
})

test('a feed that is unchanged is not read again, but once a day it is, since time goes on', async () => {
  const setting = await calendarSetting()
  setting.feed.events = [
    ['UID:w', 'SUMMARY:On Call - EMEA', 'DTSTART:20260105T090000Z', 'DURATION:PT8H', 'RRULE:FREQ=WEEKLY'],
  ]
  setting.feed.headers = { ETag: '"one"' }
  const { id } = await taken(setting)
  const before = readShifts(setting.db)
  setting.feed.status = 304
  await setting.pass(hourMs)
  expect(setting.server.requests.at(-1)?.headers['if-none-match']).toBe('"one"')
  expect(setting.calendars.list()).toMatchObject([{ id, refreshedAt: wednesday + hourMs, problem: null }])
  expect(readShifts(setting.db)).toEqual(before)
  setting.feed.status = 200
  await setting.pass(7 * dayMs)
  expect(setting.server.requests.at(-1)?.headers['if-none-match']).toBeUndefined()
  expect(readShifts(setting.db).length).toBe(before.length + 1)
})

test('a refresh that fails leaves what was there, says why, and is tried less and less often, up to once a day', async () => {
  const setting = await calendarSetting()
  setting.feed.events = [shift('a', friday)]
  const { id } = await taken(setting)
  const shifts = readShifts(setting.db)
  const troubles: Partial<CalendarSetting['feed']>[] = [
    { status: 500 },
    { status: 200, body: '<!DOCTYPE html><html>Sign in</html>' },
    { status: 200, body: anIcs([shift('z', friday)]).slice(0, -20) },
    ...Array.from({ length: 12 }, () => ({ status: 404 })),
  ]
  const waits: number[] = []
  for (const trouble of troubles) {
    Object.assign(setting.feed, { body: null, ...trouble })
    const [{ nextRefreshAt } = { nextRefreshAt: null }] = setting.calendars.list()
    await setting.pass((nextRefreshAt ?? 0) - setting.clock.now())
    const [row] = setting.calendars.list()
    expect(row).toMatchObject({ id, refreshedAt: wednesday })
    expect(row?.problem).toMatch(/trouble of its own|web page came|breaks off|no calendar at this address/)
    waits.push((row?.nextRefreshAt ?? 0) - setting.clock.now())
  }
  const minutes = waits.map((ms) => ms / 60_000)
  expect(minutes.slice(0, 4)).toEqual([10, 20, 40, 80])
  expect(minutes.at(-1)).toBe(24 * 60)
  expect(readShifts(setting.db)).toEqual(shifts)
  Object.assign(setting.feed, { status: 200, body: null })
  expect(await setting.calendars.refresh(id)).toMatchObject({
    problem: null,
    nextRefreshAt: setting.clock.now() + hourMs,
  })
})

test('a host that asks to wait is left alone, also by a person and after sleep', async () => {
  const setting = await calendarSetting()
  const { id } = await taken(setting)
  Object.assign(setting.feed, { status: 429, headers: { 'Retry-After': '7200' } })
  await setting.pass(hourMs)
  await expect(setting.calendars.refresh(id)).rejects.toThrow('asks to wait')
  setting.calendars.wake()
  await setting.pass(7199_000)
  expect(setting.server.requests).toHaveLength(2)
  Object.assign(setting.feed, { status: 200, headers: {} })
  await setting.pass(1000)
  expect(setting.calendars.list()).toMatchObject([{ problem: null }])
})

test('what could not be reached is tried at once when the computer wakes', async () => {
  const setting = await calendarSetting()
  await taken(setting)
  setting.feed.headers = { 'Content-Length': '99999' }
  await setting.pass(hourMs)
  expect(setting.calendars.list()[0]?.problem).toMatch(/broke off|in time/)
  setting.feed.headers = {}
  setting.calendars.start()
  setting.calendars.wake()
  await expect.poll(() => setting.calendars.list()[0]?.problem).toBeNull()
})

test('a replacement stays recorded while the shift is at its time, whatever the calendar calls it', async () => {
  const setting = await calendarSetting()
  setting.feed.events = [shift('a', friday)]
  await taken(setting)
  setReplacement(setting.db, readShifts(setting.db)[0]?.id ?? '', { name: 'Jonas', at: wednesday })
  setting.feed.events = [shift('another-uid', friday)]
  await setting.pass(hourMs)
  expect(readShifts(setting.db)).toMatchObject([{ replacement: 'Jonas', replacementAt: wednesday, lapsed: null }])
})

test('a shift that was moved has no replacement any more, and says so until somebody is recorded', async () => {
  const setting = await calendarSetting()
  setting.feed.events = [shift('a', friday)]
  const { id } = await taken(setting)
  const shiftId = readShifts(setting.db)[0]?.id ?? ''
  setReplacement(setting.db, shiftId, { name: 'Jonas', at: wednesday })
  setting.feed.events = [shift('a', friday + hourMs)]
  await setting.calendars.refresh(id)
  const lapsed =
    'Jonas had taken this shift when it was Fri 20 Nov 2026 10:00–22:00. It was moved since, so agree on it again.'
  expect(readShifts(setting.db)).toMatchObject([{ id: shiftId, replacement: null, lapsed }])
  setting.feed.events = [shift('a', friday + 2 * hourMs)]
  await setting.calendars.refresh(id)
  expect(readShifts(setting.db)).toMatchObject([{ lapsed }])
  setReplacement(setting.db, shiftId, { name: 'Ben', at: wednesday })
  await setting.calendars.refresh(id)
  expect(readShifts(setting.db)).toMatchObject([{ replacement: 'Ben', lapsed: null }])
  setting.feed.events = []
  await setting.calendars.refresh(id)
  expect(readShifts(setting.db)).toEqual([])
})

test('other titles, another purpose and another person count without asking the host', async () => {
  const setting = await calendarSetting()
  const local: IcsLines = ['UID:l', 'SUMMARY:PTO', 'DTSTART:20261204T090000', 'DTEND:20261204T170000']
  const day: IcsLines = ['UID:d', 'SUMMARY:PTO', 'DTSTART;VALUE=DATE:20261210']
  setting.feed.events = [shift('a', friday), local, day]
  const { id } = await taken(setting)
  expect(await setting.calendars.change(id, { purpose: 'absence', titles: ['PTO'] })).toMatchObject({ events: 2 })
  expect(readShifts(setting.db)).toEqual([])
  const inBerlin = [
    [Date.UTC(2026, 11, 4, 8), Date.UTC(2026, 11, 4, 16)],
    [Date.UTC(2026, 11, 9, 23), Date.UTC(2026, 11, 10, 23)],
  ]
  expect(spans(readAbsences(setting.db))).toEqual(inBerlin)
  await setting.calendars.change(id, { personId: 13 })
  expect(readAbsences(setting.db)).toMatchObject([
    { personId: 13, startsAt: Date.UTC(2026, 11, 4, 14), endsAt: Date.UTC(2026, 11, 4, 22), origin: 'calendar' },
    { personId: 13, startsAt: Date.UTC(2026, 11, 10, 5), endsAt: Date.UTC(2026, 11, 11, 5) },
  ])
  expect(setting.server.requests).toHaveLength(1)
  await expect(setting.calendars.change(id, { personId: 99 })).rejects.toThrow('User 99 is nobody who is known here.')
})

test('a person who moves to another zone takes whole days and times without a zone along', async () => {
  const setting = await calendarSetting()
  setting.feed.events = [['UID:d', 'SUMMARY:PTO', 'DTSTART;VALUE=DATE:20261210', 'DTEND;VALUE=DATE:20261212']]
  await taken(setting, { purpose: 'absence', titles: ['PTO'] })
  setting.db.prepare(`UPDATE people SET time_zone = 'Asia/Kolkata' WHERE id = 11`).run()
  setting.restart().start()
  expect(spans(readAbsences(setting.db))).toEqual([[Date.UTC(2026, 11, 9, 18, 30), Date.UTC(2026, 11, 11, 18, 30)]])
})

test('a calendar that is removed takes its events, rows and address along', async () => {
  const vault = createMemoryVault()
  const setting = await calendarSetting(vault)
  setting.feed.events = [shift('a', friday)]
  const first = await taken(setting)
  const second = await taken(setting, { purpose: 'absence' })
  await setting.calendars.remove(first.id)
  expect(readShifts(setting.db)).toEqual([])
  expect(readAbsences(setting.db)).toHaveLength(1)
  await setting.calendars.remove(second.id)
  expect(readAbsences(setting.db)).toEqual([])
  expect(setting.db.prepare('SELECT count(*) AS n FROM calendar_events').get()).toEqual({ n: 0 })
  expect(await vault.get(`calendar.${first.id}`)).toBeUndefined()
  await expect(setting.calendars.remove(first.id)).rejects.toThrow('not here any more')
})

test('what is long over stays, though calendars are read eight weeks back only', async () => {
  const setting = await calendarSetting()
  setting.feed.events = [shift('a', wednesday - 40 * dayMs), shift('b', friday)]
  const { id } = await taken(setting)
  await setting.pass(30 * dayMs)
  expect(readShifts(setting.db)).toHaveLength(2)
  setting.feed.events = []
  await setting.calendars.refresh(id)
  expect(spans(readShifts(setting.db))).toEqual([[wednesday - 40 * dayMs, wednesday - 40 * dayMs + 12 * hourMs]])
})

test('a file is read once, and a newer one takes its place', async () => {
  const setting = await calendarSetting()
  const first = await setting.calendars.preview({ text: anIcs([shift('a', friday)]), name: 'My shifts.ics' })
  expect(first).toMatchObject({ name: 'My shifts', host: null })
  const row = await setting.calendars.add({ ...first, purpose: 'on-call', personId: 11, titles })
  expect(row).toMatchObject({ host: null, nextRefreshAt: null, events: 1 })
  await expect(setting.calendars.refresh(row.id)).rejects.toThrow('was read from a file')
  setting.clock.step(100 * dayMs)
  expect(setting.calendars.list()[0]?.problem).toContain('was read from a file months ago')
  const { previewId } = await setting.calendars.preview({ text: anIcs([shift('b', friday + 101 * dayMs)]) })
  expect(await setting.calendars.change(row.id, { previewId })).toMatchObject({ problem: null })
  expect(readShifts(setting.db).at(-1)?.startsAt).toBe(friday + 101 * dayMs)
  await expect(setting.calendars.preview({ text: 'x'.repeat(11 * 1024 * 1024) })).rejects.toThrow('larger than 10 MB')
})

test('a preview is kept for ten minutes', async () => {
  const setting = await calendarSetting()
  const { previewId } = await setting.calendars.preview({ url: setting.url })
  setting.clock.step(601_000)
  const late = setting.calendars.add({ previewId, name: 'x', purpose: 'on-call', personId: 11, titles })
  await expect(late).rejects.toThrow('older than ten minutes')
  expect(setting.calendars.list()).toEqual([])
})

test('where the address was forgotten, the calendar says to enter it again, and goes on with it', async () => {
  const setting = await calendarSetting()
  setting.feed.events = [shift('a', friday)]
  const { id } = await taken(setting)
  const calendars = setting.restart(createMemoryVault())
  await setting.pass(hourMs)
  expect(calendars.list()[0]?.problem).toMatch(/not known here any more.* Enter it again\.$/)
  expect(readShifts(setting.db)).toHaveLength(1)
  const { previewId } = await calendars.preview({ url: setting.url })
  expect(await calendars.change(id, { previewId })).toMatchObject({ id, problem: null })
  expect(await calendars.refresh(id)).toMatchObject({ problem: null })
})

test('where the address cannot be kept, nothing is taken in', async () => {
  const failing = createFailingVault()
  const setting = await calendarSetting(failing.vault)
  failing.refuseWrites(true)
  await expect(taken(setting)).rejects.toThrow('did not take the calendar’s address, so nothing was changed.')
  expect(setting.calendars.list()).toEqual([])
})

test('what a host answers after a calendar was removed, or is read from elsewhere, is not taken in', async () => {
  const setting = await calendarSetting()
  setting.feed.events = [shift('a', friday)]
  const removed = await taken(setting)
  const changed = await taken(setting)
  const elsewhere = await setting.calendars.preview({ text: anIcs([shift('b', friday + dayMs)]) })
  for (const { id, act } of [
    { id: removed.id, act: () => setting.calendars.remove(removed.id) },
    { id: changed.id, act: () => setting.calendars.change(changed.id, { previewId: elsewhere.previewId }) },
  ]) {
    const answer = Promise.withResolvers<void>()
    setting.feed.held = answer.promise
    const asked = setting.server.requests.length
    const refreshing = setting.calendars.refresh(id).catch((error: unknown) => error)
    await expect.poll(() => setting.server.requests.length).toBe(asked + 1)
    await act()
    answer.resolve()
    await refreshing
  }
  expect(setting.calendars.list()).toMatchObject([{ id: changed.id, host: null }])
  expect(spans(readShifts(setting.db))).toEqual([[friday + dayMs, friday + dayMs + 12 * hourMs]])
})

test('an address that is not to be read is refused in words', async () => {
  const setting = await calendarSetting()
  await expect(setting.calendars.preview({ url: 'http://example.com/a.ics' })).rejects.toThrow('Only https addresses')
  setting.feed.body = '<html>sign in</html>'
  await expect(setting.calendars.preview({ url: setting.url })).rejects.toThrow('A web page came instead')
})

test('the address of a feed is in the vault and nowhere else: no table, line, row or sentence has it', async () => {
  const vault = createMemoryVault()
  const setting = await calendarSetting(vault)
  setting.feed.events = [shift('a', friday)]
  const preview = await setting.calendars.preview({ url: setting.url })
  const row = await setting.calendars.add({ ...preview, purpose: 'on-call', personId: 11, titles })
  const said: unknown[] = [preview, row]
  for (const trouble of [
    { status: 500 },
    { status: 302, headers: { Location: 'http://example.com/canary' } },
    { status: 404 },
  ]) {
    Object.assign(setting.feed, trouble)
    said.push(await setting.calendars.refresh(row.id), setting.calendars.list())
    said.push(await setting.calendars.preview({ url: setting.url }).catch(String))
  }
  expect(await vault.get(`calendar.${row.id}`)).toBe(setting.url)
  const tables = setting.db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all() as { name: string }[]
  const stored = tables.map(({ name }) => setting.db.prepare(`SELECT * FROM "${name}"`).all())
  const text = JSON.stringify([said, setting.log.lines, setting.told, stored])
  expect(text).toContain('127.0.0.1')
  expect(text).not.toContain('canary')
})
