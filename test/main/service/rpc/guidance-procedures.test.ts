import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { simulatorDescriptionSchema } from '#contract/workspace.ts'
import { guidanceDimensions } from '#core/guidance/guidance-dimensions.ts'
import { guidanceSituations, type GuidanceSituation } from '#core/policy/policy.ts'
import { createClock } from '#service/clock.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { createService, type Service } from '#service/service.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { makeTemporaryFolder } from '#test/support/temporary-folder.ts'
import { noNotifications } from '#test/support/no-notifications.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** A Wednesday, eleven o'clock where I am. */
const anchor = Date.UTC(2026, 10, 18, 10)

let simulator: Simulator
let service: Service
const cleanUp: (() => unknown)[] = []

beforeAll(async () => {
  const { folder, remove } = makeTemporaryFolder()
  cleanUp.push(remove)
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  cleanUp.push(() => simulator.stop())
  const description = simulatorDescriptionSchema.parse(simulator.description)
  mkdirSync(join(folder, 'data'))
  let stored: Record<string, unknown> = {}
  service = createService(
    {
      host: 'web',
      version: '0.0.0',
      notifier: noNotifications,
      vault: createMemoryVault(),
      settings: { read: () => stored, write: (values) => void (stored = values) },
      log: createSilentLog(),
      tray: false,
      openExternal: async () => undefined,
      report: () => undefined,
      openTicket: () => undefined,
    },
    {
      source: { kind: 'sample', simulator: description },
      clock: createClock(description.clock),
      folder: join(folder, 'data'),
      close: async () => undefined,
    },
    null,
  )
  cleanUp.push(() => service.stop())
  await service.syncOnce()
}, 60_000)

afterAll(async () => {
  for (const step of cleanUp.toReversed()) await step()
})

async function allTickets() {
  const { tickets } = await service.client.tickets.list({ limit: 1000 })
  return tickets
}

async function accountId(name: string): Promise<number> {
  const { accounts } = await service.client.accounts.list({})
  return accounts.find((account) => account.name === name)?.id ?? 0
}

/** Unsolved tickets of Cascadia Freight from before Dana took it. */
async function preAseTickets(): Promise<number[]> {
  const cascadia = await accountId('Cascadia Freight')
  const found: number[] = []
  for (const ticket of await allTickets()) {
    if (ticket.organizationId !== cascadia || ticket.status === 'closed' || ticket.status === 'solved') continue
    if ((await service.client.guidance.of({ ticketId: ticket.id })).preAse) found.push(ticket.id)
  }
  return found
}

describe('the sample', () => {
  test('has a ticket for every situation of the decision table', async () => {
    const { client } = service
    const reached = new Map<GuidanceSituation, number>()
    const look = async (at: number) => {
      for (const ticket of (await allTickets()).filter(({ status }) => status !== 'closed')) {
        for (const as of guidanceDimensions.role) {
          const { situation } = await client.guidance.of({ ticketId: ticket.id, as, at })
          if (!reached.has(situation)) reached.set(situation, ticket.id)
        }
      }
    }
    const [one = 0] = await preAseTickets()
    for (const choice of ['asked', 'ase', 'assignee', null] as const) {
      await client.guidance.setChoice({ ticketId: one, choice })
      for (const { id } of await allTickets()) {
        if (id === one) reached.set((await client.guidance.of({ ticketId: id })).situation, id)
      }
    }
    // Now, in my evening, and in the last days of my own absence, which nobody covers.
    await look(anchor)
    await look(anchor + 10 * hourMs)
    await look(anchor + 36.9 * dayMs)
    await client.settings.set({ policyVersion: '2026-08' })
    await look(anchor)
    await client.settings.set({ policyVersion: '2025-04' })
    expect(guidanceSituations.filter((situation) => !reached.has(situation))).toEqual([])
  }, 120_000)
})

describe('a ticket from before its ASE', () => {
  test('keeps what its customer chose, who recorded it, and steps that follow from it', async () => {
    const { client } = service
    const [ticketId = 0] = await preAseTickets()
    expect(await client.guidance.of({ ticketId })).toMatchObject({
      situation: 'pre-ase',
      preAse: { choice: null, byName: null },
      steps: [
        { id: 'ask-customer', kind: 'copy', text: expect.stringMatching(/Dana Whitfield.*Cascadia Freight/) as string },
        { id: 'record-choice', choice: null },
        { id: 'leave-assignee' },
      ],
    })
    const chosen = await client.guidance.setChoice({ ticketId, choice: 'ase' })
    expect(chosen).toMatchObject({
      situation: 'pre-ase-chosen',
      preAse: { choice: 'ase', byName: 'Jonas Feldkamp', chosenAt: anchor },
      steps: [
        { id: 'handover-note', text: expect.stringContaining('{history}') as string },
        { id: 'assign-ase', intent: { kind: 'assign', assigneeId: chosen.ase?.id } },
        { id: 'record-choice', choice: 'ase' },
      ],
    })
    expect(await client.guidance.of({ ticketId })).toEqual(chosen)
    await client.guidance.setChoice({ ticketId, choice: null })
    expect(await client.guidance.of({ ticketId })).toMatchObject({ situation: 'pre-ase', preAse: { choice: null } })
  })

  test('is the only one of which a choice can be recorded', async () => {
    const before = new Set(await preAseTickets())
    const other = (await allTickets()).find(({ id, status }) => status === 'open' && !before.has(id))
    await expect(service.client.guidance.setChoice({ ticketId: other?.id ?? 0, choice: 'ase' })).rejects.toThrow(
      'there is nothing to choose',
    )
    await expect(service.client.guidance.setChoice({ ticketId: 1, choice: 'ase' })).rejects.toThrow('not stored here')
  })
})

