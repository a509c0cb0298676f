import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { aClock, anAlert, aNotice, aStatus, aTicket, dayMs, now, someAccounts } from '../support/fixtures.ts'
import { openWindow } from '../support/open-window.tsx'

beforeEach(() => page.viewport(1280, 800))

describe('the layout', () => {
  test('opens on Today, marks the present screen and counts what there is to count', async () => {
    const { path } = await openWindow({ status: aStatus({ unopenedAlerts: 2 }) })
    const today = await screen.findByRole('link', { name: 'Today 11 tickets' })
    expect(path()).toBe('/today')
    expect(today.getAttribute('aria-current')).toBe('page')
    expect(await screen.findByRole('link', { name: 'Alerts 2 not opened' })).toBeTruthy()
    await expect.poll(() => document.title).toBe('(2) Today · Understudy')
  })

  test('says that the sample workspace is one, and leads to connecting', async () => {
    const { path } = await openWindow()
    const banner = within(await screen.findByRole('complementary', { name: 'Sample workspace' }))
    await userEvent.click(banner.getByRole('link', { name: 'Connect your Zendesk' }))
    expect(await screen.findByRole('radiogroup', { name: 'How to sign in' })).toBeTruthy()
    expect(path()).toBe('/settings/connections')
  })

  test('has no such banner in a real workspace', async () => {
    await openWindow({ status: aStatus({ workspace: 'real' }) })
    await screen.findByRole('grid')
    expect(screen.queryByRole('complementary', { name: 'Sample workspace' })).toBeNull()
  })

  test.each([
    ['t', 'Today'],
    ['c', 'Coverage'],
    ['h', 'Handoff'],
    ['r', 'Return'],
    ['a', 'Accounts'],
    ['p', 'Calls'],
    ['l', 'Alerts'],
    ['s', 'Settings'],
  ])('g %s leads to %s', async (key, title) => {
    await openWindow({}, '/settings/connections')
    await screen.findByRole('heading', { name: /Connections/ })
    await userEvent.keyboard(`g${key}`)
    expect(await screen.findByRole('heading', { level: 1, name: new RegExp(`^${title}`) })).toBeTruthy()
  })

  test.each([
    [1280, 800],
    [1024, 640],
  ])('fits into %i × %i on every screen without scrolling sideways', async (width, height) => {
    await page.viewport(width, height)
    const { appWindow } = await openWindow()
    const screens = [
      '/today',
      '/coverage',
      '/handoff',
      '/return',
      '/accounts',
      '/calls',
      '/alerts',
      '/changes',
      '/settings',
      '/settings/alerts',
      '/settings/connections',
      '/settings/calendars',
    ] as const
    for (const to of screens) {
      await appWindow.router.navigate({ to })
      await screen.findByRole('heading', { level: 1 })
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
      for (const element of document.querySelectorAll('main *')) {
        const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX)
        if (scrolls) expect(element.scrollWidth, `${to} ${element.className}`).toBeLessThanOrEqual(element.clientWidth)
      }
    }
  })
})

describe('the status bar', () => {
  test.each([
    [{ state: 'idle', lastCompletedAt: now - 20_000 }, 'Synced 20 s ago'],
    [{ state: 'idle', lastCompletedAt: null }, 'Not synced yet'],
    [{ state: 'syncing', lastCompletedAt: now - 60_000 }, 'Syncing… (last 1 min ago)'],
    [{ state: 'offline', lastCompletedAt: now - dayMs }, 'Offline since Mon 13:20 – showing what was read then'],
    [
      { state: 'error', lastCompletedAt: now - 60_000 },
      /^Error: Tickets of Fabrikam Health: Zendesk answered 502 twice/,
    ],
  ] as const)('of %o says %s', async (sync, words) => {
    await openWindow({ sync: { ...sync, problem: null } })
    expect(await within(screen.getByRole('contentinfo')).findByText(words)).toBeTruthy()
  })

  test('names the first of several that failed, and where the others stand', async () => {
    const accounts = someAccounts().map((account) => ({
      ...account,
      freshness: { ...account.freshness, problem: 'Zendesk refused the sign-in.' },
    }))
    await openWindow({ accounts, sync: { state: 'error', lastCompletedAt: now - 60_000, problem: null } })
    expect(
      await screen.findByText(
        'Error: Tickets of Northwind Logistics and 2 more (see Settings): Zendesk refused the sign-in. (last 1 min ago)',
      ),
    ).toBeTruthy()
  })

  test('shows what a long read is at, with and without a known end', async () => {
    const progress = { words: 'Reading the tickets of Northwind', done: 120, total: 400 }
    const sync = { state: 'syncing', lastCompletedAt: now, problem: null } as const
    const { standIn } = await openWindow({ sync: { ...sync, progress } })
    const bar = await screen.findByRole('progressbar', { name: 'Reading the tickets of Northwind' })
    expect(bar.getAttribute('aria-valuenow')).toBe('120')
    expect(await screen.findByText('Reading the tickets of Northwind: 120 of 400')).toBeTruthy()
    standIn.state.sync = { ...sync, progress: { ...progress, done: 1300, total: null } }
    standIn.publish('sync')
    expect(await screen.findByText('Reading the tickets of Northwind: 1,300')).toBeTruthy()
    expect(screen.queryByRole('progressbar')).toBeNull()
  })

  test('syncs now by its button and by r', async () => {
    const { standIn } = await openWindow()
    const runs = () => standIn.calls.filter((call) => call.path === 'sync.run').length
    await userEvent.click(await screen.findByRole('button', { name: 'Sync now' }))
    await expect.poll(runs).toBe(1)
    await userEvent.keyboard('r')
    await expect.poll(runs).toBe(2)
  })
})

