import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { blankCall } from '#core/calls/call-document.ts'
import { now } from '../../support/fixtures.ts'
import { memoryStorage } from '../../support/memory-storage.ts'
import { openWindow } from '../../support/open-window.tsx'
import { aCallDetail } from '../../support/stand-in-calls.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const path = '/calls/c1'
const blank = blankCall({ about: 'other', day: '2026-11-24', tickets: [] })

async function openCall(parts = {}, storage = memoryStorage()) {
  const opened = await openWindow({ calls: [aCallDetail(parts)] }, path, storage)
  await screen.findByLabelText('Purpose')
  return opened
}

const storedIn = ({ state }: { state: { calls: { document: object }[] } }) => state.calls[0]?.document

describe('notes are typed', () => {
  test('with the keyboard alone, and all of them are kept', async () => {
    const { standIn } = await openCall()
    await userEvent.keyboard('Upgrade plan{Alt>}t{/Alt}')
    await userEvent.keyboard('Order of the sites{Enter}Secondary first{Enter}then the primary')
    await userEvent.keyboard('{Alt>}d{/Alt}On a Saturday{Enter}No freeze{Alt>}a{/Alt}')
    await userEvent.keyboard('Book the window{Tab}Marcus Bell{Enter}Send the list')
    await userEvent.keyboard('{Alt>}o{/Alt}Runners{Enter}Upgrade{Alt>}{ArrowUp}{/Alt}')
    await expect
      .poll(() => storedIn(standIn))
      .toMatchObject({
        purpose: 'Upgrade plan',
        topics: [{ title: 'Order of the sites', notes: 'Secondary first\nthen the primary' }],
        decisions: ['On a Saturday', 'No freeze'],
        actions: [{ what: 'Book the window', dri: 'Marcus Bell' }, { what: 'Send the list' }],
        priorities: ['Upgrade', 'Runners'],
      })
    expect(await screen.findByText('Saved')).toBeTruthy()
    expect(faultsOfThePage()).toEqual([])
  })

  test('an empty line goes with Backspace, and whoever was there is a press away', async () => {
    const { standIn } = await openCall({ document: { ...blank, decisions: ['One'] } })
    await userEvent.click(screen.getByLabelText('Decision 1'))
    await userEvent.keyboard('{End}{Enter}{Backspace}!')
    await userEvent.click(screen.getByRole('button', { name: 'Add Marcus Bell' }))
    await expect.poll(() => storedIn(standIn)).toMatchObject({ decisions: ['One!'], customer: ['Marcus Bell'] })
    expect(screen.queryByRole('button', { name: 'Add Marcus Bell' })).toBeNull()
  })
})

describe('what was typed', () => {
  test('outlives a window that is killed before anything was saved', async () => {
    const storage = memoryStorage()
    const first = await openCall({}, storage)
    first.standIn.state.holding.add('calls.save')
    await userEvent.keyboard('Upgrade')
    first.close()
    const second = await openCall({}, storage)
    expect(screen.getByLabelText<HTMLInputElement>('Purpose').value).toBe('Upgrade')
    await expect.poll(() => storedIn(second.standIn)).toMatchObject({ purpose: 'Upgrade' })
  })

  test('is kept over a lost connection, and saved when that is back', async () => {
    const { standIn } = await openCall()
    standIn.cut()
    await userEvent.keyboard('Offline')
    expect(storedIn(standIn)).toMatchObject({ purpose: '' })
    standIn.restore()
    await expect.poll(() => storedIn(standIn), { timeout: 10_000 }).toMatchObject({ purpose: 'Offline' })
  })

  test('in another window meanwhile is not written over: a person chooses', async () => {
    const { standIn } = await openCall()
    const other = aCallDetail({ document: { ...blank, purpose: 'Theirs' }, updatedAt: now + 5 })
    standIn.state.calls = [other]
    await userEvent.keyboard('Mine')
    const notice = within(await screen.findByRole('region', { name: 'Two texts of this call' }))
    expect(await notice.findByText(/“Mine”/)).toBeTruthy()
    expect(await notice.findByText(/“Theirs”/)).toBeTruthy()
    expect(storedIn(standIn)).toMatchObject({ purpose: 'Theirs' })
    await userEvent.click(notice.getAllByRole('button')[0] as HTMLElement)
    await expect.poll(() => storedIn(standIn)).toMatchObject({ purpose: 'Mine' })
    expect(await screen.findByText('Saved')).toBeTruthy()
  })
})

