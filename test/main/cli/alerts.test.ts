import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { insertAlerts, type NewAlert } from '#service/db/alerts.ts'
import { openDatabase } from '#service/db/open-database.ts'
import { durably } from '#service/db/sql.ts'
import { databaseName } from '#service/session.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'
import { typingConnected } from '#test/support/typing.ts'

test('everything that was raised is listed newest first, as a table and as JSON, all, of one kind or open', async () => {
  const dataDir = temporaryFolder()
  const { type } = await typingConnected(dataDir)
  expect(JSON.parse(await type(['alerts', '--json']))).toEqual([])
  raise(dataDir, [
    anAlert({ kind: 'breached', state: 'listed', heldBy: 'The account is muted.', instance: 'a' }),
    // More than one page of them.
    ...Array.from({ length: 600 }, (_, index) => anAlert({ instance: `message ${index}` })),
  ])
  const all = JSON.parse(await type(['alerts', '--json'])) as { id: number }[]
  expect(all.map(({ id }) => id)).toEqual(Array.from({ length: 601 }, (_, index) => 601 - index))
  expect(all.at(-1)).toEqual({
    id: 1,
    kind: 'breached',
    state: 'listed',
    ticket_id: 12,
    organization_id: 5,
    title: 'Cascadia · the customer replied',
    body: '#12: It is down again',
    why: 'You cover Cascadia.',
    urgent: false,
    held_by: 'The account is muted.',
    due_at: '2026-11-24T12:00:00.000Z',
    raised_at: '2026-11-24T12:00:05.000Z',
    shown_at: null,
    opened_at: null,
    dismissed_at: null,
  })
  expect(JSON.parse(await type(['alerts', '--kind', 'breached', '--json']))).toEqual([all.at(-1)])
  expect(JSON.parse(await type(['alerts', '--open', '--json']))).toHaveLength(600)
  const lines = (await type(['alerts'])).trimEnd().split('\n')
  expect(lines).toHaveLength(602)
  expect(lines[0]).toMatch(/^Raised +State +Kind +Ticket +Alert$/)
  expect(lines[1]).toMatch(/^24 Nov 2026, \d\d:00 +held +customer-replied +#12 +Cascadia · the customer replied$/)
}, 60_000)

test('alerts are paused and go on, and what is paused stays so for the next command', async () => {
  const { type } = await typingConnected()
  expect(await type(['alerts', '--pause', 'hour'])).toMatch(/^Alerts are paused until .+\.\n$/)
  const { quiet } = JSON.parse(await type(['call', 'alerts.list', '--json', '{}'])) as { quiet: { reason: string } }
  expect(quiet.reason).toBe('paused')
  expect(JSON.parse(await type(['alerts', '--pause', 'off', '--json']))).toEqual({
    reason: 'none',
    until: null,
    words: expect.any(String) as string,
    held: 0,
  })
}, 60_000)

test.each([
  [['--kind', 'tiket'], /There is no kind "tiket"\. There are: new-ticket, emergency/],
  [['--pause', 'noon'], /--pause is “hour”, “tomorrow” or “off”, not "noon"/],
  [['--pause', 'off', '--open'], /--pause lists nothing/],
])(
  'alerts %j is a mistake that names its mending',
  async (argv, words) => {
    const { type } = await typingConnected()
    await expect(type(['alerts', ...argv])).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(words) as string,
    })
  },
  60_000,
)

function raise(dataDir: string, alerts: readonly NewAlert[]): void {
  const folder = readdirSync(dataDir).find((name) => name.startsWith('zendesk-')) ?? ''
  const db = openDatabase(join(dataDir, folder, databaseName))
  durably(db, () => insertAlerts(db, alerts))
  db.close()
}

function anAlert(changes: Partial<NewAlert>): NewAlert {
  return {
    kind: 'customer-replied',
    subject: 'ticket 12',
    instance: 'message 1',
    ticketId: 12,
    accountId: 5,
    state: 'held',
    heldBy: 'Alerts were paused.',
    title: 'Cascadia · the customer replied',
    body: '#12: It is down again',
    why: 'You cover Cascadia.',
    urgent: false,
    dueAt: Date.UTC(2026, 10, 24, 12),
    raisedAt: Date.UTC(2026, 10, 24, 12, 0, 5),
    ...changes,
  }
}
