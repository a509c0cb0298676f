import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen } from '@testing-library/react'
import { anEntry } from '../../support/connection-fixtures.ts'
import { dayMs, now } from '../../support/fixtures.ts'
import { openWindow } from '../../support/open-window.tsx'
import { openWrapUp, partNamed, wrapUpPath } from '../../support/open-wrap-up.ts'
import { aReturnTime, aSettledMeeting, aTransfer, aWrapUp } from '../../support/wrap-up-fixtures.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

describe('the parts after the list', () => {
  test('are gone through with j and k, one heading after the other', async () => {
    await openWrapUp()
    const headings = ['Transfers', 'Notes', 'Did it help', 'Numbers', 'Hand back']
    for (const heading of headings) {
      await userEvent.keyboard('j')
      await expect.poll(() => document.activeElement?.textContent).toBe(heading)
    }
    await userEvent.keyboard('j')
    expect(document.activeElement?.textContent).toBe('Hand back')
    await userEvent.keyboard('kk')
    await expect.poll(() => document.activeElement?.textContent).toBe('Did it help')
    expect(faultsOfThePage()).toEqual([])
  })

  test('say how they stand, and which of them is next', async () => {
    await openWrapUp()
    expect(await (await partNamed('Transfers')).findByText('Next')).toBeTruthy()
    expect(await (await partNamed('Notes')).findByText('To do')).toBeTruthy()
    expect(await (await partNamed('Numbers')).findByText('Nothing to do')).toBeTruthy()
  })

  test('go on with the first that is open when those before are done', async () => {
    const call = { id: 'c1', filed: true, url: null, words: 'Markdown of the issue' }
    const transfers = [aTransfer({ standing: 'done', assigneeName: 'Marta Lindqvist' })]
    await openWrapUp({ wrapUp: aWrapUp({ transfers, call }) })
    expect(await (await partNamed('Transfers')).findByText('Done')).toBeTruthy()
    expect(await (await partNamed('Notes')).findByText('Done')).toBeTruthy()
    expect(await (await partNamed('Did it help')).findByText('Next')).toBeTruthy()
  })

  test('have nothing to transfer where no ticket was decided to change hands', async () => {
    await openWrapUp({ wrapUp: aWrapUp({ transfers: [] }) })
    const part = await partNamed('Transfers')
    expect(await part.findByText('Nothing to do')).toBeTruthy()
    expect(await part.findByText('No ticket was decided to go to Marta Lindqvist.')).toBeTruthy()
  })
})

describe('the way back', () => {
  test('opens the list again', async () => {
    const { inputs, path } = await openWrapUp()
    await userEvent.click(await screen.findByRole('button', { name: 'Back to the list' }))
    await expect.poll(path).toBe('/return/v-fabrikam')
    expect(inputs('returns.settle')).toEqual([{ coverageId: 'v-fabrikam', settled: false }])
  })

  test('says why the list was not opened again', async () => {
    const refusing = new Map([['returns.settle', 'It was handed back already.']])
    await openWrapUp({ refusing })
    await userEvent.click(await screen.findByRole('button', { name: 'Back to the list' }))
    expect(await screen.findByText('It was handed back already.')).toBeTruthy()
  })

  test('is not offered once the account was handed back', async () => {
    await openWrapUp({ returnMeetings: [aSettledMeeting({ stage: 'handed-back', handedBackAt: now })] })
    expect(screen.queryByRole('button', { name: 'Back to the list' })).toBeNull()
  })
})

test('a list that is not at its end leads back to it', async () => {
  await openWindow({ returnMeetings: [aSettledMeeting({ stage: 'list' })] }, wrapUpPath)
  const link = await screen.findByRole('link', { name: 'Go on with the list' })
  expect(link.getAttribute('href')).toContain('/return/v-fabrikam')
  expect(screen.queryByRole('heading', { name: 'Transfers' })).toBeNull()
})

test('an earlier coverage of the same account leads to the same meeting', async () => {
  const [last] = aSettledMeeting().covers
  const first = { coverageId: 'v-first', id: 22, name: 'Pritam Das', startsAt: now - 20 * dayMs, endsAt: now - dayMs }
  const meeting = aSettledMeeting({ covers: last ? [first, last] : [first] })
  await openWindow({ returnMeetings: [meeting] }, '/return/v-first/wrap-up')
  expect(await screen.findByRole('heading', { level: 1, name: 'Return: Fabrikam Health' })).toBeTruthy()
  expect(await screen.findByText(/Pritam Das and Tom Okafor for Marta Lindqvist/)).toBeTruthy()
})

test('a coverage that is not there leads to the others', async () => {
  await openWindow({ returnMeetings: [] }, wrapUpPath)
  expect(await screen.findByText('There is no such return meeting')).toBeTruthy()
})

test('the time of the meeting stands on top while it is to come', async () => {
  const { close } = await openWrapUp()
  expect(await screen.findByText(/the first hour after the absence/)).toBeTruthy()
  close()
  await openWrapUp({ returnTime: aReturnTime({ startsAt: now - dayMs }) })
  await screen.findByRole('button', { name: 'Save as CSV' })
  expect(screen.queryByRole('button', { name: 'Choose another time' })).toBeNull()
})

test.each([
  [1280, 800],
  [1024, 640],
])('fits into %i × %i without scrolling sideways', async (width, height) => {
  await page.viewport(width, height)
  const assign = { kind: 'assign', ticketId: 4711, assigneeId: 21 } as const
  const conflict = [{ field: 'Assignee', before: 'Tom Okafor', mine: 'Marta Lindqvist', theirs: 'Pritam Das' }]
  const entries = [
    anEntry({ id: 1, intent: assign, state: 'conflict', conflict }),
    anEntry({ id: 2, intent: { kind: 'remove-cc', ticketId: 4711 }, state: 'sent' }),
  ]
  const transfers = [aTransfer({ standing: 'ordered', entries }), aTransfer({ ticketId: 4712 })]
  await openWrapUp({ wrapUp: aWrapUp({ transfers }) })
  const part = await screen.findByRole('region', { name: 'Numbers' })
  await screen.findByRole('button', { name: 'Save as CSV' })
  const content = part.parentElement?.parentElement
  expect(content?.scrollWidth).toBe(content?.clientWidth)
})
