import { describe, expect, test } from 'vitest'
import type { TicketLineValues } from '#contract/handoffs.ts'
import { storeDesk } from '#service/db/desks.ts'
import { readHandoff, readHandoffs, storeHandoffs } from '#service/db/handoffs.ts'
import { transaction } from '#service/db/sql.ts'
import { emptyDesk } from '#core/desk/desk-document.ts'
import {
  accept,
  beginHandoffs,
  judge,
  resolve,
  review,
  saveLine,
  saveText,
  teachBack,
} from '#service/handoffs/edit-handoffs.ts'
import { detailOf } from '#service/handoffs/read-handoffs.ts'
import { putLine } from '#core/handoff/change-handoff.ts'
import { mergeHandoffs } from '#core/handoff/merge-handoffs.ts'
import { aLine } from '#test/support/handoff-values.ts'
import { handoffMachine, type HandoffMachine } from '#test/support/handoff-machine.ts'
import { anna, monday } from '#test/support/plan-values.ts'
import { dayMs } from '#test/support/work-values.ts'

const id = 'p1--1'
const one = { handoffId: id, ticketId: 101 }
const line = { ...aLine(), contingencies: [...aLine().contingencies] } as TicketLineValues
const ines = { speaker: { id: 11 } }

const shown = ({ desk }: HandoffMachine) => detailOf(desk(), id)
const lineBase = (machine: HandoffMachine, ticketId: number) =>
  shown(machine).lines.find((each) => each.ticketId === ticketId)?.lineBase ?? ''

/** Anna's machine with her handoffs begun. */
function begun(): HandoffMachine {
  const machine = handoffMachine(12)
  beginHandoffs(machine.desk(), 'plan:p1')
  return machine
}

/** The same with both lines written and gone through, Ines at the same screen. */
function reviewed(): HandoffMachine {
  const machine = begun()
  for (const ticketId of [101, 102]) {
    saveLine(machine.desk(), { ...one, ticketId, line, base: '' })
    teachBack(machine.desk(), { ...one, ticketId, words: 'They wait for us', ...ines })
    judge(machine.desk(), { ...one, ticketId, accepted: true, words: '' })
  }
  return machine
}

const acceptIt = (machine: HandoffMachine, hash = shown(machine).hash) =>
  accept(machine.desk(), { handoffId: id, state: 'accepted', hash, words: '', ...ines })

/** What a refusal says; and that nothing was stored with it. */
function refused({ db }: HandoffMachine, work: () => unknown): string {
  const before = JSON.stringify(readHandoffs(db))
  let error: unknown = null
  try {
    work()
  } catch (cause) {
    error = cause
  }
  expect(JSON.stringify(readHandoffs(db))).toBe(before)
  return error instanceof Error && error.name === 'Refusal' ? error.message : `no refusal: ${String(error)}`
}

describe('beginning', () => {
  test('begins all accounts of the absence once, under ids that any machine gives them', () => {
    const machine = handoffMachine(12)
    expect(beginHandoffs(machine.desk(), 'plan:p1')).toEqual(['p1--1', 'p1--3'])
    const first = readHandoffs(machine.db)
    expect(beginHandoffs(machine.desk(), 'p1')).toEqual(['p1--1', 'p1--3'])
    expect(readHandoffs(machine.db)).toEqual(first)
    expect(first[0]?.document.names).toEqual({
      ase: 'Anna',
      aseTimeZone: 'Europe/Berlin',
      account: 'Acme',
      covers: { '11': 'Ines' },
    })
  })

  test('fills in what the account page has, and nothing that is the ASE’s to say where another one begins it', () => {
    const document = { ...emptyDesk, slackChannel: '#acme', environment: { geo: 'Two sites' } }
    const [annas, iness] = [handoffMachine(12), handoffMachine(11)]
    for (const { db } of [annas, iness]) storeDesk(db, 1, { document, restricted: false }, monday)
    beginHandoffs(annas.desk(), 'plan:p1')
    expect(shown(annas).texts).toMatchObject({
      contacts: { value: 'Slack: #acme', offered: null },
      environment: { value: 'Geo: Two sites' },
      mood: { value: '' },
    })
    expect(beginHandoffs(iness.desk(), 'plan:p1')).toEqual(['p1--1'])
    expect(shown(iness).texts.contacts).toMatchObject({
      value: '',
      offered: { value: 'Slack: #acme', from: 'The account page' },
    })
  })

  test('is refused of an absence that is over, is unknown, or is nothing of mine', () => {
    const machine = handoffMachine(12)
    expect(refused(machine, () => beginHandoffs(machine.desk(), 'none'))).toMatch('not known here')
    machine.at(monday + 8 * dayMs)
    expect(refused(machine, () => beginHandoffs(machine.desk(), 'plan:p1'))).toMatch('This absence is over')
    const bens = handoffMachine(13)
    expect(refused(bens, () => beginHandoffs(bens.desk(), 'plan:p1'))).toBe(
      'Only Anna, or who covers for them, begins this handoff.',
    )
  })
})

