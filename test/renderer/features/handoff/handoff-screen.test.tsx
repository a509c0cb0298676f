import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { aHandoffRow, aPacket } from '../../support/handoff-fixtures.ts'
import { openWindow } from '../../support/open-window.tsx'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const path = '/handoff'

describe('the list of absences', () => {
  test('says of each account how far it is, whose it is, and what needs somebody', async () => {
    const accounts = [
      aHandoffRow({ state: 'accepted', prepared: 3, reviewed: 2, stale: 2, notReviewed: 1, conflicts: 1 }),
    ]
    await openWindow({ packets: [aPacket({ accounts })] }, path)
    const absence = within(await screen.findByRole('region', { name: 'Marta Lindqvist away' }))
    expect(await absence.findByText('Accepted')).toBeTruthy()
    expect(
      await absence.findByText('Marta Lindqvist still owns Fabrikam Health: the handoff is not accepted.'),
    ).toBeTruthy()
    expect(await absence.findByText('3 of 3 prepared, 2 gone over')).toBeTruthy()
    expect(await absence.findByText('2 changed since')).toBeTruthy()
    expect(await absence.findByText('1 not reviewed')).toBeTruthy()
    expect(await absence.findByText('1 written on both sides')).toBeTruthy()
    expect(await absence.findByText(/^12d 10h left until the absence$/)).toBeTruthy()
    expect(faultsOfThePage()).toEqual([])
  })

  test('offers to prepare only to whose accounts they are', async () => {
    await openWindow({ packets: [aPacket({ role: 'ase' })] }, path)
    await screen.findByRole('link', { name: 'Prepare Fabrikam Health' })
    expect(await screen.findByRole('heading', { name: 'Your absence' })).toBeTruthy()
    expect(await screen.findByText(/^Tom Okafor covers/)).toBeTruthy()
  })

  test('begins what is not begun, and leads on from there', async () => {
    const accounts = [aHandoffRow({ state: 'not-begun', prepared: 0 })]
    const { standIn, path: at } = await openWindow({ packets: [aPacket({ accounts })] }, path)
    expect(screen.queryByRole('link', { name: 'Review Fabrikam Health' })).toBeNull()
    await userEvent.click(await screen.findByRole('button', { name: 'Begin' }))
    await userEvent.click(await screen.findByRole('link', { name: 'Review Fabrikam Health' }))
    expect(standIn.calls.find((call) => call.path === 'handoffs.begin')?.input).toEqual({ absenceId: 'a-marta' })
    await expect.poll(at).toBe('/handoff/p-marta--2/review')
  })

  test('without any says when it fills', async () => {
    await openWindow({ packets: [] }, path)
    await screen.findByRole('heading', { name: 'Nothing is to be handed over' })
    expect(await screen.findByText(/as soon as an absence is known in which somebody covers/)).toBeTruthy()
  })

  test('folds away absences that are past', async () => {
    await openWindow({ packets: [aPacket({ phase: 'past' })] }, path)
    await screen.findByText('No absence is ahead.')
    await userEvent.click(screen.getByText('1 absence that is past'))
    expect(await screen.findByRole('region', { name: 'Marta Lindqvist away' })).toBeTruthy()
  })

  test('follows what changes elsewhere', async () => {
    const { standIn } = await openWindow({}, path)
    await screen.findByText('Being prepared')
    standIn.state.packets = [aPacket({ accounts: [aHandoffRow({ state: 'accepted' })] })]
    standIn.publish('handoffs')
    await screen.findByText('Accepted')
  })

  test('says when it cannot be read, and tries again', async () => {
    const { standIn } = await openWindow({ failing: new Set(['handoffs.list']) }, path)
    await screen.findByText('The handoffs could not be read')
    standIn.state.failing.clear()
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await screen.findByRole('region', { name: 'Marta Lindqvist away' })
  })
})

