import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { RibbonLane } from '#contract/coverage.ts'
import { aShift, aSpan, someShifts } from '../../support/coverage-fixtures.ts'
import { aStatus, hourMs, now } from '../../support/fixtures.ts'
import { memoryStorage } from '../../support/memory-storage.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import type { StandInState } from '../../support/stand-in-state.ts'

beforeEach(() => page.viewport(1280, 800))

test('a shift that has to change hands stands first, with its overlap, its cause and who is on duty', async () => {
  await openShifts()
  const [first, second] = await cards()
  expect(first?.textContent).toContain('Thu 26 Nov, 09:00 – Sun 29 Nov, 09:00')
  expect(first?.textContent).toContain('Swap this shift')
  expect(first?.textContent).toContain(
    'You cover Northwind Logistics and Fabrikam Health from Thu 26 Nov, 09:00 to Fri 27 Nov, 17:00, during this shift.',
  )
  expect(first?.textContent).toContain('Since: you accepted Fabrikam Health')
  expect(first?.textContent).toContain('Until a replacement is recorded, you are on duty.')
  expect(second?.textContent).not.toContain('Swap')
})

test('the message to the manager can be copied, or written as an e-mail to nobody yet', async () => {
  await openShifts()
  expect(await screen.findByRole('button', { name: 'Copy message to the manager' })).toBeTruthy()
  const address = screen.getByRole('link', { name: 'Write it as an e-mail' }).getAttribute('href') ?? ''
  expect(address).toMatch(/^mailto:\?subject=On-call%20swap/)
  expect(new URLSearchParams(address.split('?')[1]).get('body')).toContain('\r\nI cover Northwind Logistics')
})

test('the desktop, whose window goes nowhere, hands the mail link over to be opened', async () => {
  const { standIn } = await openShifts({ status: aStatus({ host: 'desktop' }) })
  await userEvent.click(await screen.findByRole('link', { name: 'Write it as an e-mail' }))
  await expect
    .poll(() => standIn.calls.filter(({ path }) => path === 'app.openExternal').map(({ input }) => input))
    .toEqual([{ url: expect.stringMatching(/^mailto:\?subject=/) }])
})

test('a recorded replacement takes the flag down, and undo puts it up again', async () => {
  const { standIn } = await openShifts()
  const field = await screen.findByLabelText('Who takes this shift instead')
  await userEvent.fill(field, 'Ines Duarte')
  await userEvent.keyboard('{Enter}')
  expect(await screen.findByText('Ines Duarte')).toBeTruthy()
  expect(standIn.state.shifts.find(({ id }) => id === 's1')?.replacement).toEqual({ name: 'Ines Duarte', at: now })
  expect(screen.queryByText('Swap this shift')).toBeNull()
  expect(screen.queryByText(/you are on duty/)).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
  expect(await screen.findByText('Swap this shift')).toBeTruthy()
})

test('a typed name outlives the window until it is recorded, and a refusal keeps it', async () => {
  const storage = memoryStorage()
  const refusing = new Map([['onCall.recordReplacement', 'This shift was moved. Look at it again.']])
  const first = await openWindow({ refusing }, '/coverage', storage)
  await userEvent.fill(await screen.findByLabelText('Who takes this shift instead'), 'Ines')
  await userEvent.keyboard('{Enter}')
  expect((await screen.findByRole('alert')).textContent).toBe('This shift was moved. Look at it again.')
  first.close()
  await openWindow({}, '/coverage', storage)
  const again = await screen.findByLabelText<HTMLInputElement>('Who takes this shift instead')
  expect(again.value).toBe('Ines')
})

test('a replacement that does not hold any more is said, until it is seen', async () => {
  const lapsed = 'Ines Duarte had taken it before it was moved.'
  const { standIn } = await openShifts({ shifts: [aShift({ lapsed })] })
  expect(await screen.findByText(lapsed)).toBeTruthy()
  expect(await screen.findByText('Swap this shift')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Seen' }))
  await expect.poll(() => screen.queryByText(lapsed)).toBeNull()
  expect(standIn.calls.some(({ path }) => path === 'onCall.clearReplacement')).toBe(true)
})

test('a shift that is over asks for nothing, is folded away, and is unfolded by going to it', async () => {
  const over = { startsAt: now - 30 * hourMs, endsAt: now - hourMs }
  const span = aSpan({ ...over, id: 's1', kind: 'shift', shiftId: 's1', words: 'You were on call.' })
  const lanes: RibbonLane[] = [{ id: 'l', kind: 'on-call', name: 'Tom Okafor', spans: [span] }]
  await openShifts({ shifts: [aShift(over)], lanes })
  await screen.findByText('1 shift that is over')
  const [card] = await cards()
  expect(card?.checkVisibility()).toBe(false)
  await userEvent.click(await screen.findByRole('button', { name: 'You were on call.' }))
  await expect.poll(() => document.activeElement).toBe(card)
  expect(card?.textContent).toContain('Past')
  expect(screen.queryByText('Swap this shift')).toBeNull()
  expect(screen.queryByLabelText('Who takes this shift instead')).toBeNull()
})

test('a shift is entered by hand, removed, and brought back by undo as it was', async () => {
  const { standIn } = await openShifts({ shifts: someShifts().slice(0, 1) })
  await userEvent.click(await screen.findByRole('button', { name: 'Enter a shift…' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Enter an on-call shift' }))
  await userEvent.fill(dialog.getByLabelText('Name'), 'EMEA night')
  await userEvent.fill(dialog.getByLabelText('From'), '2026-12-01T22:00')
  await userEvent.fill(dialog.getByLabelText('Until'), '2026-12-02T06:00')
  await userEvent.click(dialog.getByRole('button', { name: 'Enter' }))
  await expect.poll(async () => (await cards()).length).toBe(2)
  const entered = standIn.state.shifts.at(-1)
  const card = (await cards()).find((one) => one.textContent?.includes('EMEA night'))
  await userEvent.click(within(card as HTMLElement).getByRole('button', { name: 'Remove' }))
  await expect.poll(async () => (await cards()).length).toBe(1)
  const toast = within(await screen.findByRole('dialog', { name: 'The shift “EMEA night” is removed' }))
  await userEvent.click(toast.getByRole('button', { name: 'Undo' }))
  await expect.poll(() => standIn.state.shifts.at(-1)).toEqual(entered)
})

test('without any shift it says where they come from', async () => {
  await openShifts({ shifts: [] })
  expect(await screen.findByText(/Add the calendar of your on-call rotation under Settings › Calendars/)).toBeTruthy()
})

function openShifts(state: Partial<StandInState> = {}): Promise<OpenedWindow> {
  return openWindow(state, '/coverage')
}

async function cards(): Promise<HTMLElement[]> {
  const region = await screen.findByRole('region', { name: 'On-call shifts' })
  await within(region).findAllByText(/, \d\d:\d\d –/)
  return [...region.querySelectorAll<HTMLElement>('[data-shift]')]
}
