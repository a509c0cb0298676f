import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { aGitlabConnection, someConnections } from '../../support/connection-fixtures.ts'
import { aStatus, anIssue, hourMs, now } from '../../support/fixtures.ts'
import { aWorkProject } from '../../support/kit-fixtures.ts'
import { memoryStorage } from '../../support/memory-storage.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import type { StandInState } from '../../support/stand-in-state.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const stamp = now - 3 * hourMs
const connected: Partial<StandInState> = {
  status: aStatus({ workspace: 'real' }),
  connections: someConnections({ gitlab: aGitlabConnection() }),
}
const plain = {
  kind: 'create-issue',
  projectId: 71,
  title: 'Geo rehearsal',
  description: '',
  labels: ['ASE Work - Northwind'],
  assigneeIds: [],
  confidential: false,
  dueDate: null,
}

test('a title is enough: the label of the account and its only project are there already', async () => {
  const { standIn } = await openDialog()
  expect(await screen.findByText(/Give it a title; what is sent and who sees it/)).toBeTruthy()
  await userEvent.keyboard('  Geo rehearsal ')
  expect((await screen.findByLabelText<HTMLSelectElement>('Project')).selectedOptions[0]?.text).toBe(
    'collab/northwind/collaboration',
  )
  expect(await screen.findByText('Everything in this project can be seen by Northwind Logistics.')).toBeTruthy()
  expect(faultsOfThePage()).toEqual([])
  await send()
  await expect.poll(() => sent(standIn)).toEqual([{ intent: plain, stamp }])
  expect(await screen.findByRole('region', { name: 'Changes to the issues of Northwind Logistics' })).toBeTruthy()
})

test('everything that can be said of it goes out as it was entered', async () => {
  const { standIn } = await openDialog(connected)
  await userEvent.keyboard('Geo rehearsal')
  await userEvent.fill(screen.getByLabelText('Description'), 'Steps:\n- [ ] Book a day')
  await userEvent.fill(screen.getByLabelText('Labels'), 'ASE Work - Northwind, geo,geo,')
  await userEvent.fill(screen.getByLabelText('Due'), '2026-12-04')
  await userEvent.click(screen.getByRole('checkbox', { name: 'Assign it to me (Tom Okafor)' }))
  await userEvent.click(screen.getByRole('checkbox', { name: 'Confidential' }))
  await send()
  await expect
    .poll(() => sent(standIn))
    .toEqual([
      {
        intent: {
          ...plain,
          description: 'Steps:\n- [ ] Book a day',
          labels: ['ASE Work - Northwind', 'geo'],
          assigneeIds: [77],
          confidential: true,
          dueDate: '2026-12-04',
        },
        stamp,
      },
    ])
})

test('of several projects the account’s own is chosen, and one where nothing may be written cannot be', async () => {
  const own = aWorkProject({ id: 5, path: 'Collab/Northwind', customerSees: { visible: true, words: 'Seen by them.' } })
  const barred = aWorkProject({ id: 6, path: 'collab/locked', mayWrite: false })
  const internal = aWorkProject({
    id: 7,
    path: 'support/plans',
    customerSees: { visible: false, words: 'Colleagues.' },
  })
  const { standIn } = await openDialog({ projects: [barred, own, internal] })
  const field = await screen.findByLabelText<HTMLSelectElement>('Project')
  expect([...field.options].map(({ text, disabled, selected }) => [text, disabled, selected])).toEqual([
    ['Choose', true, false],
    ['collab/locked (you may not write there)', true, false],
    ['Collab/Northwind', false, true],
    ['support/plans', false, false],
  ])
  expect(await screen.findByText('Seen by them.')).toBeTruthy()
  await userEvent.selectOptions(field, '7')
  expect(await screen.findByText('Colleagues.')).toBeTruthy()
  await userEvent.fill(screen.getByLabelText('Title'), 'Geo rehearsal')
  await send()
  await expect.poll(() => sent(standIn)).toEqual([{ intent: { ...plain, projectId: 7 }, stamp }])
})

test('of several projects the one that most of the open issues lie in is chosen', async () => {
  await openDialog({
    projects: [aWorkProject({ id: 5, path: 'a/b' }), aWorkProject({ id: 8, path: 'a/c' })],
    issues: [anIssue({ kind: 'epic', projectId: 5, iid: 1 }), anIssue({ projectId: 8 })],
  })
  await expect.poll(() => screen.queryByLabelText<HTMLSelectElement>('Project')?.value).toBe('8')
})

