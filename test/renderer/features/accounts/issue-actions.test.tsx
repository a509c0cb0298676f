import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { anIssue, hourMs, issueText, now } from '../../support/fixtures.ts'
import { memoryStorage } from '../../support/memory-storage.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import type { StandInState } from '../../support/stand-in-state.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const stamp = now - 3 * hourMs
const issue = { projectId: 8, iid: 12 }

describe('a comment', () => {
  test('shows what is sent and who sees it, and goes out when told to', async () => {
    const { standIn } = await openIssue({
      preview: {
        words: 'Adds a comment to #12',
        customerSees: { visible: true, words: 'Everything in this project can be seen by Northwind Logistics.' },
        warnings: ['You cover Northwind Logistics: proactive work is not yours.'],
      },
    })
    await userEvent.click(screen.getByRole('button', { name: 'Comment…' }))
    const dialog = within(
      await screen.findByRole('dialog', {
        name: 'Comment on #12 “Upgrade path from 17.11 to 18.6 with zero downtime”',
      }),
    )
    expect(await dialog.findByText(/Write something/)).toBeTruthy()
    await userEvent.keyboard('The window is Sunday.')
    const preview = await dialog.findByRole('region', { name: 'What is sent' })
    expect(preview.textContent).toContain('The customer sees this. Everything in this project')
    expect(preview.textContent).toContain('You cover Northwind Logistics')
    expect(faultsOfThePage()).toEqual([])
    expect(sent(standIn)).toEqual([])
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect
      .poll(() => sent(standIn))
      .toEqual([{ intent: { kind: 'issue-comment', ...issue, body: 'The window is Sunday.', internal: false }, stamp }])
    expect(await screen.findByRole('region', { name: /^Changes to Upgrade path/ })).toBeTruthy()
  })

  test('is said by its own name where it is said that it was ordered', async () => {
    await openIssue({ preview: { subject: '#12 “Upgrade path”' } })
    await userEvent.click(screen.getByRole('button', { name: 'Comment…' }))
    await userEvent.fill(await screen.findByLabelText('Comment'), 'x')
    await userEvent.click(screen.getByRole('button', { name: 'Send' }))
    expect(await screen.findByText('#12 “Upgrade path”: change ordered')).toBeTruthy()
  })

  test('can be an internal note', async () => {
    const { standIn } = await openIssue()
    await userEvent.click(screen.getByRole('button', { name: 'Comment…' }))
    await userEvent.fill(await screen.findByLabelText('Comment'), 'For us')
    await userEvent.click(screen.getByRole('checkbox', { name: 'As an internal note' }))
    await userEvent.click(screen.getByRole('button', { name: 'Send' }))
    await expect
      .poll(() => sent(standIn))
      .toEqual([{ intent: { kind: 'issue-comment', ...issue, body: 'For us', internal: true }, stamp }])
  })

  test('is kept as a draft over the end of the window, with what it is, until it is sent', async () => {
    const storage = memoryStorage()
    const first = await openIssue({}, storage)
    await userEvent.click(screen.getByRole('button', { name: 'Comment…' }))
    await userEvent.fill(await screen.findByLabelText('Comment'), 'Half a thought')
    await userEvent.click(screen.getByRole('checkbox', { name: 'As an internal note' }))
    await userEvent.keyboard('{Escape}')
    first.close()
    await openIssue({}, storage)
    await userEvent.click(screen.getByRole('button', { name: 'Comment (draft)…' }))
    expect((await screen.findByLabelText<HTMLTextAreaElement>('Comment')).value).toBe('Half a thought')
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'As an internal note' }).checked).toBe(true)
    await userEvent.click(screen.getByRole('button', { name: 'Send' }))
    expect(await screen.findByRole('button', { name: 'Comment…' })).toBeTruthy()
    expect(storage.kept.size).toBe(0)
  })

  test('takes a draft that is not of its kind as none', async () => {
    const storage = memoryStorage()
    for (const text of ['no JSON', 'null', '{"body":5}', '[]']) {
      storage.setItem('understudy.draft.comment.sample.8.12', JSON.stringify({ text, at: Date.now() }))
      const opened = await openIssue({}, storage)
      await userEvent.click(screen.getByRole('button', { name: /^Comment/ }))
      expect((await screen.findByLabelText<HTMLTextAreaElement>('Comment')).value).toBe('')
      opened.close()
    }
  })
})

