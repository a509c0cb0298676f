import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { alertKind } from '#contract/alerts.ts'
import { aStatus } from '../../support/fixtures.ts'
import { openWindow } from '../../support/open-window.tsx'

beforeEach(() => page.viewport(1280, 800))

const inTray = aStatus({ capabilities: { nativeNotifications: true, tray: true } })

describe('what is announced', () => {
  test('is chosen by kind, and each kind says what it is', async () => {
    const { standIn } = await openWindow({}, '/settings/alerts')
    const swap = await screen.findByRole('switch', { name: 'On-call swap open' })
    expect(swap.getAttribute('aria-checked')).toBe('true')
    const aboutId = swap.getAttribute('aria-describedby') ?? ''
    expect(document.getElementById(aboutId)?.textContent).toMatch(/on call while you cover several accounts/)
    await userEvent.click(swap)
    await expect.poll(() => standIn.state.settings.alertKindsOff).toEqual(['swap-open'])
    await userEvent.click(screen.getByRole('switch', { name: 'New ticket' }))
    await expect.poll(() => standIn.state.settings.alertKindsOff).toEqual(['swap-open', 'new-ticket'])
    await userEvent.click(swap)
    await expect.poll(() => standIn.state.settings.alertKindsOff).toEqual(['new-ticket'])
    expect(await screen.findByText('Saved.')).toBeTruthy()
  })

  test('lacks no kind', async () => {
    await openWindow({}, '/settings/alerts')
    await screen.findByRole('switch', { name: 'Emergency' })
    const groups = ['Tickets', 'Handoff', 'Clocks', 'Coverage and on-call', 'Understudy itself']
    const switches = groups.flatMap((name) =>
      within(screen.getByRole('group', { name }))
        .getAllByRole('switch')
        .map((one) => one.textContent),
    )
    expect(switches).toHaveLength(alertKind.options.length)
  })

  test('carries customers’ words only if so chosen', async () => {
    const { standIn } = await openWindow({}, '/settings/alerts')
    await userEvent.click(await screen.findByRole('switch', { name: 'Show what customers wrote in notifications' }))
    await expect.poll(() => standIn.state.settings.customerTextInNotifications).toBe(false)
  })
})

describe('lead times', () => {
  test('are written in words, for each priority, and kept in minutes', async () => {
    const { standIn } = await openWindow({}, '/settings/alerts')
    const high = await screen.findByRole<HTMLInputElement>('textbox', { name: 'High' })
    expect(high.value).toBe('2 h, 30 min')
    await userEvent.fill(high, '15, 4 hours')
    await userEvent.keyboard('{Enter}')
    await expect
      .poll(() => standIn.state.settings.breachLeadMinutes)
      .toEqual({
        urgent: [120, 30],
        high: [240, 15],
        normal: [120, 30],
        low: [120, 30],
      })
    await expect.poll(() => high.value).toBe('4 h, 15 min')
    await userEvent.fill(screen.getByRole('textbox', { name: 'Low' }), '')
    await userEvent.tab()
    await expect.poll(() => standIn.state.settings.breachLeadMinutes.low).toEqual([])
    await expect.poll(() => screen.getByRole<HTMLInputElement>('textbox', { name: 'Low' }).value).toBe('never')
  })

  test('that make no sense are not sent, and say why at their field', async () => {
    const { standIn } = await openWindow({}, '/settings/alerts')
    const field = await screen.findByRole('textbox', { name: 'Urgent' })
    await userEvent.fill(field, 'soon')
    await userEvent.tab()
    expect(await screen.findByText(/“soon” is no stretch of time/)).toBeTruthy()
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(standIn.calls.some(({ path }) => path === 'settings.set')).toBe(false)
  })
})

describe('quiet hours', () => {
  test('are set for each day, over midnight, and a day can be without', async () => {
    const { standIn } = await openWindow({}, '/settings/alerts')
    const toggle = await screen.findByRole('switch', { name: 'Keep quiet hours' })
    expect(screen.queryByLabelText('Monday from')).toBeNull()
    await userEvent.click(toggle)
    const monday = within(await screen.findByRole('group', { name: 'Monday' }))
    expect(await monday.findByText('the next day')).toBeTruthy()
    await userEvent.fill(monday.getByLabelText('Monday from'), '00:30')
    await expect.poll(() => standIn.state.settings.quietHours.days[0]).toEqual({ from: '00:30', to: '08:00' })
    expect(await monday.findByText('the same day')).toBeTruthy()
    await userEvent.click(screen.getByRole('checkbox', { name: 'Saturday' }))
    await expect.poll(() => standIn.state.settings.quietHours.days[5]).toBeNull()
    const saturday = within(screen.getByRole('group', { name: 'Saturday' }))
    expect(await saturday.findByText('No quiet begins on this day')).toBeTruthy()
    expect(standIn.state.settings.quietHours).toMatchObject({ on: true, urgentPasses: true, urgentMinutes: 30 })
  })

  test('are passed by what is urgent, unless switched off; how urgent is a number of minutes', async () => {
    const { standIn } = await openWindow({}, '/settings/alerts')
    await userEvent.click(await screen.findByRole('switch', { name: 'Urgent alerts pass' }))
    await expect.poll(() => standIn.state.settings.quietHours.urgentPasses).toBe(false)
    await userEvent.fill(screen.getByRole('textbox', { name: 'Urgent within' }), '45')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => standIn.state.settings.quietHours).toMatchObject({ urgentMinutes: 45, urgentPasses: false })
  })
})