describe('the command palette', () => {
  test('leads to a screen, a ticket by words, and one by number that is not in the queue', async () => {
    const { path } = await openWindow()
    await screen.findByRole('grid')
    await userEvent.keyboard('{Control>}k{/Control}')
    await userEvent.keyboard('coverage{Enter}')
    await expect.poll(path).toBe('/coverage')
    await userEvent.keyboard('{Control>}k{/Control}')
    await screen.findByRole('dialog')
    await userEvent.keyboard('gitaly{Enter}')
    await expect.poll(path).toBe('/today/ticket/4718')
    await userEvent.keyboard('{Control>}k{/Control}')
    await screen.findByRole('dialog')
    await userEvent.keyboard('#9{Enter}')
    await expect.poll(path).toBe('/today/ticket/9')
  })

  test('leads to Changes and Connections, which no key of the navigation does', async () => {
    const { path } = await openWindow()
    await screen.findByRole('grid')
    for (const [typed, to] of [
      ['changes', '/changes'],
      ['connections', '/settings/connections'],
      ['calendars', '/settings/calendars'],
      ['which alerts', '/settings/alerts'],
      ['plan marta', '/coverage/plans/p-marta'],
    ]) {
      await userEvent.keyboard('{Control>}k{/Control}')
      await screen.findByRole('dialog')
      await userEvent.keyboard(`${typed}{Enter}`)
      await expect.poll(path).toBe(to)
    }
  })

  test('changes the theme, and the arrow keys choose', async () => {
    const { standIn } = await openWindow()
    await screen.findByRole('grid')
    await userEvent.keyboard('{Control>}k{/Control}')
    await screen.findByRole('dialog')
    await userEvent.keyboard('theme{ArrowDown}')
    expect(screen.getByRole('option', { selected: true }).textContent).toBe('Dark theme')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => document.documentElement.dataset['theme']).toBe('dark')
    expect(standIn.state.settings).toMatchObject({ theme: 'dark', syncEverySeconds: 60 })
  })

  test('leaves by Escape, and keys typed into it do nothing else', async () => {
    const { path } = await openWindow()
    await screen.findByRole('grid')
    await userEvent.keyboard('{Control>}k{/Control}')
    await screen.findByRole('dialog')
    await userEvent.keyboard('gc{Escape}')
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
    expect(path()).toBe('/today')
  })
})

test('? lists the shortcuts of the present screen', async () => {
  await openWindow()
  await screen.findByRole('grid')
  await userEvent.keyboard('?')
  const sheet = within(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }))
  expect(await sheet.findByText('Filter the queue')).toBeTruthy()
  expect(await sheet.findByText('Go to Handoff')).toBeTruthy()
})

