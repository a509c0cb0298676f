import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { organizationDetails as detailsSchema } from '#contract/accounts.ts'
import {
  addAccount,
  changeAccount,
  findAgents,
  findOrganizations,
  organizationDetails,
  removeAccount,
  type AccountSource,
} from '#service/accounts/accounts.ts'
import { storeMe } from '#service/accounts/store-me.ts'
import { listCursors, organizationScope, readCursor, writeCursor } from '#service/db/cursors.ts'
import { storeIssue } from '#service/db/store-issues.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { createZendeskApi } from '#service/zendesk/zendesk-api.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { aSighting, aWorkspace, anIssue, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'
import { reachZendesk } from '#test/support/zendesk-reach.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
const dana = 360900000102
const me = 360900000101
const nothing = { aseId: null, aseSince: null, label: null, gitlabGroup: null }
let simulator: Simulator
let source: AccountSource & { readonly now: () => number }
let cascadia: number

beforeEach(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0, scale: 100 })
  const { zendesk, workspace } = simulator.description
  cascadia = workspace.accounts[0]?.id ?? 0
  source = {
    db: memoryDatabase(),
    zendesk: createZendeskApi(reachZendesk(zendesk.url, () => `Bearer ${zendesk.token}`)),
    now: () => anchor,
  }
  storeMe(source.db, { id: me, name: 'Jonas Feldkamp', timeZone: 'Europe/Berlin' })
})
afterEach(() => simulator.stop())

const add = (more: object = {}) => addAccount(source, { organizationId: cascadia, ...nothing, ...more })
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: Error & { kind: string }) => `${error.name} ${error.kind}: ${error.message}`,
  )

describe('before an organization is followed', () => {
  test('it is found by the beginning of its name, which says whether it is followed already', async () => {
    expect(await findOrganizations(source, 'casc')).toEqual([
      { id: cascadia, name: 'Cascadia Freight', followed: false },
    ])
    await add()
    expect(await findOrganizations(source, 'CASC')).toMatchObject([{ followed: true }])
    expect(await findOrganizations(source, 'nobody')).toEqual([])
  })

  test('agents are found to choose its ASE from', async () => {
    expect(await findAgents(source, 'da')).toEqual([
      { id: dana, name: 'Dana Whitfield', timeZone: 'America/Los_Angeles' },
    ])
  })

  test('its record suggests ASE, label, project, region and level', async () => {
    const details = detailsSchema.parse(await organizationDetails(source, cascadia))
    expect(details).toMatchObject({
      id: cascadia,
      name: 'Cascadia Freight',
      followed: false,
      note: expect.stringContaining('Emergencies'),
      fields: { support_level: 'ultimate' },
      suggested: {
        ase: { id: dana, words: 'Dana Whitfield' },
        label: 'ASE Work - Cascadia Freight',
        gitlabProject: expect.stringMatching(/^\d+$/),
        region: 'AMER',
        supportLevel: 'ultimate',
      },
    })
    expect(readRoster(source.db).accounts).toEqual([])
  })

  test('one that is not there, or not to be seen, is refused with what to do', async () => {
    expect(await refusal(organizationDetails(source, 1))).toBe(
      'Refusal not-found: Zendesk has no organization 1. It may have been merged into another one; look for it by name.',
    )
    simulator.misbehave({ target: 'zendesk', kind: '403', count: 4 })
    expect(await refusal(organizationDetails(source, cascadia))).toBe(
      `Refusal refused: Zendesk does not show you organization ${cascadia}. Ask for access to it.`,
    )
  })

  test('a Zendesk in trouble is told as that', async () => {
    simulator.misbehave({ target: 'zendesk', kind: '503', count: 4, retryAfter: 0 })
    expect(await refusal(findOrganizations(source, 'casc'))).toMatch(/^RemoteFailure server: /)
  })
})

