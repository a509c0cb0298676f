import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { aDay } from '../../support/coverage-fixtures.ts'
import { aClock, aQueue, aTicket, aTicketDetail, aWeek, minuteMs, now } from '../../support/fixtures.ts'
import { openWindow } from '../../support/open-window.tsx'

beforeEach(() => page.viewport(1280, 800))

describe('the queue', () => {
  test('shows what breaches next first, with countdown, word and wall-clock time in my zone', async () => {
    await openWindow()
    const rows = await queueRows()
    expect(rows.slice(0, 4).map((row) => row.textContent)).toEqual([
      expect.stringMatching(/^1h 14m agoBreached · 12:06 · Next reply/),
      expect.stringMatching(/^12m 00sUnder 30 min · 13:32 · First reply/),
      expect.stringMatching(/^26m 00sUnder 30 min · 13:46 · Next reply/),
      expect.stringMatching(/^1h 35mUnder 2 h · 14:55 · Periodic update/),
    ])
    expect(rows[6]?.textContent).toMatch(/^20h 00mWed 09:20 · Next reply/)
    expect(rows[9]?.textContent).toMatch(/^PausedNext reply/)
    expect(rows[10]?.textContent).toMatch(/^No clockNothing is running/)
  })

  test('says of each ticket what to do, who has it, how it stands and how fresh that is', async () => {
    await openWindow()
    const [breached, emergency] = await queueRows()
    expect(breached?.textContent).toContain('#4702')
    expect(breached?.textContent).toContain('Answer before the clock runs out')
    expect(breached?.textContent).toContain('Priya Raman')
    expect(breached?.textContent).toContain('OpenUrgent')
    expect(breached?.textContent).toContain('Read 20 s ago')
    expect(emergency?.textContent).toContain('Emergency')
  })

  test('marks what is older than three turns of syncing as stale', async () => {
    const queue = [aTicket({ fetchedAt: now - 3 * minuteMs }), aTicket({ id: 2, fetchedAt: now - 3 * minuteMs - 1000 })]
    await openWindow({ queue })
    const [fresh, stale] = await queueRows()
    expect(fresh?.textContent).toContain('Read 3 min ago')
    expect(stale?.textContent).toContain('Stale: read 3 min ago')
  })

  test('keeps fewer than 60 rows in the page for 10 000 tickets, and reads on while it is walked', async () => {
    const queue = Array.from({ length: 10_000 }, (_, index) => aTicket({ id: index + 1, nextClock: aClock(index) }))
    const { standIn } = await openWindow({ queue })
    expect((await queueRows()).length).toBeLessThan(60)
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('10001')
    await userEvent.keyboard('j')
    await userEvent.keyboard('{End}')
    await expect.poll(() => focusedTicket()).toBe('#200')
    await expect.poll(() => queueCalls(standIn.calls).includes(200)).toBe(true)
    expect((await queueRows()).length).toBeLessThan(60)
  })

  test('is filtered by words and by account', async () => {
    const { path } = await openWindow()
    await queueRows()
    await userEvent.keyboard('/')
    await userEvent.keyboard('geo contoso')
    await expect.poll(async () => (await queueRows()).length).toBe(1)
    expect(await screen.findByText(/1 of 11 tickets/)).toBeTruthy()
    await userEvent.keyboard('{Escape}')
    await expect.poll(async () => (await queueRows()).length).toBe(11)
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Account' }), 'Contoso Robotics (3)')
    await expect.poll(async () => (await queueRows()).length).toBe(3)
    expect(path()).toBe('/today?account=3')
  })

  test('that is empty says so, and what comes next', async () => {
    await openWindow({ queue: [] })
    expect(await screen.findByText('Nothing is waiting')).toBeTruthy()
  })

  test('that is empty because no account is followed leads to following one', async () => {
    const { path } = await openWindow({ queue: [], accounts: [] })
    expect(await screen.findByText('No account is followed yet')).toBeTruthy()
    await userEvent.click(screen.getByRole('link', { name: 'Follow an account' }))
    await expect.poll(path).toBe('/accounts')
  })

  test('that cannot be read says so and can be asked for again', async () => {
    const { standIn } = await openWindow({ failing: new Set(['tickets.queue']) })
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('The queue could not be read')
    standIn.state.failing.clear()
    await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }))
    expect(await queueRows()).toHaveLength(11)
  })
})

describe('by keyboard', () => {
  test('j and k walk, Enter opens, Escape leads back to the row', async () => {
    const { path } = await openWindow()
    await queueRows()
    await userEvent.keyboard('j')
    await expect.poll(focusedTicket).toBe('#4702')
    await userEvent.keyboard('jj')
    await expect.poll(focusedTicket).toBe('#4711')
    await userEvent.keyboard('k')
    await expect.poll(focusedTicket).toBe('#4718')
    await userEvent.keyboard('{Enter}')
    await expect.poll(path).toBe('/today/ticket/4718')
    await expect.poll(() => document.activeElement?.tagName).toBe('H2')
    await userEvent.keyboard('{Escape}')
    await expect.poll(path).toBe('/today')
    await expect.poll(focusedTicket).toBe('#4718')
  })

  test('with a ticket open, walking leads from ticket to ticket', async () => {
    const { path } = await openWindow({}, '/today/ticket/4718')
    await queueRows()
    await userEvent.keyboard('j')
    await expect.poll(path).toBe('/today/ticket/4711')
    await userEvent.keyboard('{ArrowUp}{ArrowUp}')
    await expect.poll(path).toBe('/today/ticket/4702')
  })

  test('the cursor stays with its ticket when rows move', async () => {
    const { standIn } = await openWindow()
    await queueRows()
    await userEvent.keyboard('jj')
    await expect.poll(focusedTicket).toBe('#4718')
    standIn.state.queue = [aTicket({ id: 99, subject: 'Came in first', nextClock: aClock(-200) }), ...aQueue()]
    standIn.publish('tickets')
    await screen.findByText('Came in first')
    await expect.poll(focusedTicket).toBe('#4718')
  })
})

