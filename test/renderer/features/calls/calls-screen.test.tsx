import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { OpenAction } from '#contract/calls.ts'
import { blankCall } from '#core/calls/call-document.ts'
import { now } from '../../support/fixtures.ts'
import { openWindow } from '../../support/open-window.tsx'
import { aCallDetail } from '../../support/stand-in-calls.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const action: OpenAction = {
  ...{ accountId: 1, accountName: 'Northwind Logistics', what: 'Book the window', dri: 'Marcus Bell' },
  ...{ dueOn: '2026-11-20', overdue: true, callDay: '2026-11-10', callPurpose: 'Upgrade plan' },
  at: { kind: 'call', callId: 'c9', index: 0 },
}
const ofIssue: OpenAction = {
  ...action,
  ...{ what: 'Send the list', dri: '', dueOn: '', overdue: false },
  at: {
    ...{ kind: 'issue', projectId: 71, iid: 12, text: 'Send the list', nth: 0, reference: 'collab/northwind#12' },
    url: 'https://gitlab.example.com/collab/northwind/-/issues/12',
  },
}
const draft = aCallDetail({
  purpose: 'Geo',
  document: { ...blankCall({ about: 'other', day: '2026-11-24', tickets: [] }), purpose: 'Geo' },
})
const filed = aCallDetail({
  ...{ id: 'c2', purpose: 'Cadence', state: 'filed', filedAt: now },
  became: [{ words: 'Internal note on #4711', ticketId: 4711, url: null, state: 'verified', problem: null }],
})

test('drafts are taken up again, and a filed call leads to what it became', async () => {
  const { path } = await openWindow({ calls: [draft, filed] }, '/calls')
  const row = within((await screen.findByRole('link', { name: 'Cadence' })).closest('tr') as HTMLElement)
  expect(row.getByRole('link', { name: 'Internal note on #4711' }).getAttribute('href')).toContain('/today/ticket/4711')
  expect(await row.findByText('Seen in Zendesk')).toBeTruthy()
  expect(faultsOfThePage()).toEqual([])
  await userEvent.click(screen.getByRole('link', { name: 'Geo' }))
  await screen.findByLabelText('Purpose')
  expect(path()).toBe('/calls/c1')
})

test('overdue action items are marked; one that is kept here is done with one press, a task of an issue after a preview', async () => {
  const { standIn } = await openWindow({ callActions: [action, ofIssue] }, '/calls')
  expect(await screen.findByText('1 overdue')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Done: Book the window' }))
  await expect.poll(() => screen.queryByText('Book the window')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Done: Send the list' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Task of collab/northwind#12' }))
  const send = await dialog.findByRole<HTMLButtonElement>('button', { name: 'Send' })
  await expect.poll(() => send.disabled).toBe(false)
  await userEvent.click(send)
  await expect
    .poll(() => standIn.state.outbox.map(({ intent }) => intent))
    .toEqual([{ kind: 'issue-task', projectId: 71, iid: 12, text: 'Send the list', nth: 0, done: true }])
})

test('a call is begun with the chosen account, and from a ticket by its key', async () => {
  const { standIn, path } = await openWindow({}, '/calls')
  await userEvent.selectOptions(await screen.findByLabelText('Account'), 'Northwind Logistics')
  await userEvent.click(screen.getByRole('button', { name: 'Start a call' }))
  await screen.findByRole('heading', { level: 1, name: 'Call with Northwind Logistics' })
  expect(standIn.state.calls).toMatchObject([{ about: 'other', accountId: 1 }])
  expect(path()).toBe('/calls/c1')
})

test('on a ticket one key begins a call about it', async () => {
  const { standIn } = await openWindow({}, '/today/ticket/4711')
  await screen.findByRole('button', { name: 'Call…' })
  await userEvent.keyboard('p')
  await screen.findByRole('heading', { level: 1, name: /^Call with/ })
  expect(standIn.state.calls).toMatchObject([{ about: 'tickets', ticketIds: [4711] }])
})

test('the account says what of its calls is overdue', async () => {
  await openWindow({ callActions: [action, ofIssue] }, '/accounts')
  const link = await screen.findByRole('link', { name: 'Calls with Northwind Logistics' })
  await expect.poll(() => link.textContent).toBe('Calls: 2 action items')
  expect(link.parentElement?.textContent).toContain('1 overdue')
})
