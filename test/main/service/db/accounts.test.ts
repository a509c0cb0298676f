import { describe, expect, test } from 'vitest'
import { deleteAccount, unsettledChanges } from '#service/db/accounts.ts'
import { insertAlerts, listAlerts } from '#service/db/alerts.ts'
import { countEvents, listEvents, recordEvent } from '#service/db/events.ts'
import { storeProject } from '#service/db/gitlab-projects.ts'
import { insertOutboxRows, listOutbox } from '#service/db/outbox.ts'
import { listTickets, userNames } from '#service/db/read-tickets.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { storeAudits } from '#service/db/store-audits.ts'
import { storeComments } from '#service/db/store-comments.ts'
import { storeIssue } from '#service/db/store-issues.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { readRoster, storeUsers, storeWorkspace } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { plantEverywhere, tablesOf } from '#test/support/planted-data.ts'
import { aComment, aSighting, aWorkspace, anIssue, wednesday } from '#test/support/work-values.ts'

const acme = 1
const borealis = 2

function withTickets(): WriteDb {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  const clocks = [{ metric: 'next_reply_time', stage: 'active', breachAt: wednesday }]
  storeTicket(db, aSighting({ id: 101, organizationId: acme }, { clocks }), wednesday)
  storeTicket(db, aSighting({ id: 102, organizationId: acme, assigneeId: 11 }), wednesday)
  storeTicket(db, aSighting({ id: 103, organizationId: acme, ccIds: [9, 11] }), wednesday)
  storeTicket(db, aSighting({ id: 104, organizationId: acme, followerIds: [11] }), wednesday)
  storeTicket(db, aSighting({ id: 105, organizationId: borealis, requesterId: 502 }), wednesday)
  storeComments(db, [
    aComment({ id: 1, ticketId: 101, authorId: 503 }),
    aComment({ id: 2, ticketId: 105, authorId: 12 }),
  ])
  storeAudits(db, [
    {
      id: 1,
      ticketId: 101,
      authorId: 12,
      createdAt: wednesday,
      changes: [{ kind: 'comment', field: null, from: null, to: 1, public: true }],
    },
  ])
  storeUsers(db, [
    { id: 12, name: 'Anna', role: 'agent' },
    { id: 501, name: 'Carla of Acme', role: 'end-user' },
    { id: 502, name: 'Dan of Borealis', role: 'end-user' },
    { id: 503, name: 'Eve of Acme', role: 'end-user' },
  ])
  storeIssue(db, acme, anIssue(), wednesday)
  storeIssue(db, borealis, anIssue({ iid: 4 }), wednesday)
  const alert = {
    kind: 'new-ticket',
    instance: 'created',
    title: 't',
    body: 'b',
    why: '',
    urgent: false,
    state: 'claimed',
    heldBy: null,
    dueAt: wednesday,
    raisedAt: wednesday,
  } as const
  insertAlerts(db, [
    { ...alert, subject: 'ticket 101', ticketId: 101, accountId: acme },
    { ...alert, subject: 'ticket 105', ticketId: 105, accountId: acme },
    { ...alert, kind: 'account-unseen', subject: 'account 1', ticketId: null, accountId: acme },
    { ...alert, kind: 'account-unseen', subject: 'account 2', ticketId: null, accountId: borealis },
  ])
  return db
}

const count = (db: WriteDb, table: string) =>
  (db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n

test('what is stored of an account goes with it; tickets that are mine and other accounts stay', () => {
  const db = withTickets()
  deleteAccount(db, acme)
  const stored = listTickets(db, { afterId: 0, limit: 100, organizationId: undefined })
  expect(stored.map(({ id }) => id)).toEqual([102, 103, 104, 105])
  expect(readRoster(db)).toMatchObject({ accounts: [{ id: borealis }, { id: 3 }], coverages: [] })
  expect(listAlerts(db, { limit: 10, open: false }).map(({ subject }) => subject)).toEqual(['account 2', 'ticket 105'])
  const left = { sla_clocks: 0, audits: 0, comments: 1, issues: 1 }
  for (const [table, rows] of Object.entries(left)) expect([table, count(db, table)]).toEqual([table, rows])
  const subjects = listEvents(db, 0, 100).map(({ subject }) => subject)
  expect(subjects).not.toContain('ticket:101')
  expect(subjects).not.toContain('issue:7/3')
  expect(subjects).toEqual(expect.arrayContaining(['ticket:102', 'ticket:105', 'issue:7/4']))
})

test('customers nobody else’s ticket names are forgotten, colleagues are not', () => {
  const db = withTickets()
  deleteAccount(db, acme)
  // Carla still asked for tickets that are mine.
  expect(userNames(db, [12, 501, 502, 503])).toEqual(['Anna', 'Carla of Acme', 'Dan of Borealis'])
})

test('what people wrote of it and whoever was on Cc is forgotten, in every table there is', () => {
  const db = withTickets()
  const planted = { id: 4, word: 'canary', ticketId: 401, projectId: 9 }
  plantEverywhere(db, planted)
  const holding = () =>
    tablesOf(db).filter((table) => JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all()).includes(planted.word))
  expect(holding()).toContain('handoffs')
  db.prepare(`UPDATE tickets SET cc_ids = '[4011]' WHERE id = 401`).run()
  expect(deleteAccount(db, planted.id)).toEqual([401])
  expect(holding()).toEqual([])
})

