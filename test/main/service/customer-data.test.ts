import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openJournal } from '#service/alerts/journal.ts'
import { openDatabase } from '#service/db/open-database.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { createCustomerData } from '#service/customer-data/create-customer-data.ts'
import { createLog } from '#service/log/log.ts'
import { createRotatingFile } from '#service/log/rotating-file.ts'
import { openPolicies } from '#service/policy/policies.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { createService, type Service } from '#service/service.ts'
import { databaseName } from '#service/session.ts'
import { createConfSettingsFile } from '#service/settings/conf-settings-file.ts'
import { withMemoryDatabase } from '#test/support/memory-database.ts'
import { noNotifications } from '#test/support/no-notifications.ts'
import {
  holdsNothing,
  plantedTables,
  plantEverywhere,
  plantRow,
  tablesOf,
  type PlantedAccount,
} from '#test/support/planted-data.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSteppedClock } from '#test/support/stepped-clock.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'
import { aWorkspace, dayMs, wednesday } from '#test/support/work-values.ts'

const acme: PlantedAccount = { id: 1, word: 'acmecanary', ticketId: 101, projectId: 7 }
const borealis: PlantedAccount = { id: 2, word: 'borealcanary', ticketId: 201, projectId: 8 }
const me = 11
/** Coverage of Acme ends a day after `wednesday`. */
const longAfter = wednesday + 60 * dayMs

function withPeople(db: WriteDb): void {
  storeWorkspace(db, aWorkspace())
  db.prepare(`UPDATE accounts SET name = 'Account' || id`).run()
}

/** Many tickets of both, stored and changed in turns, so that their rows lie side by side in the file's pages. */
function plantMany(db: WriteDb): void {
  for (let nth = 1; nth <= 400; nth += 1) {
    const { id, word } = nth % 3 === 0 ? acme : borealis
    const ticketId = 10_000 + ((nth * 7919) % 9973)
    const about = { organization_id: id, status: 'open', fate: null, assignee_id: 12, requester_id: null }
    plantRow(db, 'tickets', { ...about, id: ticketId, cc_ids: '[]', follower_ids: '[]' }, word)
    for (let message = 0; message < 3; message += 1) {
      const html = `${word} `.repeat(((nth * 31 + message * 17) % 90) + 1)
      const commentId = ((nth * 3 + message) * 104_729) % 1_000_003
      plantRow(db, 'comments', { id: commentId, ticket_id: ticketId, author_id: 12, html }, word)
    }
    plantRow(db, 'events', { subject: `ticket:${ticketId}` }, word)
    if (nth % 2 === 0) {
      const text = `${word} `.repeat(((nth * 13) % 70) + 1)
      db.prepare('UPDATE comments SET text = ? WHERE ticket_id = ?').run(text, ticketId)
    }
  }
}

interface Opened {
  readonly service: Service
  readonly folder: string
  readonly dataDir: string
}

/** A service over a folder that `plant` has filled, which asks nobody. */
async function opened(plant: (folder: string) => Promise<void>, now = longAfter): Promise<Opened> {
  const dataDir = temporaryFolder()
  const folder = join(dataDir)
  await plant(folder)
  const service = createService(
    {
      ...{ host: 'cli', version: '0.0.0', notifier: noNotifications, vault: createMemoryVault(), tray: false },
      settings: createConfSettingsFile(dataDir, Date.now),
      log: createLog(createRotatingFile(join(dataDir, 'understudy.log'), 1_000_000), 'debug'),
      openExternal: async () => undefined,
      report: () => undefined,
      openTicket: () => undefined,
    },
    {
      source: { kind: 'sample', simulator: null },
      clock: createSteppedClock(now),
      folder,
      close: async () => undefined,
    },
    null,
  )
  onTestFinished(() => service.stop())
  return { service, folder, dataDir }
}

/** The bytes of every file in a folder. */
function bytesIn(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(files.map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name), 'latin1')]))
}

async function plantBoth(folder: string): Promise<void> {
  const db = openDatabase(join(folder, databaseName))
  withPeople(db)
  plantEverywhere(db, acme)
  plantEverywhere(db, borealis)
  plantMany(db)
  db.prepare('VACUUM INTO ?').run(join(folder, `${databaseName}.before-10`))
  db.close()
  const journal = openJournal(join(folder, 'alerts.jsonl'))
  const told = { kind: 'new-ticket', instance: 'created', dueAt: 1, at: longAfter } as const
  await journal.append(
    [acme, borealis].flatMap(({ id, word, ticketId }) => [
      { ...told, id: ticketId, subject: `ticket ${ticketId}`, ticketId, accountId: id, title: word },
      { ...told, id: ticketId + 1, subject: `account ${id}`, ticketId: null, accountId: id, title: word },
    ]),
  )
  await journal.close()
}

