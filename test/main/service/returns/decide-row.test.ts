import { expect, test } from 'vitest'
import { readDecisions } from '#service/db/return-meetings.ts'
import { decideRow, undoDecision, type RowDecision } from '#service/returns/decide-row.ts'
import { handBack } from '#service/returns/hand-back.ts'
import { settleList } from '#service/returns/go-over-list.ts'
import { acmeMeeting, aMeeting, type MeetingSetting } from '#test/support/meeting-setting.ts'
import { dayMs, hourMs } from '#test/support/work-values.ts'

const opened = 'ticket:201/new'

/** A ticket was opened meanwhile, and I have it. */
function aMeetingAbout(...ids: readonly number[]): MeetingSetting {
  const meeting = aMeeting()
  for (const id of ids) meeting.page(id, { assigneeId: 11 })
  return meeting
}

const decisionOf = (meeting: MeetingSetting, parts: Partial<RowDecision> = {}): RowDecision => ({
  ...{ coverageId: 'cover', key: opened, state: meeting.row(opened).state },
  ...{ decision: { kind: 'transfer', note: '', owner: '', dueOn: '' }, ...parts },
})

test('a decision is kept with its row, by whom and when, and the first one begins the meeting', () => {
  const meeting = aMeetingAbout(201)
  expect(meeting.list()).toMatchObject({ undecided: 1, decided: 0, startedAt: null })
  const begunAt = meeting.now()
  meeting.decide(opened, 'transfer', { note: 'Mind the tone' })
  meeting.pass(hourMs)
  meeting.decide(opened, 'follow-up', { owner: 'Ben', dueOn: '2026-12-04' })
  expect(meeting.list()).toMatchObject({ undecided: 0, decided: 1, startedAt: begunAt, past: [] })
  expect(meeting.row(opened)).toMatchObject({
    decided: {
      decision: { kind: 'follow-up', note: '', owner: 'Ben', dueOn: '2026-12-04' },
      ...{ at: meeting.now(), byName: 'Ines', changed: false, subject: 'Runners time out', words: 'Opened' },
    },
    ticketNow: { status: 'open', assigneeId: 11, assigneeName: 'Ines' },
  })
})

test('what comes to a row makes it undecided again, with what was decided shown, until it is confirmed', () => {
  const meeting = aMeetingAbout(201)
  meeting.decide(opened, 'transfer')
  meeting.say(201, { authorId: 11 })
  meeting.decide('ticket:201/replied', 'know')
  expect(meeting.list()).toMatchObject({ undecided: 0, rows: [{ kind: 'new' }, { kind: 'replied' }] })
  meeting.pass(hourMs)
  meeting.say(201, { authorId: 11 })
  expect(meeting.list().undecided).toBe(1)
  const { decided } = meeting.row('ticket:201/replied')
  expect(decided).toMatchObject({ changed: true, words: '1 reply' })
  meeting.decide('ticket:201/replied', 'know')
  expect(meeting.list().undecided).toBe(0)
})

test('a decision of a row that is gone is shown as past', () => {
  const meeting = aMeetingAbout(201)
  meeting.page(201, { status: 'pending' })
  meeting.decide('ticket:201/status', 'know', { note: 'Waits for logs' })
  const { key, decision, words } = meeting.list().rows.find(({ kind }) => kind === 'status')?.decided ?? {}
  // The account is covered from tomorrow on alone: what happened today is handed back no more.
  const later = { startsAt: meeting.now() + dayMs, endsAt: meeting.now() + 3 * dayMs }
  meeting.plan({
    absences: [{ id: 'anna-away', personId: 12, ...later }],
    coverages: [{ id: 'cover', absenceId: 'anna-away', accountId: 1, coverId: 11, ...later }],
  })
  meeting.pass(2 * dayMs)
  expect(meeting.list()).toMatchObject({ rows: [], undecided: 0, decided: 1 })
  expect(meeting.list().past).toMatchObject([{ key, decision, words, changed: false, byName: 'Ines' }])
})

