import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { aSpan, berlin } from '../../support/coverage-fixtures.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import { aPlan } from '../../support/plan-fixtures.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

describe('the ribbon', () => {
  test('has a lane for each ASE, account and engineer on call, and says every span in words', async () => {
    await openWindow({}, '/coverage')
    const grid = within(await screen.findByRole('grid', { name: /^6 weeks of absences, covers and on-call shifts/ }))
    expect(grid.getAllByRole('rowgroup').map((group) => group.getAttribute('aria-label'))).toEqual([
      'Absences',
      'Accounts',
      'On-call',
    ])
    expect(grid.getAllByRole('rowheader').map((name) => name.textContent)).toEqual([
      'Priya Raman',
      'Marta Lindqvist',
      'Northwind Logistics',
      'Fabrikam Health',
      'Tailspin Games',
      'Tom Okafor',
    ])
    expect(
      grid.getByRole('button', { name: 'Nobody covers Fabrikam Health from Sat 12 Dec to Fri 18 Dec.' }),
    ).toBeTruthy()
    expect(await grid.findByText('Nothing in these weeks')).toBeTruthy()
    expect(faultsOfThePage()).toEqual([])
  })

  test('stands a span where its days are: a gap from the 20th to the 26th of 42 days', async () => {
    await openWindow({}, '/coverage')
    const span = await screen.findByRole('button', { name: /^Nobody covers/ })
    const cell = span.closest<HTMLElement>('[role=gridcell]')
    expect(Number.parseFloat(cell?.style.left ?? '')).toBeCloseTo((19 / 42) * 100, 3)
    expect(Number.parseFloat(cell?.style.width ?? '')).toBeCloseTo((7 / 42) * 100, 3)
  })

  test('tells kinds apart without colour: a gap and a swap have a sign and a word, and are hatched', async () => {
    await openWindow({}, '/coverage')
    for (const [name, word] of [
      [/^Nobody covers/, 'Gap'],
      [/has to be swapped/, 'Swap'],
    ] as const) {
      const span = await screen.findByRole('button', { name })
      expect(span.textContent).toBe(word)
      expect(span.querySelector('svg')).not.toBeNull()
      expect(getComputedStyle(span).backgroundImage).toContain('repeating-linear-gradient')
    }
    const asked = screen.getByRole('button', { name: /^You are asked/ })
    expect(getComputedStyle(asked).borderStyle).toBe('dashed')
    const legend = within(screen.getByRole('list', { name: 'What the colours and patterns mean' }))
    expect(legend.getAllByRole('listitem')).toHaveLength(7)
  })

  test('is one stop of Tab, arrow keys reach every span, and Enter opens the plan', async () => {
    const { path } = await openWindow({}, '/coverage')
    const first = await screen.findByRole('button', { name: /^Priya Raman is away/ })
    const inOrder = () => screen.getByRole('grid').querySelectorAll('button[tabindex="0"]')
    expect(inOrder()).toHaveLength(1)
    first.focus()
    const reached = new Set<string | null>()
    for (const key of ['Right', 'Down', 'Down', 'Down', 'Left', 'Right', 'Down', 'Right', 'Up', 'Up', 'Up']) {
      await userEvent.keyboard(`{Arrow${key}}`)
      reached.add(document.activeElement?.getAttribute('aria-label') ?? null)
      expect(inOrder()).toHaveLength(1)
      expect(inOrder()[0]).toBe(document.activeElement)
    }
    expect(reached.size).toBeGreaterThan(5)
    screen.getByRole('button', { name: /^Nobody covers/ }).focus()
    await userEvent.keyboard('{Enter}')
    await expect.poll(path).toBe('/coverage/plans/p-marta')
  })

  test('shows under it all that is known of the span that has the focus', async () => {
    await openWindow({}, '/coverage')
    const shift = await screen.findByRole('button', { name: /has to be swapped/ })
    shift.focus()
    expect(
      await screen.findByText(/has to be swapped: you cover two accounts during it. Enter goes to the shift./),
    ).toBeTruthy()
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => document.activeElement?.getAttribute('data-shift')).toBe('s1')
  })

  test('goes to other weeks by button, key and address, and back to today', async () => {
    const { standIn, path } = await openWindow({}, '/coverage')
    await screen.findByRole('heading', { name: '23 Nov 2026 – 3 Jan 2027' })
    await userEvent.click(screen.getByRole('button', { name: 'One week on' }))
    expect(await screen.findByRole('heading', { name: '30 Nov 2026 – 10 Jan 2027' })).toBeTruthy()
    await userEvent.keyboard('.')
    await expect.poll(path).toBe('/coverage?week=2026-W50')
    expect(screen.queryByRole('button', { name: /^Priya Raman is away/ })).toBeNull()
    await userEvent.keyboard(',,,')
    await expect.poll(path).toBe('/coverage?week=2026-W47')
    await userEvent.keyboard('t')
    await expect.poll(path).toBe('/coverage')
    expect(await screen.findByRole('heading', { name: '23 Nov 2026 – 3 Jan 2027' })).toBeTruthy()
    expect(inputsOf(standIn, 'coverage.ribbon').at(-1)).toMatchObject({ week: '2026-W47' })
  })

  test('follows changes of coverage and of calendars without being asked', async () => {
    const { standIn } = await openWindow({}, '/coverage')
    await screen.findByRole('button', { name: /^Nobody covers/ })
    standIn.state.lanes = [
      { id: 'x', kind: 'account', name: 'Contoso', spans: [aSpan({ id: 'x', words: 'Ines covers Contoso.' })] },
    ]
    standIn.publish('calendars')
    expect(await screen.findByRole('button', { name: 'Ines covers Contoso.' })).toBeTruthy()
    standIn.state.lanes = []
    standIn.publish('coverage')
    expect(await screen.findByText('Nobody is known to be away in these weeks')).toBeTruthy()
  })

  test('says without anything to show what to do next', async () => {
    await openWindow({ lanes: [], plans: [], shifts: [], coverages: [] }, '/coverage')
    const empty = within(await screen.findByRole('region', { name: 'Ribbon' }))
    expect(empty.getByRole('link', { name: 'a calendar' }).getAttribute('href')).toContain('/settings/calendars')
    await userEvent.click(empty.getByRole('button', { name: 'Plan an absence' }))
    expect(await screen.findByRole('dialog', { name: 'Plan an absence' })).toBeTruthy()
  })

  test('that cannot be read says so, and is read when asked again', async () => {
    const { standIn } = await openWindow({ failing: new Set(['coverage.ribbon']) }, '/coverage')
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('The ribbon could not be read')
    standIn.state.failing.clear()
    await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('grid')).toBeTruthy()
  })
})

