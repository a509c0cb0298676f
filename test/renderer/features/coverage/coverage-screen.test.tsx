import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { screen } from '@testing-library/react'
import { openWindow } from '../../support/open-window.tsx'

beforeEach(() => page.viewport(1280, 800))

test('coverages show their phase and both zones, and mine are marked', async () => {
  await openWindow({}, '/coverage')
  const rows = (await screen.findAllByRole('row')).map((row) => row.textContent)
  expect(rows[0]).toContain('Your time, Berlin (CET)')
  expect(rows[1]).toContain('Running')
  expect(rows[1]).toContain('Priya Raman → Tom Okafor You')
  expect(rows[1]).toContain('Sun 22 Nov, 13:20 – Fri 27 Nov, 17:00')
  expect(rows[1]).toContain('Sun 22 Nov, 17:50 – Fri 27 Nov, 21:30')
  expect(rows[3]).toContain('Upcoming')
  expect(rows[3]).not.toContain('You')
})

test('what is not there yet is said', async () => {
  await openWindow({ coverages: [] }, '/coverage')
  expect(await screen.findByText('No coverage is known')).toBeTruthy()
  expect(screen.getByText('Planning comes in a later version')).toBeTruthy()
})
