import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen } from '@testing-library/react'
import type { KeptData } from '#contract/customer-data.ts'
import { dayMs, now } from '../../support/fixtures.ts'
import { memoryStorage } from '../../support/memory-storage.ts'
import { openWrapUp, partNamed } from '../../support/open-wrap-up.ts'
import { aSettledMeeting, aTransfer, aWrapUp } from '../../support/wrap-up-fixtures.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const handBack = 'Hand back Fabrikam Health to Marta Lindqvist'
const kept: KeptData = {
  ...{ accountId: 2, accountName: 'Fabrikam Health', endedAt: now, dueAt: now + 30 * dayMs },
  ...{ state: 'kept', waitsFor: '', proof: null },
}
const keptData = [kept]

describe('handing back', () => {
  test('says before what ends, and after what ended, until when the data is kept, and how to take it back', async () => {
    const storage = memoryStorage()
    const first = await openWrapUp({ keptData }, storage)
    const part = await partNamed('Hand back')
    expect(await part.findByRole('list', { name: 'What ends' })).toBeTruthy()
    part.getByRole('button', { name: handBack }).focus()
    await userEvent.keyboard('{Enter}')
    expect(await part.findByText(/^Fabrikam Health is Marta Lindqvist’s again since Tue 24 Nov/)).toBeTruthy()
    expect(await part.findByText('Your load: 50 % to 75 %.')).toBeTruthy()
    expect(await part.findByText(/is kept until 24 Dec 2026/)).toBeTruthy()
    expect(await part.findByText('Done')).toBeTruthy()
    await expect.poll(() => document.activeElement?.textContent).toMatch(/is Marta Lindqvist’s again/)
    expect(faultsOfThePage()).toEqual([])
    const { returnMeetings } = first.standIn.state
    first.close()

    const { inputs } = await openWrapUp({ keptData, returnMeetings }, storage)
    const again = await partNamed('Hand back')
    expect(await again.findByText('Your load: 50 % to 75 %.')).toBeTruthy()
    again.getByRole('button', { name: 'Take that back' }).focus()
    await userEvent.keyboard('{Enter}')
    expect(await again.findByRole('button', { name: handBack })).toBeTruthy()
    expect(inputs('returns.takeBack')).toEqual([{ coverageId: 'v-fabrikam' }])
  })

  test('names what is not finished, and is not held up by it', async () => {
    const transfers = [1, 2].map((ticketId) => aTransfer({ ticketId, standing: 'ordered' }))
    const { inputs } = await openWrapUp({ wrapUp: aWrapUp({ transfers, orgNoteTells: true }) })
    const part = await partNamed('Hand back')
    const open = await part.findByRole('list', { name: 'Not finished' })
    expect([...open.children].map((line) => line.textContent)).toEqual([
      '2 transfers are on their way.',
      'The call is not written.',
      'The organization note still tells of the absence.',
      'Nobody has said whether the handoff helped.',
    ])
    await userEvent.click(part.getByRole('button', { name: handBack }))
    await expect.poll(() => inputs('returns.handBack')).toEqual([{ coverageId: 'v-fabrikam' }])
  })

  test('of a coverage that is over says that its effects ended with it', async () => {
    const endsAt = now - dayMs
    await openWrapUp({ returnMeetings: [aSettledMeeting({ endsAt, state: 'due' })] })
    const part = await partNamed('Hand back')
    expect(await part.findByText(/^The coverage ended on Mon 23 Nov/)).toBeTruthy()
    expect(part.queryByRole('list', { name: 'What ends' })).toBeNull()
  })

  test('that is refused says why', async () => {
    await openWrapUp({ refusing: new Map([['returns.handBack', 'It was handed back on another machine.']]) })
    await userEvent.click(await screen.findByRole('button', { name: handBack }))
    expect(await screen.findByText('It was handed back on another machine.')).toBeTruthy()
  })

  test('leads on to the next account of the same absence that is due', async () => {
    const done = aSettledMeeting({ stage: 'handed-back', handedBackAt: now })
    const other = { accountId: 1, accountName: 'Northwind Logistics', stage: 'list' as const, state: 'due' as const }
    const next = aSettledMeeting({ ...other, coverageId: 'v-north', meetingId: 'p-marta--1', covers: [] })
    const elsewhere = { ...next, accountName: 'Contoso', coverageId: 'v-c', meetingId: 'p-x--3', absenceId: 'a-x' }
    await openWrapUp({ returnMeetings: [done, elsewhere, next] })
    const link = await screen.findByRole('link', { name: 'Northwind Logistics' })
    expect(link.getAttribute('href')).toContain('/return/v-north')
  })
})

describe('the customer’s data', () => {
  test('says what keeps it longer, and that it is gone once it is', async () => {
    const returnMeetings = [aSettledMeeting({ stage: 'handed-back', handedBackAt: now })]
    const waits: KeptData = { ...kept, state: 'waits', waitsFor: 'A change is on its way.' }
    const { close } = await openWrapUp({ returnMeetings, keptData: [waits] })
    expect(await screen.findByText(/A change is on its way/)).toBeTruthy()
    close()
    const proof = { removedAt: now, removed: [], left: 0, words: '14 tickets were removed; none is left.' }
    await openWrapUp({ returnMeetings, keptData: [{ ...kept, state: 'removed', proof }] })
    expect(await screen.findByText('14 tickets were removed; none is left.')).toBeTruthy()
  })
})