describe('live updates', () => {
  test('show what changed without being asked', async () => {
    const { standIn } = await openWindow()
    await screen.findByRole('grid')
    standIn.state.queue = [aTicket({ subject: 'Fresh from Zendesk', nextClock: aClock(5) })]
    standIn.publish('tickets', ['4711'])
    expect(await screen.findByText('Fresh from Zendesk')).toBeTruthy()
  })

  test('with a gap ask again for everything', async () => {
    const { standIn } = await openWindow()
    await screen.findByText(/Covering Northwind/)
    standIn.publish('settings')
    standIn.state.coverages = []
    standIn.publish('settings', [], { skip: 3 })
    expect(await screen.findByText('Covering nobody at the moment')).toBeTruthy()
  })

  test('go on after the connection was lost, which the window says', async () => {
    const { standIn, appWindow } = await openWindow()
    await screen.findByRole('grid')
    standIn.publish('tickets')
    standIn.cut()
    expect((await screen.findByRole('alert')).textContent).toContain('The connection to Understudy is lost')
    expect(screen.getByRole('button', { name: 'Sync now' }).matches(':disabled')).toBe(true)
    expect(await screen.findByRole('grid')).toBeTruthy()
    standIn.state.queue = [aTicket({ subject: 'Came while away' })]
    standIn.restore()
    await expect.poll(() => appWindow.services.connection.status()).toBe('open')
    await standIn.listening()
    standIn.publish('reset', [], { epoch: 'second' })
    expect(await screen.findByText('Came while away')).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
  })
})

