import { expect, test } from 'vitest'
import { organizationByKey } from '#simulator/world/organizations.ts'
import { ines, me } from '#simulator/world/people.ts'
import { describeWorkspace } from '#simulator/world/workspace.ts'

const hour = 3_600_000
const day = 24 * hour
const anchors = Array.from({ length: 24 * 9 }, (_, index) => Date.UTC(2026, 9, 1) + index * 7.3 * hour)

const within = (at: number) => (window: { startsAt: number; endsAt: number }) =>
  window.startsAt <= at && at < window.endsAt

test('what is being arranged lies in the six weeks after the anchor, inside each absence and among its accounts', () => {
  for (const anchor of anchors) {
    const { plans, shifts, accounts } = describeWorkspace(anchor)
    expect(new Set(plans.map(({ id }) => id)).size).toBe(4)
    for (const plan of plans) {
      expect(plan.startsAt).toBeGreaterThan(anchor + 13 * day)
      expect(plan.endsAt).toBeLessThan(anchor + 42 * day)
      expect(plan.plannedAt).toBeLessThan(anchor)
      expect(accounts.filter(({ aseId }) => aseId === plan.aseId).map(({ id }) => id)).toEqual(plan.accountIds)
      for (const entry of plan.entries) {
        expect(plan.accountIds).toContain(entry.accountId)
        expect(entry.coverId).not.toBe(plan.aseId)
        expect(entry.startsAt).toBeGreaterThanOrEqual(plan.startsAt)
        expect(entry.endsAt).toBeLessThanOrEqual(plan.endsAt)
        expect(entry.at).toBeGreaterThan(plan.plannedAt)
        expect(entry.at).toBeLessThan(anchor)
      }
    }
    for (const shift of shifts) expect(shift.endsAt - shift.startsAt).toBeLessThan(3 * day + hour)
  }
})

test('nobody is away twice at once', () => {
  for (const anchor of anchors) {
    const { plans, absences } = describeWorkspace(anchor)
    const away = [...absences, ...plans.map(({ aseId, ...plan }) => ({ ...plan, personId: aseId }))]
    for (const one of away) {
      const others = away.filter((other) => other !== one && other.personId === one.personId)
      expect(others.filter((other) => other.startsAt < one.endsAt && one.startsAt < other.endsAt)).toEqual([])
    }
  }
})

test('I am on call twice: once with one account, and once with two that I have accepted', () => {
  for (const anchor of anchors) {
    const { plans, coverages, shifts } = describeWorkspace(anchor)
    const accepted = plans.flatMap(({ entries }) => entries.filter(({ state }) => state === 'accepted'))
    const mine = [...coverages, ...accepted].filter(({ coverId }) => coverId === me.id)
    const most = shifts
      .filter(({ personId }) => personId === me.id)
      .map(({ startsAt, endsAt }) => {
        const hours = Array.from({ length: (endsAt - startsAt) / hour }, (_, index) => startsAt + index * hour)
        return Math.max(...hours.map((at) => new Set(mine.filter(within(at)).map(({ accountId }) => accountId)).size))
      })
    expect(most).toHaveLength(2)
    expect(most[0]).toBeLessThanOrEqual(1)
    expect(most[1]).toBe(2)
  }
})

test('only the last two days of my own absence have nobody, and everything that I am asked for makes five accounts', () => {
  for (const anchor of anchors) {
    const { plans } = describeWorkspace(anchor)
    const open: number[] = []
    let most = 0
    for (let at = anchor; at < anchor + 42 * day; at += hour) {
      for (const plan of plans.filter(within(at))) {
        for (const id of plan.accountIds) {
          if (!plan.entries.some((entry) => entry.accountId === id && within(at)(entry))) open.push(id)
        }
      }
      const asMine = plans.flatMap(({ entries }) =>
        entries.filter((entry) => entry.coverId === me.id && within(at)(entry)),
      )
      most = Math.max(most, new Set(asMine.map(({ accountId }) => accountId)).size)
    }
    expect(new Set(open)).toEqual(new Set([organizationByKey('brandt').id]))
    expect(open).toHaveLength(48)
    expect(most).toBe(5)
  }
})

test('the accounts of Inés are followed, and she took them lately', () => {
  const [anchor = 0] = anchors
  const hers = describeWorkspace(anchor).accounts.filter(({ aseId }) => aseId === ines.id)
  expect(hers.map(({ name }) => name)).toEqual(['Vantaa Optics', 'Wexford Instruments'])
  for (const { aseSince } of hers) expect(anchor - (aseSince ?? 0)).toBeLessThan(21 * day)
})
