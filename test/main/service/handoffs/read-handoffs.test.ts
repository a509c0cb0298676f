import { describe, expect, test } from 'vitest'
import type { TicketLineValues } from '#contract/handoffs.ts'
import { handoffDetail, handoffPacket } from '#contract/handoffs.ts'
import { insertAbsence } from '#service/db/absences.ts'
import { readHandoff, storeHandoffs } from '#service/db/handoffs.ts'
import { readStoredMeeting, storeMeeting } from '#service/db/return-meetings.ts'
import { settleFate } from '#service/db/ticket-fates.ts'
import { transaction } from '#service/db/sql.ts'
import { accept, beginHandoffs, saveLine, saveText, teachBack } from '#service/handoffs/edit-handoffs.ts'
import { detailOf, packetsOf } from '#service/handoffs/read-handoffs.ts'
import { aLine } from '#test/support/handoff-values.ts'
import { handoffMachine, type HandoffMachine } from '#test/support/handoff-machine.ts'
import { monday } from '#test/support/plan-values.ts'
import { dayMs, hourMs } from '#test/support/work-values.ts'

const id = 'p1--1'
const one = { handoffId: id, ticketId: 101 }
const ines = { speaker: { id: 11 } }

const lineOf = (parts: Parameters<typeof aLine>[0] = {}) => aLine(parts) as TicketLineValues
const shown = ({ desk }: HandoffMachine) => detailOf(desk(), id)
const ticketIn = (machine: HandoffMachine, ticketId: number) =>
  shown(machine).lines.find((each) => each.ticketId === ticketId)

function begun(): HandoffMachine {
  const machine = handoffMachine(12)
  beginHandoffs(machine.desk(), 'plan:p1')
  return machine
}

describe('absences with their handoffs', () => {
  test('are mine with all my accounts, and those in which I cover with what I cover', () => {
    const [annas, iness, bens] = [handoffMachine(12), handoffMachine(11), handoffMachine(13)]
    const [mine] = packetsOf(annas.desk())
    expect(mine).toMatchObject({ absenceId: 'plan:p1', planId: 'p1', role: 'ase', phase: 'upcoming', aseName: 'Anna' })
    expect(mine?.accounts).toMatchObject([
      { id, accountName: 'Acme', coverNames: ['Ines'], state: 'not-begun', tickets: 2, prepared: 0 },
      { id: 'p1--3', accountName: 'Cormorant', coverNames: [], tickets: 0 },
    ])
    expect(packetsOf(iness.desk())).toMatchObject([{ role: 'cover', accounts: [{ id }] }])
    expect(packetsOf(bens.desk())).toEqual([])
    expect(() => handoffPacket.array().parse(packetsOf(annas.desk()))).not.toThrow()
  })

  test('come running, upcoming, then past; of what is over only what was begun is left, without what changed since', () => {
    const machine = begun()
    saveLine(machine.desk(), { ...one, line: lineOf(), base: '' })
    teachBack(machine.desk(), { ...one, words: 'They wait', ...ines })
    machine.ticket({ id: 101, status: 'solved' })
    expect(packetsOf(machine.desk())[0]?.accounts[0]).toMatchObject({ tickets: 1, stale: 1 })
    insertAbsence(machine.db, { id: 'soon', personId: 12, startsAt: monday + 20 * dayMs, endsAt: monday + 21 * dayMs })
    machine.at(monday + dayMs)
    expect(packetsOf(machine.desk()).map(({ absenceId, phase }) => [absenceId, phase])).toEqual([
      ['plan:p1', 'running'],
      ['soon', 'upcoming'],
    ])
    machine.at(monday + 30 * dayMs)
    const [past, ...others] = packetsOf(machine.desk())
    expect(others).toEqual([])
    expect(past).toMatchObject({ phase: 'past', accounts: [{ id, stale: 0 }, { id: 'p1--3' }] })
    expect(shown(machine).lines.map(({ ticketId }) => ticketId)).toEqual([101])
  })

  test('of which no plan is known here are those that their handoffs tell of', () => {
    const { document, author } = readHandoff(begun().db, id) ?? {}
    const iness = handoffMachine(11)
    iness.plan([])
    if (!document || !author) throw new Error('It was begun')
    const elsewhere = { ...document, id: 'p9--1' }
    storeHandoffs(iness.db, [{ document: elsewhere, author }], monday)
    expect(packetsOf(iness.desk())).toMatchObject([
      { absenceId: 'p9', planId: null, role: 'cover', aseName: 'Anna', startsAt: monday, accounts: [{ id: 'p9--1' }] },
    ])
    expect(detailOf(iness.desk(), 'p9--1')).toMatchObject({ covers: [{ id: 11, name: 'Ines' }], role: 'cover' })
  })

  test('of a plan that was taken away are nothing to prepare', () => {
    const machine = begun()
    machine.db.exec(`DELETE FROM coverages; DELETE FROM absences`)
    expect(packetsOf(machine.desk())).toEqual([])
  })
})

