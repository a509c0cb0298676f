import { describe, expect, test } from 'vitest'
import type { Workspace } from '#contract/workspace.ts'
import { readShifts, insertShift } from '#service/db/shifts.ts'
import { readRoster } from '#service/db/workspace.ts'
import { settleList } from '#service/returns/go-over-list.ts'
import { handBack, takeBack } from '#service/returns/hand-back.ts'
import { ribbonOf } from '#service/rpc/ribbon-view.ts'
import { guardedTickets } from '#service/rpc/guard-view.ts'
import { toOnCallShifts } from '#service/rpc/on-call-view.ts'
import { createViewpoint } from '#service/rpc/ticket-views.ts'
import { workloadOf, workloadOfDay } from '#service/rpc/workload-view.ts'
import { anAlertDesk } from '#test/support/alert-desk.ts'
import { aMeeting, twoWeeks, type MeetingSetting } from '#test/support/meeting-setting.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { aSighting, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'
import { storeTicket } from '#service/db/store-tickets.ts'

const policy = policyOf('2025-04')
const cover = { id: 'cover', absenceId: 'anna-away', accountId: 1, coverId: 11, ...twoWeeks }

/** A meeting whose list is closed, in the second day of the coverage. */
function aClosedMeeting(workspace: Partial<Workspace> = {}): MeetingSetting {
  const meeting = aMeeting({ workspace })
  meeting.page(201, { assigneeId: 11 })
  meeting.pass(dayMs)
  meeting.decideAll()
  settleList(meeting.desk(), 'cover', true)
  return meeting
}

const give = (meeting: MeetingSetting) => handBack(meeting.desk(), 'cover')
const factsOf = ({ db, now }: MeetingSetting) => ({ db, roster: readRoster(db), policy, now: now(), setBaseline: 12 })
const viewOf = ({ db, now }: MeetingSetting) =>
  createViewpoint(db, { policy, now: now(), zendeskUrl: null, emergencyMark: { by: 'tag', value: 'emergency' } })
const swapsOf = (meeting: MeetingSetting) =>
  toOnCallShifts(readShifts(meeting.db), { roster: readRoster(meeting.db), policy: policy.onCall }).flatMap(
    ({ id, swap }) => (swap ? [id] : []),
  )
const ribbonLane = (meeting: MeetingSetting, id: string) =>
  ribbonOf(undefined, 4, {
    ...{ roster: readRoster(meeting.db), plans: [], shifts: [], policy, now: meeting.now() },
  })?.lanes.find((lane) => lane.id === id)?.spans

describe('an account that is handed back in the middle of its coverage', () => {
  test('weighs no more from that day on, and weighs again when that is taken back', () => {
    const meeting = aClosedMeeting()
    const today = () => workloadOfDay(undefined, factsOf(meeting)).arithmetic
    const week = () => workloadOf(undefined, factsOf(meeting))?.arithmetic
    expect([today(), week()]).toEqual(['12/week ÷ 5 × 75 % = 1.8', '12/week → 2 days at 2.4 + 3 days at 1.8 = 10.2'])
    const { lifted } = give(meeting)
    expect(lifted).toContain('Your load is 100 % again; it was 75 %.')
    expect([today(), week()]).toEqual([
      '12/week ÷ 5 × 100 % = 2.4',
      '12/week → 2 days at 2.4 + 1 day at 1.8 + 2 days at 2.4 = 11.4',
    ])
    takeBack(meeting.desk(), 'cover')
    expect(today()).toBe('12/week ÷ 5 × 75 % = 1.8')
  })

  test('is no reason any more for a shift to change hands, whether the shift runs or is to come', () => {
    const meeting = aClosedMeeting({
      coverages: [cover, { ...cover, id: 'second', accountId: 3 }],
    })
    const shift = { personId: 11, title: 'EMEA' }
    insertShift(meeting.db, { ...shift, id: 'running', startsAt: wednesday, endsAt: wednesday + 2 * dayMs })
    insertShift(meeting.db, { ...shift, id: 'later', startsAt: wednesday + 6 * dayMs, endsAt: wednesday + 8 * dayMs })
    insertShift(meeting.db, { ...shift, id: 'after', startsAt: wednesday + 20 * dayMs, endsAt: wednesday + 21 * dayMs })
    expect(swapsOf(meeting)).toEqual(['running', 'later'])
    const { lifted } = give(meeting)
    expect(lifted.filter((words) => words.includes('swap flag'))).toEqual([
      'The swap flag of your shift “EMEA” from Wed 18 Nov 10:00 until Fri 20 Nov 10:00 is down.',
      'The swap flag of your shift “EMEA” from Tue 24 Nov 10:00 until Thu 26 Nov 10:00 is down.',
    ])
    expect(lifted).toContain('Your load is 75 % again; it was 50 %.')
    expect(swapsOf(meeting)).toEqual([])
    takeBack(meeting.desk(), 'cover')
    expect(swapsOf(meeting)).toEqual(['running', 'later'])
  })

  test('has nothing that goes astray, and its ribbon no gap', () => {
    const meeting = aClosedMeeting()
    meeting.page(202, { assigneeId: 12, ccIds: [11] })
    meeting.page(202, { assigneeId: 13 })
    expect(guardedTickets(viewOf(meeting)).map(({ ticketId }) => ticketId)).toEqual([202])
    give(meeting)
    expect(guardedTickets(viewOf(meeting))).toEqual([])
    expect(ribbonLane(meeting, 'account/1')).toMatchObject([
      { kind: 'cover', endsAt: meeting.now(), words: expect.stringMatching(/It was handed back then\.$/) as string },
    ])
    takeBack(meeting.desk(), 'cover')
    expect(guardedTickets(viewOf(meeting)).map(({ ticketId }) => ticketId)).toEqual([202])
    expect(ribbonLane(meeting, 'account/1')).toMatchObject([{ kind: 'cover', endsAt: twoWeeks.endsAt }])
  })

  test('says what goes on: the absence, and what the other one’s own Understudy knows', () => {
    expect(give(aClosedMeeting()).lifted).toEqual([
      'Your load is 100 % again; it was 75 %.',
      'Alerts of Acme have stopped, and its tickets are not guarded any more.',
      'Anna’s own Understudy hears nothing of this: Acme is handed back there, too.',
      'Anna’s absence is planned until Wed 2 Dec 10:00 still. That is changed under Coverage.',
    ])
    expect(give(aClosedMeeting({ meId: 12 })).lifted).toEqual([
      'Ines’s load is 100 % again; it was 75 %.',
      'Alerts of Acme come to you again.',
      'Ines’s own Understudy hears nothing of this: Acme is handed back there, too.',
      'Your absence is planned until Wed 2 Dec 10:00 still. That is changed under Coverage.',
    ])
  })

  test('is not taken over by who was to come', () => {
    const passedAt = wednesday + 7 * dayMs
    const chain = [
      { ...cover, endsAt: passedAt },
      { ...cover, id: 'second', coverId: 13, startsAt: passedAt },
    ]
    const meeting = aClosedMeeting({ coverages: chain })
    expect(give(meeting).lifted[0]).toBe('Ben does not take Acme over on Wed 25 Nov 10:00 any more.')
    expect(readRoster(meeting.db).coverages.map(({ id }) => id)).toEqual(['cover'])
    takeBack(meeting.desk(), 'cover')
    expect(readRoster(meeting.db).coverages.map(({ id }) => id)).toEqual(['cover', 'second'])
  })

  test('names what came while tickets were transferred, for nobody has it on a list', () => {
    const meeting = aClosedMeeting()
    meeting.page(201, { assigneeId: 12 }, 11)
    meeting.page(203, { subject: 'All runners are down' })
    expect(give(meeting).lifted.at(-1)).toBe(
      'After the list was closed: #203 All runners are down (Opened). Look at that before you part.',
    )
    expect(meeting.list()).toMatchObject({ stage: 'handed-back', undecided: 0, rows: [{ key: 'ticket:201/new' }] })
  })
})

