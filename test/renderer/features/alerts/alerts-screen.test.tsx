import { expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { screen } from '@testing-library/react'
import { anAlert, now } from '../../support/fixtures.ts'
import { openWindow } from '../../support/open-window.tsx'

test('alerts are listed with when they were raised; opening one leads to its ticket and marks it', async () => {
  const { standIn, path } = await openWindow({ alerts: [anAlert(), anAlert({ id: 2, openedAt: now })] }, '/alerts')
  expect(await screen.findByText('1 not opened yet.')).toBeTruthy()
  const [first] = await screen.findAllByRole('button', { name: /New ticket: Fabrikam Health/ })
  expect(first?.textContent).toContain('2 min ago · 13:18')
  if (first) await userEvent.click(first)
  await expect.poll(path).toBe('/today/ticket/4720')
  await expect.poll(() => standIn.state.alerts[0]?.openedAt).toBe(now)
})

test('an empty history says what will be in it', async () => {
  await openWindow({}, '/alerts')
  expect(await screen.findByText('Nothing was raised yet')).toBeTruthy()
})

test('what was only listed says so and does not look new', async () => {
  await openWindow({ alerts: [anAlert({ announced: false })] }, '/alerts')
  const row = await screen.findByRole('button', { name: /New ticket: Fabrikam Health/ })
  expect(row.textContent).toContain('Listed')
  expect(await screen.findByText('All that was announced has been opened.')).toBeTruthy()
})
