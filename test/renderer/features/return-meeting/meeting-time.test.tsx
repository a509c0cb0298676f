import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { berlin } from '../../support/coverage-fixtures.ts'
import { openWrapUp } from '../../support/open-wrap-up.ts'
import { aReturnTime } from '../../support/wrap-up-fixtures.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const chosen = aReturnTime({ basis: 'chosen', words: 'Tue 24 Nov, 14:20: chosen by you.' })

test('another time is chosen by my own clock, and the proposal comes back', async () => {
  const { inputs } = await openWrapUp()
  await userEvent.click(await screen.findByRole('button', { name: 'Choose another time' }))
  const form = within(await screen.findByRole('form', { name: 'Another time' }))
  const field = await form.findByLabelText<HTMLInputElement>('Day and time')
  await expect.poll(() => document.activeElement).toBe(field)
  expect(field.value).toBe('2026-11-24T14:20')
  expect(form.queryByRole('button', { name: 'Back to the proposal' })).toBeNull()
  expect(faultsOfThePage()).toEqual([])
  await userEvent.fill(field, '2026-11-25T10:00')
  await userEvent.keyboard('{Enter}')
  const startsAt = berlin(11, 25, 10)
  expect(await screen.findByText(`Chosen: ${startsAt}.`)).toBeTruthy()
  await userEvent.click(await screen.findByRole('button', { name: 'Choose another time' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Back to the proposal' }))
  expect(await screen.findByText(/the first hour after the absence/)).toBeTruthy()
  expect(inputs('returnFigures.schedule')).toEqual([
    { coverageId: 'v-fabrikam', startsAt },
    { coverageId: 'v-fabrikam', startsAt: null },
  ])
})

test('a time that is refused says why, and what was typed stays', async () => {
  const refusing = new Map([['returnFigures.schedule', 'Marta is still away then.']])
  await openWrapUp({ refusing, returnTime: chosen })
  await userEvent.click(await screen.findByRole('button', { name: 'Choose another time' }))
  await userEvent.fill(await screen.findByLabelText('Day and time'), '2026-11-24T15:00')
  await userEvent.click(await screen.findByRole('button', { name: 'Choose this time' }))
  expect(await screen.findByText('Marta is still away then.')).toBeTruthy()
  expect(await screen.findByDisplayValue('2026-11-24T15:00')).toBeTruthy()
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }))
  expect(await screen.findByText('Tue 24 Nov, 14:20: chosen by you.')).toBeTruthy()
})

test('nothing is chosen while the field is empty', async () => {
  await openWrapUp()
  await userEvent.click(await screen.findByRole('button', { name: 'Choose another time' }))
  await userEvent.fill(await screen.findByLabelText('Day and time'), '')
  expect((await screen.findByRole<HTMLButtonElement>('button', { name: 'Choose this time' })).disabled).toBe(true)
})

test('the meeting is saved for the calendar', async () => {
  const saved: string[] = []
  const { click } = HTMLAnchorElement.prototype
  // The link is never on the page, so its click is heard on its own prototype only.
  HTMLAnchorElement.prototype.click = function () {
    saved.push(this.download)
  }
  await openWrapUp()
  await userEvent.click(await screen.findByRole('button', { name: 'Save for the calendar' }))
  await expect.poll(() => saved).toEqual(['return-meeting.ics'])
  HTMLAnchorElement.prototype.click = click
})