describe('removed data', () => {
  test('is in no byte of any file, and another account’s is all still there', async () => {
    const places = withMemoryDatabase((db) => {
      withPeople(db)
      return plantEverywhere(db, borealis)
    })
    const { service, dataDir } = await opened(plantBoth)
    const before = bytesIn(dataDir)
    expect([...before.keys()]).toContain(`${databaseName}.before-10`)
    expect(before.get('alerts.jsonl')).toContain(acme.word)
    const kinds = new Set<string>()
    service.onChange(({ kind }) => kinds.add(kind))
    const removed = await service.client.customerData.remove({ accountId: acme.id })
    expect([...kinds]).toEqual(expect.arrayContaining(['customer-data', 'accounts', 'tickets']))
    expect(removed).toMatchObject({ state: 'removed', waitsFor: '', proof: { left: 0 } })
    expect(removed.proof?.removed).toEqual([
      { what: 'tickets', count: 134 },
      { what: 'messages', count: 400 },
      { what: 'people', count: 5 },
    ])
    for (const moment of ['while it runs', 'when it has ended']) {
      if (moment === 'when it has ended') await service.stop()
      const found = [...bytesIn(dataDir)].filter(([, bytes]) => bytes.includes(acme.word)).map(([name]) => name)
      expect([moment, found]).toEqual([moment, []])
    }
    const after = bytesIn(dataDir)
    const database = after.get(databaseName) ?? ''
    const lost = places.filter((place) => !database.includes(`${borealis.word} ${place}`))
    expect(lost).toEqual([])
    expect(after.get('alerts.jsonl')?.match(/borealcanary/g)).toHaveLength(2)
  })

  test('leaves nothing but the name, and tickets I work on', async () => {
    const { service, folder } = await opened(async (at) => {
      await plantBoth(at)
      const db = openDatabase(join(at, databaseName))
      const mine = { organization_id: acme.id, fate: null, assignee_id: me, cc_ids: '[]', follower_ids: '[]' }
      plantRow(db, 'tickets', { ...mine, id: 1, requester_id: 77, status: 'open' }, 'worked-on')
      plantRow(db, 'tickets', { ...mine, id: 2, requester_id: 78, status: 'solved' }, acme.word)
      plantRow(db, 'users', { id: 77, role: 'end-user' }, 'worked-on')
      db.close()
    })
    const { proof } = await service.client.customerData.remove({ accountId: acme.id })
    expect(proof?.words).toMatch(
      /^Removed on 17 Jan 2027: 135 tickets, 400 messages, 5 people\. Looked for afterwards: nothing was left\. 1 ticket that is assigned to you stays until solved\.$/,
    )
    await service.stop()
    const db = openDatabase(join(folder, databaseName))
    expect(db.prepare('SELECT id FROM tickets WHERE organization_id = ?').all(acme.id)).toEqual([{ id: 1 }])
    expect(db.prepare('SELECT name FROM users WHERE id = 77').all()).toHaveLength(1)
    const account = db.prepare('SELECT * FROM accounts WHERE id = ?').get(acme.id)
    expect(account).toMatchObject({ name: 'Account1', org_note: null, tags: '[]', org_fields: '{}' })
    expect(readRoster(db)).toMatchObject({
      accounts: [{ id: 2 }, { id: 3 }],
      formerAccounts: [{ id: 1, name: 'Account1' }],
      coverages: [{ accountId: 1 }],
    })
    db.close()
  })

  test('is looked for in every table there is: one that is added has to be named here', () => {
    withMemoryDatabase((db) => {
      const named = [...plantedTables(acme), ...Object.keys(holdsNothing)].toSorted()
      expect(tablesOf(db)).toEqual(named)
      const byAccount = tablesOf(db).filter((table) =>
        (db.pragma(`table_info(${table})`) as { name: string }[]).some(({ name }) =>
          ['account_id', 'ticket_id', 'organization_id'].includes(name),
        ),
      )
      expect(byAccount.filter((table) => table in holdsNothing)).toEqual(['coverages', 'data_removals'])
    })
  })
})

/** A signal that is aborted at its n-th look. */
function cutOffAt(look: number): AbortSignal {
  const controller = new AbortController()
  const { signal } = controller
  let looks = 0
  signal.throwIfAborted = () => {
    looks += 1
    if (looks === look) controller.abort()
    if (signal.aborted) throw signal.reason
  }
  return signal
}

function customerDataOf(db: WriteDb, parts: { readonly now?: number; readonly stopping?: AbortSignal } = {}) {
  const clock = createSteppedClock(parts.now ?? longAfter)
  const changes: string[] = []
  const customerData = createCustomerData({
    ...{ db, clock, log: createSilentLog(), stopping: parts.stopping ?? new AbortController().signal },
    policy: () => openPolicies().of('2025-04'),
    isQuiet: () => true,
    checkpointer: () => ({ committed: () => undefined, rewrite: async () => undefined }),
    forgetAlerts: async () => undefined,
    onChange: (id, what) => void changes.push(`${what} ${id}`),
  })
  return { customerData, clock, changes }
}

/** All that is stored but when something was done. */
function dump(db: WriteDb): unknown {
  return tablesOf(db).map((table) => [table, db.prepare(`SELECT * FROM ${table}`).all()])
}

test('a removal that is cut off anywhere is gone through with at the next start', async () => {
  const plant = (db: WriteDb) => {
    withPeople(db)
    plantEverywhere(db, acme)
    plantEverywhere(db, borealis)
    for (let nth = 0; nth < 30; nth += 1) {
      const about = { id: 5000 + nth, organization_id: acme.id, status: 'open', fate: null, assignee_id: 12 }
      plantRow(db, 'tickets', { ...about, cc_ids: '[]', follower_ids: '[]' }, acme.word)
    }
  }
  const whole = await withMemoryDatabase(async (db) => {
    plant(db)
    await customerDataOf(db).customerData.remove(acme.id)
    return dump(db)
  })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 24 }), async (look) => {
      const cutOff = await withMemoryDatabase(async (db) => {
        plant(db)
        const first = customerDataOf(db, { stopping: cutOffAt(look) })
        await first.customerData.remove(acme.id).catch(() => undefined)
        await first.customerData.settled()
        const second = customerDataOf(db)
        second.customerData.start()
        await second.customerData.settled()
        return dump(db)
      })
      expect(cutOff).toEqual(whole)
    }),
    { numRuns: 24 },
  )
})
