import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { aPreview, someAbsences } from '../../support/coverage-fixtures.ts'
import { hourMs, now } from '../../support/fixtures.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import type { StandInState } from '../../support/stand-in-state.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const secret = 'https://calendar.example.com/private-0123/basic.ics'

describe('calendars', () => {
  test('are listed with whose they are, what counts, where they come from, how fresh they are and what went wrong', async () => {
    await openCalendars()
    const region = await screen.findByRole('region', { name: 'Calendars' })
    const cards = (await within(region).findAllByRole('listitem')).map((card) => card.textContent)
    expect(cards[0]).toContain('PagerDutyOn-callTom Okafor')
    expect(cards[0]).toContain('9 events count: On Call - EMEA weekend')
    expect(cards[0]).toContain('From example.pagerduty.com, its address kept secret · read 2 h ago, again 14:20')
    expect(cards[1]).toContain('wd5.example.com answered 403')
    expect(faultsOfThePage()).toEqual([])
  })

  test('are refreshed one by one, and a refusal stands in its card', async () => {
    const { standIn } = await openCalendars()
    await userEvent.click(await screen.findByRole('button', { name: 'Refresh Workday' }))
    await expect.poll(() => screen.queryByText(/answered 403/)).toBeNull()
    expect(inputsOf(standIn, 'calendars.refresh')).toEqual([{ calendarId: 'k2' }])
    standIn.state.refusing.set('calendars.refresh', 'It was read a moment ago. Try again in ten minutes.')
    await userEvent.click(screen.getByRole('button', { name: 'Refresh PagerDuty' }))
    expect((await screen.findByRole('alert')).textContent).toBe('It was read a moment ago. Try again in ten minutes.')
  })

  test('change their name, whose they are and which titles count', async () => {
    const { standIn } = await openCalendars()
    await userEvent.click(await screen.findByRole('button', { name: 'Change Workday' }))
    const form = within(screen.getByRole('form', { name: 'Change Workday' }))
    await userEvent.fill(form.getByLabelText('Name'), 'Holidays')
    await userEvent.selectOptions(form.getByLabelText('Whose it is'), 'Priya Raman')
    await userEvent.click(form.getByLabelText('Out of office'))
    await userEvent.click(form.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('Holidays')).toBeTruthy()
    expect(inputsOf(standIn, 'calendars.change')).toEqual([
      { calendarId: 'k2', name: 'Holidays', purpose: 'absence', personId: 20, titles: ['Vacation'] },
    ])
  })

  test('are removed after a question, because the address cannot be brought back', async () => {
    const { standIn } = await openCalendars()
    await userEvent.click(await screen.findByRole('button', { name: 'Remove PagerDuty' }))
    const asking = within(await screen.findByRole('alertdialog', { name: 'Remove PagerDuty?' }))
    expect(await asking.findByText(/you need its address, which is deleted here as well/)).toBeTruthy()
    await userEvent.click(asking.getByRole('button', { name: 'Remove' }))
    await expect.poll(() => standIn.state.calendars.map(({ id }) => id)).toEqual(['k2'])
    await expect.poll(() => screen.queryByText('PagerDuty')).toBeNull()
  })

  test('without any say where addresses come from', async () => {
    await openCalendars({ calendars: [] })
    expect(await screen.findByText(/^None is read yet. PagerDuty, Workday/)).toBeTruthy()
  })

  test('follow changes without being asked', async () => {
    const { standIn } = await openCalendars()
    await screen.findByText('Workday', { selector: 'strong' })
    standIn.state.calendars = []
    standIn.publish('calendars')
    expect(await screen.findByText(/^None is read yet/)).toBeTruthy()
  })
})