describe('taking in', () => {
  test('shows what changes and what could not be read before anything is taken in', async () => {
    const { standIn } = await openWindow({}, path)
    standIn.state.handoffImport = { ...standIn.state.handoffImport, unread: ['Ticket 4712: the severity is “shaky”.'] }
    await screen.findByRole('region', { name: 'Marta Lindqvist away' })
    await userEvent.keyboard('i')
    const dialog = within(await screen.findByRole('dialog', { name: 'Take in a handoff' }))
    await userEvent.fill(dialog.getByLabelText('The handoff'), '# Handoff of Fabrikam Health')
    await userEvent.click(dialog.getByRole('button', { name: 'Show what changes' }))
    await dialog.findByText('Fabrikam Health, #4711: Marta Lindqvist wrote the story.')
    expect(await dialog.findByText('Ticket 4712: the severity is “shaky”.')).toBeTruthy()
    expect(standIn.calls.filter((call) => call.path === 'handoffs.import').map(({ input }) => input)).toEqual([
      { text: '# Handoff of Fabrikam Health', apply: false },
    ])
    await userEvent.click(dialog.getByRole('button', { name: 'Take it in' }))
    await screen.findByText('The handoff is taken in')
    expect(screen.queryByRole('dialog', { name: 'Take in a handoff' })).toBeNull()
    expect(standIn.calls.findLast((call) => call.path === 'handoffs.import')?.input).toMatchObject({ apply: true })
  })

  test('of an issue’s address asks GitLab', async () => {
    const { standIn } = await openWindow({}, path)
    await userEvent.click(await screen.findByRole('button', { name: 'Take in…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Take in a handoff' }))
    await userEvent.fill(
      dialog.getByLabelText('The handoff'),
      'https://gitlab.example.com/support/coverage/-/issues/12',
    )
    await userEvent.click(dialog.getByRole('button', { name: 'Show what changes' }))
    await dialog.findByText(/wrote the story/)
    expect(standIn.calls.some((call) => call.path === 'handoffs.fetch')).toBe(true)
    expect(standIn.calls.some((call) => call.path === 'handoffs.import')).toBe(false)
  })

  test('says why it was refused', async () => {
    const refusing = new Map([['handoffs.import', 'It was written by a newer Understudy. Update this one first.']])
    await openWindow({ refusing }, path)
    await userEvent.click(await screen.findByRole('button', { name: 'Take in…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Take in a handoff' }))
    await userEvent.fill(dialog.getByLabelText('The handoff'), 'x')
    await userEvent.click(dialog.getByRole('button', { name: 'Show what changes' }))
    await dialog.findByText('It was written by a newer Understudy. Update this one first.')
  })
})

describe('handing over', () => {
  const two = [aHandoffRow(), aHandoffRow({ id: 'p-marta--3', accountId: 3, accountName: 'Contoso' })]

  test('shows the Markdown of all accounts, and warns that customers’ words stand in it', async () => {
    const { standIn } = await openWindow({ packets: [aPacket({ accounts: two })] }, path)
    await userEvent.click(await screen.findByRole('button', { name: 'Hand over all 2…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Hand over 2 accounts' }))
    await dialog.findByText(/# Handoff of 2/)
    expect(await dialog.findByText(/It holds what customers wrote/)).toBeTruthy()
    expect(dialog.queryByRole('button', { name: 'As a GitLab issue…' })).toBeNull()
    await userEvent.click(dialog.getByRole('button', { name: 'Save a page to print' }))
    await expect
      .poll(() => standIn.calls.filter((call) => call.path === 'handoffs.export').map(({ input }) => input))
      .toEqual([
        { handoffIds: ['p-marta--2', 'p-marta--3'], as: 'markdown' },
        { handoffIds: ['p-marta--2', 'p-marta--3'], as: 'page' },
      ])
  })

  test('one account as an issue shows who sees it first, and sends it after a press', async () => {
    const { standIn } = await openWindow({}, path)
    standIn.state.settings = { ...standIn.state.settings, coverageProject: 'support/coverage' }
    await userEvent.click(await screen.findByRole('button', { name: 'Hand over Fabrikam Health…' }))
    await userEvent.click(await screen.findByRole('button', { name: 'As a GitLab issue…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Open an issue for the handoff' }))
    await dialog.findByText('Only agents of your company see it.')
    expect(await dialog.findByText('Handoff of Fabrikam Health')).toBeTruthy()
    await userEvent.click(dialog.getByRole('button', { name: 'Send' }))
    await expect
      .poll(() => standIn.calls.find((call) => call.path === 'outbox.send')?.input)
      .toMatchObject({ orders: [{ intent: { kind: 'create-issue', confidential: true } }] })
  })

  test('into a project that a customer sees is refused', async () => {
    const { standIn } = await openWindow({}, path)
    standIn.state.settings = { ...standIn.state.settings, coverageProject: 'collab/fabrikam' }
    standIn.state.preview = {
      refusal: 'Everything in this project can be seen by Fabrikam Health.',
      customerSees: { visible: true, words: 'Fabrikam Health' },
    }
    await userEvent.click(await screen.findByRole('button', { name: 'Hand over Fabrikam Health…' }))
    await userEvent.click(await screen.findByRole('button', { name: 'As a GitLab issue…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Open an issue for the handoff' }))
    await dialog.findByText('Everything in this project can be seen by Fabrikam Health.')
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true)
  })
})

test.each(['light', 'dark'])('fits into 1024 × 640 without scrolling sideways, %s', async (theme) => {
  await page.viewport(1024, 640)
  const accounts = [aHandoffRow({ state: 'accepted', stale: 2, notReviewed: 1, conflicts: 1 })]
  await openWindow({ packets: [aPacket({ accounts, role: 'ase' })] }, path)
  await screen.findByRole('region', { name: 'Your absence' })
  document.documentElement.dataset['theme'] = theme
  expect(document.documentElement.scrollWidth).toBe(1024)
})
