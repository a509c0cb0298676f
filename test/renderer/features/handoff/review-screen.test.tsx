import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { HandoffDetail, HandoffTicket } from '#contract/handoffs.ts'
import { hourMs, now } from '../../support/fixtures.ts'
import { aHandoff, aHandoffTicket, aLine, anIssueOfIt, myHandoff } from '../../support/handoff-fixtures.ts'
import { memoryStorage } from '../../support/memory-storage.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const path = '/handoff/p-marta--2/review'
const written = { line: aLine(), lineBase: 'b1', missing: [] }

async function reviewTicket(ticket: Partial<HandoffTicket> = {}, changes: Partial<HandoffDetail> = {}) {
  const lines = [aHandoffTicket({ ...written, ...ticket })]
  const opened = await openWindow({ handoffs: [aHandoff({ lines, ...changes })] }, `${path}?at=4711`)
  await screen.findByRole('heading', { level: 2, name: /#4711/ })
  return opened
}

const inputsOf = ({ standIn }: OpenedWindow, procedure: string) =>
  standIn.calls.filter((call) => call.path === procedure).map(({ input }) => input)

describe('one item at a time', () => {
  test('the account first, the tickets in their order, the acceptance last, by keyboard', async () => {
    const { path: at } = await openWindow({}, path)
    await screen.findByRole('heading', { level: 2, name: 'The account' })
    expect(await screen.findByText('Ada Meyer decides.')).toBeTruthy()
    await userEvent.keyboard('j')
    await screen.findByRole('heading', { level: 2, name: /#4711/ })
    expect(document.activeElement?.textContent).toMatch(/#4711/)
    await userEvent.keyboard('jjj')
    await screen.findByRole('heading', { level: 2, name: 'Accept the account' })
    expect(at()).toBe(`${path}?at=accept`)
    await userEvent.keyboard('k')
    await screen.findByRole('heading', { level: 2, name: /#4713/ })
    expect(faultsOfThePage()).toEqual([])
  })

  test('every item can be gone to, and says how far it is', async () => {
    const lines = [
      aHandoffTicket({ ...written, stale: ['Priority: normal → urgent'], reviewedAt: now }),
      aHandoffTicket({ ticketId: 4712, gone: 'It was solved.' }),
    ]
    await openWindow({ handoffs: [aHandoff({ lines })] }, path)
    await userEvent.click(await screen.findByRole('button', { name: /#4712 .*not active any more/ }))
    await screen.findByText('It was solved.')
    expect(await screen.findByRole('button', { name: /#4711 .*watcher, changed since it was gone over/ })).toBeTruthy()
  })
})

describe('whoever covers', () => {
  test('scans the facts first, asks for the words with Space, and says them back', async () => {
    const opened = await reviewTicket()
    expect(screen.queryByText(/the certificate is suspected/)).toBeNull()
    expect(screen.queryByRole('form', { name: 'Say it back' })).toBeNull()
    await userEvent.keyboard(' ')
    await screen.findByText(/the certificate is suspected/)
    await userEvent.keyboard('t')
    await userEvent.keyboard('The certificate, a new log by Tuesday.{Control>}{Enter}{/Control}')
    await screen.findByText('“The certificate, a new log by Tuesday.”')
    expect(inputsOf(opened, 'handoffs.teachBack')).toEqual([
      { handoffId: 'p-marta--2', ticketId: 4711, words: 'The certificate, a new log by Tuesday.' },
    ])
    expect(await screen.findByText('Marta Lindqvist has not answered yet.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'That is it' })).toBeNull()
  })

  test('keeps what was typed over the end of the window', async () => {
    const storage = memoryStorage()
    const state = { handoffs: [aHandoff({ lines: [aHandoffTicket(written)] })] }
    const first = await openWindow(state, `${path}?at=4711`, storage)
    await userEvent.click(await screen.findByRole('button', { name: /^Show what/ }))
    await userEvent.fill(screen.getByLabelText('Say it back in your own words'), 'The certif')
    first.close()
    await openWindow(state, `${path}?at=4711`, storage)
    await userEvent.click(await screen.findByRole('button', { name: /^Show what/ }))
    expect(screen.getByDisplayValue('The certif')).toBeTruthy()
  })

  test('says it back again after a correction', async () => {
    const teachBack = { words: 'The network', byName: 'Tom Okafor', at: now - hourMs, current: true }
    const verdict = { accepted: false, words: 'No, the certificate', byName: 'Marta Lindqvist', at: now, current: true }
    await reviewTicket({ teachBack, verdict })
    expect(await screen.findByText('Not quite.')).toBeTruthy()
    expect(await screen.findByText(/No, the certificate/)).toBeTruthy()
    expect(await screen.findByRole('form', { name: 'Say it back' })).toBeTruthy()
  })

  test('has to say back what was written otherwise since', async () => {
    const teachBack = { words: 'The network', byName: 'Tom Okafor', at: now - hourMs, current: false }
    await reviewTicket({ teachBack })
    await userEvent.keyboard(' ')
    await screen.findByText('Marta Lindqvist wrote something else since: it has to be said back again.')
  })

  test('sees what changed since, and goes over it again with one key', async () => {
    const stale = ['Priority: normal → urgent', 'The customer wrote 2 h ago: “Down again.”']
    const opened = await reviewTicket({ stale, reviewedAt: now - hourMs, reviewedByName: 'Tom Okafor' })
    const part = within(screen.getByRole('region', { name: 'Changed since it was gone over' }))
    expect(await part.findByText('Priority: normal → urgent')).toBeTruthy()
    await userEvent.keyboard('r')
    await screen.findByText(/^Gone over by Tom Okafor/)
    expect(screen.queryByRole('region', { name: 'Changed since it was gone over' })).toBeNull()
    expect(inputsOf(opened, 'handoffs.review')).toEqual([{ handoffId: 'p-marta--2', ticketId: 4711 }])
  })

  test('needs to say nothing back of what is stable', async () => {
    const opened = await reviewTicket({ line: aLine({ severity: 'stable' }) })
    await userEvent.keyboard(' ')
    await userEvent.click(await screen.findByRole('button', { name: 'Gone over, nothing to say back' }))
    await screen.findByText(/^Gone over by Tom Okafor/)
    expect(inputsOf(opened, 'handoffs.teachBack')).toEqual([])
  })

  test('reads nothing of an if where a stable ticket has none, and that it is missing where another has none', async () => {
    const none = { contingencies: [], nothingForeseen: false }
    const { close } = await reviewTicket({ line: aLine({ severity: 'stable', ...none }) })
    await userEvent.keyboard(' ')
    await screen.findByText('Ask for the new log')
    expect(screen.queryByText('If … then …')).toBeNull()
    close()
    await reviewTicket({ line: aLine({ severity: 'watcher', ...none }) })
    await userEvent.keyboard(' ')
    await screen.findByText('If … then …')
    expect(await screen.findByText('Not said')).toBeTruthy()
  })

  test('reads when a clock ends by the clock of the ASE too, where that is another', async () => {
    const lines = [aHandoffTicket(written)]
    const { close } = await openWindow({ handoffs: [aHandoff({ lines })] }, `${path}?at=4711`)
    const clocks = await screen.findByRole('list', { name: 'Clocks' })
    expect(clocks.textContent).not.toContain('Stockholm')
    close()
    await openWindow({ handoffs: [aHandoff({ lines, aseTimeZone: 'America/Los_Angeles' })] }, `${path}?at=4711`)
    expect((await screen.findByRole('list', { name: 'Clocks' })).textContent).toContain('in Los Angeles')
  })
})

describe('the ASE', () => {
  const teachBack = { words: 'The network', byName: 'Tom Okafor', at: now - hourMs, current: true }
  const said = { lines: [aHandoffTicket({ ...written, teachBack })] }

  test('sees their own words at once, and accepts what was said back with one key', async () => {
    const opened = await openWindow({ handoffs: [myHandoff(said)] }, `${path}?at=4711`)
    await screen.findByText(/the certificate is suspected/)
    expect(screen.queryByRole('form', { name: 'Say it back' })).toBeNull()
    await userEvent.keyboard('a')
    await screen.findByText('That is it.')
    expect(inputsOf(opened, 'handoffs.judge')).toMatchObject([{ ticketId: 4711, accepted: true, words: '' }])
  })

  test('corrects it in words', async () => {
    const opened = await openWindow({ handoffs: [myHandoff(said)] }, `${path}?at=4711`)
    await screen.findByText('“The network”')
    await userEvent.keyboard('c')
    await userEvent.keyboard('No, the certificate{Control>}{Enter}{/Control}')
    await screen.findByText('Not quite.')
    expect(inputsOf(opened, 'handoffs.judge')).toMatchObject([{ accepted: false, words: 'No, the certificate' }])
  })
})

describe('together on one screen', () => {
  test('both act, and each is named with what they say', async () => {
    const opened = await reviewTicket()
    await userEvent.click(screen.getByLabelText('Together on one screen'))
    await userEvent.keyboard(' ')
    await userEvent.click(await screen.findByRole('button', { name: /^Show what/ }))
    await userEvent.fill(screen.getByLabelText('Tom Okafor says it back'), 'The certificate')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByRole('button', { name: 'That is it' })
    await userEvent.keyboard('{Enter}')
    await screen.findByText('That is it.')
    expect(inputsOf(opened, 'handoffs.teachBack')[0]).not.toHaveProperty('speaker')
    expect(inputsOf(opened, 'handoffs.judge')).toMatchObject([{ accepted: true, speaker: { id: 21 } }])
    expect(
      within(screen.getByRole('region', { name: 'The answer of Marta Lindqvist' })).getByText(/^Marta Lindqvist,/),
    ).toBeTruthy()
  })

  test('is remembered from one review to the next', async () => {
    const storage = memoryStorage()
    const first = await openWindow({}, path, storage)
    await userEvent.click(await screen.findByLabelText('Together on one screen'))
    first.close()
    await openWindow({}, path, storage)
    expect((await screen.findByLabelText<HTMLInputElement>('Together on one screen')).checked).toBe(true)
  })

  test('of several covering engineers one is chosen who speaks', async () => {
    const covers = [
      { id: 22, name: 'Pritam Das' },
      { id: 23, name: 'Lena Fox' },
    ]
    const lines = [aHandoffTicket(written)]
    const opened = await openWindow({ handoffs: [myHandoff({ covers, lines })] }, `${path}?at=4711`)
    await userEvent.click(await screen.findByLabelText('Together on one screen'))
    await userEvent.selectOptions(screen.getByLabelText('Covering engineer'), 'Lena Fox')
    await userEvent.click(screen.getByRole('button', { name: /^Show what/ }))
    await userEvent.fill(screen.getByLabelText('Lena Fox says it back'), 'The certificate')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.poll(() => inputsOf(opened, 'handoffs.teachBack')).toMatchObject([{ speaker: { id: 23 } }])
  })
})

describe('the acceptance', () => {
  const atEnd = `${path}?at=accept`

  test('is not possible while something is open, which is said', async () => {
    await openWindow({}, atEnd)
    await screen.findByText('#4711 has not been said back.')
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Accept' }).disabled).toBe(true)
  })

  test('is of exactly what is shown, and says whose the account is from when', async () => {
    const opened = await openWindow({ handoffs: [aHandoff({ open: [] })] }, atEnd)
    await userEvent.click(await screen.findByRole('button', { name: 'Accept' }))
    await screen.findByRole('heading', { level: 2, name: 'Accepted' })
    expect(screen.getAllByText('Tom Okafor takes Fabrikam Health over on Mon 7 Dec, 00:00.').length).toBeGreaterThan(0)
    expect(inputsOf(opened, 'handoffs.accept')).toMatchObject([
      { state: 'accepted', hash: 'abcdef0123456789'.repeat(4), words: '' },
    ])
  })

  test('of something written meanwhile is refused in words', async () => {
    const { standIn } = await openWindow({ handoffs: [aHandoff({ open: [] })] }, atEnd)
    const accept = await screen.findByRole('button', { name: 'Accept' })
    standIn.state.handoffs = [aHandoff({ open: [], hash: 'f'.repeat(64) })]
    await userEvent.click(accept)
    await screen.findByText('Something was written meanwhile: look at it, then accept.')
  })

  test('can be put off with a reason, by either', async () => {
    const opened = await openWindow({ handoffs: [myHandoff()] }, atEnd)
    await screen.findByText('Tom Okafor accepts it.')
    expect(screen.queryByRole('button', { name: 'Accept' })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Put off…' }))
    await userEvent.keyboard('The upgrade is today')
    await userEvent.click(screen.getByRole('button', { name: 'Put off' }))
    await screen.findByText(/“The upgrade is today”/)
    expect(inputsOf(opened, 'handoffs.accept')).toMatchObject([{ state: 'delayed', words: 'The upgrade is today' }])
  })

  test('keeps the reason when it is refused', async () => {
    const refusing = new Map([['handoffs.accept', 'This handoff is over.']])
    await openWindow({ handoffs: [myHandoff()], refusing }, atEnd)
    await userEvent.click(await screen.findByRole('button', { name: 'Put off…' }))
    await userEvent.keyboard('The upgrade is today')
    await userEvent.click(screen.getByRole('button', { name: 'Put off' }))
    await screen.findByText('This handoff is over.')
    expect(screen.getByDisplayValue('The upgrade is today')).toBeTruthy()
  })

  test('says what was written since, and may be taken back', async () => {
    const acceptance = {
      ...{ state: 'accepted' as const, words: '', byName: 'Tom Okafor', at: now, hash: 'ab'.repeat(32) },
      changedSince: ['#4711: the next action'],
    }
    await openWindow({ handoffs: [aHandoff({ state: 'accepted', acceptance, open: [] })] }, atEnd)
    await screen.findByText('#4711: the next action')
    expect(await screen.findByText('abababababab')).toBeTruthy()
    expect(await screen.findByRole('button', { name: 'Accept' })).toBeTruthy()
    expect(await screen.findByRole('button', { name: 'Take back…' })).toBeTruthy()
  })
})

describe('Cc', () => {
  test('is what Zendesk says, and one button adds me to all that lack me, with what became of each', async () => {
    const opened = await openWindow({}, path)
    await screen.findByText('2 of 3 tickets lack you on Cc, as Zendesk has it.')
    await userEvent.click(screen.getByRole('button', { name: 'Add me to all 2…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Add me on Cc' }))
    await dialog.findByText('Put you (Tom Okafor) on Cc of #4711.')
    expect(await dialog.findByText('The customer sees this.')).toBeTruthy()
    await userEvent.click(dialog.getByRole('button', { name: 'Send for 2 tickets' }))
    await expect.poll(() => dialog.getAllByText('Waiting to be sent')).toHaveLength(2)
    expect(inputsOf(opened, 'outbox.send')).toMatchObject([
      { orders: [{ intent: { kind: 'add-cc', ticketId: 4711 } }, { intent: { kind: 'add-cc', ticketId: 4712 } }] },
    ])
    const [first] = opened.standIn.state.outbox
    opened.standIn.state.outbox = opened.standIn.state.outbox.map((entry) =>
      entry === first ? { ...entry, state: 'failed', problem: 'Zendesk took no more people on Cc.' } : entry,
    )
    opened.standIn.publish('outbox')
    await dialog.findByText('Zendesk took no more people on Cc.')
    expect(faultsOfThePage()).toEqual([])
  })

  test('hidden from the customer as a follower', async () => {
    const opened = await openWindow({}, path)
    await userEvent.click(await screen.findByRole('button', { name: 'Add me to all 2…' }))
    await userEvent.click(await screen.findByLabelText('As a follower'))
    const dialog = within(await screen.findByRole('dialog', { name: 'Follow the tickets' }))
    await dialog.findByText('Hidden from the customer.')
    await userEvent.click(dialog.getByRole('button', { name: 'Send for 2 tickets' }))
    await expect
      .poll(() => inputsOf(opened, 'outbox.send'))
      .toMatchObject([{ orders: [{ intent: { kind: 'follow' } }, { intent: { kind: 'follow' } }] }])
  })

  test('of all says so', async () => {
    await openWindow({ handoffs: [aHandoff({ lines: [aHandoffTicket({ iAmOn: true })] })] }, path)
    await screen.findByText('You are on Cc of the ticket, as Zendesk has it.')
  })
})

test('what the issue says is shown before it is taken in', async () => {
  const handoffIssues = new Map([['p-marta--2', anIssueOfIt()]])
  const opened = await openWindow({ handoffIssues }, path)
  await screen.findByText('#4711: Tom Okafor said it back.')
  expect(await screen.findByText('What changed here is not in the issue yet.')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Look and take in…' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Take in support/coverage#12' }))
  await userEvent.click(await dialog.findByRole('button', { name: 'Take it in' }))
  await screen.findByText('The handoff is taken in')
  expect(inputsOf(opened, 'handoffs.fetch')).toEqual([
    { handoffId: 'p-marta--2', apply: false },
    { handoffId: 'p-marta--2', apply: true },
  ])
})

test.each(['light', 'dark'])('fits into 1024 × 640 without scrolling sideways, %s', async (theme) => {
  await page.viewport(1024, 640)
  await reviewTicket({ stale: ['Priority: normal → urgent'] }, { aseTimeZone: 'Asia/Kolkata' })
  await userEvent.keyboard(' ')
  document.documentElement.dataset['theme'] = theme
  const content = (await screen.findByRole('form', { name: 'Say it back' })).closest('[class*=content]')
  expect(content?.scrollWidth).toBe(content?.clientWidth)
  expect(document.documentElement.scrollWidth).toBe(1024)
})