describe('writing a line', () => {
  test('goes on from what it left, key by key', () => {
    const machine = begun()
    const base = saveLine(machine.desk(), { ...one, line: { ...line, story: 'R' }, base: '' })
    const next = saveLine(machine.desk(), { ...one, line: { ...line, story: 'Ru' }, base })
    expect(shown(machine).lines.find(({ ticketId }) => ticketId === 101)).toMatchObject({
      line: { story: 'Ru' },
      lineBase: next,
    })
  })

  test('is refused where something else stands there meanwhile, and nothing of that is lost', () => {
    const machine = begun()
    saveLine(machine.desk(), { ...one, line, base: '' })
    const words = refused(machine, () =>
      saveLine(machine.desk(), { ...one, line: { ...line, story: 'Mine' }, base: '' }),
    )
    expect(words).toBe(
      'Ticket 101 “Runners time out” was written elsewhere meanwhile. Look at what stands there now, then go on.',
    )
  })

  test('is refused to all but the ASE, and of a ticket of another account', () => {
    const machine = begun()
    machine.ticket({ id: 201, organizationId: 2 })
    expect(refused(machine, () => saveLine(machine.desk(), { ...one, ticketId: 201, line, base: '' }))).toBe(
      'Ticket 201 is none of this handoff.',
    )
    const iness = handoffMachine(11)
    beginHandoffs(iness.desk(), 'plan:p1')
    expect(refused(iness, () => saveLine(iness.desk(), { ...one, line, base: '' }))).toMatch('Only Anna writes this')
  })

  test('of which two copies say different things waits until somebody chooses', () => {
    const machine = begun()
    saveLine(machine.desk(), { ...one, line, base: '' })
    const stored = readHandoff(machine.db, id)
    if (!stored) throw new Error('It was begun')
    const phone = { ...anna, author: 'phone', at: monday }
    const empty = { ...stored.document, tickets: {} }
    const document = mergeHandoffs(stored.document, putLine(empty, 101, aLine({ story: 'On the phone' }), phone))
    if (!document) throw new Error('They are of one handoff')
    storeHandoffs(machine.db, [{ ...stored, document }], monday)
    const base = lineBase(machine, 101)
    expect(refused(machine, () => saveLine(machine.desk(), { ...one, line, base }))).toMatch('written twice')
    expect(shown(machine)).toMatchObject({ conflicts: 1, conflictList: [{ field: 'ticket:101:line', ticketId: 101 }] })
    resolve(machine.desk(), { handoffId: id, field: 'ticket:101:line', side: 1 })
    expect(shown(machine)).toMatchObject({ conflicts: 0, conflictList: [] })
    const again = () => resolve(machine.desk(), { handoffId: id, field: 'ticket:101:line', side: 1 })
    expect(refused(machine, again)).toMatch('not in conflict any more')
  })
})

test('a text of the account is written by both, and refused where another one stands there meanwhile', () => {
  const iness = handoffMachine(11)
  beginHandoffs(iness.desk(), 'plan:p1')
  const text = { handoffId: id, text: 'mood' as const }
  const base = saveText(iness.desk(), { ...text, value: 'Calm', base: '' })
  saveText(iness.desk(), { ...text, value: 'Calm, but tired', base })
  expect(shown(iness).texts.mood.value).toBe('Calm, but tired')
  expect(refused(iness, () => saveText(iness.desk(), { ...text, value: 'Angry', base }))).toMatch(
    'This text was written',
  )
})

describe('saying back', () => {
  test('is done by who covers, also at the ASE’s screen, and answered by the ASE', () => {
    const machine = begun()
    saveLine(machine.desk(), { ...one, line, base: '' })
    const words = 'They wait for us'
    expect(refused(machine, () => teachBack(machine.desk(), { ...one, words }))).toMatch('say who speaks')
    expect(refused(machine, () => teachBack(machine.desk(), { ...one, words, speaker: { id: 13 } }))).toMatch(
      'does not cover this account',
    )
    teachBack(machine.desk(), { ...one, words, ...ines })
    expect(refused(machine, () => judge(machine.desk(), { ...one, accepted: true, words: '', ...ines }))).toMatch(
      'Only Anna answers this',
    )
    expect(refused(machine, () => judge(machine.desk(), { ...one, accepted: false, words: '' }))).toMatch('Say what')
    judge(machine.desk(), { ...one, accepted: false, words: 'We wait for them' })
    expect(shown(machine).lines.find(({ ticketId }) => ticketId === 101)).toMatchObject({
      teachBack: { words, byName: 'Ines', current: true },
      verdict: { accepted: false, words: 'We wait for them', byName: 'Anna', current: true },
      reviewedByName: 'Ines',
    })
  })

  test('is of a line, and its answer of what was said', () => {
    const machine = begun()
    expect(refused(machine, () => teachBack(machine.desk(), { ...one, words: 'What?', ...ines }))).toMatch(
      'Nothing is written of this ticket yet',
    )
    saveLine(machine.desk(), { ...one, line, base: '' })
    teachBack(machine.desk(), { ...one, words: 'They wait', ...ines })
    saveLine(machine.desk(), { ...one, line: { ...line, story: 'Another' }, base: lineBase(machine, 101) })
    expect(refused(machine, () => judge(machine.desk(), { ...one, accepted: true, words: '' }))).toMatch(
      'said back again',
    )
  })
})