describe('adding a calendar', () => {
  test('takes an address like a password, which the window keeps nowhere', async () => {
    const { standIn, appWindow } = await openCalendars()
    const field = await screen.findByLabelText<HTMLInputElement>('Address of the calendar')
    expect(field.type).toBe('password')
    expect(await screen.findByText(/it is kept like a password/)).toBeTruthy()
    await userEvent.fill(field, secret)
    await userEvent.keyboard('{Enter}')
    expect(await screen.findByRole('table', { name: 'Events by title' })).toBeTruthy()
    expect(inputsOf(standIn, 'calendars.preview')).toEqual([{ url: secret }])
    const { queryClient } = appWindow
    const held = JSON.stringify(
      [queryClient.getQueryCache().getAll(), queryClient.getMutationCache().getAll()],
      withoutLoops(),
    )
    expect(held + document.body.innerHTML).not.toContain('private-0123')
  })

  test('takes the addresses that calendar programs hand out', async () => {
    const { standIn } = await openCalendars()
    await userEvent.fill(await screen.findByLabelText('Address of the calendar'), 'webcal://example.com/a.ics')
    await userEvent.click(screen.getByRole('button', { name: 'Look at it' }))
    await expect.poll(() => inputsOf(standIn, 'calendars.preview')).toEqual([{ url: 'https://example.com/a.ics' }])
  })

  test.each([
    ['', 'Enter the address, or open a file.'],
    ['calendar', 'This is not a complete address. It begins with https://.'],
  ])('says of %j at its field what is wrong, and asks nothing', async (typed, words) => {
    const { standIn } = await openCalendars()
    await userEvent.fill(await screen.findByLabelText('Address of the calendar'), typed)
    await userEvent.click(screen.getByRole('button', { name: 'Look at it' }))
    expect(await screen.findByText(words)).toBeTruthy()
    expect(inputsOf(standIn, 'calendars.preview')).toEqual([])
  })

  test('opens a file, and says why one that is no calendar does not do', async () => {
    const { standIn } = await openCalendars()
    const picker = await screen.findByLabelText<HTMLInputElement>('Open a file…')
    standIn.state.refusing.set('calendars.preview', 'notes.ics is no calendar: it does not begin with BEGIN:VCALENDAR.')
    await userEvent.upload(picker, new File(['hello'], 'notes.ics'))
    expect((await screen.findByRole('alert')).textContent).toMatch(/^notes.ics is no calendar/)
    standIn.state.refusing.clear()
    await userEvent.upload(picker, new File(['BEGIN:VCALENDAR'], 'holidays.ics'))
    expect((await screen.findByLabelText<HTMLInputElement>('Name')).value).toBe('holidays.ics')
    expect(await screen.findByText('From a file')).toBeTruthy()
    expect(inputsOf(standIn, 'calendars.preview').at(-1)).toEqual({ text: 'BEGIN:VCALENDAR', name: 'holidays.ics' })
  })

  test('does not read a file that is far too large, and says so', async () => {
    const { standIn } = await openCalendars()
    const picker = await screen.findByLabelText<HTMLInputElement>('Open a file…')
    await userEvent.upload(picker, new File([new Uint8Array(10 * 1024 * 1024 + 1)], 'years.ics'))
    expect(await screen.findByText(/^This file is larger than 10 MB, so it was not read\./)).toBeTruthy()
    expect(inputsOf(standIn, 'calendars.preview')).toEqual([])
  })

  test('shows what is in it by title, begins with what it looks like, and a person decides', async () => {
    const { standIn } = await openCalendars()
    const form = await openPreview()
    expect(await form.findByText('1 event repeats for ever; it is read two years ahead.')).toBeTruthy()
    expect(form.getByLabelText<HTMLInputElement>('Vacation').checked).toBe(true)
    expect(form.getByLabelText<HTMLInputElement>('On Call - EMEA').checked).toBe(false)
    expect(form.getByLabelText<HTMLSelectElement>('Whose it is').value).toBe('10')
    await userEvent.click(form.getByRole('radio', { name: 'On-call shifts' }))
    expect(form.getByLabelText<HTMLInputElement>('Vacation').checked).toBe(false)
    expect(form.getByLabelText<HTMLInputElement>('On Call - EMEA').checked).toBe(true)
    await userEvent.click(form.getByLabelText('Team meeting'))
    await userEvent.selectOptions(form.getByLabelText('Whose it is'), 'Priya Raman')
    expect(faultsOfThePage()).toEqual([])
    await userEvent.click(form.getByRole('button', { name: 'Take it in' }))
    const titles = ['On Call - EMEA', 'Team meeting']
    await expect
      .poll(() => inputsOf(standIn, 'calendars.add'))
      .toEqual([{ previewId: 'v1', name: 'Tom’s calendar', purpose: 'on-call', personId: 20, titles }])
    expect(await screen.findByText('Tom’s calendar is read from now on')).toBeTruthy()
    expect(await screen.findByLabelText('Address of the calendar')).toBeTruthy()
  })

  test('with nothing ticked waits', async () => {
    await openCalendars()
    const form = await openPreview()
    await userEvent.click(form.getByLabelText('Vacation'))
    expect(await form.findByText('Tick at least one title.')).toBeTruthy()
    expect(form.getByRole('button', { name: 'Take it in' }).matches(':disabled')).toBe(true)
  })
})

test('a calendar that nobody can be told of by its address waits for whose it is', async () => {
  await openCalendars({ calendarPreview: aPreview({ suggestedPersonId: null }) })
  const form = await openPreview()
  expect(await form.findByText('Choose whose it is.')).toBeTruthy()
  expect(form.getByRole('button', { name: 'Take it in' }).matches(':disabled')).toBe(true)
  await userEvent.selectOptions(form.getByLabelText('Whose it is'), 'Tom Okafor (you)')
  expect(form.getByRole('button', { name: 'Take it in' }).matches(':disabled')).toBe(false)
})