test('of a coverage that is over, handing back ends nothing, and says so', () => {
  const meeting = aMeeting()
  meeting.page(201, { assigneeId: 11 })
  meeting.pass(15 * dayMs)
  meeting.decideAll()
  settleList(meeting.desk(), 'cover', true)
  const { meeting: back, lifted } = give(meeting)
  expect(lifted).toEqual(['The coverage had ended on Wed 2 Dec 10:00 by itself.'])
  expect(back).toMatchObject({ stage: 'handed-back', handedBackAt: meeting.now(), endsAt: twoWeeks.endsAt })
})

test('handing back waits for the list, and is done once', () => {
  const meeting = aMeeting()
  meeting.page(201, { assigneeId: 11 })
  const close = 'Go over the list to its end and close it, then hand the account back.'
  expect(() => give(meeting)).toThrow(`1 row is undecided. ${close}`)
  meeting.decideAll()
  expect(() => give(meeting)).toThrow(`Every row is decided. ${close}`)
  expect(() => takeBack(meeting.desk(), 'cover')).toThrow('Acme is not handed back.')
  settleList(meeting.desk(), 'cover', true)
  const before = [meeting.list(), readRoster(meeting.db)]
  give(meeting)
  expect(() => give(meeting)).toThrow('Acme was handed back on Wed 18 Nov 11:00. Take that back first.')
  takeBack(meeting.desk(), 'cover')
  expect([meeting.list(), readRoster(meeting.db)]).toEqual(before)
})

test('alerts of an account end when it is handed back, of its coverage and meeting, too, and begin when that is taken back', async () => {
  const desk = await anAlertDesk()
  const meeting = aMeeting({ db: desk.db, workspace: { absences: [], coverages: [] } })
  const plan = { startsAt: wednesday - dayMs, endsAt: wednesday + 10 * dayMs }
  meeting.plan({
    absences: [{ id: 'anna-away', personId: 12, ...plan }],
    coverages: [{ ...cover, ...plan }],
  })
  const opened = async (id: number) => {
    const at = desk.clock.now()
    storeTicket(desk.db, aSighting({ id, createdAt: at, updatedAt: at }), at)
    await desk.look()
    return desk.news().filter((title) => title.includes('new ticket') || title.includes('opened'))
  }
  await desk.look()
  desk.news()
  await desk.pass(2 * hourMs)
  expect(await opened(301)).toHaveLength(1)
  const at = () => ({ ...meeting.desk(), now: desk.clock.now() })
  for (const row of meeting.list().rows) meeting.decide(row.key, 'know')
  settleList(meeting.desk(), 'cover', true)
  handBack(at(), 'cover')
  await desk.pass(hourMs)
  expect(await opened(302)).toEqual([])
  await desk.pass(20 * dayMs)
  expect(desk.news()).toEqual([])
  expect(desk.ledger().map(({ kind }) => kind)).not.toContain('coverage-ended')
  takeBack(at(), 'cover')
  await desk.look()
  expect(desk.news()).toEqual(['Acme · your coverage is over', 'Acme · return meeting with Anna'])
})