describe('following an organization', () => {
  test('stores its record, what was said of it, and its ASE with the usual hours', async () => {
    const aseSince = anchor - 26 * dayMs
    await add({ aseId: dana, aseSince, label: ' ASE Work - Cascadia Freight ', gitlabGroup: 'customers/cascadia' })
    const { accounts, people } = readRoster(source.db)
    expect(accounts).toEqual([
      {
        id: cascadia,
        name: 'Cascadia Freight',
        aseId: dana,
        aseSince,
        label: 'ASE Work - Cascadia Freight',
        gitlabGroup: 'customers/cascadia',
        policyOverrides: {},
      },
    ])
    expect(people.find(({ id }) => id === dana)).toMatchObject({
      name: 'Dana Whitfield',
      timeZone: 'America/Los_Angeles',
      workingHours: expect.arrayContaining([{ weekday: 5, fromMinute: 540, toMinute: 1020 }]),
    })
    expect(source.db.prepare('SELECT org_note, org_fields FROM accounts').get()).toMatchObject({
      org_note: expect.stringContaining('Emergencies'),
      org_fields: expect.stringContaining('"org_region":"AMER"'),
    })
  })

  test('twice is the same as once, and leaving something out then takes nothing away', async () => {
    await add({ aseId: dana, label: 'ASE Work - Cascadia Freight' })
    const before = readRoster(source.db)
    await add({ aseId: dana, label: 'ASE Work - Cascadia Freight' })
    await add()
    expect(readRoster(source.db)).toEqual(before)
  })

  test('stores nothing when the organization or the ASE is not there', async () => {
    expect(await refusal(addAccount(source, { organizationId: 1, ...nothing }))).toMatch(/^Refusal not-found/)
    const customer = (await source.zendesk('person').ticketsOfOrganization(cascadia, null)).rows[0]?.ticket.requesterId
    for (const aseId of [1, customer]) {
      expect(await refusal(add({ aseId }))).toBe(
        `Refusal refused: User ${aseId} is no agent of your Zendesk. Choose the ASE again.`,
      )
    }
    expect(readRoster(source.db)).toMatchObject({ accounts: [], people: [{ id: me }] })
  })

  test('an ASE who is known keeps their hours', async () => {
    source.db.prepare('UPDATE people SET working_hours = ? WHERE id = ?').run('[]', me)
    await add({ aseId: me })
    expect(readRoster(source.db).me).toMatchObject({ id: me, workingHours: [] })
  })

  test.each([
    ['https://gitlab.com/customers/cascadia/collab/-/issues?label=x', 'customers/cascadia/collab'],
    ['/customers/cascadia/', 'customers/cascadia'],
    ['815', '815'],
    ['  ', null],
  ])('its place in GitLab may be given as %s', async (gitlabGroup, path) => {
    await add({ gitlabGroup })
    expect(readRoster(source.db).accounts[0]?.gitlabGroup).toBe(path)
  })
})

