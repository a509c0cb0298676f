import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { KeptData } from '#contract/customer-data.ts'
import { dayMs, now } from '../../support/fixtures.ts'
import { openWindow } from '../../support/open-window.tsx'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const acme: KeptData = {
  ...{ accountId: 1, accountName: 'Acme', endedAt: now - 3 * dayMs, dueAt: now + 11 * dayMs },
  ...{ state: 'kept', waitsFor: '', proof: null },
}
const waitsFor = 'Borealis is not handed back yet. Hand it back under Return, or remove its data now.'
const borealis: KeptData = {
  ...{ accountId: 2, accountName: 'Borealis', endedAt: now - 20 * dayMs, dueAt: now - 6 * dayMs },
  ...{ state: 'waits', waitsFor, proof: null },
}
const words = 'Removed on 20 Nov 2026: 212 tickets, 1,904 messages, 41 people. Looked for afterwards: nothing was left.'
const cormorant: KeptData = {
  ...{ accountId: 3, accountName: 'Cormorant', endedAt: now - 40 * dayMs, dueAt: now - 4 * dayMs, waitsFor: '' },
  ...{ state: 'removed', proof: { removedAt: now - 4 * dayMs, removed: [], left: 0, words } },
}

const section = async () => within(await screen.findByRole('region', { name: 'Customers’ data' }))
const rowOf = async (name: string) => within(await (await section()).findByRole('listitem', { name }))

test('says until when each account is kept, what it waits for, and what was removed', async () => {
  await openWindow({ keptData: [acme, borealis, cormorant] }, '/settings')
  const kept = await rowOf('Acme: kept')
  expect(kept.getByText('You covered it until 21 Nov 2026; it is removed on 5 Dec 2026.')).toBeTruthy()
  expect((await rowOf('Borealis: waits')).getByText(`You covered it until 4 Nov 2026. ${waitsFor}`)).toBeTruthy()
  const removed = await rowOf('Cormorant: removed')
  expect(removed.getByText(words)).toBeTruthy()
  expect(removed.queryByRole('button')).toBeNull()
  expect(faultsOfThePage()).toEqual([])
})

test('where nothing is kept, it says so, and what is kept later comes by itself', async () => {
  const { standIn } = await openWindow({}, '/settings')
  const empty = 'Nothing is kept at present of an account whose coverage is over.'
  expect(await (await section()).findByText(empty)).toBeTruthy()
  standIn.state.keptData = [acme]
  standIn.publish('customer-data')
  expect(await rowOf('Acme: kept')).toBeTruthy()
})

test('is kept longer at the press of a key', async () => {
  const { standIn } = await openWindow({ keptData: [acme] }, '/settings')
  ;(await rowOf('Acme: kept')).getByRole('button', { name: 'Keep Acme 14 days longer' }).focus()
  await userEvent.keyboard('{Enter}')
  await expect
    .poll(() => standIn.calls.find(({ path }) => path === 'customerData.keepLonger')?.input)
    .toEqual({ accountId: 1, days: 14 })
  expect(await screen.findByText('Acme is kept until 8 Dec 2026')).toBeTruthy()
  expect(await (await rowOf('Acme: kept')).findByText(/it is removed on 8 Dec 2026/)).toBeTruthy()
})

test('is removed before its time only after asking once, by keyboard alone, and the focus stays with it', async () => {
  const { standIn } = await openWindow({ keptData: [acme, borealis] }, '/settings')
  const button = async () => (await rowOf('Acme: kept')).getByRole('button', { name: 'Remove the data of Acme now' })
  const removals = () => standIn.calls.filter(({ path }) => path === 'customerData.remove')
  ;(await button()).focus()
  await userEvent.keyboard('{Enter}')
  const dialog = await screen.findByRole('alertdialog', { name: 'Remove the data of Acme now?' })
  expect(dialog.textContent).toContain('This cannot be undone.')
  await userEvent.keyboard('{Escape}')
  await expect.poll(() => screen.queryByRole('alertdialog')).toBeNull()
  expect(removals()).toEqual([])
  await expect.poll(() => document.activeElement).toBe(await button())
  await userEvent.keyboard('{Enter}')
  await screen.findByRole('alertdialog')
  const yes = screen.getByRole('button', { name: 'Remove it' })
  for (let tries = 0; tries < 4 && document.activeElement !== yes; tries += 1) await userEvent.keyboard('{Tab}')
  expect(document.activeElement).toBe(yes)
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => removals().map(({ input }) => input)).toEqual([{ accountId: 1 }])
  expect(await rowOf('Acme: removed')).toBeTruthy()
  await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Acme: removed')
})

test('what cannot be removed yet is said where it was asked', async () => {
  const refusal = 'A change to ticket #12 of this account is not settled. Wait until it is sent, or discard it.'
  await openWindow({ keptData: [acme], refusing: new Map([['customerData.remove', refusal]]) }, '/settings')
  await userEvent.click((await rowOf('Acme: kept')).getByRole('button', { name: 'Remove the data of Acme now' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Remove it' }))
  const dialog = within(await screen.findByRole('alertdialog'))
  expect(await dialog.findByText(refusal)).toBeTruthy()
  await userEvent.click(dialog.getByRole('button', { name: 'Keep it' }))
  expect(await rowOf('Acme: kept')).toBeTruthy()
})
