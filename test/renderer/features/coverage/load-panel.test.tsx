import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { aWeek } from '../../support/fixtures.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'

beforeEach(() => page.viewport(1280, 800))

test('prints what is allowed, taken and left, with the sum, the steps and where the rule stands', async () => {
  await openWindow({}, '/coverage')
  const load = await panel()
  expect(load.textContent).toContain('Allowed6.6Taken3Left3.6')
  expect(load.textContent).toContain('12/week → 1 day at 1.8 + 4 days at 1.2 = 6.6')
  expect(load.textContent).toContain('4 days covering 2 accounts')
  expect(load.textContent).toContain('Handbook, Global Support working with ASEs')
})

test('shows every week the usual load was measured from, and marks the one unlike the others', async () => {
  await openWindow({}, '/coverage')
  const load = await panel()
  const weeks = within(within(load).getAllByRole('list')[1] as HTMLElement).getAllByRole('listitem')
  expect(weeks).toHaveLength(8)
  expect(
    weeks.filter((week) => week.textContent?.includes('Far from the others')).map((week) => week.textContent),
  ).toEqual([expect.stringMatching(/^W4331/)])
  expect(load.textContent).toContain('The marked week counts like the others')
})

test('of any week is one step away, and this week one more', async () => {
  const { standIn } = await openWindow({}, '/coverage')
  const load = within(await panel())
  await userEvent.click(load.getByRole('button', { name: 'The week after' }))
  expect(await load.findByText('2026-W49')).toBeTruthy()
  await userEvent.click(load.getByRole('button', { name: 'The week before' }))
  await userEvent.click(load.getByRole('button', { name: 'The week before' }))
  expect(await load.findByText('2026-W47')).toBeTruthy()
  expect(asked(standIn)).toEqual([{}, { week: '2026-W49' }, { week: '2026-W48' }, { week: '2026-W47' }])
  await userEvent.click(load.getByRole('button', { name: 'This week' }))
  expect(await load.findByText('2026-W48')).toBeTruthy()
})

test('that more accounts than possible leave is said in words', async () => {
  await openWindow({ week: aWeek({ possible: false, allowed: 0 }) }, '/coverage')
  expect((await panel()).textContent).toContain('On some day the accounts you cover take more than the whole.')
})

test('without a week to measure from says so', async () => {
  await openWindow({ week: aWeek({ baseline: { perWeek: 0, origin: 'none', weeks: [] } }) }, '/coverage')
  expect((await panel()).textContent).toContain('because no complete week is known to measure it from')
})

async function panel(): Promise<HTMLElement> {
  const region = await screen.findByRole('region', { name: 'Your load' })
  await within(region).findByText(/^2026-W/)
  return region
}

function asked(standIn: OpenedWindow['standIn']): unknown[] {
  return standIn.calls.filter((call) => call.path === 'workload.week').map((call) => call.input)
}