describe('the brief of the emergency', () => {
  const emergency = async () => {
    const cascadia = await accountId('Cascadia Freight')
    return (await allTickets()).find(
      ({ tags, organizationId }) => tags.includes('emergency') && organizationId === cascadia,
    )
  }

  test('says who is who, what else is open, what happened last and what was like it', async () => {
    const ticket = await emergency()
    const brief = await service.client.guidance.brief({ ticketId: ticket?.id ?? 0 })
    expect(brief).toMatchObject({
      account: { name: 'Cascadia Freight' },
      guidance: { ase: { name: 'Dana Whitfield', state: 'away' }, cover: { name: 'Jonas Feldkamp' } },
    })
    expect(brief.open.length).toBeGreaterThan(5)
    expect(brief.open.map(({ id }) => id)).not.toContain(ticket?.id)
    expect(brief.openTotal).toBeGreaterThanOrEqual(brief.open.length)
    expect(brief.events).toHaveLength(5)
    expect(brief.events.map(({ at }) => at)).toEqual(brief.events.map(({ at }) => at).toSorted((a, b) => b - a))
    for (const similar of brief.similar) {
      expect(['solved', 'closed']).toContain(similar.status)
      expect(similar.shared.length).toBeGreaterThan(0)
    }
    expect(brief.similar.length).toBeGreaterThan(0)
  })

  test('is there for a ticket without an account as well', async () => {
    const accounts = new Set((await service.client.accounts.list({})).accounts.map(({ id }) => id))
    const other = (await allTickets()).find(({ organizationId }) => !accounts.has(organizationId ?? 0))
    const brief = await service.client.guidance.brief({ ticketId: other?.id ?? 0 })
    expect(brief).toMatchObject({ account: null, desk: null, guidance: { ase: null, cover: null } })
  })
})

describe('the mark of emergencies', () => {
  test('is a setting, and the stored tickets suggest others', async () => {
    const { client } = service
    expect(await client.guidance.emergencyMarks({})).toEqual({
      mark: { by: 'tag', value: 'emergency' },
      suggestions: [
        { mark: { by: 'form', value: '360000803419', name: 'Emergency' }, tickets: 2 },
        { mark: { by: 'priority', value: 'urgent' }, tickets: 2 },
      ],
      forms: [
        { value: '360000803379', name: 'Support', tickets: expect.any(Number) as number },
        { value: '360000803419', name: 'Emergency', tickets: 2 },
      ],
    })
    const high = (await allTickets()).find(({ priority, status }) => priority === 'high' && status === 'open')
    const isEmergency = async () => (await client.tickets.get({ id: high?.id ?? 0 })).emergency
    expect(await isEmergency()).toBe(false)
    await client.settings.set({ emergencyMark: { by: 'priority', value: 'high' } })
    expect(await isEmergency()).toBe(true)
    await client.settings.set({ emergencyMark: { by: 'tag', value: 'emergency' } })
  })

  test('can be the form of a ticket', async () => {
    const { client } = service
    const marked = async () => {
      const found: number[] = []
      for (const { id } of await allTickets()) if ((await client.tickets.get({ id })).emergency) found.push(id)
      return found
    }
    const byTag = await marked()
    await client.settings.set({ emergencyMark: { by: 'form', value: '360000803419', name: 'Emergency' } })
    expect(await marked()).toEqual(byTag)
    await client.settings.set({ emergencyMark: { by: 'form', value: '1', name: null } })
    expect(await marked()).toEqual([])
    await client.settings.set({ emergencyMark: { by: 'tag', value: 'emergency' } })
  })
})

describe('the guard', () => {
  test('shows what a macro took from its ASE and from me after one poll, until it is mended', async () => {
    const { client } = service
    const cascadia = await accountId('Cascadia Freight')
    const dana = (await client.guidance.of({ ticketId: (await preAseTickets())[0] ?? 0 })).ase?.id ?? 0
    const me = (await client.app.status({})).me?.id ?? 0
    const ticket = (await allTickets()).find(
      ({ organizationId, assigneeId, ccIds, status }) =>
        organizationId === cascadia && assigneeId === dana && ccIds.includes(me) && status === 'open',
    )
    const ticketId = ticket?.id ?? 0
    expect((await client.guidance.guard({})).tickets).toEqual([])
    const control = simulator.description.control.url
    const change = async (fields: object) => {
      simulator.advanceBy(60_000)
      const answer = await fetch(`${control}/tickets/${ticketId}`, { method: 'POST', body: JSON.stringify(fields) })
      expect(answer.status).toBe(200)
      await service.syncOnce()
      return (await client.guidance.guard({})).tickets.filter((each) => each.ticketId === ticketId)
    }
    const colleague = 360900000111
    expect(await change({ assignee_id: colleague, email_cc_ids: [] })).toMatchObject([
      {
        lost: 'assignee',
        accountName: 'Cascadia Freight',
        words: 'Assigned to Tomasz Nowak instead of Dana Whitfield.',
        repair: { kind: 'assign', ticketId, assigneeId: dana },
        repairWords: 'Assign back to Dana Whitfield',
      },
      { lost: 'cc', repair: { kind: 'add-cc', ticketId }, words: 'You are no longer on Cc.' },
    ])
    expect(await change({ assignee_id: dana })).toMatchObject([{ lost: 'cc' }])
    expect(await change({ email_cc_ids: [me] })).toEqual([])
  }, 60_000)
})
