import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen } from '@testing-library/react'
import { someAccounts } from '../../support/fixtures.ts'
import { openWindow } from '../../support/open-window.tsx'

beforeEach(() => page.viewport(1280, 800))

test('every account tells its relation, its ASE, what is open and how fresh that is', async () => {
  await openWindow({}, '/accounts')
  const rows = (await screen.findAllByRole('row')).map((row) => row.textContent)
  expect(rows[1]).toBe('Northwind Logistics CoveringCalls Priya Raman5Show 3Read 20 s agoRead 20 s agoGitLab project…')
  expect(rows[2]).toContain('Last sync failed: Zendesk answered 502 twice; the next pass tries again.')
  expect(rows[2]).toContain('Stale: read 14 min ago')
  expect(rows[4]).toBe('Tailspin Games Calls None90Read 20 s agoNo labelGitLab project…')
})

test('issues of a covered account are shown as not mine', async () => {
  await openWindow({}, '/accounts')
  await userEvent.click(await screen.findByRole('button', { name: 'Show 3 issues of Northwind Logistics' }))
  expect(await screen.findByText(/Not yours while covering: proactive issues stay with Priya Raman/)).toBeTruthy()
  expect(screen.getAllByText('Not yours')).toHaveLength(2)
  expect(await screen.findByText(/2 of 5 tasks · due 2026-12-04/)).toBeTruthy()
})

test('an issue that is not mine can still be read, and says which of its notes the customer sees', async () => {
  await openWindow({}, '/accounts')
  await userEvent.click(await screen.findByRole('button', { name: 'Show 3 issues of Northwind Logistics' }))
  const [read] = await screen.findAllByRole('button', { name: /^Read Upgrade path/ })
  if (!read) throw new Error('There is an issue here')
  await userEvent.click(read)
  expect(await screen.findByText('Upgrade in three steps.')).toBeTruthy()
  expect(await screen.findByText('Internal: members of the project see it')).toBeTruthy()
})

test('issues of an own account are not', async () => {
  await openWindow({}, '/accounts')
  await userEvent.click(await screen.findByRole('button', { name: 'Show 1 issues of Contoso Robotics' }))
  expect(await screen.findByText('Geo failover rehearsal')).toBeTruthy()
  expect(screen.queryByText('Not yours')).toBeNull()
})

test('the number of tickets leads to the queue of that account', async () => {
  const { path } = await openWindow({}, '/accounts')
  await userEvent.click(await screen.findByRole('link', { name: '3 tickets of Contoso Robotics' }))
  await expect.poll(path).toBe('/today?account=3')
})

test('no account yet, and accounts that cannot be read, are said in words', async () => {
  const { standIn } = await openWindow({ accounts: [] }, '/accounts')
  expect(await screen.findByText('No account is followed yet')).toBeTruthy()
  expect(await screen.findByRole('button', { name: 'Follow an account' })).toBeTruthy()
  expect(standIn.calls.some((call) => call.path === 'accounts.list')).toBe(true)
  await openWindow({ failing: new Set(['accounts.list']) }, '/accounts')
  expect((await screen.findByRole('alert')).textContent).toContain('The accounts could not be read')
})

test('a rule of its own is told against the edition in force, also after another one was chosen', async () => {
  const own = { value: 0.5, why: 'Two time zones', byName: 'Priya Raman', setAt: 0 }
  const telling = (policyValue: number) =>
    someAccounts().map((account) => ({
      ...account,
      policy: { ...account.policy, reductionPerAccount: { policyValue, own: account.id === 1 ? own : null } },
    }))
  const { standIn } = await openWindow({ accounts: telling(0.25) }, '/accounts')
  const words = (share: number) => `Takes 50 % of other ticket work, not ${share} % (Priya Raman: Two time zones)`
  expect(await screen.findByText(words(25))).toBeTruthy()
  await standIn.listening()
  standIn.state.accounts = telling(0.3)
  standIn.publish('settings')
  expect(await screen.findByText(words(30))).toBeTruthy()
})