describe('plans', () => {
  test('stand in the order of who waits: what asks me, what lacks something, the rest', async () => {
    await openWindow({}, '/coverage')
    const plans = within(await screen.findByRole('region', { name: 'Plans' }))
    const lines = (await plans.findAllByRole('listitem')).map((line) => line.textContent)
    expect(lines[0]).toMatch(/^Marta Lindqvist away.*the same in Stockholm.*Asks you.*1 missing.*Upcoming$/)
    expect(lines[1]).toMatch(/^Priya Raman away.*in Kolkata.*Nothing missing.*Running$/)
    expect(lines[2]).toMatch(/^Your absence.*1 not asked yetUpcoming$/)
  })

  test('that are past are folded away', async () => {
    await openWindow({ plans: [aPlan({ phase: 'past' })] }, '/coverage')
    const plans = within(await screen.findByRole('region', { name: 'Plans' }))
    await userEvent.click(await plans.findByText('1 plan that is past'))
    expect(await plans.findByRole('link', { name: /^Marta Lindqvist away/ })).toBeTruthy()
    expect(await plans.findByText('No absence is ahead.')).toBeTruthy()
  })

  test('begin with who and when, by the clock where they are, and open', async () => {
    const { standIn, path } = await openWindow({}, '/coverage')
    await screen.findByRole('grid')
    await userEvent.keyboard('n')
    const dialog = within(await screen.findByRole('dialog', { name: 'Plan an absence' }))
    expect(dialog.getByRole('button', { name: 'Plan it' }).matches(':disabled')).toBe(true)
    await userEvent.selectOptions(dialog.getByLabelText('Who is away'), '20')
    await userEvent.fill(dialog.getByLabelText('From'), '2026-12-21T17:00')
    expect(await dialog.findByText('By the clock in Kolkata (GMT+5:30); Mon 21 Dec, 12:30 your time.')).toBeTruthy()
    await userEvent.fill(dialog.getByLabelText('Until'), '2026-12-21T09:00')
    expect(await dialog.findByText('This is not after its beginning.')).toBeTruthy()
    await userEvent.fill(dialog.getByLabelText('Until'), '2027-01-04T09:00')
    expect(faultsOfThePage()).toEqual([])
    await userEvent.click(dialog.getByRole('button', { name: 'Plan it' }))
    await expect.poll(path).toBe('/coverage/plans/p4')
    const times = { startsAt: '2026-12-21T17:00', endsAt: '2027-01-04T09:00' }
    expect(inputsOf(standIn, 'plans.create')).toEqual([{ aseId: 20, ...times }])
  })

  test('that are refused stay in their dialog, with the reason', async () => {
    const words = 'You have a plan for these days already. Change that one.'
    await openWindow({ refusing: new Map([['plans.create', words]]) }, '/coverage')
    await screen.findByRole('grid')
    await userEvent.keyboard('n')
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.fill(dialog.getByLabelText('From'), '2026-12-21T17:00')
    await userEvent.fill(dialog.getByLabelText('Until'), '2027-01-04T09:00')
    await userEvent.click(dialog.getByRole('button', { name: 'Plan it' }))
    expect((await dialog.findByRole('alert')).textContent).toBe(words)
  })
})

