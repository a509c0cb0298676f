import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { AlertRow } from '#contract/alerts.ts'
import { anAlert, hourMs, minuteMs, now } from '../../support/fixtures.ts'
import { openWindow } from '../../support/open-window.tsx'

beforeEach(() => page.viewport(1280, 800))

describe('the list', () => {
  test('says of each alert what it is about, why, what became of it and when', async () => {
    await openWindow({ alerts: someAlerts() }, '/alerts')
    expect(await screen.findByRole('link', { name: '2 not opened yet' })).toBeTruthy()
    const rows = await alertRows()
    expect(rows.map((row) => within(row).getByRole('button', { name: / · / }).textContent)).toEqual([
      'Northwind · next reply breaches in 30 min (14:20)',
      'Fabrikam Health · new ticket, first reply due 14:55',
      'Contoso · the customer replied',
      'Contoso · old breach',
      'Contoso · your coverage is over',
    ])
    const [breach, fresh, held, listed, opened] = rows.map((row) => row.textContent)
    expect(breach).toContain('ShownBreach coming')
    expect(breach).toContain('Urgent')
    expect(fresh).toContain('#4720, high: SAML group sync removes members')
    expect(fresh).toContain('You cover Fabrikam Health until 4 Dec 18:00.')
    expect(fresh).toContain('Due 13:18raised 13:18shown 13:182 min ago')
    expect(held).toContain('WaitsCustomer replied')
    expect(held).toContain('It waits. It was within quiet hours.')
    expect(listed).toContain('ListedBreached')
    expect(listed).toContain('It was only listed. It was so before Understudy read this account.')
    expect(opened).toContain('OpenedCoverage ends')
    expect(opened).toContain('opened 13:15')
  })

  test('leads to the ticket of an alert, or to the screen of one without, and marks it opened', async () => {
    const { standIn, path, appWindow } = await openWindow({ alerts: someAlerts() }, '/alerts')
    await userEvent.click(await screen.findByRole('button', { name: /Fabrikam Health · new ticket/ }))
    await expect.poll(path).toBe('/today/ticket/4720')
    await expect.poll(() => standIn.state.alerts.find(({ id }) => id === 4)?.state).toBe('opened')
    await appWindow.router.navigate({ to: '/alerts' })
    // It is still there.
    await expect.poll(async () => (await alertRows())[1]?.textContent).toContain('Opened')
    await userEvent.click(screen.getByRole('button', { name: /your coverage is over/ }))
    await expect.poll(path).toBe('/coverage')
  })

  test('leads from a return meeting to its list', async () => {
    const title = 'Contoso · return meeting in 15 min (14:00)'
    const alert = anAlert({ kind: 'return-meeting', ticketId: null, coverageId: 'contoso-by-me', title })
    const { path } = await openWindow({ alerts: [alert] }, '/alerts')
    await userEvent.click(await screen.findByRole('button', { name: title }))
    await expect.poll(path).toBe('/return/contoso-by-me')
  })

  test('is read in pages', async () => {
    const alerts = Array.from({ length: 130 }, (_, index) => anAlert({ id: index + 1 }))
    const { standIn } = await openWindow({ alerts }, '/alerts')
    expect(await alertRows()).toHaveLength(100)
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }))
    await expect.poll(async () => (await alertRows()).length).toBe(130)
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull()
    expect(standIn.calls.findLast(({ path }) => path === 'alerts.list')?.input).toMatchObject({ beforeId: 31 })
  })

  test('is narrowed to a kind, an account and what nobody opened; the address keeps it', async () => {
    const { path } = await openWindow({ alerts: someAlerts() }, '/alerts')
    await alertRows()
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Account' }), 'Contoso Robotics')
    await expect.poll(async () => (await alertRows()).length).toBe(3)
    await userEvent.click(screen.getByRole('checkbox', { name: 'Only what nobody opened' }))
    await expect.poll(async () => (await alertRows()).length).toBe(1)
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Kind' }), 'Breached')
    expect(await screen.findByText('Nothing is left to open here')).toBeTruthy()
    expect(path()).toBe('/alerts?account=3&open=true&kind=breached')
    await userEvent.click(screen.getByRole('link', { name: 'Show everything' }))
    await expect.poll(async () => (await alertRows()).length).toBe(5)
  })

  test('leads to what nobody opened, which may lie behind what was only listed', async () => {
    const { path } = await openWindow({ alerts: someAlerts() }, '/alerts?account=1')
    await userEvent.click(await screen.findByRole('link', { name: '2 not opened yet' }))
    await expect.poll(path).toBe('/alerts?open=true')
    await expect.poll(async () => (await alertRows()).length).toBe(3)
    expect(await screen.findByText('2 not opened yet')).toBeTruthy()
  })

  test('that is empty says what will be in it', async () => {
    await openWindow({}, '/alerts')
    expect(await screen.findByText('Nothing was raised yet')).toBeTruthy()
  })

  test('that cannot be read says so and can be asked for again', async () => {
    const { standIn } = await openWindow({ alerts: someAlerts(), failing: new Set(['alerts.list']) }, '/alerts')
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('The alerts could not be read')
    standIn.state.failing.clear()
    await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }))
    expect(await alertRows()).toHaveLength(5)
  })

  test('shows what comes in while it is looked at', async () => {
    const { standIn } = await openWindow({ alerts: someAlerts() }, '/alerts')
    await alertRows()
    standIn.state.alerts = [...standIn.state.alerts, anAlert({ id: 9, title: 'Contoso · EMERGENCY' })]
    standIn.publish('alerts')
    expect(await screen.findByRole('button', { name: 'Contoso · EMERGENCY' })).toBeTruthy()
  })
})