describe('labels', () => {
  test('are added and taken away in one change, and losing the account’s is warned of', async () => {
    const labels = ['ASE Work - Northwind', 'urgent']
    const { standIn } = await openIssue({ issues: [anIssue({ labels })] })
    await userEvent.click(screen.getByRole('button', { name: 'Labels…' }))
    await screen.findByRole('dialog', { name: 'Labels of #12 “Upgrade path from 17.11 to 18.6 with zero downtime”' })
    await userEvent.keyboard('stage::build, urgent,, geo ')
    await userEvent.click(screen.getByRole('checkbox', { name: 'urgent' }))
    expect(screen.queryByText(/leaves the account’s list/)).toBeNull()
    await userEvent.click(screen.getByRole('checkbox', { name: 'ASE Work - Northwind' }))
    expect(await screen.findByText('Without ASE Work - Northwind it leaves the account’s list.')).toBeTruthy()
    await userEvent.click(screen.getByRole('checkbox', { name: 'ASE Work - Northwind' }))
    await userEvent.click(screen.getByRole('button', { name: 'Send' }))
    await expect
      .poll(() => sent(standIn))
      .toEqual([
        { intent: { kind: 'issue-labels', ...issue, add: ['stage::build', 'geo'], remove: ['urgent'] }, stamp },
      ])
  })

  test('are refused here when there are too many or one is too long', async () => {
    const { standIn } = await openIssue()
    await userEvent.click(screen.getByRole('button', { name: 'Labels…' }))
    await userEvent.fill(await screen.findByLabelText('Add'), 'x'.repeat(256))
    expect(await screen.findByText('A label has at most 255 letters.')).toBeTruthy()
    await userEvent.fill(screen.getByLabelText('Add'), Array.from({ length: 21 }, (_, index) => `t${index}`).join())
    expect(await screen.findByText('At most 20 labels at once.')).toBeTruthy()
    expect(standIn.calls.filter(({ path }) => path === 'outbox.preview')).toEqual([])
  })
})

test.each([
  ['opened', 'Close…', 'closed'],
  ['closed', 'Open again…', 'opened'],
] as const)('an issue that is %s: %s', async (state, button, wished) => {
  const { standIn } = await openIssue({ issues: [anIssue({ state })] })
  await userEvent.click(screen.getByRole('button', { name: button }))
  await expect.poll(() => document.activeElement?.textContent).toBe('Send')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => sent(standIn)).toEqual([{ intent: { kind: 'issue-state', ...issue, state: wished }, stamp }])
})

describe('a task', () => {
  const description = 'Before\n- [x] Call them\n\nThen\n- [ ] Call them\nAfter'

  test('is never ticked silently: what is sent is shown, and the box changes when GitLab has it', async () => {
    const { standIn } = await openIssue({ issueText: { ...issueText, description } })
    const boxes = () => screen.getAllByRole<HTMLInputElement>('checkbox', { name: 'Call them', hidden: true })
    expect(boxes()[0]?.closest('div')?.textContent).toBe('BeforeCall themThenCall themAfter')
    await userEvent.click(boxes()[1] ?? document.body)
    await screen.findByRole('dialog', { name: 'Done: Call them' })
    expect(sent(standIn)).toEqual([])
    await expect.poll(() => document.activeElement?.textContent).toBe('Send')
    await userEvent.keyboard('{Enter}')
    const intent = { kind: 'issue-task', ...issue, text: 'Call them', nth: 1, done: true }
    await expect.poll(() => sent(standIn)).toEqual([{ intent, stamp }])
    await expect.poll(() => screen.queryByRole('dialog', { name: /^Done/ })).toBeNull()
    expect(boxes().map(({ checked }) => checked)).toEqual([true, false])
    standIn.state.issueText = { ...issueText, description: description.replace('[ ]', '[x]') }
    standIn.publish('issues')
    await expect.poll(() => boxes().map(({ checked }) => checked)).toEqual([true, true])
  })

  test('that is done can be taken back', async () => {
    const { standIn } = await openIssue({ issueText: { ...issueText, description: '- [x] Call them' } })
    await userEvent.click(screen.getByRole('checkbox', { name: 'Call them' }))
    await screen.findByRole('dialog', { name: 'Not done: Call them' })
    await expect.poll(() => document.activeElement?.textContent).toBe('Send')
    await userEvent.keyboard('{Enter}')
    const intent = { kind: 'issue-task', ...issue, text: 'Call them', nth: 0, done: false }
    await expect.poll(() => sent(standIn)).toEqual([{ intent, stamp }])
  })
})

async function openIssue(state: Partial<StandInState> = {}, storage = memoryStorage()): Promise<OpenedWindow> {
  const opened = await openWindow({ issues: [anIssue()], ...state }, '/accounts', storage)
  await userEvent.click(await screen.findByRole('button', { name: /issues of Northwind Logistics/ }))
  if (opened.standIn.state.issues[0]?.state === 'closed') {
    await userEvent.click(await screen.findByRole('button', { name: 'Show closed ones' }))
  }
  await userEvent.click(await screen.findByRole('button', { name: /^Read Upgrade path/ }))
  await screen.findByRole('group', { name: /^Actions on/ })
  return opened
}

function sent(standIn: OpenedWindow['standIn']): unknown[] {
  return standIn.calls
    .filter((call) => call.path === 'outbox.send')
    .flatMap((call) => (call.input as { orders: unknown[] }).orders)
}
