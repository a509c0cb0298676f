import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { OutboxEntry } from '#contract/outbox.ts'
import { anEntry } from '../../support/connection-fixtures.ts'
import { memoryStorage } from '../../support/memory-storage.ts'
import { openWrapUp, partNamed } from '../../support/open-wrap-up.ts'
import { aSettledMeeting, aTransfer, aWrapUp, someTransfers } from '../../support/wrap-up-fixtures.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const closedWords =
  '#4722 is closed, and Zendesk changes nothing on closed tickets. A reply of the customer makes a follow-up ticket: assign that one to Marta Lindqvist.'

/** Eleven that can change hands and one that is closed. */
function twelve() {
  const closed = aTransfer({ ticketId: 4722, status: 'closed', standing: 'refused', refusal: closedWords })
  return aWrapUp({ transfers: [...someTransfers(11), closed] })
}

const intentsOf = (inputs: unknown[]) =>
  (inputs as { orders: { intent: OutboxEntry['intent'] }[] }[]).flatMap(({ orders }) =>
    orders.map(({ intent }) => intent),
  )

async function openDialog(name: RegExp) {
  await userEvent.click(await screen.findByRole('button', { name }))
  return within(await screen.findByRole('dialog'))
}

describe('twelve tickets', () => {
  test('are handed over in one step by keyboard: eleven are ordered, one conflict is settled, the closed one says what to do', async () => {
    const { standIn, inputs } = await openWrapUp({ wrapUp: twelve() })
    const part = await partNamed('Transfers')
    expect(await part.findByText('0 of 12 are Marta Lindqvist’s; 11 are not ordered yet; 1 is closed.')).toBeTruthy()
    expect(await part.findByText(closedWords)).toBeTruthy()

    part.getByRole('button', { name: 'Transfer 11 tickets…' }).focus()
    await userEvent.keyboard('{Enter}')
    const dialog = within(await screen.findByRole('dialog', { name: 'Transfer 11 tickets to Marta Lindqvist' }))
    const sees = within(await dialog.findByRole('list', { name: 'Who sees it' }))
    expect(await sees.findAllByRole('listitem')).toHaveLength(3)
    expect(await sees.findByText('The customer sees this.')).toBeTruthy()
    expect(await within(dialog.getByRole('list', { name: 'What is written' })).findAllByRole('listitem')).toHaveLength(
      11,
    )
    expect(inputs('returnWrapUps.transfer')).toEqual([])
    expect(faultsOfThePage()).toEqual([])
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
    expect(await part.findByText('0 of 12 are Marta Lindqvist’s; 11 are on their way; 1 is closed.')).toBeTruthy()
    await expect.poll(() => document.activeElement?.textContent).toContain('11 are on their way')
    const ordered = intentsOf(inputs('returnWrapUps.transfer'))
    expect(ordered).toHaveLength(33)
    expect(ordered.slice(0, 3)).toEqual([
      { kind: 'internal-note', ticketId: 4711, body: aTransfer().note },
      { kind: 'assign', ticketId: 4711, assigneeId: 21 },
      { kind: 'remove-cc', ticketId: 4711 },
    ])
    expect(ordered.some((intent) => 'ticketId' in intent && intent.ticketId === 4722)).toBe(false)

    const conflict = [{ field: 'Assignee', before: 'Tom Okafor', mine: 'Marta Lindqvist', theirs: 'Pritam Das' }]
    standIn.state.outbox = standIn.state.outbox.map((entry) =>
      entry.intent.kind === 'assign' && entry.intent.ticketId === 4712
        ? { ...entry, state: 'conflict', conflict }
        : { ...entry, state: 'verified', settledAt: entry.createdAt },
    )
    standIn.publish('outbox')
    expect(await part.findByText('10 of 12 are Marta Lindqvist’s; 1 is in conflict; 1 is closed.')).toBeTruthy()
    const sides = within(await part.findByRole('list', { name: 'What was ordered of #4712' }))
    expect(await sides.findByText('Pritam Das')).toBeTruthy()
    await userEvent.click(await sides.findByRole('button', { name: 'Keep mine' }))
    await expect.poll(() => inputs('outbox.resolve')).toMatchObject([{ choice: 'mine' }])
    standIn.publish('outbox')
    expect(await part.findByText('10 of 12 are Marta Lindqvist’s; 1 is on its way; 1 is closed.')).toBeTruthy()
  })

  test('show each change as it stands, and all of them when asked for', async () => {
    const { standIn } = await openWrapUp({ wrapUp: aWrapUp({ transfers: someTransfers(1) }) })
    const dialog = await openDialog(/^Transfer 1 ticket…/)
    await userEvent.click(await dialog.findByRole('button', { name: 'Transfer 1 ticket' }))
    const part = await partNamed('Transfers')
    expect(await part.findByText('Note: Waiting to be sent')).toBeTruthy()
    const states = ['sent', 'sending', 'queued'] as const
    standIn.state.outbox = standIn.state.outbox.map((entry, index) => ({ ...entry, state: states[index] ?? 'queued' }))
    standIn.publish('outbox')
    expect(await part.findByText('Note: Sent, not seen in Zendesk yet')).toBeTruthy()
    expect(await part.findByText('Assignment: Sending')).toBeTruthy()
    await userEvent.click(await part.findByRole('button', { name: 'Changes to #4711' }))
    const cards = within(await part.findByRole('list', { name: 'What was ordered of #4711' }))
    expect(await cards.findByRole('button', { name: 'Take back' })).toBeTruthy()
    standIn.state.outbox = standIn.state.outbox.map((entry) => ({ ...entry, state: 'verified' }))
    standIn.publish('outbox')
    expect(await part.findByText('1 of 1 is Marta Lindqvist’s.')).toBeTruthy()
    expect(await part.findByText('All 3 seen in Zendesk')).toBeTruthy()
  })

  test('that failed are tried again from here', async () => {
    const { standIn, inputs } = await openWrapUp({ wrapUp: aWrapUp({ transfers: someTransfers(1) }) })
    const dialog = await openDialog(/^Transfer 1 ticket…/)
    await userEvent.click(await dialog.findByRole('button', { name: 'Transfer 1 ticket' }))
    const part = await partNamed('Transfers')
    await part.findByText('Note: Waiting to be sent')
    standIn.state.outbox = standIn.state.outbox.map((entry) =>
      entry.intent.kind === 'assign'
        ? { ...entry, state: 'failed', problem: 'Zendesk did not accept the assignee.' }
        : { ...entry, state: 'verified' },
    )
    standIn.publish('outbox')
    expect(await part.findByText('0 of 1 are Marta Lindqvist’s; 1 failed.')).toBeTruthy()
    expect(await part.findByText('Zendesk did not accept the assignee.')).toBeTruthy()
    expect((await part.findAllByText('Needs you')).length).toBeGreaterThan(0)
    await userEvent.click(await part.findByRole('button', { name: 'Try again' }))
    await expect.poll(() => inputs('outbox.retry')).toHaveLength(1)
  })
})

