import { expect, test } from 'vitest'
import { ines, me } from '#simulator/world/people.ts'
import { organizationByKey } from '#simulator/world/organizations.ts'
import { ticketsTakenByMe } from '#simulator/world/load-history.ts'
import { describeWorkspace } from '#simulator/world/workspace.ts'

const hour = 3_600_000
const instants = Array.from({ length: 24 * 9 }, (_, index) => Date.UTC(2026, 9, 22) + index * 3.7 * hour)

test('at any time of any day I cover exactly two accounts', () => {
  for (const anchor of instants) {
    const covered = describeWorkspace(anchor)
      .coverages.filter(({ coverId, startsAt, endsAt }) => coverId === me.id && startsAt <= anchor && anchor < endsAt)
      .map(({ accountId }) => accountId)
    expect(covered).toHaveLength(2)
    expect(new Set(covered)).toEqual(new Set([organizationByKey('cascadia').id, organizationByKey('meridian').id]))
  }
})

test('one absence starts on the day of the anchor and one ends on the next', () => {
  for (const anchor of instants) {
    const { absences } = describeWorkspace(anchor)
    expect(absences.some(({ startsAt }) => startsAt <= anchor && anchor - startsAt < 24 * hour)).toBe(true)
    expect(absences.some(({ endsAt }) => endsAt > anchor && endsAt - anchor < 48 * hour)).toBe(true)
  }
})

test('every coverage lies within its absence', () => {
  const { absences, coverages } = describeWorkspace(Date.UTC(2026, 10, 18, 10))
  for (const coverage of coverages) {
    const absence = absences.find(({ id }) => id === coverage.absenceId)
    expect(absence?.startsAt).toBeLessThanOrEqual(coverage.startsAt)
    expect(absence?.endsAt).toBeGreaterThanOrEqual(coverage.endsAt)
  }
})

test('Inés has a Friday off in the coming six weeks, outside of what she covers', () => {
  for (const anchor of instants) {
    const { people, coverages } = describeWorkspace(anchor)
    const days = people.flatMap(({ id, daysOff }) =>
      daysOff.map((day) => ({ id, day, at: Date.parse(`${day}T12:00Z`) })),
    )
    expect(days).toMatchObject([{ id: ines.id, day: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as string }])
    for (const { at } of days) {
      expect(new Date(at).getUTCDay()).toBe(5)
      expect(at - anchor).toBeGreaterThan(14 * 24 * hour)
      expect(at - anchor).toBeLessThan(6 * 7 * 24 * hour)
      expect(coverages.filter((one) => one.coverId === ines.id && one.startsAt <= at && at < one.endsAt)).toEqual([])
    }
  }
})

test('I took 10 to 14 tickets in clean weeks, none while I was away, and at least eight of the last twelve are clean', () => {
  const anchor = Date.UTC(2026, 10, 18, 10)
  const monday = Date.UTC(2026, 10, 15, 23)
  const taken = ticketsTakenByMe(1, anchor)
  const inWeek = (weeksBack: number) =>
    taken.filter((instant) => Math.floor((instant - monday) / (7 * 24 * hour)) === -weeksBack).length
  expect(inWeek(4)).toBe(0)
  expect(inWeek(7)).toBe(9)
  const clean = [2, 3, 5, 6, 8, 9, 10, 11].map(inWeek)
  expect(Math.min(...clean)).toBeGreaterThanOrEqual(10)
  expect(Math.max(...clean)).toBeLessThanOrEqual(14)
  expect(new Set(clean).size).toBeGreaterThan(2)
  expect(Math.max(...taken)).toBeLessThan(anchor)
})

test('one call is begun and one is filed, with an action item that is overdue, at any time', () => {
  for (const anchor of instants) {
    const { calls, accounts } = describeWorkspace(anchor)
    expect(calls.map(({ filedAt }) => filedAt === null)).toEqual([true, false])
    const today = new Date(anchor).toISOString().slice(0, 10)
    for (const { accountId, createdAt, updatedAt, filedAt, document } of calls) {
      expect(accounts.map(({ id }) => id)).toContain(accountId)
      expect(createdAt <= updatedAt && updatedAt < anchor).toBe(true)
      if (filedAt === null) continue
      const [done, overdue, coming] = document.actions
      expect([done?.done, overdue?.done, coming?.done]).toEqual([true, false, false])
      expect((overdue?.dueOn ?? '') < today && today < (coming?.dueOn ?? '')).toBe(true)
    }
  }
})