describe('alerts', () => {
  test('that wait at the start are shown, and opening one leads to its ticket and marks it', async () => {
    const { standIn, path } = await openWindow({ alerts: [anAlert()], pending: [aNotice()] })
    const toast = within(await screen.findByRole('dialog', { name: /Fabrikam Health · new ticket/ }))
    await userEvent.click(toast.getByRole('button', { name: 'Open' }))
    await expect.poll(path).toBe('/today/ticket/4720')
    await expect.poll(() => standIn.state.alerts[0]?.openedAt).toBe(now)
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  })

  test('about no ticket lead to where they stand in the list', async () => {
    const alert = anAlert({ kind: 'coverage-ended', ticketId: null, title: 'Contoso · your coverage is over' })
    const pending = [aNotice({ title: alert.title, ticketId: null })]
    const { path } = await openWindow({ alerts: [alert], pending })
    await userEvent.click(await screen.findByRole('button', { name: 'Open' }))
    await expect.poll(path).toBe('/alerts?alert=1')
    await expect.poll(() => document.activeElement?.textContent).toBe('Contoso · your coverage is over')
  })

  test('are within reach of the keyboard', async () => {
    const { path } = await openWindow({ pending: [aNotice()] })
    await screen.findByRole('dialog', { name: /new ticket/ })
    await userEvent.keyboard('{F6}')
    await userEvent.tab()
    await userEvent.tab()
    await expect.poll(() => document.activeElement?.textContent).toBe('Open')
    await userEvent.keyboard('{Enter}')
    await expect.poll(path).toBe('/today/ticket/4720')
  })

  test('are snoozed or dismissed where they are shown', async () => {
    const contoso = aNotice({ tag: 'alert-2', alertIds: [2], ticketId: 4721, title: 'Contoso · new ticket' })
    const pending = [aNotice(), contoso]
    const { standIn } = await openWindow({ alerts: [anAlert(), anAlert({ id: 2 })], pending })
    const first = within(await screen.findByRole('dialog', { name: /Fabrikam/ }))
    await userEvent.click(first.getByRole('button', { name: 'Snooze 1 hour' }))
    await expect.poll(() => standIn.state.snoozes.map(({ until }) => until)).toEqual([{ kind: 'for', minutes: 60 }])
    const second = within(screen.getByRole('dialog', { name: /Contoso/ }))
    await userEvent.click(second.getByRole('button', { name: 'Dismiss' }))
    await expect.poll(() => standIn.state.alerts.map(({ state }) => state)).toEqual(['shown', 'dismissed'])
  })

  test('come in while the window is open, each once', async () => {
    const { standIn } = await openWindow({ alerts: [anAlert()] })
    standIn.state.pending = [aNotice({ title: 'Northwind · new ticket' })]
    standIn.publish('alerts')
    standIn.publish('alerts')
    await screen.findByRole('dialog', { name: /Northwind/ })
    await expect
      .poll(() => standIn.calls.filter((call) => call.path === 'alerts.takePending').length)
      .toBeGreaterThan(1)
    expect(screen.getAllByRole('dialog')).toHaveLength(1)
  })

  test('of a burst are one list, which takes the place of what it lists and leads to all that are open', async () => {
    const alerts = [1, 2, 3, 4, 5].map((id) => anAlert({ id }))
    const { standIn, notifications, path } = await openWindow({ alerts, pending: [aNotice()] })
    notifications.set('granted')
    await screen.findByRole('dialog', { name: /Fabrikam Health · new ticket/ })
    const list = { tag: 'alerts-1', title: '4 alerts: Fabrikam Health 4', ticketId: null }
    standIn.state.pending = [aNotice({ ...list, body: 'First\nSecond', alertIds: [1, 2, 3, 4] })]
    standIn.publish('alerts')
    await screen.findByRole('dialog', { name: '4 alerts: Fabrikam Health 4' })
    await expect.poll(() => screen.getAllByRole('dialog')).toHaveLength(1)
    standIn.state.pending = [aNotice({ ...list, title: '5 alerts', body: 'First\nFifth', alertIds: [1, 2, 3, 4, 5] })]
    standIn.publish('alerts')
    const toast = await screen.findByRole('dialog', { name: '5 alerts' })
    expect(screen.getAllByRole('dialog')).toHaveLength(1)
    expect(
      within(toast)
        .getAllByRole('listitem')
        .map((line) => line.textContent),
    ).toEqual(['First', 'Fifth'])
    expect(notifications.closed).toEqual(['alert-1'])
    await userEvent.click(within(toast).getByRole('button', { name: 'Open Alerts' }))
    await expect.poll(path).toBe('/alerts?open=true')
  })

  test('of a list leave the screen for whoever goes to the list; others stay', async () => {
    const alerts = [1, 2, 3, 4, 9].map((id) => anAlert({ id }))
    const list = aNotice({ tag: 'alerts-1', title: '4 alerts', ticketId: null, urgent: true, alertIds: [1, 2, 3, 4] })
    const { path } = await openWindow({ alerts, pending: [list, aNotice({ tag: 'alert-9', alertIds: [9] })] })
    await screen.findByRole('dialog', { name: '4 alerts' })
    await userEvent.keyboard('gl')
    await expect.poll(path).toBe('/alerts')
    await expect.poll(() => screen.queryByRole('dialog', { name: '4 alerts' })).toBeNull()
    expect(await screen.findByRole('dialog', { name: /Fabrikam/ })).toBeTruthy()
  })

  test('become notifications of the browser once these are allowed, and a click leads where the toast does', async () => {
    const { standIn, notifications, path } = await openWindow({ alerts: [anAlert({ id: 2 })], pending: [aNotice()] })
    await userEvent.click(await screen.findByRole('button', { name: 'Allow notifications' }))
    standIn.state.pending = [aNotice({ tag: 'alert-2', alertIds: [2], title: 'Contoso · new ticket' })]
    standIn.publish('alerts')
    await expect.poll(() => notifications.shown).toEqual(['Contoso · new ticket'])
    notifications.click.get('alert-2')?.()
    await expect.poll(path).toBe('/today/ticket/4720')
    await expect.poll(() => standIn.state.alerts[0]?.state).toBe('opened')
  })

  test('leave the screen once they were opened or dismissed elsewhere', async () => {
    const pending = [
      aNotice({ urgent: true }),
      aNotice({ tag: 'alert-2', alertIds: [2], ticketId: 4721, title: 'Contoso · new ticket' }),
    ]
    const { standIn } = await openWindow({ alerts: [anAlert(), anAlert({ id: 2 })], pending })
    await screen.findByRole('dialog', { name: /Fabrikam/ })
    standIn.state.alerts = [anAlert({ state: 'dismissed', dismissedAt: now }), anAlert({ id: 2 })]
    standIn.publish('alerts', ['1'])
    await expect.poll(() => screen.queryByRole('dialog', { name: /Fabrikam/ })).toBeNull()
    expect(await screen.findByRole('dialog', { name: /Contoso/ })).toBeTruthy()
  })

  test('say so where the browser blocks notifications, from the moment it does', async () => {
    const { notifications } = await openWindow({ pending: [aNotice()] })
    await screen.findByRole('button', { name: 'Allow notifications' })
    notifications.set('denied')
    expect(await screen.findByText('This browser blocks notifications.')).toBeTruthy()
  })

  test('are left to a host that shows notifications itself', async () => {
    const status = aStatus({ capabilities: { nativeNotifications: true, tray: true } })
    const { standIn } = await openWindow({ status, pending: [aNotice()] })
    await screen.findByRole('grid')
    standIn.publish('alerts')
    standIn.publish('open-ticket', ['4711'])
    await screen.findByRole('complementary', { name: 'Ticket 4711' })
    expect(standIn.calls.filter((call) => call.path === 'alerts.takePending')).toHaveLength(0)
  })
})

test('the theme follows the setting, else the system', async () => {
  const { standIn } = await openWindow()
  await screen.findByRole('grid')
  expect(document.documentElement.dataset['theme']).toBeUndefined()
  standIn.state.settings = { ...standIn.state.settings, theme: 'light' }
  standIn.publish('settings')
  await expect.poll(() => document.documentElement.dataset['theme']).toBe('light')
})
