import { describe, expect, onTestFinished, test } from 'vitest'
import { simulatorDescriptionSchema } from '#contract/workspace.ts'
import { createClock } from '#service/clock.ts'
import { beginRemoval } from '#service/db/data-removals.ts'
import { readHandoffs } from '#service/db/handoffs.ts'
import { transaction } from '#service/db/sql.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { storeDescribedHandoffs } from '#service/handoffs/described-handoffs.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { createService } from '#service/service.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { noNotifications } from '#test/support/no-notifications.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

const anchor = Date.UTC(2026, 10, 18, 9)

async function sampleHandoffs() {
  const simulator = await createSimulator({ seed: 1, anchor, now: anchor, speed: 0 })
  const description = simulatorDescriptionSchema.parse(simulator.description)
  const service = createService(
    {
      host: 'cli',
      version: '0.0.0',
      notifier: noNotifications,
      vault: createMemoryVault(),
      settings: { read: () => ({}), write: () => undefined },
      log: createSilentLog(),
      tray: false,
      openExternal: async () => undefined,
      report: () => undefined,
      openTicket: () => undefined,
    },
    {
      source: { kind: 'sample', simulator: description },
      clock: createClock(description.clock),
      folder: temporaryFolder(),
      close: () => simulator.stop(),
    },
    null,
  )
  onTestFinished(() => service.stop())
  await service.syncOnce()
  return service.client.handoffs
}

describe('the sample workspace', () => {
  test('has a handoff that was accepted, with what changed since, and one of mine that is begun', async () => {
    const handoffs = await sampleHandoffs()
    const { packets } = await handoffs.list({})
    expect(packets.map(({ absenceId, role, phase }) => [absenceId, role, phase])).toEqual([
      ['absence-callum', 'cover', 'running'],
      ['absence-dana', 'cover', 'running'],
      ['plan:sample-chayes', 'cover', 'upcoming'],
      ['plan:sample-dwhitfield', 'cover', 'upcoming'],
      ['plan:sample-jfeldkamp', 'ase', 'upcoming'],
    ])
    const rows = packets.flatMap(({ accounts }) => accounts)
    expect(rows.map(({ accountName, state }) => [accountName, state])).toEqual([
      ['Meridian Health', 'not-begun'],
      ['Cascadia Freight', 'accepted'],
      ['Meridian Health', 'not-begun'],
      ['Cascadia Freight', 'not-begun'],
      ['Kestrel Robotics', 'not-begun'],
      ['Brandt & Söhne', 'preparing'],
    ])
    const cascadia = await handoffs.get({ handoffId: rows[1]?.id ?? '' })
    expect(cascadia).toMatchObject({ stale: 3, prepared: 12, reviewed: 12, acceptance: { changedSince: [] } })
    expect(cascadia.notReviewed).toBe(cascadia.tickets - 12)
    expect(cascadia.ownerWords).toMatch(/^Jonas Feldkamp covers Cascadia Freight until/)
    expect(new Set(cascadia.lines.map(({ line }) => line?.severity))).toEqual(
      new Set(['unstable', 'watcher', 'stable', undefined]),
    )
    expect(cascadia.lines.find(({ stale }) => stale.length > 0)?.stale[0]).toMatch(/^The customer wrote \d hours ago/)
    expect(cascadia.texts.contacts.value).toContain('Marcus Bell, Head of Platform')
    const brandt = await handoffs.get({ handoffId: rows[5]?.id ?? '' })
    expect(brandt.lines.map(({ missing }) => missing)).toEqual(
      expect.arrayContaining([
        [],
        ['an if … then …, or that nothing is foreseen'],
        ['the next action', 'who does it', 'by when'],
      ]),
    )
    expect(brandt.lines.some(({ suggestions }) => suggestions.length > 0)).toBe(true)
  })
})

test('what was done to a handoff stays when its workspace is opened again', async () => {
  const simulator = await createSimulator({ seed: 1, anchor, now: anchor, speed: 0 })
  await simulator.stop()
  const { workspace } = simulatorDescriptionSchema.parse(simulator.description)
  const db = memoryDatabase()
  storeWorkspace(db, workspace)
  storeDescribedHandoffs(db, workspace)
  const before = readHandoffs(db)
  expect(before.map(({ document }) => document.id)).toEqual([
    expect.stringMatching(/^absence-dana--/),
    expect.stringMatching(/^sample-jfeldkamp--/),
  ])
  storeWorkspace(db, workspace)
  storeDescribedHandoffs(db, { ...workspace, handoffs: workspace.handoffs.map((each) => ({ ...each, texts: {} })) })
  expect(readHandoffs(db)).toEqual(before)
})

test('of an account whose data was removed no handoff comes back when its workspace is opened again', async () => {
  const simulator = await createSimulator({ seed: 1, anchor, now: anchor, speed: 0 })
  await simulator.stop()
  const { workspace } = simulatorDescriptionSchema.parse(simulator.description)
  const db = memoryDatabase()
  storeWorkspace(db, workspace)
  storeDescribedHandoffs(db, workspace)
  const ids = () => readHandoffs(db).map(({ document }) => document.id)
  const before = ids()
  const [removed] = readHandoffs(db).filter(({ document }) => document.id.startsWith('absence-dana--'))
  const accountId = removed?.document.accountId ?? 0
  const about = { accountId, accountName: 'Removed', endedAt: anchor }
  transaction(db, () => beginRemoval(db, about, [], anchor + 365 * 86_400_000))
  db.prepare('DELETE FROM handoffs WHERE account_id = ?').run(accountId)
  storeWorkspace(db, workspace)
  storeDescribedHandoffs(db, workspace)
  expect(ids()).toEqual(before.filter((id) => id !== removed?.document.id))
})
