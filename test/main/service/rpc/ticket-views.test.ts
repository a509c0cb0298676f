import { describe, expect, test } from 'vitest'
import { ticketDetail, ticketRow } from '#contract/tickets.ts'
import { writeCursor } from '#service/db/cursors.ts'
import { changeOverrides } from '#service/db/policy-overrides.ts'
import { readTicket } from '#service/db/read-tickets.ts'
import { markCommentsRead, storeComments } from '#service/db/store-comments.ts'
import { insertShift, setReplacement } from '#service/db/shifts.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { readRoster, storeUsers, storeWorkspace } from '#service/db/workspace.ts'
import { createViewpoint, queueAccountIds, relationTo, toTicketDetail, toTicketRow } from '#service/rpc/ticket-views.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { aComment, aSighting, aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

function setUp(sighting = aSighting(), workspace = aWorkspace()) {
  const db = memoryDatabase()
  storeWorkspace(db, workspace)
  storeTicket(db, sighting, wednesday)
  storeUsers(db, [
    { id: 12, name: 'Anna', role: 'agent' },
    { id: 501, name: 'Carla', role: 'end-user' },
  ])
  const stored = () => {
    const ticket = readTicket(db, sighting.ticket.id)
    if (!ticket) throw new Error('The ticket was not stored')
    return ticket
  }
  const view = (now = wednesday, zendeskUrl: string | null = 'https://acme.zendesk.com') =>
    createViewpoint(db, {
      policy: policyOf('2025-04'),
      now,
      zendeskUrl,
      emergencyMark: { by: 'tag', value: 'emergency' },
    })
  return {
    db,
    row: (now?: number) => ticketRow.parse(toTicketRow(stored(), view(now))),
    detail: (zendeskUrl?: string | null) => ticketDetail.parse(toTicketDetail(stored(), view(wednesday, zendeskUrl))),
  }
}

describe('how an account concerns me', () => {
  const roster = () => {
    const db = memoryDatabase()
    storeWorkspace(db, aWorkspace())
    return readRoster(db)
  }

  test('is covering in the window, own as its ASE, and other otherwise', () => {
    expect([1, 2, 3, 99, null].map((id) => relationTo(id, roster(), wednesday))).toEqual([
      'covering',
      'own',
      'other',
      'other',
      'other',
    ])
    expect(relationTo(1, roster(), wednesday + dayMs)).toBe('other')
    expect(relationTo(1, roster(), wednesday - dayMs)).toBe('covering')
  })

  test('decides whose tickets are my queue', () => {
    expect(queueAccountIds(roster(), wednesday)).toEqual([1, 2])
    expect(queueAccountIds(roster(), wednesday + dayMs)).toEqual([2])
    expect(queueAccountIds({ ...roster(), me: null }, wednesday)).toEqual([])
  })
})