test('of several projects none of which is the account’s a person chooses', async () => {
  await openDialog({ projects: [aWorkProject({ id: 5, path: 'a/b' }), aWorkProject({ id: 6, path: 'a/c' })] })
  await userEvent.keyboard('Geo rehearsal')
  expect(await screen.findByText(/Choose the project; what is sent/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Send' }).matches(':disabled')).toBe(true)
})

test('without a project says what to do, and one that cannot be asked for is asked for again', async () => {
  const first = await openDialog({ projects: [] })
  expect(await screen.findByText(/GitLab shows no project of Northwind Logistics to you\. Check whether/)).toBeTruthy()
  first.close()
  const { standIn } = await openDialog({ refusing: new Map([['issues.projects', 'GitLab cannot be reached.']]) })
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('GitLab cannot be reached.')
  standIn.state.refusing.clear()
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }))
  expect(await screen.findByLabelText('Project')).toBeTruthy()
})

test('labels that GitLab would not take are said here', async () => {
  const { standIn } = await openDialog()
  await userEvent.keyboard('Geo rehearsal')
  await userEvent.fill(screen.getByLabelText('Labels'), 'x'.repeat(256))
  expect(await screen.findByText('A label has at most 255 letters.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Send' }).matches(':disabled')).toBe(true)
  expect(sent(standIn)).toEqual([])
})

test('is kept as a draft over the end of the window, by account, until it is sent', async () => {
  const storage = memoryStorage()
  const first = await openDialog(connected, storage)
  await userEvent.keyboard('Geo rehearsal')
  await userEvent.fill(screen.getByLabelText('Due'), '2026-12-04')
  await userEvent.keyboard('{Escape}')
  expect(await screen.findByRole('button', { name: 'New issue (draft)…' })).toBeTruthy()
  first.close()
  await openDialog(connected, storage)
  expect(screen.getByLabelText<HTMLInputElement>('Title').value).toBe('Geo rehearsal')
  expect(screen.getByLabelText<HTMLInputElement>('Due').value).toBe('2026-12-04')
  await send()
  expect(await screen.findByRole('button', { name: 'New issue…' })).toBeTruthy()
  expect(storage.kept.size).toBe(0)
})

test('that was refused is still there', async () => {
  await openDialog({ refusing: new Map([['outbox.send', 'Not now.']]) })
  await userEvent.keyboard('Geo rehearsal')
  await send()
  expect(await screen.findByText('Not now.')).toBeTruthy()
  expect(screen.getByLabelText<HTMLInputElement>('Title').value).toBe('Geo rehearsal')
})

test('in the smallest window nothing is sent before it was in sight', async () => {
  await page.viewport(1024, 640)
  const words = 'Only colleagues see this very project.'
  const { standIn } = await openDialog({ preview: { customerSees: { visible: false, words } } })
  await userEvent.keyboard('Geo rehearsal')
  const line = await screen.findByText(new RegExp(words))
  await expect.poll(() => screen.getByRole('button', { name: 'Send' }).matches(':disabled')).toBe(false)
  const foot = screen.getByRole('button', { name: 'Send' }).getBoundingClientRect().top
  expect(line.getBoundingClientRect().top).toBeGreaterThan(foot)
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await expect.poll(() => line.getBoundingClientRect().bottom).toBeLessThanOrEqual(foot)
  expect(sent(standIn)).toEqual([])
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await expect.poll(() => sent(standIn).length).toBe(1)
})

async function openDialog(state: Partial<StandInState> = {}, storage = memoryStorage()): Promise<OpenedWindow> {
  const opened = await openWindow(state, '/accounts', storage)
  await userEvent.click(await screen.findByRole('button', { name: /issues of Northwind Logistics/ }))
  await userEvent.click(await screen.findByRole('button', { name: /^New issue/ }))
  await screen.findByRole('dialog', { name: 'New issue of Northwind Logistics' })
  await expect.poll(() => document.activeElement).toBe(screen.getByLabelText('Title'))
  return opened
}

/** Sends what is shown; asked twice where the first time only brought it into sight. */
async function send(): Promise<void> {
  const button = screen.getByRole('button', { name: 'Send' })
  await expect.poll(() => button.matches(':disabled')).toBe(false)
  screen.getByRole('region', { name: 'What is sent' }).scrollIntoView()
  await userEvent.click(button)
}

function sent(standIn: OpenedWindow['standIn']): unknown[] {
  return standIn.calls
    .filter((call) => call.path === 'outbox.send')
    .flatMap((call) => (call.input as { orders: unknown[] }).orders)
}