describe('changing an account', () => {
  test('changes what is named and nothing else', async () => {
    await add({ label: 'ASE Work - Cascadia Freight', gitlabGroup: 'customers/cascadia' })
    await changeAccount(source, { id: cascadia, aseId: dana })
    await changeAccount(source, { id: cascadia, gitlabGroup: null, label: undefined })
    const { accounts, people } = readRoster(source.db)
    expect(accounts[0]).toMatchObject({ aseId: dana, label: 'ASE Work - Cascadia Freight', gitlabGroup: null })
    expect(people.map(({ id }) => id)).toContain(dana)
    await changeAccount(source, { id: cascadia, aseId: null })
    expect(readRoster(source.db).accounts[0]?.aseId).toBeNull()
  })

  test('is refused for one that is not followed, and for an ASE who is none', async () => {
    expect(await refusal(changeAccount(source, { id: 5, label: 'x' }))).toBe(
      'Refusal not-found: Organization 5 is not followed.',
    )
    await add({ aseId: dana })
    expect(await refusal(changeAccount(source, { id: cascadia, aseId: 1, label: 'x' }))).toContain('is no agent')
    expect(readRoster(source.db).accounts[0]).toMatchObject({ aseId: dana, label: null })
  })

  test('a rule of its own is remembered with who said so and when, and nothing else is changed', async () => {
    await add({ aseId: dana, label: 'ASE Work - Cascadia Freight' })
    const before = readRoster(source.db).accounts[0]
    const why = 'Two time zones'
    await changeAccount(source, { id: cascadia, policyOverrides: { reductionPerAccount: { value: 0.5, why } } })
    expect(readRoster(source.db).accounts[0]).toEqual({
      ...before,
      policyOverrides: { reductionPerAccount: { value: 0.5, why, byId: me, setAt: anchor } },
    })
    await changeAccount(source, { id: cascadia, label: 'ASE Work - Cascadia Freight' })
    expect(readRoster(source.db).accounts[0]?.policyOverrides).toHaveProperty('reductionPerAccount')
    const stranger = { id: cascadia, aseId: 1, policyOverrides: { reductionPerAccount: null } }
    expect(await refusal(changeAccount(source, stranger))).toContain('is no agent')
    expect(readRoster(source.db).accounts[0]?.policyOverrides).toHaveProperty('reductionPerAccount')
    await changeAccount(source, { id: cascadia, policyOverrides: { reductionPerAccount: null } })
    expect(readRoster(source.db).accounts[0]).toEqual(before)
  })

  test('another label means other issues, which are read from their beginning', async () => {
    await add({ label: 'Old', gitlabGroup: 'customers/cascadia' })
    const { db } = source
    storeIssue(db, cascadia, anIssue({ labels: ['Old'] }), anchor)
    writeCursor(db, 'gitlab', `label:${cascadia}`, { watermark: anchor })
    await changeAccount(source, { id: cascadia, aseId: dana, label: 'Old' })
    expect(readCursor(db, 'gitlab', `label:${cascadia}`).watermark).toBe(anchor)
    await changeAccount(source, { id: cascadia, label: 'New' })
    expect(readCursor(db, 'gitlab', `label:${cascadia}`).watermark).toBeNull()
    expect(db.prepare('SELECT count(*) AS n FROM issues').get()).toEqual({ n: 0 })
  })
})

