import { expect, test } from 'vitest'
import { planOf } from '#core/coverage/plan-document.ts'
import { plannedAbsence } from '#service/db/planned-absence.ts'
import { aWorkspace, dayMs, wednesday } from '#test/support/work-values.ts'

const window = { startsAt: wednesday, endsAt: wednesday + dayMs }
const entry = { accountId: 1, coverId: 11, ...window, at: wednesday - 5 }
const planned = {
  id: 'anna-away',
  aseId: 12,
  ...window,
  accountIds: [1],
  plannedAt: wednesday - dayMs,
  entries: [
    { ...entry, id: 'a', state: 'accepted' as const },
    { ...entry, id: 'b', coverId: 13, state: 'asked' as const },
  ],
}

test('the plan stands as it was told: who planned, who was asked when, who accepted', () => {
  const { document } = plannedAbsence(planned, aWorkspace())
  const { entries, ...plan } = planOf(document)
  expect(plan).toEqual({
    id: 'anna-away',
    aseId: 12,
    ...window,
    accountIds: [1],
    removedAt: null,
    tickedAt: new Map(),
  })
  expect(entries).toMatchObject([
    { id: 'a', ...window, coverId: 11, request: { state: 'accepted', at: wednesday - 5, byName: 'Ines' } },
    { id: 'b', ...window, coverId: 13, request: { state: 'asked', at: wednesday - 5, byName: 'Anna' } },
  ])
  expect(document.names).toEqual({
    people: {
      11: { name: 'Ines', timeZone: 'Europe/Berlin' },
      12: { name: 'Anna', timeZone: 'Europe/Berlin' },
      13: { name: 'Ben', timeZone: 'America/New_York' },
    },
    accounts: { 1: 'Acme' },
  })
})

test('changes here are made under a name that nobody else has', () => {
  const authors = [1, 2].map(() => plannedAbsence(planned, aWorkspace()).author)
  expect(new Set([...authors, 'workspace-11', 'workspace-12']).size).toBe(4)
})