describe('a ticket', () => {
  test('shows what to do and why on top, its clocks, and whether I am on Cc', async () => {
    const row = aTicket()
    await openWindow(
      { queue: [row], details: new Map([[row.id, aTicketDetail(row, { iAmOnCc: false })]]) },
      '/today/ticket/4711',
    )
    const panel = within(await screen.findByRole('complementary', { name: 'Ticket 4711' }))
    const guidance = await panel.findByRole('region', { name: 'What to do' })
    expect(guidance.textContent).toContain('Answer before the clock runs out, leave Priya Raman')
    expect(guidance.textContent).toContain('You cover Northwind Logistics')
    expect(guidance.textContent).toContain('Source: Handbook')
    expect(await panel.findByText('You are not on Cc')).toBeTruthy()
    expect(panel.getByRole('region', { name: 'Clocks' }).textContent).toMatch(/1h 30m.*Met/)
  })

  test('tells internal notes from what the customer sees, and when each was written', async () => {
    await openWindow({}, '/today/ticket/4711')
    const messages = within(await screen.findByRole('region', { name: 'Conversation' })).getAllByRole('listitem')
    expect(messages.map((message) => message.textContent?.includes('Internal note'))).toEqual([
      false,
      false,
      true,
      false,
    ])
    expect(messages[0]?.textContent).toContain('Ada MeyerCustomer3 h ago · 10:20')
    const looks = messages.map((message) => getComputedStyle(message).backgroundColor)
    expect(looks[2]).not.toBe(looks[1])
  })

  test('opens in Zendesk, and links only where the service allows', async () => {
    const { standIn } = await openWindow({}, '/today/ticket/4711')
    await userEvent.click(await screen.findByRole('button', { name: 'Open in Zendesk' }))
    const urls = () => standIn.calls.filter((call) => call.path === 'app.openExternal').map((call) => call.input)
    await expect.poll(urls).toEqual([{ url: 'https://sample.zendesk.com/agent/tickets/4711' }])
    await userEvent.click(screen.getByRole('link', { name: 'check these steps' }))
    expect(await screen.findByText('This address was not opened')).toBeTruthy()
    expect(urls()).toHaveLength(2)
  })

  test('that is not in this workspace says so', async () => {
    await openWindow({}, '/today/ticket/1')
    expect(await screen.findByText('Ticket #1 is not here')).toBeTruthy()
  })

  test('that was asked for elsewhere is opened here', async () => {
    const { standIn, path } = await openWindow()
    standIn.publish('open-ticket', ['4720'])
    await expect.poll(path).toBe('/today/ticket/4720')
  })
})

describe('the head of the screen', () => {
  test('prints the load with its arithmetic, and whom I cover until when', async () => {
    await openWindow()
    expect(await screen.findByText('3 of 6.6 other tickets this week')).toBeTruthy()
    expect(await screen.findByText('12/week → 1 day at 1.8 + 4 days at 1.2 = 6.6')).toBeTruthy()
    const line = 'Covering Northwind Logistics until Fri 17:00 and Fabrikam Health until 4 Dec 17:00 (your time)'
    expect(await screen.findByText(line)).toBeTruthy()
  })

  test('prints today’s part of it, and explains both with their sums, the weeks measured and the rule', async () => {
    await openWindow()
    const figure = await screen.findByRole('button', { name: /other tickets this week/ })
    await expect.poll(() => figure.textContent).toContain('· today 1 of 1.2')
    await userEvent.click(figure)
    const words = (await screen.findByRole('dialog', { name: 'Non-ASE ticket work in 2026-W48' })).textContent
    expect(words).toContain(
      'Today, covering Northwind Logistics and Fabrikam Health, 50 % left: 12/week ÷ 5 × 50 % = 1.2',
    )
    expect(words).toContain('W43: 31 (unlike the others)')
    expect(screen.getByRole('link', { name: 'Any week, and what is to come' }).getAttribute('href')).toContain(
      '/coverage',
    )
  })

  test.each([
    [{ working: false, taken: 0 }, '· today off'],
    [{ working: false, taken: 2 }, '· today off, 2 taken'],
    [{ possible: false }, '· today too many'],
  ])('says of a day with %o: %s', async (day, words) => {
    await openWindow({ day: aDay(day) })
    expect(await screen.findByText(words)).toBeTruthy()
  })

  test('says when the load is more than an engineer can cover', async () => {
    await openWindow({ week: aWeek({ possible: false, allowed: 0 }) })
    expect(await screen.findByText('More accounts than one engineer can cover')).toBeTruthy()
  })
})

async function queueRows(): Promise<HTMLElement[]> {
  const grid = await screen.findByRole('grid')
  return within(grid).getAllByRole('row').slice(1)
}

function focusedTicket(): string | undefined {
  return /#\d+/.exec(document.activeElement?.closest('[role=row]')?.textContent ?? '')?.[0]
}

function queueCalls(calls: readonly { path: string; input: unknown }[]): number[] {
  return calls
    .filter((call) => call.path === 'tickets.queue')
    .map((call) => (call.input as { offset?: number }).offset ?? 0)
}
