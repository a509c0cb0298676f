import { describe, expect, test } from 'vitest'
import { readCalendar } from '#service/calendar/read-calendar.ts'
import { readMeetings, storeMeeting, readStoredMeeting } from '#service/db/return-meetings.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { meetingCalendar, returnTime, scheduleMeeting } from '#service/returns/meeting-time.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { aSighting, aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

/** Anna's Acme is covered by Ines (me) until Thursday 10:00 in Berlin, where both are. */
function setUp(workspace = aWorkspace()) {
  const db = memoryDatabase()
  storeWorkspace(db, workspace)
  const facts = (now = wednesday) => ({ db, roster: readRoster(db), policy: policyOf('2025-04'), now })
  return { db, facts, id: workspace.coverages[0]?.id ?? '' }
}

const thursday = wednesday + dayMs

describe('the time of a return meeting', () => {
  test('is proposed at the end of the absence, for as long as the policy says', () => {
    const { facts, id } = setUp()
    expect(returnTime(facts(), id)).toEqual({
      startsAt: thursday,
      endsAt: thursday + hourMs / 2,
      basis: 'overlap',
      words: 'Thu 19 Nov 10:00–10:30 for both (Europe/Berlin). The first time after the absence at which both work.',
    })
  })

  test('waits for who covered last, and for days off of both', () => {
    const [coverage] = aWorkspace().coverages
    const [ines, anna, ben] = aWorkspace().people
    if (!coverage || !ines || !anna || !ben) throw new Error('The workspace has them')
    const passed = { ...coverage, id: 'by-ben', coverId: 13, startsAt: wednesday }
    const people = [ines, { ...anna, daysOff: ['2026-11-19'] }, ben]
    const { facts } = setUp(aWorkspace({ people, coverages: [{ ...coverage, endsAt: wednesday }, passed] }))
    for (const id of ['acme-by-ines', 'by-ben']) {
      expect(returnTime(facts(), id).words).toMatch(
        /^Fri 20 Nov 15:00–15:30 for Anna \(Europe\/Berlin\), 09:00–09:30 for Ben \(America\/New_York\)\./,
      )
    }
  })

  test('is what somebody chose, until they go back to what is proposed', () => {
    const { db, facts, id } = setUp()
    const startsAt = thursday + 3 * hourMs
    expect(scheduleMeeting(facts(), { coverageId: id, startsAt }).meetingId).toBe('anna-away--1')
    expect(returnTime(facts(), id)).toMatchObject({ startsAt, endsAt: startsAt + hourMs / 2, basis: 'chosen' })
    // It stays when its time is past: whether it was held is not known by that.
    expect(returnTime(facts(startsAt + dayMs), id)).toMatchObject({ startsAt, basis: 'chosen' })
    expect(readMeetings(db)).toMatchObject([{ id: 'anna-away--1', accountId: 1, scheduledAt: startsAt }])
    scheduleMeeting(facts(), { coverageId: id, startsAt: null })
    expect(returnTime(facts(), id)).toMatchObject({ startsAt: thursday, basis: 'overlap' })
  })

  test('is refused where it is past, and where the account was handed back', () => {
    const { db, facts, id } = setUp()
    const choose = (startsAt: number | null) => () => scheduleMeeting(facts(), { coverageId: id, startsAt })
    expect(choose(wednesday - 1)).toThrow('That time is past. Choose one that is still to come.')
    expect(choose(wednesday)).not.toThrow()
    const stored = readStoredMeeting(db, { id: 'anna-away--1', accountId: 1 })
    storeMeeting(db, { ...stored, handedBackAt: wednesday })
    db.exec(`INSERT INTO handed_back (coverage_id, meeting_id, planned_from, planned_until, at)
      SELECT id, 'anna-away--1', starts_at, ends_at, ${wednesday} FROM coverages`)
    expect(choose(thursday)).toThrow('Acme was handed back. Take that back first to meet again.')
    expect(choose(null)).not.toThrow()
  })

  test('keeps what else is stored of the meeting', () => {
    const { db, facts, id } = setUp()
    const stored = readStoredMeeting(db, { id: 'anna-away--1', accountId: 1 })
    storeMeeting(db, { ...stored, startedAt: wednesday, atKey: 'ticket:1/new', missing: 'The proxy' })
    scheduleMeeting(facts(), { coverageId: id, startsAt: thursday })
    expect(readMeetings(db)).toMatchObject([{ startedAt: wednesday, atKey: 'ticket:1/new', missing: 'The proxy' }])
  })

  test('is nobody’s who has no part in it', () => {
    const { facts, id } = setUp(aWorkspace({ meId: 13 }))
    expect(() => returnTime(facts(), id)).toThrow(/between two others/)
    expect(() => returnTime(facts(), 'none')).toThrow(/not known here/)
  })
})

describe('the calendar file of a return meeting', () => {
  const window = { startsAt: wednesday - dayMs, endsAt: wednesday + 30 * dayMs }

  test('is read back as the meeting, and goes on under its name when it is held at another time', async () => {
    const { facts, id } = setUp()
    const first = meetingCalendar(facts(), id)
    expect(first.name).toBe('return-meeting-acme-2026-11-19.ics')
    const read = async (text: string) => (await readCalendar(text, window)).events
    const time = { kind: 'fixed', startsAt: thursday, endsAt: thursday + hourMs / 2 }
    expect(await read(first.text)).toEqual([
      { key: 'return-anna-away--1@understudy', title: 'Return meeting: Acme', allDay: false, time },
    ])
    scheduleMeeting(facts(), { coverageId: id, startsAt: thursday + hourMs })
    const second = meetingCalendar(facts(wednesday + 60_000), id)
    expect(await read(second.text)).toMatchObject([
      { key: 'return-anna-away--1@understudy', time: { startsAt: thursday + hourMs } },
    ])
    const sequence = ({ text }: typeof first) => Number(/\nSEQUENCE:(\d+)/.exec(text)?.[1])
    expect(sequence(second)).toBeGreaterThan(sequence(first))
  })

  test('has nothing in it that a customer wrote', () => {
    const { db, facts, id } = setUp()
    storeTicket(db, aSighting({ subject: 'canary-4711', tags: ['canary-4711'] }), wednesday)
    const { text } = meetingCalendar(facts(), id)
    expect(text).not.toContain('canary')
    expect(text.replaceAll('\r\n ', '')).toContain(
      'DESCRIPTION:Anna and Ines go over what happened to Acme while it was covered\\, row by row\\, in Understudy: Return.',
    )
  })
})
