import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen } from '@testing-library/react'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import { aPerson } from '../../support/rules-fixtures.ts'
import type { StandInState } from '../../support/stand-in-state.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

async function openPerson(state: Partial<StandInState> = {}): Promise<OpenedWindow> {
  const window = await openWindow(state, '/accounts')
  await userEvent.click(await screen.findByRole('button', { name: 'Priya Raman' }))
  await screen.findByRole('dialog', { name: 'When Priya Raman works' })
  return window
}

const hours = () => screen.findByLabelText<HTMLInputElement>('Working hours')

test('hours and days off of an ASE are set as they are written', async () => {
  const { standIn } = await openPerson({ people: [aPerson({ daysOff: ['2026-12-25'] })] })
  expect((await hours()).value).toBe('Mon-Fri 09:00-17:00')
  expect(await screen.findByText(/By the clock in Asia\/Kolkata/)).toBeTruthy()
  const days = screen.getByLabelText<HTMLTextAreaElement>('Days off')
  expect(days.value).toBe('2026-12-25')
  expect(faultsOfThePage()).toEqual([])
  await userEvent.fill(await hours(), 'Sat 22:00-06:00')
  await userEvent.fill(days, '2026-12-25\n2026-12-28')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  expect(standIn.state.people[0]).toMatchObject({
    workingHours: [{ weekday: 6, fromMinute: 1320, toMinute: 1800 }],
    daysOff: ['2026-12-25', '2026-12-28'],
  })
})

test('what is not understood is not sent, and says how it is written', async () => {
  await openPerson()
  await userEvent.fill(await hours(), 'nine to five')
  expect(await screen.findByText('Write them like “Mon-Fri 09:00-17:00, Sat 22:00-06:00”.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Save' }).matches(':disabled')).toBe(true)
  await userEvent.fill(await hours(), '')
  await userEvent.fill(screen.getByLabelText('Days off'), '2026-02-30')
  expect(await screen.findByText('2026-02-30 is no day. Write one like 2026-12-24.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Save' }).matches(':disabled')).toBe(true)
})

test('a refused change stays in its dialog', async () => {
  const words = 'The people of the sample are made up anew each time it opens.'
  await openPerson({ refusing: new Map([['people.change', words]]) })
  await hours()
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect((await screen.findByRole('alert')).textContent).toBe(words)
})

test('of somebody who is not known it says so', async () => {
  await openPerson({ people: [] })
  expect(await screen.findByText('Nothing is known of Priya Raman yet.')).toBeTruthy()
})
