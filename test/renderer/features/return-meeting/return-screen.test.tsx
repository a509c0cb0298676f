import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { dayMs, now } from '../../support/fixtures.ts'
import { openWindow } from '../../support/open-window.tsx'
import { aMeeting, aReturn, someRows } from '../../support/return-fixtures.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const path = '/return'
const another = (coverageId: string, changes: Parameters<typeof aMeeting>[0]) =>
  aMeeting({ coverageId, meetingId: `m-${coverageId}`, ...changes })
const inPart = async (name: string) => within(await screen.findByRole('region', { name }))

describe('the list of meetings', () => {
  test('says of each how far it is, what is due first, and what was handed back folded away', async () => {
    const returnMeetings = [
      ...aReturn(someRows(7)).returnMeetings,
      another('c2', { accountName: 'Contoso Robotics', stage: 'wrap-up' }),
      another('c3', { accountName: 'Northwind Logistics', state: 'covered', decided: 12, startedAt: now }),
      another('c4', { accountName: 'Acme', state: 'covered' }),
      another('c5', { accountName: 'Tailspin Games', state: 'not-begun', role: 'ase' }),
      another('c6', { accountName: 'Wingtip', stage: 'handed-back', handedBackAt: now - dayMs }),
    ]
    await openWindow({ ...aReturn(someRows(7)), returnMeetings }, path)
    const due = await inPart('Due')
    await due.findByText('7 undecided')
    expect((await due.findByRole('link', { name: 'Run the list: Fabrikam Health' })).textContent).toBe('Run the list')
    expect(await due.findByText('List done: transfers and notes next')).toBeTruthy()
    expect(await due.findByRole('link', { name: 'Wrap up: Contoso Robotics' })).toBeTruthy()
    expect(due.getAllByText(/Marta Lindqvist ↔ Tom Okafor/)).toHaveLength(2)
    const covered = await inPart('Covered right now')
    expect(await covered.findByText('12 decided')).toBeTruthy()
    expect(await covered.findByRole('link', { name: 'Go on: Northwind Logistics' })).toBeTruthy()
    expect(await covered.findByText('Not begun')).toBeTruthy()
    const toCome = await inPart('To come')
    expect(toCome.queryByRole('link')).toBeNull()
    expect(await toCome.findByText('· your account')).toBeTruthy()
    await userEvent.click(await screen.findByText('1 account handed back'))
    expect(await screen.findByText(/^Handed back on Mon 23 Nov, 13:20$/)).toBeTruthy()
    expect(await screen.findByRole('link', { name: 'Look at it: Wingtip' })).toBeTruthy()
    expect(faultsOfThePage()).toEqual([])
  })

  test('is walked by keyboard, and Enter runs the list', async () => {
    const returnMeetings = [
      ...aReturn(someRows(2)).returnMeetings,
      another('c2', { accountName: 'Contoso Robotics', stage: 'wrap-up' }),
    ]
    const { path: at } = await openWindow({ ...aReturn(someRows(2)), returnMeetings }, path)
    await screen.findByRole('link', { name: 'Wrap up: Contoso Robotics' })
    await userEvent.keyboard('jj')
    await expect.poll(() => document.activeElement?.textContent).toBe('Wrap up')
    await userEvent.keyboard('kk')
    await expect.poll(() => document.activeElement?.textContent).toBe('Run the list')
    await userEvent.keyboard('{Enter}')
    await expect.poll(at).toBe('/return/v-fabrikam')
  })

  test('without any says when it fills', async () => {
    await openWindow({ returnMeetings: [] }, path)
    await screen.findByRole('heading', { name: 'Nothing is to be handed back' })
  })

  test('that could not be read says why, and is read again', async () => {
    const { standIn } = await openWindow({ failing: new Set(['returns.list']) }, path)
    await screen.findByText('The meetings could not be read')
    standIn.state.failing.clear()
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }))
    await screen.findByRole('heading', { name: 'Nothing is to be handed back' })
  })
})