describe('absences', () => {
  test('say where they come from, and only those entered by hand can be removed here', async () => {
    await openCalendars()
    const rows = within(await screen.findByRole('table', { name: 'Absences' }))
      .getAllByRole('row')
      .slice(1)
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringMatching(/^Ines Duarte.*Entered by handRemove$/),
      expect.stringMatching(/^Marta Lindqvist.*A plan$/),
      expect.stringMatching(/^Tom Okafor.*Workday$/),
    ])
    expect(screen.getByRole('link', { name: 'A plan' }).getAttribute('href')).toContain('/coverage/plans/p-marta')
  })

  test('that are over are folded away', async () => {
    const [absence] = someAbsences()
    await openCalendars({ absences: absence ? [{ ...absence, startsAt: 0, endsAt: now - hourMs }] : [] })
    expect(await screen.findByText(/^Nobody is known to be away, now or later/)).toBeTruthy()
    const table = screen.getByRole('table', { name: 'Absences that are over' })
    expect(table.checkVisibility()).toBe(false)
    await userEvent.click(screen.getByText('1 absence that is over'))
    expect(table.checkVisibility()).toBe(true)
  })

  test('are removed, and undo enters them again by the clock of whose they are', async () => {
    const { standIn } = await openCalendars()
    await userEvent.click(await screen.findByRole('button', { name: /^Remove the absence of Ines Duarte/ }))
    const toast = within(await screen.findByRole('dialog', { name: 'The absence of Ines Duarte is removed' }))
    await expect.poll(() => standIn.state.absences).toHaveLength(2)
    await userEvent.click(toast.getByRole('button', { name: 'Undo' }))
    await expect
      .poll(() => inputsOf(standIn, 'absences.add'))
      .toEqual([{ personId: 23, startsAt: '2026-11-30T20:00', endsAt: '2026-12-02T20:00' }])
    await expect.poll(() => screen.queryAllByRole('button', { name: /^Remove the absence/ })).toHaveLength(1)
  })

  test('that cannot be brought back say why', async () => {
    const { standIn } = await openCalendars({ refusing: new Map([['absences.add', 'It overlaps another absence.']]) })
    await userEvent.click(await screen.findByRole('button', { name: /^Remove the absence of Ines Duarte/ }))
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('This was not undone')).toBeTruthy()
    expect(await screen.findByText('It overlaps another absence.')).toBeTruthy()
    expect(standIn.state.absences).toHaveLength(2)
  })

  test('are entered by hand, refused where they overlap, with what was entered kept', async () => {
    const words = 'You are away then already, from Mon 28 Dec.'
    const { standIn } = await openCalendars({ refusing: new Map([['absences.add', words]]) })
    const form = within(await screen.findByRole('form', { name: 'Enter an absence' }))
    await userEvent.fill(form.getByLabelText('From'), '2026-12-28T00:00')
    await userEvent.fill(form.getByLabelText('Until'), '2026-12-30T00:00')
    await userEvent.click(form.getByRole('button', { name: 'Enter' }))
    expect((await form.findByRole('alert')).textContent).toBe(words)
    expect(form.getByLabelText<HTMLInputElement>('From').value).toBe('2026-12-28T00:00')
    standIn.state.refusing.clear()
    await userEvent.click(form.getByRole('button', { name: 'Enter' }))
    await expect.poll(() => form.getByLabelText<HTMLInputElement>('From').value).toBe('')
    await expect.poll(() => standIn.state.absences).toHaveLength(4)
  })
})

test.each([
  [1280, 800],
  [1024, 640],
])('fits into %i × %i without scrolling sideways', async (width, height) => {
  await page.viewport(width, height)
  await openCalendars()
  await openPreview()
  await userEvent.click(screen.getByRole('button', { name: 'Change Workday' }))
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
  const wide = [...document.querySelectorAll('main *')].filter(
    (element) => /auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth,
  )
  expect(wide.map((element) => element.className)).toEqual([])
})

function openCalendars(state: Partial<StandInState> = {}): Promise<OpenedWindow> {
  return openWindow(state, '/settings/calendars')
}

async function openPreview() {
  await userEvent.fill(await screen.findByLabelText('Address of the calendar'), secret)
  await userEvent.click(screen.getByRole('button', { name: 'Look at it' }))
  return within(await screen.findByRole('form', { name: 'What counts of this calendar' }))
}

function inputsOf(standIn: OpenedWindow['standIn'], path: string): unknown[] {
  return standIn.calls.filter((call) => call.path === path).map((call) => call.input)
}

/** Leaves out what was met before, so that anything can be written down. */
function withoutLoops(): (key: string, value: unknown) => unknown {
  const met = new Set<unknown>()
  return (_, value) => {
    if (typeof value !== 'object' || value === null) return value
    if (met.has(value)) return undefined
    met.add(value)
    return value
  }
}