describe('by keyboard', () => {
  test('j and k walk, Enter opens', async () => {
    const { path } = await openWindow({ alerts: someAlerts() }, '/alerts')
    await alertRows()
    await userEvent.keyboard('j')
    await expect.poll(focused).toMatch(/^Northwind/)
    await userEvent.keyboard('jj')
    await expect.poll(focused).toMatch(/^Contoso · the customer replied/)
    await userEvent.keyboard('k{Enter}')
    await expect.poll(path).toBe('/today/ticket/4720')
  })

  test('e dismisses, which can be undone; in a list of open ones the next takes its place', async () => {
    const { standIn } = await openWindow({ alerts: someAlerts() }, '/alerts?open=true')
    await expect.poll(async () => (await alertRows()).length).toBe(3)
    await userEvent.keyboard('j')
    await expect.poll(focused).toMatch(/^Northwind/)
    await userEvent.keyboard('e')
    await expect.poll(() => stateOf(standIn.state.alerts, 5)).toBe('dismissed')
    await expect.poll(focused).toMatch(/^Fabrikam/)
    const toast = within(await screen.findByRole('dialog', { name: 'Alert dismissed' }))
    await userEvent.click(toast.getByRole('button', { name: 'Undo' }))
    await expect.poll(() => stateOf(standIn.state.alerts, 5)).toBe('shown')
    expect(await screen.findByRole('button', { name: /^Northwind · next reply/ })).toBeTruthy()
  })

  test('s opens the menu of until when, and the arrow keys choose', async () => {
    const { standIn } = await openWindow({ alerts: someAlerts() }, '/alerts')
    await alertRows()
    await userEvent.keyboard('js')
    const menu = within(await screen.findByRole('menu', { name: 'Snooze' }))
    expect(menu.getAllByRole('menuitem').map((item) => item.textContent)).toEqual([
      '1 hour',
      '3 hours',
      'Until tomorrow morning',
      'Until the customer replies',
      'Until 30 min before it breaches',
    ])
    await expect.poll(focused).toBe('1 hour')
    // A shortcut of the window is none in the menu.
    await userEvent.keyboard('e')
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{Enter}')
    await expect
      .poll(() => standIn.state.snoozes.map(({ ticketId, until }) => [ticketId, until.kind]))
      .toEqual([[4711, 'reply']])
    expect(stateOf(standIn.state.alerts, 5)).toBe('shown')
    expect(screen.queryByRole('menu')).toBeNull()
    expect(await screen.findByText('#4711 is snoozed: until the customer replies')).toBeTruthy()
  })

  test('Escape leaves the menu without snoozing, back where it was asked for', async () => {
    const { standIn } = await openWindow({ alerts: someAlerts() }, '/alerts')
    await alertRows()
    await userEvent.keyboard('js')
    await screen.findByRole('menu', { name: 'Snooze' })
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => screen.queryByRole('menu')).toBeNull()
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Snooze #4711')
    expect(standIn.state.snoozes).toEqual([])
    await userEvent.keyboard('j')
    await expect.poll(focused).toMatch(/^Fabrikam/)
  })
})

