import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { aStatus, someAccounts } from '../../support/fixtures.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import type { StandInState } from '../../support/stand-in-state.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

test('shows what is set, and sends only what was changed', async () => {
  const { standIn } = await openEdit('Northwind Logistics')
  expect(screen.getByLabelText<HTMLInputElement>('ASE since').value).toBe('2025-03-03')
  expect(screen.getByLabelText<HTMLInputElement>(/^GitLab group/).value).toBe('collab/northwind')
  expect(within(screen.getByRole('dialog')).getByText('Priya Raman')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Save' }).matches(':disabled')).toBe(true)
  expect(faultsOfThePage()).toEqual([])
  await userEvent.fill(screen.getByLabelText(/^Label of/), 'ASE Work - NW')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  expect(inputsOf(standIn, 'accounts.change')).toEqual([{ id: 1, label: 'ASE Work - NW' }])
})

test('a day that stays the same keeps the time it was set with', async () => {
  const accounts = someAccounts().map((account) => ({ ...account, aseSince: Date.UTC(2025, 2, 3, 9, 30) }))
  const { standIn } = await openEdit('Northwind Logistics', { accounts })
  await userEvent.fill(screen.getByLabelText(/^Label of/), '')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await expect.poll(() => inputsOf(standIn, 'accounts.change')).toEqual([{ id: 1, label: null }])
})

test('without an ASE there is no day either', async () => {
  const { standIn } = await openEdit('Northwind Logistics')
  await userEvent.click(screen.getByRole('radio', { name: 'Nobody' }))
  expect(screen.queryByLabelText('ASE since')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await expect.poll(() => inputsOf(standIn, 'accounts.change')).toEqual([{ id: 1, aseId: null, aseSince: null }])
})

test('my own account shows me, and a refused change stays in its dialog', async () => {
  const words = 'The ASE of a covered account is changed after the coverage.'
  await openEdit('Contoso Robotics', { refusing: new Map([['accounts.change', words]]) })
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Me (Tom Okafor)' }).checked).toBe(true)
  await userEvent.fill(screen.getByLabelText(/^GitLab group/), 'collab/robots')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect((await screen.findByRole('alert')).textContent).toBe(words)
})

test('to stop following says what is deleted here and that nothing changes in Zendesk, and asks', async () => {
  const { standIn } = await openEdit('Northwind Logistics')
  await userEvent.click(screen.getByRole('button', { name: 'Stop following…' }))
  const asking = within(await screen.findByRole('alertdialog', { name: 'Stop following Northwind Logistics?' }))
  expect(await asking.findByText(/deleted from this machine: its tickets \(5 open ones\)/)).toBeTruthy()
  expect(await asking.findByText(/Nothing changes in Zendesk or GitLab/)).toBeTruthy()
  expect(faultsOfThePage()).toEqual([])
  await userEvent.click(asking.getByRole('button', { name: 'Keep following' }))
  expect(inputsOf(standIn, 'accounts.remove')).toEqual([])
  await userEvent.click(await screen.findByRole('button', { name: 'Edit Northwind Logistics' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Stop following…' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Stop following' }))
  expect(await screen.findByText('Northwind Logistics is no longer followed')).toBeTruthy()
  await expect.poll(() => screen.queryByRole('button', { name: 'Edit Northwind Logistics' })).toBeNull()
})

test('an account with a coverage stays followed, in the words of the service', async () => {
  const words = 'Northwind Logistics is covered until 27 November. End the coverage first.'
  await openEdit('Northwind Logistics', { refusing: new Map([['accounts.remove', words]]) })
  await userEvent.click(screen.getByRole('button', { name: 'Stop following…' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Stop following' }))
  expect((await screen.findByRole('alert')).textContent).toBe(words)
  expect(await screen.findByRole('alertdialog')).toBeTruthy()
})

test('a rule of its own needs a reason, is sent with it, and shows in the list', async () => {
  const { standIn } = await openEdit('Northwind Logistics')
  expect(screen.queryByLabelText(/^Why this account/)).toBeNull()
  await userEvent.fill(screen.getByLabelText(/^Share of other/), '37,5 %')
  expect(await screen.findByText('Say in a few words why this account has another rule.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Save' }).matches(':disabled')).toBe(true)
  await userEvent.fill(screen.getByLabelText(/^Why this account/), 'Two time zones')
  await userEvent.click(screen.getByRole('radio', { name: 'As the org note says' }))
  expect(faultsOfThePage()).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  const why = 'Two time zones'
  expect(inputsOf(standIn, 'accounts.change')).toEqual([
    {
      id: 1,
      policyOverrides: { reductionPerAccount: { value: 0.375, why }, notAssignedToAse: { value: 'org-note', why } },
    },
  ])
  expect(
    await screen.findByText('Takes 37.5 % of other ticket work, not 25 % (Tom Okafor: Two time zones)'),
  ).toBeTruthy()
  expect(
    screen.getByText('Tickets not assigned to the ASE: as the org note says (Tom Okafor: Two time zones)'),
  ).toBeTruthy()
})

test('a rule of its own goes back to the rules’ when it is emptied, and one that stays is not sent again', async () => {
  const own = { why: 'Agreed', byName: null, setAt: 0 }
  const accounts = someAccounts().map((account) => ({
    ...account,
    policy: {
      reductionPerAccount: { policyValue: 0.25, own: { value: 0.3, ...own } },
      notAssignedToAse: { policyValue: 'like-assigned' as const, own: { value: 'org-note' as const, ...own } },
    },
  }))
  const { standIn } = await openEdit('Northwind Logistics', { accounts })
  expect(screen.getByLabelText<HTMLInputElement>(/^Share of other/).value).toBe('30')
  expect(screen.getByLabelText<HTMLInputElement>(/^Why this account/).value).toBe('Agreed')
  await userEvent.fill(screen.getByLabelText(/^Share of other/), '')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await expect
    .poll(() => inputsOf(standIn, 'accounts.change'))
    .toEqual([{ id: 1, policyOverrides: { reductionPerAccount: null } }])
})

test('another reason alone is sent with what it is the reason of; two reasons stay two while neither is touched', async () => {
  const own = { byName: null, setAt: 0 }
  const accounts = someAccounts().map((account) => ({
    ...account,
    policy: {
      reductionPerAccount: { policyValue: 0.25, own: { value: 0.3, why: 'Agreed', ...own } },
      notAssignedToAse: {
        policyValue: 'like-assigned' as const,
        own: { value: 'org-note' as const, why: 'Note', ...own },
      },
    },
  }))
  const { standIn } = await openEdit('Northwind Logistics', { accounts })
  expect(screen.getByRole('button', { name: 'Save' }).matches(':disabled')).toBe(true)
  await userEvent.fill(screen.getByLabelText(/^Share of other/), '30.0')
  expect(screen.getByRole('button', { name: 'Save' }).matches(':disabled')).toBe(true)
  await userEvent.fill(screen.getByLabelText(/^Why this account/), 'Signed')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  const why = 'Signed'
  await expect
    .poll(() => inputsOf(standIn, 'accounts.change'))
    .toEqual([
      {
        id: 1,
        policyOverrides: { reductionPerAccount: { value: 0.3, why }, notAssignedToAse: { value: 'org-note', why } },
      },
    ])
})

test.each(['101', '-1', 'half'])('a share of %s is not sent', async (share) => {
  await openEdit('Northwind Logistics')
  await userEvent.fill(screen.getByLabelText(/^Label of/), 'ASE Work - NW')
  await userEvent.fill(screen.getByLabelText(/^Share of other/), share)
  expect(await screen.findByText('The share is a number from 0 to 100, or empty.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Save' }).matches(':disabled')).toBe(true)
})

async function openEdit(name: string, state: Partial<StandInState> = {}): Promise<OpenedWindow> {
  const window = await openWindow({ status: aStatus({ workspace: 'real' }), ...state }, '/accounts')
  await userEvent.click(await screen.findByRole('button', { name: `Edit ${name}` }))
  await screen.findByRole('dialog', { name: `Edit ${name}` })
  return window
}

function inputsOf(standIn: OpenedWindow['standIn'], path: string): unknown[] {
  return standIn.calls.filter((call) => call.path === path).map((call) => call.input)
}
