import { beforeEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { HandoffDetail } from '#contract/handoffs.ts'
import * as words from '#renderer/features/handoff/handoff-words.ts'
import { anIssue } from '../../support/fixtures.ts'
import { aHandoff, aHandoffTicket, aLine, ifThen, myHandoff } from '../../support/handoff-fixtures.ts'
import { memoryStorage } from '../../support/memory-storage.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

// Each row of the list writes what is missing with it, once for each time that it is drawn.
vi.mock('#renderer/features/handoff/handoff-words.ts', { spy: true })

beforeEach(() => page.viewport(1280, 800))

const path = '/handoff/p-marta--2'

async function openTicket(changes: Partial<HandoffDetail> = {}, storage = memoryStorage()) {
  const opened = await openWindow({ handoffs: [myHandoff(changes)] }, `${path}?ticket=4711`, storage)
  await screen.findByLabelText('Story in one line')
  return opened
}

const lineIn = ({ standIn }: OpenedWindow, ticketId = 4711) =>
  standIn.state.handoffs[0]?.lines.find((line) => line.ticketId === ticketId)?.line

const focusedName = () => document.activeElement?.closest('[data-field]')?.getAttribute('data-field')

describe('a ticket is prepared', () => {
  test('with the keyboard alone, and all of it is stored', async () => {
    const opened = await openTicket()
    await userEvent.keyboard('1')
    await userEvent.click(screen.getByLabelText('Story in one line'))
    await userEvent.keyboard('Certificate expired{Enter}again{Tab}Renew it{Tab}Tom Okafor')
    await userEvent.fill(screen.getByLabelText('By when'), '2026-12-08')
    await userEvent.click(screen.getByRole('button', { name: 'Add an if' }))
    await userEvent.keyboard('it expires again{Tab}call Ada')
    await userEvent.selectOptions(screen.getByLabelText('Alert for if 1'), 'When its priority is raised')
    await userEvent.fill(screen.getByLabelText('Whom to ask'), 'Priya Raman')
    await expect
      .poll(() => lineIn(opened))
      .toMatchObject({
        severity: 'unstable',
        story: 'Certificate expired again',
        nextAction: 'Renew it',
        nextOwner: 'Tom Okafor',
        nextBy: '2026-12-08',
        contingencies: [{ ...ifThen('it expires again', 'call Ada'), trigger: { on: 'severity-raised' } }],
        askWhom: 'Priya Raman',
      })
    await screen.findByText('Saved')
    expect(faultsOfThePage()).toEqual([])
  })

  test('under its facts, with what was said last and which clock runs out, by both clocks', async () => {
    await openTicket({ aseTimeZone: 'Asia/Kolkata' })
    const facts = within(screen.getByRole('region', { name: 'Facts' }))
    expect(await facts.findByText(/“It happens every night.”/)).toBeTruthy()
    expect(await facts.findByText(/“The certificate has expired.”/)).toBeTruthy()
    expect(await facts.findByText('Breaches before the return')).toBeTruthy()
    expect(await facts.findByText(/Tue 24 Nov, 19:20 in Kolkata/)).toBeTruthy()
    expect(await facts.findByText(/collab\/fabrikam#9 Runner fleet/)).toBeTruthy()
    expect(facts.getByRole('link', { name: 'Open the ticket' }).getAttribute('href')).toContain('/today/ticket/4711')
  })

  test('numbers typed into a field are letters, and choose no severity', async () => {
    const opened = await openTicket()
    await userEvent.click(screen.getByLabelText('Story in one line'))
    await userEvent.keyboard('123')
    await expect.poll(() => lineIn(opened)).toMatchObject({ story: '123', severity: null })
    expect(await screen.findByText('3 of 280 letters')).toBeTruthy()
  })

  test('an if that waits for a time, a status or an issue says which', async () => {
    const issues = [anIssue({ iid: 9, projectId: 71, accountId: 2, title: 'Runner fleet', ticketIds: [4711] })]
    const opened = await openWindow({ handoffs: [myHandoff()], issues }, `${path}?ticket=4712`)
    const kind = await screen.findByLabelText('Alert for if 1')
    const trigger = () => lineIn(opened, 4712)?.contingencies[0]?.trigger
    await userEvent.selectOptions(kind, 'Without a public reply by …')
    await userEvent.fill(screen.getByLabelText(/^Time of if 1/), '2026-12-09T12:00')
    await expect.poll(trigger).toEqual({ on: 'no-reply-by', at: Date.UTC(2026, 11, 9, 11) })
    await userEvent.selectOptions(kind, 'When its status becomes …')
    await userEvent.selectOptions(screen.getByLabelText('Status of if 1'), 'Solved')
    await expect.poll(trigger).toEqual({ on: 'status', to: 'solved' })
    // No issue names this ticket.
    expect(screen.queryByRole('option', { name: 'When a linked issue is closed' })).toBeNull()
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
    await userEvent.click(await screen.findByRole('button', { name: 'Add an if' }))
    await userEvent.selectOptions(screen.getByLabelText('Alert for if 1'), 'When a linked issue is closed')
    await expect
      .poll(() => lineIn(opened)?.contingencies[0]?.trigger)
      .toEqual({ on: 'issue-closed', projectId: 71, iid: 9 })
  })

  test('nothing foreseen is said, and goes when something is', async () => {
    const opened = await openTicket()
    await userEvent.click(screen.getByLabelText('Nothing foreseen'))
    await expect.poll(() => lineIn(opened)?.nothingForeseen).toBe(true)
    await userEvent.click(screen.getByRole('button', { name: 'Add an if' }))
    await expect.poll(() => lineIn(opened)).toMatchObject({ nothingForeseen: false, contingencies: [{ if: '' }] })
  })
})

describe('what is suggested', () => {
  const suggestions = [
    {
      field: 'story' as const,
      value: 'The certificate has expired.',
      from: 'The last internal note, Marta, 3 days ago',
    },
    { field: 'nextBy' as const, value: '2026-12-11', from: 'Our last public reply, Marta, 2 days ago' },
    {
      field: 'contingency' as const,
      value: 'If it happens again, then restart Sidekiq',
      from: 'The last internal note',
    },
  ]
  const suggesting = { lines: [aHandoffTicket({ suggestions })] }

  test('is never filled in by itself, and says where it is from', async () => {
    const opened = await openTicket(suggesting)
    expect(await screen.findByText('(the last internal note, Marta, 3 days ago)')).toBeTruthy()
    expect(screen.getByLabelText<HTMLTextAreaElement>('Story in one line').value).toBe('')
    expect(lineIn(opened)).toBeNull()
  })

  test('is taken with a press or with Alt and Enter in its field, and not offered over what is written', async () => {
    const opened = await openTicket(suggesting)
    await userEvent.click(screen.getByRole('button', { name: /^Suggested: Fri 11 Dec/ }))
    await userEvent.click(screen.getByRole('button', { name: /^Suggested: If it happens again/ }))
    await userEvent.click(screen.getByLabelText('Story in one line'))
    await userEvent.keyboard('{Alt>}{Enter}{/Alt}')
    await expect
      .poll(() => lineIn(opened))
      .toMatchObject({
        story: 'The certificate has expired.',
        nextBy: '2026-12-11',
        contingencies: [{ ...ifThen('it happens again', 'restart Sidekiq'), trigger: null }],
      })
    expect(screen.queryByText(/^Suggested/)).toBeNull()
  })
})

describe('from ticket to ticket', () => {
  test('one goes with j and k, and from within a field with Alt and the arrows, into the same field', async () => {
    const { path: at } = await openWindow({ handoffs: [myHandoff()] }, path)
    await screen.findByRole('heading', { name: 'The account' })
    await userEvent.keyboard('j')
    await screen.findByRole('heading', { name: '#4711 Runners stay offline after the upgrade to 18.6' })
    expect(document.activeElement?.textContent).toMatch(/^#4711/)
    await userEvent.click(screen.getByLabelText('Next action'))
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')
    await screen.findByRole('heading', { name: '#4712 Registry is slow' })
    expect(focusedName()).toBe('nextAction')
    expect(at()).toBe(`${path}?ticket=4712`)
    await userEvent.keyboard('{Escape}{Alt>}{ArrowUp}{/Alt}{Alt>}{ArrowUp}{/Alt}{Alt>}{ArrowUp}{/Alt}')
    await screen.findByRole('heading', { name: 'The account' })
  })

  test('Ctrl and Enter lead to the next with something missing, into what is missing', async () => {
    await openTicket()
    await userEvent.click(screen.getByLabelText('Story in one line'))
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByRole('heading', { name: '#4713 Backup question' })
    expect(focusedName()).toBe('severity')
    // The focus is on what is only ticked: a number means something else there than in a text.
    await userEvent.keyboard('2')
    expect(screen.getByLabelText<HTMLInputElement>(/Watcher/).checked).toBe(true)
  })

  test('no key leads on while a dialog is open', async () => {
    const { path: at } = await openTicket()
    await userEvent.click(screen.getByRole('button', { name: 'Hand over…' }))
    await screen.findByRole('dialog', { name: 'Hand over Fabrikam Health' })
    await userEvent.keyboard('{Control>}{Enter}{/Control}{Alt>}{ArrowDown}{/Alt}j')
    expect(at()).toBe(`${path}?ticket=4711`)
  })

  test('Ctrl and Enter say so where nothing else is missing', async () => {
    const complete = { line: aLine(), missing: [] }
    await openTicket({ lines: [aHandoffTicket(), aHandoffTicket({ ticketId: 4712, ...complete })] })
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByText('Nothing is missing in any other ticket.')
  })

  test('the list stays in its order while severities are written', async () => {
    const opened = await openTicket()
    const rows = () =>
      within(screen.getByRole('navigation', { name: 'Parts of the handoff' }))
        .getAllByRole('button')
        .map(({ textContent }) => /#\d+/.exec(textContent)?.[0])
    await userEvent.keyboard('3')
    await expect.poll(() => lineIn(opened)?.severity).toBe('stable')
    const [handoff] = opened.standIn.state.handoffs
    opened.standIn.state.handoffs = [myHandoff({ lines: handoff?.lines.toReversed() ?? [] })]
    opened.standIn.publish('handoffs')
    await screen.findByText(/^Stable. Missing/)
    expect(rows()).toEqual([undefined, '#4711', '#4712', '#4713'])
  })

  test('the sheet lists the keys', async () => {
    await openTicket()
    await userEvent.keyboard('?')
    const sheet = within(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }))
    expect(await sheet.findByText('Next ticket with something missing')).toBeTruthy()
    expect(await sheet.findByText('Ctrl Enter')).toBeTruthy()
    expect(await sheet.findByText('Alt ↓')).toBeTruthy()
  })
})

describe('what was typed', () => {
  test('outlives a window that is killed before anything was saved', async () => {
    const storage = memoryStorage()
    const first = await openTicket({}, storage)
    first.standIn.state.holding.add('handoffs.saveLine')
    await userEvent.click(screen.getByLabelText('Story in one line'))
    await userEvent.keyboard('Certificate')
    first.close()
    const second = await openTicket({}, storage)
    expect(screen.getByLabelText<HTMLTextAreaElement>('Story in one line').value).toBe('Certificate')
    await expect.poll(() => lineIn(second)?.story).toBe('Certificate')
  })

  test('is kept when one goes on before it is saved', async () => {
    const opened = await openTicket()
    await userEvent.click(screen.getByLabelText('Story in one line'))
    await userEvent.keyboard('One{Alt>}{ArrowDown}{/Alt} and two{Alt>}{ArrowUp}{/Alt}')
    await expect.poll(() => lineIn(opened)?.story).toBe('One')
    expect(screen.getByLabelText<HTMLTextAreaElement>('Story in one line').value).toBe('One')
    await expect.poll(() => lineIn(opened, 4712)?.story).toContain('and two')
  })

  test('in another place meanwhile is not written over: a person chooses', async () => {
    const { standIn } = await openTicket()
    const theirs = aHandoffTicket({ line: aLine({ story: 'Theirs' }), lineBase: 'b9' })
    standIn.state.handoffs = [myHandoff({ lines: [theirs] })]
    await userEvent.click(screen.getByLabelText('Story in one line'))
    await userEvent.keyboard('Mine')
    const notice = within(await screen.findByRole('region', { name: 'Two texts of #4711' }))
    expect(await notice.findByText(/“Mine”/)).toBeTruthy()
    expect(await notice.findByText(/“Theirs”/)).toBeTruthy()
    await userEvent.click(notice.getAllByRole('button')[1] as HTMLElement)
    expect((await screen.findByLabelText<HTMLTextAreaElement>('Story in one line')).value).toBe('Theirs')
  })

  test('elsewhere is shown where nothing is unsaved', async () => {
    const { standIn } = await openTicket()
    standIn.state.handoffs = [
      myHandoff({ lines: [aHandoffTicket({ line: aLine({ story: 'Theirs' }), lineBase: 'b9' })] }),
    ]
    standIn.publish('handoffs')
    await screen.findByDisplayValue('Theirs')
  })

  test('typing draws no row of the list anew, with forty tickets in it', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => aHandoffTicket({ ticketId: 4711 + index }))
    const { standIn } = await openTicket({ lines })
    await screen.findByText('#4750 Runners stay offline after the upgrade to 18.6')
    standIn.state.holding.add('handoffs.saveLine')
    await userEvent.click(screen.getByLabelText('Story in one line'))
    const rowsDrawn = vi.mocked(words.missingWords)
    rowsDrawn.mockClear()
    await userEvent.keyboard('Certificate expired')
    expect(screen.getByDisplayValue('Certificate expired')).toBeTruthy()
    expect(rowsDrawn).toHaveBeenCalledTimes(0)
    standIn.letGo()
    await screen.findByText('Saved')
    // Only the row of the ticket itself, for what it still lacks.
    expect(rowsDrawn.mock.calls.length).toBeLessThan(10)
  })
})

describe('the account part', () => {
  test('says what the last return meeting found, and nothing where there was none', async () => {
    const from = 'The return meeting of 2026-07-03'
    const lessons = [
      { words: 'Last time was missing: how to roll back', from },
      { words: 'Fired last time: #4711 Runners: If it is back, then restart it', from },
    ]
    await openWindow({ handoffs: [myHandoff({ lessons })] }, path)
    expect(await screen.findByText('The return meeting of 2026-07-03 found:')).toBeTruthy()
    expect(screen.getByText(/^Fired last time: #4711/)).toBeTruthy()
    expect(faultsOfThePage()).toEqual([])
  })

  test('comes first, and what the account page says now is taken over with a press', async () => {
    const texts = { ...myHandoff().texts }
    texts.environment = {
      value: '17.11',
      base: 't0',
      offered: { value: '18.6 on three nodes', from: 'The account page' },
    }
    const { standIn } = await openWindow({ handoffs: [myHandoff({ texts })] }, path)
    await screen.findByText('The account page now says:')
    expect(await screen.findByText('2 of 6 texts written')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Take it over: Environment' }))
    await expect.poll(() => standIn.state.handoffs[0]?.texts.environment.value).toBe('18.6 on three nodes')
    expect(screen.queryByText('The account page now says:')).toBeNull()
    expect(faultsOfThePage()).toEqual([])
  })
})

test('what was written on both sides is shown until one side is chosen', async () => {
  const sides = [
    { words: 'Runners drop out', byName: 'Marta Lindqvist', at: 0 },
    { words: 'A certificate', byName: 'Tom Okafor', at: 1 },
  ]
  const conflictList = [{ field: 'tickets.4711.line', ticketId: 4711, about: '#4711, the story', sides }]
  const { standIn } = await openWindow({ handoffs: [myHandoff({ conflictList })] }, path)
  const part = within(await screen.findByRole('region', { name: 'Changed on both sides' }))
  await userEvent.click(part.getByRole('button', { name: /Tom Okafor/ }))
  await expect.poll(() => screen.queryByRole('region', { name: 'Changed on both sides' })).toBeNull()
  expect(standIn.calls.find((call) => call.path === 'handoffs.resolve')?.input).toEqual({
    ...{ handoffId: 'p-marta--2', field: 'tickets.4711.line', side: 1 },
  })
})

test('whoever covers is led to the review instead', async () => {
  await openWindow({ handoffs: [aHandoff()] }, path)
  await screen.findByRole('heading', { name: 'Marta Lindqvist prepares this handoff' })
  expect(await screen.findByRole('link', { name: 'the review' })).toBeTruthy()
})

test('a handoff that is not there says so', async () => {
  await openWindow({}, '/handoff/none')
  await screen.findByRole('heading', { name: 'This handoff is not here' })
})

test.each(['light', 'dark'])('fits into 1024 × 640 without scrolling sideways, %s', async (theme) => {
  await page.viewport(1024, 640)
  await openTicket({ lines: [aHandoffTicket({ line: aLine({ story: 'x'.repeat(280) }) })] })
  document.documentElement.dataset['theme'] = theme
  const content = screen.getByLabelText('Story in one line').closest('[class*=content]')
  expect(content?.scrollWidth).toBe(content?.clientWidth)
  expect(document.documentElement.scrollWidth).toBe(1024)
})