test('all that were shown are dismissed at once, with a way back', async () => {
  const { standIn } = await openWindow({ alerts: someAlerts() }, '/alerts')
  await userEvent.click(await screen.findByRole('button', { name: 'Dismiss all shown (2)' }))
  await expect.poll(() => states(standIn.state.alerts)).toEqual('opened listed held dismissed dismissed')
  const toast = within(await screen.findByRole('dialog', { name: '2 alerts dismissed' }))
  await userEvent.click(toast.getByRole('button', { name: 'Undo' }))
  await expect.poll(() => states(standIn.state.alerts)).toEqual('opened listed held shown shown')
})

test('what could not be done says so and changes nothing', async () => {
  const refusing = new Map([['alerts.dismiss', 'The disk is full.']])
  const { standIn } = await openWindow({ alerts: someAlerts(), refusing }, '/alerts')
  await userEvent.click((await screen.findAllByRole('button', { name: 'Dismiss' }))[0] as HTMLElement)
  const toast = await screen.findByRole('dialog', { name: 'Nothing was dismissed' })
  expect(toast.textContent).toContain('The disk is full.')
  expect(states(standIn.state.alerts)).toBe('opened listed held shown shown')
})

describe('what holds alerts back', () => {
  test('a pause is begun, said with how many wait, and ended', async () => {
    const { standIn } = await openWindow({ alerts: someAlerts() }, '/alerts')
    await userEvent.click(await screen.findByRole('button', { name: 'Pause for 1 hour' }))
    standIn.state.quiet = { ...standIn.state.quiet, held: 3 }
    standIn.publish('alerts')
    expect(await screen.findByText('Alerts are paused until 14:20 · 3 wait')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Pause until tomorrow' })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Go on' }))
    await expect.poll(() => standIn.state.quiet.reason).toBe('none')
    await userEvent.click(await screen.findByRole('button', { name: 'Pause until tomorrow' }))
    expect(await screen.findByText('Alerts are paused until tomorrow 09:00')).toBeTruthy()
  })

  test('a meeting is ended from here, quiet hours lead to their settings', async () => {
    const quiet = { reason: 'meeting', until: now + hourMs, words: 'A meeting runs.', held: 1 } as const
    const { standIn, path } = await openWindow({ quiet }, '/alerts')
    expect(await screen.findByText('A meeting runs · 1 waits')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Go on' }))
    await expect.poll(() => standIn.state.quiet.reason).toBe('none')
    standIn.state.quiet = { ...quiet, reason: 'quiet-hours', words: 'Quiet hours until 08:00.' }
    standIn.publish('settings')
    await userEvent.click(await screen.findByRole('link', { name: 'Quiet hours' }))
    await expect.poll(path).toBe('/settings/alerts')
  })

  test('snoozed tickets are woken and muted accounts unmuted from here, each with a way back', async () => {
    const until = { kind: 'for', minutes: 60 } as const
    const snooze = { ticketId: 4711, subject: 'Backup fails', until, wakeAt: now + 20 * minuteMs, words: 'Until 13:40' }
    const { standIn } = await openWindow(
      { snoozes: [{ ...snooze, since: now - 40 * minuteMs }], muted: [3] },
      '/alerts',
    )
    const snoozed = within(await screen.findByRole('region', { name: 'Snoozed tickets' }))
    expect(snoozed.getByRole('listitem').textContent).toBe('#4711Backup failsUntil 13:40Wake now')
    await userEvent.click(snoozed.getByRole('button', { name: 'Wake #4711 now' }))
    await expect.poll(() => standIn.state.snoozes).toEqual([])
    const woken = within(await screen.findByRole('dialog', { name: '#4711 is awake again' }))
    await userEvent.click(woken.getByRole('button', { name: 'Undo' }))
    // What was left of it, not an hour from now.
    await expect.poll(() => standIn.state.snoozes.map(({ wakeAt }) => wakeAt)).toEqual([now + 20 * minuteMs])
    const muted = within(await screen.findByRole('region', { name: 'Muted accounts' }))
    await userEvent.click(muted.getByRole('button', { name: 'Unmute Contoso Robotics' }))
    await expect.poll(() => standIn.state.muted).toEqual([])
    const unmuted = within(await screen.findByRole('dialog', { name: 'Contoso Robotics is announced again' }))
    await userEvent.click(unmuted.getByRole('button', { name: 'Undo' }))
    await expect.poll(() => standIn.state.muted).toEqual([3])
  })

  test('a browser that blocks notifications is said here too', async () => {
    const { notifications } = await openWindow({}, '/alerts')
    await screen.findByRole('button', { name: 'Allow notifications' })
    notifications.set('denied')
    expect(
      await screen.findByText(/This browser blocks notifications, so alerts show up in this window only/),
    ).toBeTruthy()
    notifications.set('granted')
    await expect.poll(() => screen.queryByText(/notifications/)).toBeNull()
  })
})