test('agreed coverages show their phase and both zones, and mine are marked', async () => {
  await openWindow({}, '/coverage')
  const table = within(await screen.findByRole('table'))
  const rows = table.getAllByRole('row').map((row) => row.textContent)
  expect(rows[0]).toContain('Your time, Berlin (CET)')
  expect(rows[1]).toContain('Running')
  expect(rows[1]).toContain('Priya Raman → Tom Okafor You')
  expect(rows[1]).toContain('Sun 22 Nov, 13:20 – Fri 27 Nov, 17:00')
  expect(rows[1]).toContain('Sun 22 Nov, 17:50 – Fri 27 Nov, 21:30')
  expect(rows[3]).toContain('Upcoming')
  expect(rows[3]).not.toContain('You')
})

test('a span that began before these weeks begins at their edge', async () => {
  const spans = [aSpan({ id: 'l', startsAt: berlin(11, 1), endsAt: berlin(11, 30), words: 'Long.' })]
  await openWindow({ lanes: [{ id: 'x', kind: 'ase', name: 'Jo', spans }] }, '/coverage')
  const cell = (await screen.findByRole('button', { name: 'Long.' })).closest<HTMLElement>('[role=gridcell]')
  expect(cell?.style.left).toBe('0%')
  expect(Number.parseFloat(cell?.style.width ?? '')).toBeCloseTo(100 / 6, 3)
})

test.each([
  [1280, 800],
  [1024, 640],
])('fits into %i × %i without scrolling sideways', async (width, height) => {
  await page.viewport(width, height)
  await openWindow({}, '/coverage')
  await screen.findByRole('grid')
  await screen.findByText('Swap this shift')
  await screen.findByText('Far from the others')
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
  const wide = [...document.querySelectorAll('main *')].filter(
    (element) => /auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth,
  )
  expect(wide.map((element) => element.className)).toEqual([])
})

function inputsOf(standIn: OpenedWindow['standIn'], path: string): unknown[] {
  return standIn.calls.filter((call) => call.path === path).map((call) => call.input)
}