test('the number of the latest event is not given away again, and what it said is gone', () => {
  const db = withTickets()
  const changes = { subject: { from: 'Secret', to: 'More secret' } }
  recordEvent(db, { kind: 'ticket-changed', subject: 'ticket:101', at: wednesday, changes })
  const last = listEvents(db, 0, 100).at(-1)?.seq ?? 0
  expect(countEvents(db)).toBeGreaterThan(5)
  deleteAccount(db, acme)
  expect(listEvents(db, 0, 100).at(-1)).toMatchObject({ seq: last, changes: {} })
  recordEvent(db, { kind: 'ticket-changed', subject: 'ticket:105', at: wednesday, changes: {} })
  expect(listEvents(db, last, 100)).toHaveLength(1)
})

test('where nobody is me, no ticket is mine', () => {
  const db = withTickets()
  db.prepare('UPDATE people SET is_me = 0').run()
  deleteAccount(db, acme)
  const stored = listTickets(db, { afterId: 0, limit: 100, organizationId: undefined })
  expect(stored.map(({ id }) => id)).toEqual([105])
})

describe('changes in GitLab', () => {
  const projectOf = (id: number) => ({
    ...{ id, path: `acme/${id}`, url: `https://gitlab.example.com/acme/${id}`, defaultBranch: 'main', accessLevel: 30 },
    visibility: 'private' as const,
  })

  /** Changes to issues and projects of both accounts, and to a project that is nobody's. */
  function withChanges(): WriteDb {
    const db = withTickets()
    storeProject(db, projectOf(7), wednesday, borealis)
    storeProject(db, projectOf(8), wednesday, acme)
    storeProject(db, projectOf(9), wednesday)
    const wishes = [
      { kind: 'issue-state', projectId: 7, iid: 3, state: 'closed' },
      { kind: 'issue-state', projectId: 7, iid: 4, state: 'closed' },
      { kind: 'subscribe-label', projectId: 7, name: 'x' },
      { kind: 'subscribe-label', projectId: 8, name: 'x' },
      { kind: 'subscribe-label', projectId: 9, name: 'x' },
    ] as const
    const rest = { byId: 4, words: 'w', stamp: 1, before: {}, createdAt: wednesday, marker: 'm', url: null }
    const customerSees = { visible: true, words: '' }
    insertOutboxRows(
      db,
      wishes.map((wish, nth) => ({ host: 'gitlab', wish, subject: `change ${nth}`, customerSees, ...rest })),
    )
    return db
  }

  test('to its issues and projects are its own, and no others', () => {
    const db = withChanges()
    const subjectsOf = (id: number) => unsettledChanges(db, id).map(({ host, subject }) => `${host} ${subject}`)
    expect(subjectsOf(acme)).toEqual(['gitlab change 0', 'gitlab change 3'])
    expect(subjectsOf(borealis)).toEqual(['gitlab change 1', 'gitlab change 2'])
    db.prepare(`UPDATE outbox SET state = 'verified' WHERE subject = 'change 0'`).run()
    expect(subjectsOf(acme)).toEqual(['gitlab change 3'])
  })

  test('go with the account, those of other accounts stay', () => {
    const db = withChanges()
    deleteAccount(db, acme)
    const left = listOutbox(db, { limit: 10, unsettled: false }).map(({ subject }) => subject)
    expect(left).toEqual(['change 4', 'change 2', 'change 1'])
  })
})