test('fits into a small window with everything on it', async () => {
  await page.viewport(1024, 640)
  const quiet = { reason: 'paused', until: now, words: 'Alerts are paused until tomorrow 09:00.', held: 120 } as const
  await openWindow({ alerts: someAlerts(), quiet, muted: [1, 3] }, '/alerts')
  await alertRows()
  for (const element of document.querySelectorAll('main *')) {
    if (!/auto|scroll/.test(getComputedStyle(element).overflowX)) continue
    expect(element.scrollWidth).toBeLessThanOrEqual(element.clientWidth)
  }
})

/** Five, with every state that lasts, oldest first. */
function someAlerts(): AlertRow[] {
  const contoso = { accountId: 3, shownAt: null }
  return [
    anAlert({
      id: 1,
      kind: 'coverage-ended',
      state: 'opened',
      ticketId: null,
      accountId: 3,
      title: 'Contoso · your coverage is over',
      openedAt: now - 5 * minuteMs,
    }),
    anAlert({
      id: 2,
      kind: 'breached',
      state: 'listed',
      heldBy: 'It was so before Understudy read this account.',
      title: 'Contoso · old breach',
      ...contoso,
    }),
    anAlert({
      id: 3,
      kind: 'customer-replied',
      state: 'held',
      heldBy: 'It was within quiet hours.',
      title: 'Contoso · the customer replied',
      ...contoso,
    }),
    anAlert({ id: 4 }),
    anAlert({
      id: 5,
      kind: 'breach-coming',
      ticketId: 4711,
      accountId: 1,
      urgent: true,
      title: 'Northwind · next reply breaches in 30 min (14:20)',
    }),
  ]
}

async function alertRows(): Promise<HTMLElement[]> {
  return within(await screen.findByRole('list', { name: 'Alerts, newest first' })).findAllByRole('listitem')
}

function focused(): string {
  return document.activeElement?.textContent ?? ''
}

function stateOf(alerts: readonly AlertRow[], id: number): string | undefined {
  return alerts.find((alert) => alert.id === id)?.state
}

function states(alerts: readonly AlertRow[]): string {
  return alerts.map(({ state }) => state).join(' ')
}