describe('accepting', () => {
  test('holds for exactly what was seen', () => {
    const machine = reviewed()
    const { hash } = shown(machine)
    saveText(machine.desk(), { handoffId: id, text: 'mood', value: 'Calm', base: '' })
    expect(refused(machine, () => acceptIt(machine, hash))).toBe(
      'Something was written meanwhile: look at it, then accept.',
    )
    acceptIt(machine)
    expect(shown(machine)).toMatchObject({
      state: 'accepted',
      ownerWords: 'Ines takes Acme over on Mon 21 Dec 00:00.',
      acceptance: { state: 'accepted', byName: 'Ines', changedSince: [] },
    })
    saveText(machine.desk(), { handoffId: id, text: 'mood', value: 'Angry', base: shown(machine).texts.mood.base })
    expect(shown(machine)).toMatchObject({
      state: 'accepted',
      acceptance: { changedSince: ['Mood of the customer: this was changed.'] },
    })
  })

  test('is refused while anything is open, and says what', () => {
    const machine = reviewed()
    machine.ticket({ id: 101, status: 'pending' })
    machine.ticket({ id: 103, subject: 'New' })
    expect(refused(machine, () => acceptIt(machine))).toBe(
      'This cannot be accepted yet. Not fully written: 1 ticket, 103. Changed since they were gone over: 1 ticket, 101.',
    )
  })

  test('is for who covers, before the absence is over', () => {
    const machine = reviewed()
    const { hash } = shown(machine)
    const mine = () => accept(machine.desk(), { handoffId: id, state: 'accepted', hash, words: '' })
    expect(refused(machine, mine)).toMatch('Only who covers this account')
    machine.at(monday + 7 * dayMs)
    expect(refused(machine, () => acceptIt(machine))).toMatch('The absence is over')
  })

  test('may be put off with a reason and taken back, by the ASE or who covers', () => {
    const machine = reviewed()
    const say = (state: 'delayed' | 'withdrawn', words: string) =>
      accept(machine.desk(), { handoffId: id, state, hash: '', words })
    expect(refused(machine, () => say('withdrawn', ''))).toMatch('neither accepted nor put off')
    expect(refused(machine, () => say('delayed', ''))).toBe('Say why it is put off.')
    say('delayed', 'I am ill')
    expect(shown(machine)).toMatchObject({ state: 'delayed', acceptance: { byName: 'Anna', words: 'I am ill' } })
    acceptIt(machine)
    say('withdrawn', '')
    expect(shown(machine)).toMatchObject({
      state: 'in-review',
      ownerWords: 'Anna still owns Acme: the acceptance was taken back.',
    })
  })

  test('by somebody who covers no more does not count', () => {
    const machine = reviewed()
    acceptIt(machine)
    machine.plan([{ id: 'e1', coverId: 13, state: 'accepted' }])
    expect(shown(machine)).toMatchObject({
      state: 'in-review',
      coverNames: ['Ben'],
      ownerWords: 'Anna still owns Acme: Ines accepted the handoff, and does not cover it any more.',
    })
    machine.plan([])
    expect(shown(machine).open).toEqual(['Nobody has accepted to cover Acme.'])
  })

  test('of an absence that was moved says so', () => {
    const machine = reviewed()
    acceptIt(machine)
    machine.plan([{ id: 'e1', state: 'accepted' }], 5)
    expect(shown(machine).acceptance?.changedSince).toEqual(['The absence is from Mon 21 Dec to Fri 25 Dec now.'])
    review(machine.desk(), one)
    expect(shown(machine).acceptance?.changedSince).toEqual(['The absence is from Mon 21 Dec to Fri 25 Dec now.'])
  })
})

test('a ticket that was gone over again is not stale any more; one that nobody has is none of the handoff', () => {
  const machine = reviewed()
  machine.ticket({ id: 101, priority: 'urgent' })
  expect(shown(machine)).toMatchObject({ stale: 1 })
  review(machine.desk(), one)
  expect(shown(machine)).toMatchObject({ stale: 0, reviewed: 2 })
  expect(refused(machine, () => review(machine.desk(), { ...one, ticketId: 999 }))).toMatch('none of this handoff')
})

test('somebody who neither owns nor covers an account writes nothing in its handoff', () => {
  const machine = begun()
  transaction(machine.db, () =>
    machine.db.exec('UPDATE people SET is_me = 0; UPDATE people SET is_me = 1 WHERE id = 13'),
  )
  expect(refused(machine, () => saveText(machine.desk(), { handoffId: id, text: 'mood', value: 'x', base: '' }))).toBe(
    'Only Anna and who covers for them write in this handoff.',
  )
})