test('who covered then is no part of what a row says: a coverage that is planned otherwise leaves what was decided', () => {
  const meeting = aMeetingAbout(201)
  meeting.decide(opened, 'transfer')
  const { endsAt } = meeting.list()
  meeting.plan({
    coverages: [{ id: 'cover', absenceId: 'anna-away', accountId: 1, coverId: 11, startsAt: meeting.now(), endsAt }],
    absences: [{ id: 'anna-away', personId: 12, startsAt: meeting.now() - dayMs, endsAt }],
  })
  meeting.plan({
    coverages: [
      { id: 'cover', absenceId: 'anna-away', accountId: 1, coverId: 11, startsAt: 0, endsAt: 1 },
      { id: 'other', absenceId: 'anna-away', accountId: 1, coverId: 13, startsAt: 1, endsAt },
    ],
  })
  expect(meeting.row(opened)).toMatchObject({ evidence: [{ coverName: 'Ben' }], decided: { changed: false } })
})

test('with one row of a ticket decided, the others propose to know it', () => {
  const meeting = aMeetingAbout(201)
  meeting.page(201, { priority: 'urgent' })
  expect(meeting.list().rows).toMatchObject([
    { kind: 'priority', proposal: { kind: 'transfer', why: 'Assigned to Ines and open: Anna takes it.' } },
    { kind: 'new', proposal: { kind: 'transfer' } },
  ])
  meeting.decide('ticket:201/priority', 'transfer')
  expect(meeting.row(opened).proposal).toEqual({
    kind: 'know',
    why: 'Decided with its row “priority”: transfer.',
  })
  expect(meeting.row('ticket:201/priority').proposal.kind).toBe('transfer')
})

test('a row that says something else than the person saw, that is gone, or cannot be decided so is not decided', () => {
  const meeting = aMeetingAbout(201, 202)
  const seen = decisionOf(meeting)
  meeting.page(201, { status: 'pending' })
  meeting.say(201, { authorId: 11 })
  const replied = decisionOf(meeting, {
    key: 'ticket:201/replied',
    state: meeting.row('ticket:201/replied').state,
  })
  meeting.say(201, { authorId: 11 })
  expect(() => decideRow(meeting.desk(), replied)).toThrow('Something came to this row since you saw it. Look at it')
  expect(() => decideRow(meeting.desk(), { ...seen, key: 'ticket:999/new' })).toThrow('not on the list any more')
  meeting.page(202, { organizationId: 2 })
  const gone = meeting.row('ticket:202/gone')
  expect(() => decideRow(meeting.desk(), { ...seen, key: gone.key, state: gone.state })).toThrow(
    'That cannot be decided of this row. What can be: follow-up, know.',
  )
  expect(() => decideRow(meeting.desk(), { ...seen, coverageId: 'none' })).toThrow('This coverage is not known here')
  expect(readDecisions(meeting.db, acmeMeeting)).toEqual([])
  expect(meeting.list().startedAt).toBeNull()
})

test('what was decided last is taken back, row by row, also after a pause', () => {
  const meeting = aMeetingAbout(201, 202)
  meeting.decide(opened, 'keep')
  meeting.decide('ticket:202/new', 'know')
  meeting.decide(opened, 'transfer')
  const undo = () => undoDecision(meeting.desk(), 'cover').key
  expect(undo()).toBe(opened)
  expect(meeting.row(opened).decided?.decision.kind).toBe('keep')
  meeting.pass(3 * dayMs)
  expect([undo(), undo(), undo()]).toEqual(['ticket:202/new', opened, null])
  expect(meeting.list()).toMatchObject({ undecided: 2, decided: 0 })
})

test('nothing is decided or taken back while the list is closed, and that says where to go first', () => {
  const meeting = aMeetingAbout(201)
  meeting.decide(opened, 'transfer')
  const decision = decisionOf(meeting)
  const tryBoth = (words: string) => {
    expect(() => decideRow(meeting.desk(), decision)).toThrow(words)
    expect(() => undoDecision(meeting.desk(), 'cover')).toThrow(words)
  }
  settleList(meeting.desk(), 'cover', true)
  tryBoth('The list of Acme is closed. Go back to it first.')
  handBack(meeting.desk(), 'cover')
  tryBoth('Acme was handed back on Wed 18 Nov 11:00. Take that back first.')
  expect(readDecisions(meeting.db, acmeMeeting)).toHaveLength(1)
})
