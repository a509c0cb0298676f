import { afterEach, beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { within } from '@testing-library/react'
import { openWrapUp, partNamed } from '../../support/open-wrap-up.ts'
import { someDays, someFigures } from '../../support/wrap-up-fixtures.ts'

beforeEach(() => page.viewport(1280, 800))
afterEach(() => {
  HTMLAnchorElement.prototype.click = click
})
const { click } = HTMLAnchorElement.prototype

test('every number says what was counted, at the focus', async () => {
  await openWrapUp()
  const part = await partNamed('Numbers')
  const breaches = await part.findByRole('button', { name: /9 Breaches avoided/ })
  expect(await part.findByText(/Tickets on which Tom Okafor wrote/)).toBeTruthy()
  breaches.focus()
  const explained = document.getElementById(breaches.getAttribute('aria-describedby') ?? '')
  await expect.poll(() => explained?.checkVisibility()).toBe(true)
  expect(explained?.textContent).toMatch(/before they ran out/)
})

test('the chart says the same in a sentence and as a table', async () => {
  const days = someDays()
  await openWrapUp({ figures: someFigures({ days }) })
  const part = await partNamed('Numbers')
  const hours = days.reduce((sum, day) => sum + day.hours, 0)
  const drawing = await part.findByRole('img')
  expect(drawing.getAttribute('aria-label')).toContain(`12 days: ${hours} hours with activity`)
  await userEvent.click(part.getByText('As a table'))
  const rows = await within(part.getByRole('table')).findAllByRole('row')
  expect(rows).toHaveLength(13)
  expect(rows[1]?.textContent).toContain('Fri 13 Nov')
})

test('of a colleague’s other tickets, of which nothing is known here, nothing is drawn', async () => {
  const days = someDays().map((day) => ({ ...day, otherTaken: null, otherPlanned: null }))
  await openWrapUp({ figures: someFigures({ days }) })
  const part = await partNamed('Numbers')
  expect((await part.findByRole('img')).getAttribute('aria-label')).not.toContain('other tickets')
  expect(part.queryByText('Other tickets taken')).toBeNull()
  await userEvent.click(part.getByText('As a table'))
  expect(await within(part.getByRole('table')).findAllByRole('columnheader')).toHaveLength(6)
})

test('sixty days are drawn within the window', async () => {
  const days = Array.from({ length: 5 }, () => someDays()).flat()
  await openWrapUp({ figures: someFigures({ days: days.map((each, at) => ({ ...each, day: dayAt(at) })) }) })
  const drawing = await (await partNamed('Numbers')).findByRole('img')
  expect(drawing.getBoundingClientRect().width).toBeLessThanOrEqual(720)
})

test('no day is no chart', async () => {
  await openWrapUp({ figures: someFigures({ days: [] }) })
  const part = await partNamed('Numbers')
  await part.findByRole('button', { name: /14 Tickets handled/ })
  expect(part.queryByRole('img')).toBeNull()
})

test('they are saved as Markdown and as CSV under the names the service gave', async () => {
  const saved: string[] = []
  // The link is never on the page, so its click is heard on its own prototype only.
  HTMLAnchorElement.prototype.click = function () {
    saved.push(this.download)
  }
  const { inputs } = await openWrapUp()
  const part = await partNamed('Numbers')
  await userEvent.click(await part.findByRole('button', { name: 'Save as Markdown' }))
  await expect.poll(() => saved).toEqual(['coverage-fabrikam-health.md'])
  await userEvent.click(part.getByRole('button', { name: 'Save as CSV' }))
  await expect.poll(() => saved).toEqual(['coverage-fabrikam-health.md', 'coverage-fabrikam-health.csv'])
  expect(inputs('returnFigures.file')).toEqual([
    { coverageId: 'v-fabrikam', format: 'markdown' },
    { coverageId: 'v-fabrikam', format: 'csv' },
  ])
})

function dayAt(index: number): string {
  return new Date(Date.UTC(2026, 8, 1 + index)).toISOString().slice(0, 10)
}
