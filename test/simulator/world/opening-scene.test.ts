import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { TrueTicket } from '#simulator/control/truth.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
const minute = 60_000
let simulator: Simulator
let live: readonly TrueTicket[]

beforeAll(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  live = simulator.truth().tickets.filter(({ status }) => status !== 'closed' && status !== 'solved')
})
afterAll(() => simulator.stop())

const account = (name: string) => simulator.description.workspace.accounts.find((one) => one.name === name)

test('about sixty tickets are unsolved', () => {
  expect(live.length).toBeGreaterThan(50)
  expect(live.length).toBeLessThan(75)
})

test('SLA clocks are there in every situation', () => {
  const clocks = live.flatMap(({ clocks: all }) => all)
  const left = clocks
    .filter(({ stage }) => stage === 'active')
    .map(({ breachAt }) => ((breachAt ?? 0) - anchor) / minute)
  const between = (from: number, to: number) => left.some((minutes) => minutes > from && minutes <= to)
  expect(left).toContain(10)
  expect(between(30, 90)).toBe(true)
  expect(between(280, 320)).toBe(true)
  expect(between(24 * 60, 48 * 60)).toBe(true)
  expect(left.some((minutes) => minutes < 0)).toBe(true)
  expect(clocks.some(({ stage, breachAt }) => stage === 'paused' && breachAt === null)).toBe(true)
  expect(clocks.some(({ stage }) => stage === 'achieved')).toBe(true)
  expect(live.some(({ clocks: all }) => all.length === 0)).toBe(true)
})

test('there is one emergency of an account and one of nobody’s, and both are urgent', () => {
  const emergencies = live.filter(({ tags }) => tags.includes('emergency'))
  expect(emergencies.map(({ priority }) => priority)).toEqual(['urgent', 'urgent'])
  const names = simulator.description.workspace.accounts
  expect(emergencies.filter(({ organizationId }) => names.some(({ id }) => id === organizationId))).toHaveLength(1)
})

test('an account has tickets from before its ASE', () => {
  const cascadia = account('Cascadia Freight')
  const old = live.filter(
    ({ organizationId, createdAt }) => organizationId === cascadia?.id && createdAt < (cascadia.aseSince ?? 0),
  )
  expect(old.length).toBeGreaterThan(0)
  expect(old.every(({ assigneeId }) => assigneeId !== cascadia?.aseId)).toBe(true)
})

test('I am on Cc of most tickets that I cover, and missing on some', () => {
  const covered = new Set([account('Cascadia Freight')?.id, account('Meridian Health')?.id])
  const mine = live.filter(({ organizationId }) => covered.has(organizationId))
  const present = mine.filter(({ ccIds }) => ccIds.includes(simulator.description.workspace.meId))
  expect(present.length).toBeGreaterThan(mine.length / 2)
  expect(present.length).toBeLessThan(mine.length)
})

test('no placeholder is left in a subject, and nothing has happened after now', () => {
  const { tickets } = simulator.truth()
  expect(tickets.filter(({ subject }) => /\{\w+\}/.test(subject))).toEqual([])
  expect(tickets.filter(({ updatedAt }) => updatedAt > anchor)).toEqual([])
})

test('each account with a label has labelled issues, open and closed', () => {
  const { issues } = simulator.truth()
  const own = simulator.description.workspace.accounts.flatMap(({ label }) => label ?? [])
  expect(own).toHaveLength(4)
  for (const label of own) {
    const labelled = issues.filter(({ labels }) => labels.includes(label))
    expect(new Set(labelled.map(({ state }) => state))).toEqual(new Set(['opened', 'closed']))
  }
})
