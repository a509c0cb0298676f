import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { OutboxEntry } from '#contract/outbox.ts'
import { anEntry } from '../../support/connection-fixtures.ts'
import { dayMs, minuteMs, now } from '../../support/fixtures.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const seen = 'The customer sees this once it is made. Your address stands on their mails.'
const conflict = [{ field: 'Assignee', before: 'Priya Raman', mine: 'Tom Okafor', theirs: 'Marta Lindqvist' }]

test('a ticket shows its own changes until a while after they are settled, newest first', async () => {
  await openPanel([
    anEntry({ id: 9, intent: { kind: 'follow', ticketId: 4718 }, words: 'of another ticket' }),
    anEntry({ id: 7, state: 'verified', settledAt: now - 9 * minuteMs, words: 'seen just now' }),
    anEntry({ id: 6, state: 'verified', settledAt: now - 11 * minuteMs, words: 'seen before' }),
    anEntry({ id: 5, state: 'sending', words: 'under way' }),
    anEntry({ id: 4, state: 'sent', sentAt: now, words: 'gone out' }),
    anEntry({ id: 1, words: 'waits since yesterday', createdAt: now - dayMs }),
  ])
  await screen.findByText('seen just now')
  const changes = screen.getByRole('region', { name: 'Changes' })
  expect(
    within(changes)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual([
    'Seen in Zendesk9 min agoseen just now',
    `Sending2 min agounder way${seen}`,
    `Sent, not seen in Zendesk yetjust nowgone out${seen}`,
    `Waiting to be sent1 day agowaits since yesterday${seen}Take back`,
  ])
  expect(faultsOfThePage()).toEqual([])
})

test('what waits can be taken back', async () => {
  const { standIn } = await openPanel([anEntry({ id: 3 })])
  await userEvent.click(await screen.findByRole('button', { name: 'Take back' }))
  expect(await screen.findByText('Given up')).toBeTruthy()
  expect(actions(standIn)).toEqual([['outbox.discard', { id: 3 }]])
})

test('what failed says why and can be tried again or given up', async () => {
  const failed = anEntry({ id: 3, state: 'failed', problem: 'Zendesk refused it: the ticket is closed.', attempts: 3 })
  const { standIn } = await openPanel([failed])
  expect(await screen.findByText('Zendesk refused it: the ticket is closed.')).toBeTruthy()
  expect(await screen.findByText(/tried 3 times/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('Waiting to be sent')).toBeTruthy()
  standIn.state.outbox = [failed]
  standIn.publish('outbox')
  await userEvent.click(await screen.findByRole('button', { name: 'Give up' }))
  expect(await screen.findByText('Given up')).toBeTruthy()
  expect(actions(standIn)).toEqual([
    ['outbox.retry', { id: 3 }],
    ['outbox.discard', { id: 3 }],
  ])
})

test('a conflict shows both sides, and either can be kept', async () => {
  const entry = anEntry({ id: 3, state: 'conflict', conflict, problem: 'Choose whose change stays.' })
  const { standIn } = await openPanel([entry])
  const table = within(within(await screen.findByRole('region', { name: 'Changes' })).getByRole('table'))
  expect(table.getAllByRole('row').map((row) => row.textContent)).toEqual([
    'FieldBeforeYoursIn Zendesk now',
    'AssigneePriya RamanTom OkaforMarta Lindqvist',
  ])
  await userEvent.click(screen.getByRole('button', { name: 'Keep theirs' }))
  expect(await screen.findByText('Given up')).toBeTruthy()
  expect(await screen.findByText('Somebody changed the same, and theirs was kept.')).toBeTruthy()
  expect(screen.queryByText('Choose whose change stays.')).toBeNull()
  // Its buttons are gone; the focus stays on it.
  expect(document.activeElement).toBe(screen.getByText('Given up').closest('li'))
  standIn.state.outbox = [entry]
  standIn.publish('outbox')
  await userEvent.click(await screen.findByRole('button', { name: 'Keep mine' }))
  expect(await screen.findByText('Waiting to be sent')).toBeTruthy()
  expect(actions(standIn)).toEqual([
    ['outbox.resolve', { id: 3, choice: 'theirs' }],
    ['outbox.resolve', { id: 3, choice: 'mine' }],
  ])
})

test('what came too late says so, and what really is shows', async () => {
  const { standIn } = await openPanel([anEntry({ id: 3 })])
  await screen.findByRole('button', { name: 'Take back' })
  standIn.state.refusing.set('outbox.discard', 'It is on its way and cannot be taken back any more.')
  standIn.state.outbox = [anEntry({ id: 3, state: 'sending' })]
  await userEvent.click(screen.getByRole('button', { name: 'Take back' }))
  expect(await screen.findByText('It is on its way and cannot be taken back any more.')).toBeTruthy()
  expect(await screen.findByText('Sending')).toBeTruthy()
})

test('changes that settle elsewhere are followed live', async () => {
  const { standIn } = await openPanel([anEntry({ id: 3, state: 'sent', sentAt: now })])
  expect(await screen.findByText('Sent, not seen in Zendesk yet')).toBeTruthy()
  standIn.state.outbox = [anEntry({ id: 3, state: 'verified', settledAt: now })]
  standIn.publish('outbox')
  expect(await screen.findByText('Seen in Zendesk')).toBeTruthy()
})

test('without changes there is no such part, and changes that cannot be read say so', async () => {
  const first = await openPanel([])
  expect(screen.queryByRole('region', { name: 'Changes' })).toBeNull()
  first.close()
  await openWindow({ failing: new Set(['outbox.list']) }, '/today/ticket/4711')
  expect((await screen.findByRole('alert')).textContent).toContain('The changes to this ticket could not be read')
})

async function openPanel(outbox: OutboxEntry[]): Promise<OpenedWindow> {
  const window = await openWindow({ outbox }, '/today/ticket/4711')
  await screen.findByRole('group', { name: 'Actions' })
  return window
}

function actions(standIn: OpenedWindow['standIn']): unknown[] {
  return standIn.calls
    .filter(({ path }) => /^outbox\.(retry|discard|resolve)$/.test(path))
    .map(({ path, input }) => [path, input])
}
