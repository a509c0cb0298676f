import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { openWindow } from '../../support/open-window.tsx'

beforeEach(() => page.viewport(1280, 800))

test('an account is muted, says so, and is unmuted; either can be undone', async () => {
  const { standIn } = await openWindow({}, '/accounts')
  await userEvent.click(await screen.findByRole('button', { name: 'Mute Contoso Robotics' }))
  await expect.poll(() => standIn.state.muted).toEqual([3])
  await expect.poll(() => rowOf('Contoso Robotics')?.textContent).toContain('Muted')
  expect(rowOf('Northwind Logistics')?.textContent).not.toContain('Muted')
  const muted = 'Contoso Robotics is muted: its alerts are only listed, emergencies too'
  const toast = within(await screen.findByRole('dialog', { name: muted }))
  await userEvent.click(toast.getByRole('button', { name: 'Undo' }))
  await expect.poll(() => standIn.state.muted).toEqual([])
  await userEvent.click(await screen.findByRole('button', { name: 'Mute Contoso Robotics' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Unmute Contoso Robotics' }))
  await expect.poll(() => standIn.state.muted).toEqual([])
  await expect.poll(() => rowOf('Contoso Robotics')?.textContent).not.toContain('Muted')
})

test('an account that raises no alerts for me is not muted', async () => {
  await openWindow({}, '/accounts')
  await screen.findByRole('button', { name: 'Mute Contoso Robotics' })
  expect(screen.queryByRole('button', { name: /Mute Tailspin/ })).toBeNull()
})

test('a mute that fails says so', async () => {
  const { standIn } = await openWindow({ failing: new Set(['alerts.mute']) }, '/accounts')
  await userEvent.click(await screen.findByRole('button', { name: 'Mute Contoso Robotics' }))
  expect(await screen.findByRole('dialog', { name: 'Contoso Robotics was not muted' })).toBeTruthy()
  expect(standIn.state.muted).toEqual([])
})

function rowOf(name: string): HTMLElement | undefined {
  return screen.queryAllByRole('row').find((row) => row.textContent.includes(name))
}
