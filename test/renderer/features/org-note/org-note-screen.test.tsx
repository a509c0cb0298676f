import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { openWindow } from '../../support/open-window.tsx'
import type { StandInState } from '../../support/stand-in-state.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

async function openNote(orgNote: StandInState['orgNote'] = {}, state: Partial<StandInState> = {}) {
  const opened = await openWindow({ orgNote, ...state }, '/accounts/7/org-note')
  await screen.findByRole('heading', { name: 'Organization note of Northwind Logistics' })
  const inputs = (path: string) => opened.standIn.calls.filter((call) => call.path === path).map((call) => call.input)
  return { ...opened, inputs }
}
const now = () => within(screen.getByRole('region', { name: 'In Zendesk now' }))
const another = () => within(screen.getByRole('region', { name: 'Another note' }))
const field = () => another().getByRole<HTMLTextAreaElement>('textbox', { name: 'Text of the note' })
const sendButton = () => another().getByRole<HTMLButtonElement>('button', { name: 'Send as merge request…' })

test('the note is shown with its score, which line answers what, and what is open', async () => {
  await openNote()
  expect(now().getByText('1 of 2 answered')).toBeTruthy()
  const questions = within(now().getByRole('list', { name: 'What the note answers' })).getAllByRole('listitem')
  expect(questions.map(({ textContent }) => textContent)).toEqual([
    'Who is the ASE?Line 1',
    'What about emergencies?Open',
  ])
  expect(field().value).toBe('Dana is the ASE.\n')
  expect(sendButton().disabled).toBe(true)
  expect(faultsOfThePage()).toEqual([])
})

describe('writing another note', () => {
  test('is held against the rules while one types, and what changes is shown', async () => {
    const { inputs } = await openNote()
    await userEvent.fill(field(), 'Dana is the ASE.\nEmergencies go to the on-call engineer.')
    await expect.poll(() => another().queryByText('2 of 2 answered')).toBeTruthy()
    const diff = within(another().getByRole('group', { name: 'Lines that change' }))
    expect(diff.getByText(/Emergencies go to/).textContent).toBe('Put in: Emergencies go to the on-call engineer.')
    await expect
      .poll(() => inputs('orgNotes.saveDraft').at(-1))
      .toEqual({ accountId: 7, text: 'Dana is the ASE.\nEmergencies go to the on-call engineer.' })
    expect(faultsOfThePage()).toEqual([])
  })

  test('begins with what was written before, in this window or another one', async () => {
    await openNote({ draft: { text: 'A draft.', savedAt: 1 } })
    expect(field().value).toBe('A draft.')
    await userEvent.click(another().getByRole('button', { name: 'Back to the note in Zendesk' }))
    expect(field().value).toBe('Dana is the ASE.\n')
  })

  test('is filled from the account, with the text for an absence where one is chosen', async () => {
    const { inputs } = await openNote({ covers: [{ name: 'Tom', until: '2027-01-02' }] })
    await userEvent.selectOptions(another().getByRole('combobox', { name: 'Text for an absence' }), '0')
    await userEvent.click(another().getByRole('checkbox', { name: 'New tickets go to the ASE by themselves' }))
    await userEvent.click(another().getByRole('button', { name: 'Fill from the account' }))
    await expect.poll(() => field().value).toContain('Until 2027-01-02, Tom covers.')
    expect(another().getByText('The working hours of Dana are not known here.')).toBeTruthy()
    expect(inputs('orgNotes.compose')).toEqual([
      { accountId: 7, autoAssigned: false, cover: { name: 'Tom', until: '2027-01-02' } },
    ])
  })
})

describe('asking for it by merge request', () => {
  test('sends what was shown, and nothing before', async () => {
    const { inputs } = await openNote({ draft: { text: 'Emergencies go to the on-call engineer.', savedAt: 1 } })
    await userEvent.click(sendButton())
    const dialog = within(await screen.findByRole('dialog', { name: 'Send as merge request' }))
    expect(await dialog.findByText('organizations/northwind.yaml')).toBeTruthy()
    expect(await dialog.findByRole('region', { name: 'What is sent' })).toBeTruthy()
    expect(inputs('outbox.send')).toEqual([])
    await expect.poll(() => document.activeElement).toBe(dialog.getByRole('button', { name: 'Send' }))
    expect(faultsOfThePage()).toEqual([])
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => screen.queryByRole('dialog', { name: 'Send as merge request' })).toBeNull()
    expect(inputs('outbox.send')).toMatchObject([
      { orders: [{ intent: { kind: 'file-change', by: 'merge-request' } }] },
    ])
    expect(field().value).toBe('Emergencies go to the on-call engineer.')
  })

  test('that cannot be made says why and where to go, and what was written stays', async () => {
    await openNote({ draft: { text: 'This is refused.', savedAt: 1 } })
    await userEvent.click(sendButton())
    const dialog = within(await screen.findByRole('dialog'))
    expect((await dialog.findByRole('alert')).textContent).toContain('Name the project of organization notes')
    expect(await dialog.findByRole('link', { name: 'Settings' })).toBeTruthy()
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true)
    await userEvent.keyboard('{Escape}')
    expect(field().value).toBe('This is refused.')
  })

  test('is not offered for a restricted account', async () => {
    const removal = { text: 'x', words: 'It is over.' }
    await openNote({ restricted: true, removal, draft: { text: 'New.', savedAt: 1 } })
    expect(await screen.findByText(/is restricted: its note stays in Zendesk/)).toBeTruthy()
    expect(sendButton().disabled).toBe(true)
    expect(screen.queryByRole('button', { name: 'Take it out…' })).toBeNull()
  })

  test('takes out what held for an absence that is over', async () => {
    const { inputs } = await openNote({
      removal: { text: 'Dana is the ASE.\n', words: 'It held until a day that is past.' },
    })
    expect(await screen.findByText('It held until a day that is past.')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Take it out…' }))
    await screen.findByRole('dialog', { name: 'Take out the coverage text' })
    await expect
      .poll(() => inputs('orgNotes.previewMergeRequest'))
      .toEqual([{ accountId: 7, text: 'Dana is the ASE.\n', removal: true }])
  })
})

test.each(['light', 'dark'] as const)('everything has a place at 1024 × 640, %s', async (theme) => {
  await page.viewport(1024, 640)
  document.documentElement.dataset['theme'] = theme
  await openNote({ removal: { text: 'x', words: 'It is over.' }, draft: { text: 'New.', savedAt: 1 } })
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1024)
  expect(sendButton().getBoundingClientRect().right).toBeLessThanOrEqual(1024)
  expect(faultsOfThePage()).toEqual([])
  delete document.documentElement.dataset['theme']
})
