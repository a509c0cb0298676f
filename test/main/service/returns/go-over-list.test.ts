import { expect, test } from 'vitest'
import { storeComments } from '#service/db/store-comments.ts'
import { settleList, standAt } from '#service/returns/go-over-list.ts'
import { handBack, takeBack } from '#service/returns/hand-back.ts'
import { aMeeting, type MeetingSetting } from '#test/support/meeting-setting.ts'
import { aComment, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

const opened = 'ticket:201/new'

function aMeetingAbout(...ids: readonly number[]): MeetingSetting {
  const meeting = aMeeting()
  for (const id of ids) meeting.page(id, { assigneeId: 11 })
  return meeting
}

const stand = (meeting: MeetingSetting, at: string | null, running: boolean) =>
  standAt(meeting.desk(), { coverageId: 'cover', at, running }).changed
const settle = (meeting: MeetingSetting, settled = true) => settleList(meeting.desk(), 'cover', settled)

test('a meeting is taken up again at the row it stood at, and runs while a window says so', () => {
  const meeting = aMeetingAbout(201, 202)
  expect(meeting.list()).toMatchObject({ at: null, running: false, startedAt: null })
  expect(stand(meeting, opened, false)).toBe(true)
  expect(meeting.list()).toMatchObject({ at: opened, running: false, startedAt: null })
  const begunAt = meeting.now()
  expect(stand(meeting, opened, true)).toBe(true)
  meeting.pass(hourMs)
  expect(stand(meeting, opened, true)).toBe(false)
  expect(stand(meeting, 'ticket:202/new', true)).toBe(true)
  expect(meeting.list()).toMatchObject({ at: 'ticket:202/new', running: true, startedAt: begunAt })
  expect(stand(meeting, 'ticket:202/new', false)).toBe(true)
  expect(meeting.list()).toMatchObject({ at: 'ticket:202/new', running: false, startedAt: begunAt })
})

test('a row that is gone is no place to stand at', () => {
  const meeting = aMeetingAbout(201)
  stand(meeting, 'ticket:999/new', true)
  expect(meeting.list().at).toBeNull()
})

test('after the service ended nobody goes over the list, and it is still where it stood', () => {
  const meeting = aMeetingAbout(201)
  stand(meeting, opened, true)
  const again = aMeeting({ db: meeting.db })
  again.pass(hourMs)
  expect(again.list()).toMatchObject({ at: opened, running: false })
})

test('a list is closed when nothing is undecided, and says how much is', () => {
  const meeting = aMeetingAbout(201, 202)
  expect(() => settle(meeting)).toThrow('2 rows are undecided. Decide what is left first.')
  meeting.decide(opened, 'transfer')
  expect(() => settle(meeting)).toThrow('1 row is undecided.')
  meeting.decide('ticket:202/new', 'keep')
  stand(meeting, opened, true)
  expect(settle(meeting)).toMatchObject({ stage: 'wrap-up', decided: 2, handedBackAt: null })
  expect(meeting.list()).toMatchObject({ stage: 'wrap-up', undecided: 0, running: false })
  expect(stand(meeting, null, true)).toBe(false)
  expect(meeting.list()).toMatchObject({ running: false, at: opened })
  expect(settle(meeting, false)).toMatchObject({ stage: 'list' })
  expect(settle(meeting, false)).toMatchObject({ stage: 'list' })
})

test('a list that is closed stands still, whatever happens, until somebody goes back to it', () => {
  const meeting = aMeetingAbout(201)
  meeting.decideAll()
  const closedAt = meeting.now()
  settle(meeting)
  const { rows } = meeting.list()
  meeting.pass(dayMs)
  expect(settle(meeting)).toMatchObject({ stage: 'wrap-up' })
  meeting.page(201, { priority: 'urgent' })
  meeting.page(203)
  expect(meeting.list()).toMatchObject({ until: closedAt, undecided: 0, rows: rows.map(({ key }) => ({ key })) })
  settle(meeting, false)
  expect(meeting.list()).toMatchObject({ until: meeting.now(), undecided: 2 })
})

test('what is ordered in the second in which a list is closed is none of its rows', () => {
  const meeting = aMeetingAbout(201)
  meeting.decide(opened, 'transfer')
  meeting.pass(60_750)
  const second = meeting.now() - 750
  settle(meeting)
  storeComments(meeting.db, [aComment({ id: 9, ticketId: 201, authorId: 11, createdAt: second })])
  expect(meeting.list()).toMatchObject({ undecided: 0, until: second })
})

test('what was read late of the time before a list was closed comes to it all the same', () => {
  const meeting = aMeetingAbout(201)
  meeting.decideAll()
  settle(meeting)
  const before = aComment({ id: 77, ticketId: 201, authorId: 11, createdAt: meeting.now() - 1 })
  meeting.pass(hourMs)
  storeComments(meeting.db, [before])
  expect(meeting.list()).toMatchObject({ stage: 'wrap-up', undecided: 1 })
  expect(() => handBack(meeting.desk(), 'cover')).toThrow(
    '1 row came to the list after it was closed. Go back to it and decide them.',
  )
})

test('how a row of before goes on is no matter while the list is closed', () => {
  const meeting = aMeetingAbout(201)
  meeting.page(201, { status: 'solved' })
  meeting.page(201, { status: 'open' })
  meeting.decideAll()
  settle(meeting)
  meeting.pass(hourMs)
  expect(meeting.row('ticket:201/reopened').words).toBe('Reopened, now open')
  meeting.page(201, { status: 'pending' })
  expect(meeting.row('ticket:201/reopened').words).toBe('Reopened, now pending')
  expect(meeting.list().undecided).toBe(0)
  settle(meeting, false)
  expect(meeting.row('ticket:201/reopened').decided).toMatchObject({ changed: true })
})

test('an account that nobody covers yet has no list to close, and one that was handed back none to go back to', () => {
  const meeting = aMeeting()
  const later = { startsAt: wednesday + dayMs, endsAt: wednesday + 2 * dayMs }
  meeting.plan({ coverages: [{ id: 'cover', absenceId: 'anna-away', accountId: 1, coverId: 11, ...later }] })
  expect(() => settle(meeting)).toThrow('Nobody covers Acme yet. There is nothing to hand back.')
  meeting.pass(dayMs)
  settle(meeting)
  handBack(meeting.desk(), 'cover')
  expect(() => settle(meeting, false)).toThrow('Acme was handed back on Thu 19 Nov 11:00. Take that back first.')
  takeBack(meeting.desk(), 'cover')
  expect(settle(meeting, false)).toMatchObject({ stage: 'list' })
})