describe('a row', () => {
  test('has names, the clock that breaches next and what to do, with the time in my zone', () => {
    const breachAt = wednesday + hourMs
    const { row } = setUp(aSighting({}, { clocks: [{ metric: 'next_reply_time', stage: 'active', breachAt }] }))
    expect(row()).toMatchObject({
      accountName: 'Acme',
      requesterName: 'Carla',
      assigneeName: 'Anna',
      relation: 'covering',
      emergency: false,
      nextClock: { metric: 'next_reply_time', breachAt },
      guidance: {
        situation: 'covering-breach',
        reason: expect.stringMatching(/Acme.*Anna.*\(Thu,? 19 Nov,? 10:00, your time\)/) as string,
      },
    })
  })

  test('says that the ASE is back after a day off, where it is that which keeps them', () => {
    const breachAt = wednesday + 3 * dayMs
    const sighting = aSighting({}, { clocks: [{ metric: 'next_reply_time', stage: 'active', breachAt }] })
    const reasonWith = (daysOff: string[]) => {
      const workspace = aWorkspace()
      const people = workspace.people.map((person) => (person.id === 12 ? { ...person, daysOff } : person))
      return setUp(sighting, { ...workspace, people }).row().guidance
    }
    expect(reasonWith(['2026-11-19', '2026-11-20'])).toMatchObject({
      situation: 'covering-breach',
      reason: expect.stringMatching(/Mon,? 23 Nov,? 09:00, your time, after a day off\)/) as string,
    })
    expect(reasonWith(['2026-11-18', '2026-12-24']).situation).toBe('covering')
  })

  test('follows a rule that its account has of its own', () => {
    const { db, row } = setUp(aSighting({ organizationId: 3, assigneeId: 99 }))
    expect(row().guidance.situation).not.toBe('org-note')
    const why = 'Their org note says so'
    changeOverrides(db, 1, { notAssignedToAse: { value: 'org-note', why } }, { id: 11, at: wednesday })
    expect(row().guidance.situation).not.toBe('org-note')
    changeOverrides(db, 3, { notAssignedToAse: { value: 'org-note', why } }, { id: 11, at: wednesday })
    expect(row().guidance.situation).toBe('org-note')
  })

  test('knows an emergency by its tag', () => {
    const { row } = setUp(aSighting({ tags: ['emergency'] }))
    expect(row()).toMatchObject({ emergency: true, guidance: { situation: 'emergency-covering' } })
  })

  test('is the on-call engineer’s while I am on call, or take the shift of somebody else', () => {
    const shift = { title: 'On call', startsAt: wednesday - hourMs, endsAt: wednesday + hourMs }
    const { db, row } = setUp(aSighting({ organizationId: 3, assigneeId: 13, tags: ['emergency'] }))
    expect(row().guidance.situation).toBe('emergency')
    insertShift(db, { ...shift, id: 'bens', personId: 13 })
    expect(row().guidance.situation).toBe('emergency')
    setReplacement(db, 'bens', { name: 'Ines', at: wednesday })
    expect(row().guidance.situation).toBe('emergency-on-call')
    setReplacement(db, 'bens', null)
    insertShift(db, { ...shift, id: 'mine', personId: 11 })
    expect(row().guidance.situation).toBe('emergency-on-call')
    setReplacement(db, 'mine', { name: 'Ben', at: wednesday })
    expect(row().guidance.situation).toBe('emergency')
    expect(row(wednesday + hourMs).guidance.situation).toBe('emergency')
  })

  test('is as fresh as the last complete pass of its account that did not contradict it', () => {
    const { db, row } = setUp()
    expect(row().fetchedAt).toBe(wednesday)
    writeCursor(db, 'zendesk', 'organization:1', { completedAt: wednesday + hourMs })
    writeCursor(db, 'zendesk', 'organization:2', { completedAt: wednesday + 5 * hourMs })
    expect(row().fetchedAt).toBe(wednesday + hourMs)
  })

  test('of no account we know has no name for it and is work like any other', () => {
    const { row } = setUp(aSighting({ organizationId: 77, requesterId: null, assigneeId: null }))
    expect(row()).toMatchObject({
      accountId: 77,
      accountName: null,
      relation: 'other',
      guidance: { situation: 'unassigned-account' },
    })
  })

  test('of an account whose ASE is nobody, or nobody known, is told without them', () => {
    const accounts = [null, 77].map((aseId) => aWorkspace().accounts.map((account) => ({ ...account, aseId })))
    const [nobody, stranger] = accounts.map((these) => setUp(aSighting(), aWorkspace({ accounts: these })).row())
    expect(nobody?.guidance.situation).toBe('unassigned-account')
    expect(stranger?.guidance.situation).toBe('covering-elsewhere')
  })

  test('passes through the contract when nobody is me', () => {
    const { row } = setUp(aSighting(), aWorkspace({ meId: 999 }))
    expect(row().relation).toBe('other')
  })
})

describe('the panel of a ticket', () => {
  test('has its conversation, and says whether that is complete', () => {
    const { db, detail } = setUp(aSighting({ ccIds: [12, 88], followerIds: [501], tags: ['ci'] }))
    storeComments(db, [aComment()])
    expect(detail()).toMatchObject({
      url: 'https://acme.zendesk.com/agent/tickets/101',
      tags: ['ci'],
      ccNames: ['Anna'],
      followerNames: ['Carla'],
      commentsComplete: false,
      comments: [{ id: 9001, authorName: 'Carla' }],
    })
    markCommentsRead(db, 101, wednesday)
    expect(detail().commentsComplete).toBe(true)
    storeTicket(db, aSighting({ updatedAt: wednesday + 1 }), wednesday)
    expect(detail().commentsComplete).toBe(false)
  })

  test('sees me on Cc and among the followers, from what Zendesk told', () => {
    expect(setUp(aSighting({ ccIds: [11] })).detail().iAmOnCc).toBe(true)
    expect(setUp(aSighting({ followerIds: [11] })).detail().iAmOnCc).toBe(true)
    expect(setUp(aSighting({ ccIds: [12] })).detail().iAmOnCc).toBe(false)
    expect(setUp(aSighting({ ccIds: [11] }), aWorkspace({ meId: 999 })).detail().iAmOnCc).toBe(false)
    expect(setUp(aSighting({ ccIds: [11] })).detail().me).toEqual({ onCc: true, follows: false })
    expect(setUp(aSighting({ followerIds: [11] })).detail().me).toEqual({ onCc: false, follows: true })
  })

  test('has an address that leads nowhere while nothing is connected', () => {
    expect(setUp().detail(null).url).toBe('https://zendesk.invalid/agent/tickets/101')
  })
})