describe('a handoff', () => {
  test('that is not begun shows the tickets; one of another absence is not found', () => {
    const machine = handoffMachine(12)
    expect(shown(machine)).toMatchObject({ state: 'not-begun', hash: '', open: [], acceptance: null })
    expect(shown(machine).lines.map(({ ticketId }) => ticketId)).toEqual([102, 101])
    expect(() => detailOf(machine.desk(), 'p1--2')).toThrow('not known here')
    expect(() => detailOf(machine.desk(), 'none')).toThrow('not known here')
  })

  test('has its tickets in the order of the review, each with what is known of it', () => {
    const machine = begun()
    machine.ticket({ id: 103, subject: 'Old', tags: ['emergency'], ccIds: [12, 501] }, monday + 9 * dayMs)
    const at = monday - 4 * dayMs
    machine.comment({ id: 1, ticketId: 103, text: 'It is down.', createdAt: at })
    machine.comment({ id: 4, ticketId: 103, text: 'It is slow.', createdAt: at - 1 })
    machine.comment({ id: 2, ticketId: 103, authorId: 12, text: 'We will call by Tuesday.', createdAt: at + hourMs })
    machine.comment({ id: 3, ticketId: 103, authorId: 12, public: false, text: 'Gitaly again.', createdAt: at + 1 })
    for (const [ticketId, severity] of [
      [101, 'unstable'],
      [103, 'watcher'],
    ] as const)
      saveLine(machine.desk(), { ...one, ticketId, line: lineOf({ severity, nextAction: '', nextBy: '' }), base: '' })
    const { lines, ...detail } = shown(machine)
    expect(lines.map(({ ticketId, line }) => [ticketId, line?.severity])).toEqual([
      [101, 'unstable'],
      [103, 'watcher'],
      [102, undefined],
    ])
    expect(lines[1]).toMatchObject({
      facts: {
        subject: 'Old',
        lastCustomer: { byName: 'Carla', words: 'It is down.', at },
        lastPublicReply: { byName: 'Anna', words: 'We will call by Tuesday.' },
        lastNote: { words: 'Gitaly again.' },
        clocks: [{ metric: 'next_reply_time', breachAt: monday + 9 * dayMs }],
        ccNames: ['Anna', 'Carla'],
      },
      emergency: true,
      breachesBeforeReturn: false,
      iAmOn: true,
      missing: ['the next action', 'by when'],
      suggestions: [
        { field: 'nextAction', value: 'We will call by Tuesday.' },
        { field: 'nextBy', value: '2026-12-22' },
      ],
    })
    expect(lines[2]).toMatchObject({ breachesBeforeReturn: true, iAmOn: false, line: null, lineBase: '' })
    expect(detail).toMatchObject({ tickets: 3, prepared: 0, state: 'preparing' })
    expect(() => handoffDetail.parse({ ...detail, lines })).not.toThrow()
  })

  test('offers what the handoff before said of a ticket and of the account', () => {
    const machine = begun()
    saveLine(machine.desk(), { ...one, line: lineOf({ askWhom: 'Ben' }), base: '' })
    saveText(machine.desk(), { handoffId: id, text: 'mood', value: 'Tired', base: '' })
    insertAbsence(machine.db, { id: 'next', personId: 12, startsAt: monday + 20 * dayMs, endsAt: monday + 30 * dayMs })
    machine.at(monday + 19 * dayMs)
    const before = detailOf(machine.desk(), 'next--1')
    const from = 'The handoff of the absence until Mon 28 Dec 00:00'
    expect(before.texts.mood).toEqual({ value: '', base: '', offered: { value: 'Tired', from } })
    beginHandoffs(machine.desk(), 'next')
    const after = detailOf(machine.desk(), 'next--1')
    expect(after.texts.mood).toMatchObject({ value: 'Tired', offered: null })
    expect(after.lines.find(({ ticketId }) => ticketId === 101)?.suggestions).toContainEqual({
      field: 'askWhom',
      value: 'Ben',
      from,
    })
  })

  test('counts what came after it was accepted as not reviewed', () => {
    const machine = begun()
    const stable = lineOf({ severity: 'stable' })
    for (const ticketId of [101, 102]) {
      saveLine(machine.desk(), { ...one, ticketId, line: stable, base: '' })
      teachBack(machine.desk(), { ...one, ticketId, words: 'Calm', ...ines })
    }
    const { hash, ...before } = shown(machine)
    expect(before).toMatchObject({ open: [], notReviewed: 0, prepared: 2, reviewed: 2 })
    accept(machine.desk(), { handoffId: id, state: 'accepted', hash, words: '', ...ines })
    machine.ticket({ id: 103, subject: 'New' })
    expect(shown(machine)).toMatchObject({ state: 'accepted', notReviewed: 1, tickets: 3, reviewed: 2 })
  })
})

