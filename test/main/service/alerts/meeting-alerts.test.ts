import { describe, expect, test } from 'vitest'
import { readStoredMeeting, storeHandedBack, storeMeeting, type StoredMeeting } from '#service/db/return-meetings.ts'
import { readRoster } from '#service/db/workspace.ts'
import { anAlertDesk, type DeskOptions } from '#test/support/alert-desk.ts'
import { aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

const minuteMs = 60_000
/** Anna's absence and my coverage end then: Thursday 10:00 in Berlin, where both are. */
const thursday = wednesday + dayMs
const meetingId = { id: 'anna-away--1', accountId: 1 }

/** A desk of Ines, who covers Acme for Anna, and what was told of return meetings there. */
async function aMeetingDesk(options: DeskOptions = {}) {
  const desk = await anAlertDesk(options)
  const kind = 'return-meeting'
  return {
    ...desk,
    /** Stores how far the meeting is, and looks as the service does after that. */
    async store(parts: Partial<StoredMeeting>) {
      storeMeeting(desk.db, { ...readStoredMeeting(desk.db, meetingId), ...parts })
      await desk.look()
    },
    told: () => desk.seen.filter(({ title }) => /return meeting (in|due|since)|could begin/.test(title)),
    ledger: () => desk.ledger().filter((alert) => alert.kind === kind),
  }
}

const asAnna = { workspace: aWorkspace({ meId: 12 }) }
const times = (seen: readonly { readonly at: number }[]) => seen.map(({ at }) => (at - thursday) / minuteMs)

describe('a return meeting whose time was chosen', () => {
  test('is told of a quarter of an hour before, once, to both', async () => {
    for (const [options, otherName] of [
      [{}, 'Anna'],
      [asAnna, 'Ines'],
    ] as const) {
      const desk = await aMeetingDesk(options)
      await desk.store({ scheduledAt: thursday + 2 * hourMs, startedAt: wednesday })
      await desk.pass(dayMs + 105 * minuteMs - 1)
      expect(desk.told()).toEqual([])
      await desk.pass(1)
      expect(desk.told()).toMatchObject([{ title: 'Acme · return meeting in 15 min (12:00)', urgent: false }])
      expect(desk.told()[0]?.body).toContain(`Go through the list with ${otherName}, row by row.\n`)
      await desk.pass(30 * dayMs)
      expect(desk.told()).toHaveLength(1)
      expect(desk.ledger()).toMatchObject([{ subject: 'coverage acme-by-ines', accountId: 1, ticketId: null }])
    }
  })

  test('is told of late where the computer slept, and only listed when it is over', async () => {
    const late = await aMeetingDesk()
    await late.store({ scheduledAt: thursday + hourMs, startedAt: wednesday })
    await late.sleep(dayMs + hourMs + 5 * minuteMs)
    expect(late.told()).toMatchObject([{ title: 'Acme · return meeting since 11:00' }])
    const over = await aMeetingDesk()
    await over.store({ scheduledAt: thursday + hourMs, startedAt: wednesday })
    await over.sleep(dayMs + 2 * hourMs)
    expect(over.told()).toEqual([])
    expect(over.ledger()).toMatchObject([{ state: 'listed', heldBy: 'It was over before this could be told.' }])
  })

  test('is told of anew when it is put off', async () => {
    const desk = await aMeetingDesk()
    await desk.store({ scheduledAt: thursday + hourMs, startedAt: wednesday })
    await desk.pass(dayMs + 50 * minuteMs)
    await desk.store({ scheduledAt: thursday + 3 * hourMs })
    await desk.pass(5 * hourMs)
    expect(times(desk.told())).toEqual([45, 165])
    // Back at a time that was told of, there is nothing new to tell.
    await desk.store({ scheduledAt: thursday + hourMs })
    await desk.pass(hourMs)
    expect(desk.told()).toHaveLength(2)
  })

  test('is told of also while somebody covers still, and not when it was called off', async () => {
    const desk = await aMeetingDesk()
    await desk.store({ scheduledAt: wednesday + 2 * hourMs, startedAt: wednesday })
    await desk.pass(2 * hourMs)
    expect(desk.told()).toHaveLength(1)
    const off = await aMeetingDesk()
    await off.store({ scheduledAt: wednesday + 2 * hourMs, startedAt: wednesday })
    await off.store({ scheduledAt: null })
    await off.pass(2 * hourMs)
    expect(off.told()).toEqual([])
  })
})

describe('a return meeting that nobody began', () => {
  test('is told of on my next working morning, once', async () => {
    const desk = await aMeetingDesk()
    await desk.store({ scheduledAt: thursday + 2 * hourMs })
    await desk.pass(dayMs + 3 * hourMs)
    expect(times(desk.told())).toEqual([105])
    await desk.pass(20 * dayMs)
    // Friday 09:00.
    expect(times(desk.told()).slice(1)).toEqual([23 * 60])
    expect(desk.told().at(-1)).toMatchObject({ title: 'Acme · return meeting due since yesterday 12:00' })
    expect(desk.told().at(-1)?.body).toBe(
      'It was not begun. Go through the list with Anna, or choose another time in Return.\nYou covered Acme for Anna.',
    )
  })

  test('on a Friday is told of on Monday, and where I am off then on Tuesday', async () => {
    const people = aWorkspace().people.map((one) => (one.id === 11 ? { ...one, daysOff: ['2026-11-23'] } : one))
    for (const [options, day] of [
      [{}, 4],
      [{ workspace: aWorkspace({ people }) }, 5],
    ] as const) {
      const desk = await aMeetingDesk(options)
      await desk.store({ scheduledAt: thursday + dayMs })
      await desk.pass(20 * dayMs)
      expect(times(desk.told())).toEqual([24 * 60 - 15, (day * 24 - 1) * 60])
    }
  })

  test('is told of as well where nobody chose a time: it was due when both were first at work', async () => {
    const desk = await aMeetingDesk()
    await desk.pass(30 * dayMs)
    expect(desk.told()).toMatchObject([{ title: 'Acme · return meeting due since yesterday 10:00' }])
    expect(times(desk.told())).toEqual([23 * 60])
    // That Anna is back was told when she was.
    expect(desk.seen.map(({ title }) => title)).toContain('Acme · return meeting with Anna')
  })

  test('is not told of once it was begun, closed, or handed back', async () => {
    for (const parts of [{ startedAt: thursday }, { startedAt: thursday, settledAt: thursday }]) {
      const desk = await aMeetingDesk()
      await desk.store({ scheduledAt: wednesday + hourMs, ...parts })
      await desk.pass(30 * dayMs)
      expect(times(desk.told())).toEqual([-24 * 60 + 45])
    }
    const handed = await aMeetingDesk()
    await handed.store({ scheduledAt: thursday + hourMs })
    const { plannedCoverages } = readRoster(handed.db)
    storeHandedBack(handed.db, readStoredMeeting(handed.db, meetingId), plannedCoverages, wednesday)
    await handed.pass(30 * dayMs)
    expect(handed.told()).toEqual([])
    expect(handed.ledger()).toEqual([])
  })

  test('is listed and not told when it was begun while alerts were held', async () => {
    const desk = await aMeetingDesk()
    await desk.store({ scheduledAt: wednesday + hourMs })
    await desk.pass(22 * hourMs)
    desk.alerts.hold(true)
    await desk.pass(2 * hourMs)
    expect(desk.ledger().at(-1)).toMatchObject({ state: 'held', heldBy: 'A meeting was running.' })
    await desk.store({ startedAt: thursday })
    desk.alerts.hold(false)
    await desk.look()
    expect(desk.ledger().at(-1)).toMatchObject({ state: 'listed', heldBy: 'It was settled before this could be told.' })
    expect(times(desk.told())).toEqual([-24 * 60 + 45])
  })
})

describe('the ASE', () => {
  test('is told of the first time for both where nobody chose one, and that it was not begun', async () => {
    const desk = await aMeetingDesk(asAnna)
    await desk.pass(30 * dayMs)
    expect(times(desk.told())).toEqual([-15, 23 * 60])
    expect(desk.told().map(({ title }) => title)).toEqual([
      'Acme · return meeting with Ines could begin 10:00',
      'Acme · return meeting due since yesterday 10:00',
    ])
    expect(desk.told()[0]?.body).toBe(
      'Nobody chose a time; this is the first for both of you. Agree on it, or choose another one in Return.\nInes covered Acme for you.',
    )
  })
})

describe('nobody is told', () => {
  test('of a meeting between two others', async () => {
    const desk = await aMeetingDesk({ workspace: aWorkspace({ meId: 13 }) })
    await desk.store({ scheduledAt: thursday })
    await desk.pass(30 * dayMs)
    expect(desk.ledger()).toEqual([])
  })

  test('who passed the account on, unless a time was chosen', async () => {
    const [coverage] = aWorkspace().coverages
    if (!coverage) throw new Error('The workspace has one')
    const second = { ...coverage, id: 'by-ben', coverId: 13, startsAt: wednesday }
    const workspace = aWorkspace({ coverages: [{ ...coverage, endsAt: wednesday }, second] })
    const desk = await aMeetingDesk({ workspace })
    await desk.pass(5 * dayMs)
    expect(desk.ledger()).toEqual([])
    await desk.store({ scheduledAt: desk.clock.now() + hourMs })
    await desk.pass(hourMs)
    expect(desk.told()).toHaveLength(1)
  })

  test('of what was over before Understudy looked, or weeks ago', async () => {
    const start = thursday + 60 * dayMs
    const desk = await aMeetingDesk({ start })
    await desk.pass(5 * dayMs)
    expect(desk.ledger()).toEqual([])
  })
})