describe('a test alert', () => {
  test('is shown by the window where the host cannot, and says when the browser lets none out', async () => {
    const { notifications } = await openWindow({}, '/settings/alerts')
    const button = await screen.findByRole('button', { name: 'Show a test alert' })
    await userEvent.click(button)
    expect(await screen.findByRole('dialog', { name: 'A test from Understudy' })).toBeTruthy()
    expect(await screen.findByText('This window showed it. The browser shows none outside of it.')).toBeTruthy()
    expect(notifications.shown).toEqual([])
    notifications.set('granted')
    await userEvent.click(button)
    await expect.poll(() => notifications.shown).toHaveLength(1)
    expect(await screen.findByText('This window showed it.')).toBeTruthy()
  })

  test('is left to the system where it shows notifications, whose words are said', async () => {
    const words = 'Windows does not let Understudy show notifications.'
    const { standIn } = await openWindow(
      { status: inTray, testAlert: { shownBy: 'system', words } },
      '/settings/alerts',
    )
    await userEvent.click(await screen.findByRole('button', { name: 'Show a test alert' }))
    expect(await screen.findByText(words)).toBeTruthy()
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.queryByText(/This browser/)).toBeNull()
    standIn.state.failing.add('alerts.test')
    await userEvent.click(screen.getByRole('button', { name: 'Show a test alert' }))
    expect(await screen.findByText(/a fault of its own/)).toBeTruthy()
  })
})

describe('the tray', () => {
  test('has no settings where there is none', async () => {
    await openWindow({}, '/settings/alerts')
    await screen.findByRole('switch', { name: 'Emergency' })
    expect(screen.queryByRole('switch', { name: 'Start with the computer' })).toBeNull()
    expect(screen.queryByLabelText('Open from anywhere')).toBeNull()
  })

  test('counts, starts with the computer, and opens by keys that are pressed', async () => {
    const { standIn } = await openWindow({ status: inTray }, '/settings/alerts')
    await userEvent.click(await screen.findByRole('switch', { name: 'Count of unopened alerts beside the tray icon' }))
    await userEvent.click(screen.getByRole('switch', { name: 'Start with the computer' }))
    await expect.poll(() => standIn.state.settings).toMatchObject({ trayCount: false, startAtLogin: true })
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Open from anywhere' })
    await userEvent.click(field)
    await userEvent.keyboard('u')
    await userEvent.keyboard('{Control>}{Shift>}u{/Shift}{/Control}')
    await expect.poll(() => standIn.state.settings.openShortcut).toBe('CommandOrControl+Shift+U')
    await expect.poll(() => field.value).toBe('Ctrl + Shift + U')
    await userEvent.click(screen.getByRole('button', { name: 'Use none' }))
    await expect.poll(() => standIn.state.settings.openShortcut).toBeNull()
  })

  test('says at the field when another program has the keys, and the former ones stay', async () => {
    const words = 'Another program has Ctrl + Shift + U. Choose other keys.'
    const { standIn } = await openWindow({ status: inTray, refusing: new Map() }, '/settings/alerts')
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Open from anywhere' })
    standIn.state.refusing.set('settings.set', words)
    await userEvent.click(field)
    await userEvent.keyboard('{Control>}{Shift>}u{/Shift}{/Control}')
    expect((await screen.findByRole('alert')).textContent).toBe(words)
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(field.value).toBe('')
    expect(standIn.state.settings.openShortcut).toBeNull()
  })

  test('lets Tab lead past the keys', async () => {
    await openWindow({ status: inTray }, '/settings/alerts')
    const field = await screen.findByRole('textbox', { name: 'Open from anywhere' })
    await userEvent.click(field)
    await userEvent.tab({ shift: true })
    await expect.poll(() => document.activeElement).not.toBe(field)
  })
})

test('settings that cannot be read say so and are asked for again', async () => {
  const { standIn } = await openWindow({ failing: new Set(['settings.get']) }, '/settings/alerts')
  const alert = within(await screen.findByRole('alert'))
  standIn.state.failing.clear()
  await userEvent.click(alert.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('switch', { name: 'Emergency' })).toBeTruthy()
})