describe('a ticket that is gone', () => {
  function withLine(): HandoffMachine {
    const machine = begun()
    saveLine(machine.desk(), { ...one, line: lineOf(), base: '' })
    teachBack(machine.desk(), { ...one, words: 'They wait', ...ines })
    return machine
  }

  test('stays with what was written of it, and says what became of it', () => {
    const machine = withLine()
    machine.ticket({ id: 101, status: 'solved' })
    expect(ticketIn(machine, 101)).toMatchObject({
      gone: 'It is solved.',
      missing: [],
      stale: ['Status: open → solved'],
    })
    transaction(machine.db, () => settleFate(machine.db, 101, 'merged', monday, 102))
    expect(ticketIn(machine, 101)).toMatchObject({
      gone: 'It was merged into ticket 102.',
      stale: ['Status: open → merged'],
    })
    expect(shown(machine)).toMatchObject({ tickets: 1, stale: 1 })
  })

  test('to another organization is not active, one without a word is not there at all', () => {
    const machine = withLine()
    machine.ticket({ id: 101, organizationId: 2 })
    machine.ticket({ id: 102, organizationId: 2 })
    expect(shown(machine).lines).toMatchObject([
      { ticketId: 101, gone: 'It was moved to another organization.', stale: ['Status: open → moved'] },
    ])
  })

  test('or was never here shows what the handoff knows, and still has to be gone through', () => {
    const stored = readHandoff(withLine().db, id)
    const iness = handoffMachine(11)
    iness.db.exec('DELETE FROM tickets')
    if (!stored) throw new Error('It was begun')
    storeHandoffs(iness.db, [stored], monday)
    expect(shown(iness)).toMatchObject({ tickets: 1, open: ['To be answered by Anna: 1 ticket, 101.'] })
    expect(ticketIn(iness, 101)).toMatchObject({
      gone: 'It is not stored on this machine: what is shown is what the handoff knows.',
      facts: { subject: 'Runners time out' },
      factsAt: null,
      stale: [],
    })
  })
})

test('what changed since is told by the clock of whoever reads', () => {
  const machine = begun()
  saveLine(machine.desk(), { ...one, line: lineOf(), base: '' })
  teachBack(machine.desk(), { ...one, words: 'They wait', ...ines })
  machine.ticket({ id: 101 }, monday + dayMs)
  expect(ticketIn(machine, 101)?.stale).toEqual(['Next breach: no clock ran → Tue 22 Dec 00:00, next reply'])
  const { roster, ...desk } = machine.desk()
  const me = roster.me && { ...roster.me, timeZone: 'America/Los_Angeles' }
  const [ticket] = detailOf({ ...desk, roster: { ...roster, me } }, id).lines
  expect(ticket?.stale).toEqual(['Next breach: no clock ran → Mon 21 Dec 15:00, next reply'])
})

test('a plan of two who cover in turn names both', () => {
  const machine = begun()
  machine.plan([
    { id: 'e2', coverId: 13, from: 3, state: 'accepted' },
    { id: 'e1', to: 3, state: 'accepted' },
  ])
  expect(shown(machine)).toMatchObject({ coverNames: ['Ines', 'Ben'], covers: [{ id: 11 }, { id: 13 }] })
})

test('a handoff starts from what the last return meeting of its account found', () => {
  const machine = begun()
  expect(shown(machine).lessons).toEqual([])
  const last = readStoredMeeting(machine.db, { id: 'before--1', accountId: 1 })
  storeMeeting(machine.db, { ...last, startedAt: monday - 40 * dayMs, missing: 'How to roll back' })
  expect(shown(machine).lessons).toEqual([
    { words: 'Last time was missing: How to roll back', from: 'The return meeting of 2026-11-11' },
  ])
  expect(() => handoffDetail.parse(shown(machine))).not.toThrow()
})