describe('what is ordered', () => {
  test('leaves out the note that is left out, and what was ordered and not given up', async () => {
    const intent = { kind: 'internal-note', ticketId: 4712, body: 'x' } as const
    const entry = anEntry({ id: 900, intent, state: 'verified' })
    const transfers = [aTransfer(), aTransfer({ ticketId: 4712, entries: [entry] })]
    const { inputs } = await openWrapUp({ wrapUp: aWrapUp({ transfers }) })
    await userEvent.click(await screen.findByRole('button', { name: 'Handover note on #4711' }))
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Leave out the note on #4711' }))
    const dialog = await openDialog(/^Transfer 2 tickets…/)
    await userEvent.click(await dialog.findByRole('button', { name: 'Transfer 2 tickets' }))
    await expect
      .poll(() => intentsOf(inputs('returnWrapUps.transfer')))
      .toEqual([
        { kind: 'assign', ticketId: 4711, assigneeId: 21 },
        { kind: 'remove-cc', ticketId: 4711 },
        { kind: 'assign', ticketId: 4712, assigneeId: 21 },
        { kind: 'remove-cc', ticketId: 4712 },
      ])
  })

  test('keeps me on Cc when I say so, and remembers that', async () => {
    const storage = memoryStorage()
    const wrapUp = aWrapUp({ transfers: someTransfers(1) })
    const first = await openWrapUp({ wrapUp }, storage)
    await userEvent.click(await screen.findByRole('radio', { name: 'Keep me on Cc' }))
    first.close()
    const { inputs } = await openWrapUp({ wrapUp }, storage)
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Keep me on Cc' }).checked).toBe(true)
    const dialog = await openDialog(/^Transfer 1 ticket…/)
    await userEvent.click(await dialog.findByRole('button', { name: 'Transfer 1 ticket' }))
    await expect
      .poll(() => intentsOf(inputs('returnWrapUps.transfer')).map(({ kind }) => kind))
      .toEqual(['internal-note', 'assign'])
  })

  test('says nothing of Cc to the ASE', async () => {
    await openWrapUp({ returnMeetings: [aSettledMeeting({ role: 'ase' })] })
    await screen.findByRole('button', { name: 'Transfer 2 tickets…' })
    expect(screen.queryByRole('radio', { name: 'Take me off Cc' })).toBeNull()
  })

  test('is nothing where the preview says that it cannot be done', async () => {
    await openWrapUp({ preview: { refusal: 'You may not assign it.' } })
    const dialog = await openDialog(/^Transfer 2 tickets…/)
    expect(await dialog.findAllByText('You may not assign it.')).toHaveLength(2)
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Transfer 0 tickets' }).disabled).toBe(true)
  })

  test('stays in the dialog with the reason when it is refused', async () => {
    const refusing = new Map([['returnWrapUps.transfer', 'It was ordered in this meeting already.']])
    await openWrapUp({ refusing })
    const dialog = await openDialog(/^Transfer 2 tickets…/)
    await userEvent.click(await dialog.findByRole('button', { name: 'Transfer 2 tickets' }))
    expect((await dialog.findByRole('alert')).textContent).toContain('It was ordered in this meeting already.')
  })
})