describe('filing', () => {
  const full = { ...blank, purpose: 'Upgrade plan', customer: ['Marcus'], decisions: ['Saturday'] }

  test('shows the issue, who sees it and what is left open, and sends it after one press', async () => {
    const { standIn } = await openCall({ document: full })
    await userEvent.click(screen.getByLabelText('Purpose'))
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    const dialog = within(await screen.findByRole('dialog', { name: 'File the call' }))
    await dialog.findByRole('region', { name: 'Issue “2026-11-24 Call: Upgrade plan”' })
    expect(await dialog.findByText('Who of ours was present is not said.')).toBeTruthy()
    expect(await dialog.findByText('Everything in this project can be seen by Northwind Logistics.')).toBeTruthy()
    await userEvent.click(dialog.getByRole('button', { name: 'Send and file' }))
    expect(await screen.findByRole('heading', { level: 1, name: '2026-11-24 Call: Upgrade plan' })).toBeTruthy()
    const asked = standIn.calls.filter((call) => call.path === 'calls.file').map(({ input }) => input)
    expect(asked).toMatchObject([
      { id: 'c1', projectId: 71, orders: [{ intent: { kind: 'create-issue', projectId: 71 } }] },
    ])
    expect(await screen.findByText('Waiting to be sent')).toBeTruthy()
  })

  test('without a project is a text to copy', async () => {
    const { standIn } = await openCall({ document: full })
    await userEvent.click(screen.getByRole('button', { name: 'File…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'File the call' }))
    await userEvent.selectOptions(await dialog.findByLabelText('Project'), 'None: Markdown to copy')
    await dialog.findByRole('button', { name: 'Copy the text: Markdown of the issue, to copy' })
    await userEvent.click(await dialog.findByRole('button', { name: 'I have copied it: file' }))
    await expect.poll(() => standIn.state.calls[0]?.state).toBe('filed')
  })

  test('a call about tickets shows each note, and of a reply for the customer that it is posted by hand', async () => {
    const tickets = [
      { id: 4711, how: 'internal' as const },
      { id: 4712, how: 'public' as const },
    ]
    await openCall({ document: { ...full, about: 'tickets', tickets } })
    await userEvent.click(screen.getByRole('button', { name: 'File…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'File the call' }))
    const note = within(await dialog.findByRole('region', { name: 'Internal note on #4711' }))
    expect(await note.findByText('Hidden from the customer.')).toBeTruthy()
    const reply = within(dialog.getByRole('region', { name: 'Public reply on #4712, to copy' }))
    expect(await reply.findByText(/Understudy sends nothing here/)).toBeTruthy()
    expect(faultsOfThePage()).toEqual([])
  })

  test('what is missing is said, and nothing can be sent', async () => {
    await openCall()
    await userEvent.click(screen.getByRole('button', { name: 'File…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'File the call' }))
    await dialog.findByText(/Say what it was for/)
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'File' }).disabled).toBe(true)
  })
})

test('a deleted draft comes back with Undo, as it was', async () => {
  const { standIn, path: at } = await openCall({ document: { ...blank, purpose: 'Upgrade' } })
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
  await expect.poll(at).toBe('/calls')
  expect(standIn.state.calls).toEqual([])
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  expect((await screen.findByLabelText<HTMLInputElement>('Purpose')).value).toBe('Upgrade')
})

test('a call that is not there says so', async () => {
  await openWindow({}, '/calls/none')
  expect(await screen.findByRole('heading', { name: 'This call is not here' })).toBeTruthy()
})

test.each(['light', 'dark'])('fits into 1024 × 640 without scrolling sideways, %s', async (theme) => {
  await page.viewport(1024, 640)
  const actions = [{ what: 'Book the window', dri: 'Marcus Bell', dueOn: '2026-12-04', done: false }]
  await openCall({ document: { ...blank, about: 'tickets', tickets: [{ id: 4711, how: 'internal' }], actions } })
  document.documentElement.dataset['theme'] = theme
  expect(document.documentElement.scrollWidth).toBe(1024)
})