describe('not following an organization any more', () => {
  const workspaceWith = (coverages: ReturnType<typeof aWorkspace>['coverages']) => {
    const db = memoryDatabase()
    storeWorkspace(db, aWorkspace({ coverages }))
    return db
  }
  const coverage = { id: 'c', absenceId: 'anna-away', accountId: 1, coverId: 11 }
  const words = (work: () => void) => {
    try {
      work()
      return 'done'
    } catch (error) {
      return String(error)
    }
  }

  test.each([
    [
      { startsAt: wednesday - hourMs, endsAt: wednesday + hourMs },
      11,
      'Acme is covered by you until 18 Nov 2026, 11:00,',
    ],
    [
      { startsAt: wednesday + hourMs, endsAt: wednesday + dayMs },
      13,
      'Acme will be covered by Ben from 18 Nov 2026, 11:00,',
    ],
    [{ startsAt: wednesday - hourMs, endsAt: wednesday + hourMs }, 99, 'Acme is covered by user 99 until'],
  ])('is refused while a coverage of it runs or lies ahead', (window, coverId, sentence) => {
    const db = workspaceWith([{ ...coverage, ...window, coverId }])
    const said = words(() => removeAccount(db, 1, wednesday))
    expect(said).toContain(`Refusal: ${sentence}`)
    expect(said).toContain('Remove that coverage first, or wait until it has ended.')
    expect(readRoster(db).accounts).toHaveLength(3)
    expect(words(() => removeAccount(db, 2, wednesday))).toBe('done')
  })

  test('is done once the coverage has ended', () => {
    const db = workspaceWith([{ ...coverage, startsAt: wednesday - hourMs, endsAt: wednesday }])
    removeAccount(db, 1, wednesday)
    expect(readRoster(db)).toMatchObject({ coverages: [], accounts: [{ id: 2 }, { id: 3 }] })
  })

  test('is refused for one that is not followed, and while a change to its tickets is not settled', () => {
    const db = workspaceWith([])
    expect(words(() => removeAccount(db, 5, wednesday))).toBe('Refusal: Organization 5 is not followed.')
    storeTicket(db, aSighting({ id: 101 }), wednesday)
    const insert = (state: string) =>
      db
        .prepare(
          `INSERT INTO outbox (kind, ticket_id, intent, by_id, subject, words, stamp, before, state, created_at)
           VALUES ('add-cc', 101, '{}', 11, 's', 'w', 1, '{}', ?, 1)`,
        )
        .run(state)
    insert('verified')
    insert('conflict')
    expect(words(() => removeAccount(db, 1, wednesday))).toContain(
      'A change to ticket #101 of this account is not settled.',
    )
    db.prepare(`UPDATE outbox SET state = 'discarded'`).run()
    removeAccount(db, 1, wednesday)
    expect(db.prepare('SELECT count(*) AS n FROM outbox').get()).toEqual({ n: 0 })
  })

  test('is refused while a change to one of its issues in GitLab is not settled', () => {
    const db = workspaceWith([])
    storeIssue(db, 1, anIssue({ projectId: 7, iid: 3 }), wednesday)
    db.prepare(
      `INSERT INTO outbox (kind, ticket_id, intent, by_id, subject, words, stamp, before, state, created_at, host, target)
       VALUES ('issue-state', 0, '{"projectId":7,"iid":3}', 4, 'Move the runners', 'w', 1, '{}', 'failed', 1, 'gitlab',
               'issue 7/3')`,
    ).run()
    expect(words(() => removeAccount(db, 1, wednesday))).toBe(
      'Refusal: A change to “Move the runners” in GitLab is not settled. Wait until it is sent, or discard it; then remove the account.',
    )
    db.prepare(`UPDATE outbox SET state = 'discarded'`).run()
    removeAccount(db, 1, wednesday)
    expect(db.prepare('SELECT count(*) AS n FROM outbox').get()).toEqual({ n: 0 })
  })

  test('and following it again reads everything anew', async () => {
    await add({ label: 'ASE Work - Cascadia Freight', gitlabGroup: 'customers/cascadia' })
    const { db } = source
    const { rows } = await source.zendesk('poll').ticketsOfOrganization(cascadia, null)
    for (const row of rows) storeTicket(db, row, anchor)
    for (const scope of [organizationScope(cascadia), `organization-record:${cascadia}`, `sweep:${cascadia}`]) {
      writeCursor(db, 'zendesk', scope, { watermark: anchor, completedAt: anchor })
    }
    writeCursor(db, 'zendesk', 'assigned-to-me', { watermark: anchor })
    writeCursor(db, 'gitlab', `label:${cascadia}`, { watermark: anchor })
    removeAccount(db, cascadia, anchor)
    expect(listCursors(db).map(({ scope }) => scope)).toEqual(['assigned-to-me'])
    const isMine = ({ ticket }: (typeof rows)[number]) =>
      [ticket.assigneeId, ...ticket.ccIds, ...ticket.followerIds].includes(me)
    const left = db.prepare('SELECT id FROM tickets ORDER BY id').all() as { id: number }[]
    expect(left.map(({ id }) => id)).toEqual(
      rows
        .filter(isMine)
        .map(({ ticket }) => ticket.id)
        .toSorted((a, b) => a - b),
    )
    expect(left.length).toBeLessThan(rows.length)
    await add()
    expect(readCursor(db, 'zendesk', organizationScope(cascadia))).toMatchObject({ watermark: null, completedAt: null })
    expect(readRoster(db).accounts[0]).toMatchObject({ id: cascadia, label: null, gitlabGroup: null })
  })
})