describe('handover notes', () => {
  test('outlive the window until they are ordered', async () => {
    const storage = memoryStorage()
    const wrapUp = aWrapUp({ transfers: someTransfers(2) })
    const first = await openWrapUp({ wrapUp }, storage)
    await userEvent.click(await screen.findByRole('button', { name: 'Handover note on #4712' }))
    const field = await screen.findByLabelText('Internal note on #4712')
    await expect.poll(() => document.activeElement).toBe(field)
    await userEvent.fill(field, 'They wait for the registry team.')
    first.close()
    const second = await openWrapUp({ wrapUp }, storage)
    expect(await screen.findByText('They wait for the registry team.')).toBeTruthy()
    expect(await screen.findByText('Opened while you were away.')).toBeTruthy()
    const dialog = await openDialog(/^Transfer 2 tickets…/)
    await userEvent.click(await dialog.findByRole('button', { name: 'Transfer 2 tickets' }))
    await expect
      .poll(() => intentsOf(second.inputs('returnWrapUps.transfer')))
      .toContainEqual({ kind: 'internal-note', ticketId: 4712, body: 'They wait for the registry team.' })
    second.close()
    await openWrapUp({ wrapUp }, storage)
    await screen.findByRole('button', { name: 'Handover note on #4712' })
    expect(screen.queryByText('They wait for the registry team.')).toBeNull()
  })

  test('are left out where nothing stands in them', async () => {
    const { inputs } = await openWrapUp({ wrapUp: aWrapUp({ transfers: someTransfers(1) }) })
    await userEvent.click(await screen.findByRole('button', { name: 'Handover note on #4711' }))
    await userEvent.fill(await screen.findByLabelText('Internal note on #4711'), '  ')
    expect(await screen.findByText('No note')).toBeTruthy()
    const dialog = await openDialog(/^Transfer 1 ticket…/)
    await userEvent.click(await dialog.findByRole('button', { name: 'Transfer 1 ticket' }))
    await expect
      .poll(() => intentsOf(inputs('returnWrapUps.transfer')).map(({ kind }) => kind))
      .toEqual(['assign', 'remove-cc'])
  })
})
