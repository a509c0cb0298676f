import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { Snooze } from '#contract/alerts.ts'
import { hourMs, now } from '../../support/fixtures.ts'
import { openWindow } from '../../support/open-window.tsx'

beforeEach(() => page.viewport(1280, 800))

const snoozed: Snooze = {
  ticketId: 4711,
  subject: 'Backup fails',
  until: { kind: 'tomorrow' },
  wakeAt: now + 20 * hourMs,
  words: 'Until tomorrow 09:00',
  since: now,
}

test('s asks until when; the ticket and its row say it, and it can be undone', async () => {
  const { standIn } = await openWindow({}, '/today/ticket/4711')
  const panel = await openPanel()
  await panel.findByRole('button', { name: 'Snooze' })
  await userEvent.keyboard('s')
  await screen.findByRole('menu', { name: 'Snooze' })
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}')
  await expect.poll(() => standIn.state.snoozes.map(({ ticketId }) => ticketId)).toEqual([4711])
  expect(await panel.findByText('Until tomorrow 09:00. Its alerts wait until then.')).toBeTruthy()
  await expect.poll(() => rowOf('#4711')?.textContent).toContain('Snoozed')
  expect(rowOf('#4702')?.textContent).not.toContain('Snoozed')
  const toast = within(await screen.findByRole('dialog', { name: '#4711 is snoozed: until tomorrow 09:00' }))
  await userEvent.click(toast.getByRole('button', { name: 'Undo' }))
  await expect.poll(() => standIn.state.snoozes).toEqual([])
  await expect.poll(() => rowOf('#4711')?.textContent).not.toContain('Snoozed')
})

test('the button does the same by mouse', async () => {
  const { standIn } = await openWindow({}, '/today/ticket/4711')
  await userEvent.click(await (await openPanel()).findByRole('button', { name: 'Snooze' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Until 30 min before it breaches' }))
  await expect
    .poll(() => standIn.state.snoozes.map(({ until }) => until))
    .toEqual([{ kind: 'before-breach', minutes: 30 }])
})

test('a snoozed ticket is woken from its own panel', async () => {
  const { standIn } = await openWindow({ snoozes: [snoozed] }, '/today/ticket/4711')
  const panel = await openPanel()
  await userEvent.click(await panel.findByRole('button', { name: 'Wake now' }))
  await expect.poll(() => standIn.state.snoozes).toEqual([])
  await expect.poll(() => panel.queryByText(/Its alerts wait/)).toBeNull()
})

test('a snooze that is refused says why', async () => {
  const refusing = new Map([['alerts.snooze', 'This ticket is solved; it raises no alerts.']])
  await openWindow({ refusing }, '/today/ticket/4711')
  await userEvent.click(await (await openPanel()).findByRole('button', { name: 'Snooze' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: '1 hour' }))
  const toast = await screen.findByRole('dialog', { name: '#4711 was not snoozed' })
  expect(toast.textContent).toContain('This ticket is solved; it raises no alerts.')
})

async function openPanel() {
  return within(await screen.findByRole('complementary', { name: 'Ticket 4711' }))
}

function rowOf(id: string): HTMLElement | undefined {
  return screen.queryAllByRole('row').find((row) => row.textContent.includes(id))
}
