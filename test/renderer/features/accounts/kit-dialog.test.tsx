import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { OutboxState } from '#contract/outbox.ts'
import { someAccounts } from '../../support/fixtures.ts'
import { aKit, aKitStep, aWorkProject } from '../../support/kit-fixtures.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import type { StandInState } from '../../support/stand-in-state.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1024, 640))

const allDone = () =>
  aKit({
    steps: (['label', 'subscription', 'board', 'template'] as const).map((id) => aKitStep(id, { state: 'done' })),
  })

async function openKit(changes: Partial<StandInState> = {}, account = 'Northwind Logistics'): Promise<OpenedWindow> {
  const opened = await openWindow(changes, '/accounts')
  await userEvent.click(await screen.findByRole('button', { name: `GitLab project of ${account}` }))
  await screen.findByRole('dialog', { name: `GitLab project of ${account}` })
  return opened
}

const sentBy = ({ standIn }: OpenedWindow) =>
  standIn.calls
    .filter(({ path }) => path === 'outbox.send' || path === 'accounts.change')
    .map(({ path, input }) => ({ path, input }))

const orderedKinds = (opened: OpenedWindow) =>
  sentBy(opened).flatMap(({ path, input }) =>
    path === 'outbox.send'
      ? (input as { orders: { intent: { kind: string } }[] }).orders.map(({ intent }) => intent.kind)
      : [],
  )

const looks = ({ standIn }: OpenedWindow) => standIn.calls.filter(({ path }) => path === 'accountKits.look').length

/** Lets every order stand where a test wants it, and tells the window. */
function move({ standIn }: OpenedWindow, to: OutboxState, problem: string | null = null): void {
  standIn.state.outbox = standIn.state.outbox.map((entry) => ({
    ...entry,
    state: to,
    problem,
    settledAt: to === 'verified' ? entry.createdAt + 1000 : null,
  }))
  standIn.publish('outbox')
}

test('shows each part with what making it would do and who sees it, and makes all of it with one button', async () => {
  const opened = await openKit()
  const button = await screen.findByRole('button', { name: 'Set up 4 things' })
  const parts = screen.getByRole('list', { name: 'What the project needs' })
  expect(within(parts).getAllByText('Missing')).toHaveLength(4)
  expect(await within(parts).findByText('Make the board in collab/northwind/collaboration.')).toBeTruthy()
  expect(
    within(parts).getAllByText('The customer sees this. Northwind Logistics sees it in the project.'),
  ).toHaveLength(3)
  expect(await within(parts).findByText('Hidden from the customer. Only you hear of it.')).toBeTruthy()
  expect(within(parts).getByLabelText('Text of .gitlab/issue_templates/Call.md').textContent).toBe(
    '## Who was present\n',
  )
  expect(await screen.findByText('Everything in this project can be seen by Northwind Logistics.')).toBeTruthy()
  expect(faultsOfThePage()).toEqual([])
  expect(sentBy(opened)).toEqual([])

  await userEvent.click(button)
  await expect
    .poll(() => orderedKinds(opened))
    .toEqual(['create-label', 'subscribe-label', 'create-board', 'file-change'])
  // Nothing of the account had to be stored.
  expect(sentBy(opened)).toHaveLength(1)
  expect(await within(parts).findAllByText('Waiting to be sent')).toHaveLength(4)
  expect(screen.queryByRole('button', { name: /^Set up/ })).toBeNull()
  expect(await screen.findByText(/Being made/)).toBeTruthy()

  opened.standIn.state.kits = new Map([['own', allDone()]])
  move(opened, 'verified')
  expect(await screen.findByText('The project has everything. Announce it, if you have not.')).toBeTruthy()
  expect(within(parts).getAllByText('Done')).toHaveLength(4)
  expect(screen.queryByRole('button', { name: /^Set up/ })).toBeNull()
})

test('what is left out is not made', async () => {
  const opened = await openKit()
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Board' }))
  expect(screen.queryByText('Make the board in collab/northwind/collaboration.')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Set up 3 things' }))
  await expect.poll(() => orderedKinds(opened)).toEqual(['create-label', 'subscribe-label', 'file-change'])
})

test('by keyboard alone: opened, a part left out, made with Ctrl Enter, and left with Escape', async () => {
  const opened = await openWindow({}, '/accounts')
  const opener = await screen.findByRole('button', { name: 'GitLab project of Northwind Logistics' })
  opener.focus()
  await userEvent.keyboard('{Enter}')
  const box = await screen.findByRole('checkbox', { name: 'Issue template for calls' })
  for (let presses = 0; document.activeElement !== box && presses < 30; presses += 1) await userEvent.keyboard('{Tab}')
  expect(document.activeElement).toBe(box)
  await userEvent.keyboard(' ')
  expect(await screen.findByRole('button', { name: 'Set up 3 things' })).toBeTruthy()
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await expect.poll(() => orderedKinds(opened)).toEqual(['create-label', 'subscribe-label', 'create-board'])
  // The box went; the focus is still in the dialog.
  expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true)
  await userEvent.keyboard('{Escape}')
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  expect(document.activeElement).toBe(opener)
})

test('a new label and place are stored with the account in the same confirmation, before anything is ordered', async () => {
  const accounts = someAccounts().map((account) => ({ ...account, label: null, gitlabGroup: null }))
  const label = { name: 'ASE Work - Northwind', ofAccount: false, words: 'This one follows from its name.' }
  const opened = await openKit({ accounts, kits: new Map([['own', aKit({ label })]]) })
  expect(
    await screen.findByText(
      'Stored with the account: the label ASE Work - Northwind and the place collab/northwind/collaboration.',
    ),
  ).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Set up 4 things' }))
  await expect.poll(() => sentBy(opened).map(({ path }) => path)).toEqual(['accounts.change', 'outbox.send'])
  expect(sentBy(opened)[0]?.input).toEqual({
    id: 1,
    label: 'ASE Work - Northwind',
    gitlabGroup: 'collab/northwind/collaboration',
  })
})

test('where everything is there already, a label in another casing can still be stored', async () => {
  const label = { name: 'ase work - NORTHWIND', ofAccount: false, words: 'The project writes it like this.' }
  const opened = await openKit({ kits: new Map([['own', { ...allDone(), label }]]) })
  await userEvent.click(await screen.findByRole('button', { name: 'Store with the account' }))
  await expect
    .poll(() => sentBy(opened))
    .toEqual([{ path: 'accounts.change', input: { id: 1, label: 'ase work - NORTHWIND' } }])
  await expect.poll(() => screen.queryByRole('button', { name: 'Store with the account' })).toBeNull()
})

test('an account without a place is asked for one, and one that is not there is said and asked for again', async () => {
  const accounts = someAccounts().map((account) => ({ ...account, gitlabGroup: null }))
  const nothing = aKit({ project: null, projects: [], steps: [], announcements: [] })
  const opened = await openKit({
    accounts,
    kits: new Map([
      ['own', nothing],
      ['collab/north', aKit()],
    ]),
  })
  const field = await screen.findByRole('textbox', { name: 'Group or project in GitLab' })
  await userEvent.fill(field, 'collab/nrth')
  await userEvent.keyboard('{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('GitLab does not have this.')
  expect(screen.queryByRole('button', { name: /^Set up/ })).toBeNull()
  await userEvent.fill(screen.getByRole('textbox', { name: 'Group or project in GitLab' }), 'collab/north')
  await userEvent.click(screen.getByRole('button', { name: 'Look' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Set up 4 things' }))
  await expect
    .poll(() => sentBy(opened)[0])
    .toEqual({
      path: 'accounts.change',
      input: { id: 1, gitlabGroup: 'collab/north' },
    })
})

test('a place that GitLab does not have any more is asked for anew', async () => {
  await openKit({ kits: new Map() })
  expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Group or project in GitLab' })).value).toBe(
    'collab/northwind',
  )
})

test('without a GitLab it is said where to connect one', async () => {
  const words = 'No GitLab is connected here. Connect one in Settings first.'
  await openKit({ refusing: new Map([['accountKits.look', words]]) })
  expect((await screen.findByRole('alert')).textContent).toContain(words)
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(faultsOfThePage()).toEqual([])
})

test('of several projects one is chosen, and nothing is offered before', async () => {
  const projects = [aWorkProject(), aWorkProject({ id: 72, path: 'collab/northwind/migration' })]
  const unchosen = aKit({ projects, project: null, steps: [], announcements: [] })
  const opened = await openKit({
    kits: new Map<string | number, ReturnType<typeof aKit>>([
      ['own', unchosen],
      [72, aKit({ projects, project: projects[1] ?? null })],
    ]),
  })
  expect(await screen.findByText('Choose the project that the customer shares with you.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Set up/ })).toBeNull()
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Project' }), 'collab/northwind/migration')
  expect(await screen.findByRole('button', { name: 'Set up 4 things' })).toBeTruthy()
  expect(opened.standIn.calls.findLast(({ path }) => path === 'accountKits.look')?.input).toEqual({
    accountId: 1,
    projectId: 72,
  })
})

test('what may not be made or is not known has its reason and no box', async () => {
  const words = 'As Reporter you cannot change files.'
  const steps = [
    aKitStep('label', { state: 'done' }),
    aKitStep('subscription', { state: 'waiting', words: 'It was ordered and is on its way.' }),
    aKitStep('board', { state: 'unknown', words: 'GitLab did not answer in time.' }),
    aKitStep('template', { state: 'not-permitted', words }),
  ]
  await openKit({ kits: new Map([['own', aKit({ steps })]]) })
  for (const text of ['Done', 'Ordered', 'Not known', 'Not permitted', words]) {
    expect(await screen.findByText(text)).toBeTruthy()
  }
  expect(screen.queryByRole('checkbox')).toBeNull()
  expect(screen.queryByRole('button', { name: /^Set up/ })).toBeNull()
})

test('an order that failed says why and can be tried again from here', async () => {
  const opened = await openKit()
  await userEvent.click(await screen.findByRole('button', { name: 'Set up 4 things' }))
  await screen.findByText(/Being made/)
  move(opened, 'failed', 'GitLab answered 502 three times.')
  expect(await screen.findAllByText('GitLab answered 502 three times.')).toHaveLength(4)
  expect(await screen.findByText(/Something was not made/)).toBeTruthy()
  await userEvent.click(screen.getAllByRole('button', { name: 'Try again' })[0] as HTMLElement)
  await expect.poll(() => opened.standIn.calls.filter(({ path }) => path === 'outbox.retry')).toHaveLength(1)
})

describe('announcements', () => {
  test('are to be sent by oneself, and copied', async () => {
    await openKit()
    const section = within(await screen.findByRole('region', { name: 'Announcements' }))
    expect(await section.findByText(/Understudy sends no message to anybody/)).toBeTruthy()
    expect(section.getByLabelText('the message to your contacts at Northwind Logistics').textContent).toBe(
      'Planned work in GitLab\n\nUse ASE Work - Northwind.',
    )
    expect(
      section.getByRole('button', { name: 'Copy the message to the account team of Northwind Logistics' }),
    ).toBeTruthy()
  })
})

test('looks again when told to', async () => {
  const opened = await openKit()
  await screen.findByRole('button', { name: 'Set up 4 things' })
  opened.standIn.state.kits = new Map([['own', allDone()]])
  await userEvent.click(screen.getByRole('button', { name: 'Look again' }))
  expect(await screen.findAllByText('Done')).toHaveLength(4)
  expect(looks(opened)).toBe(2)
})

test('a refused order is said in its words, and nothing is lost of the choice', async () => {
  await openKit({ refusing: new Map([['outbox.send', 'The project was moved. Look again.']]) })
  await userEvent.click(await screen.findByRole('button', { name: 'Set up 4 things' }))
  expect((await screen.findByRole('alert')).textContent).toBe('The project was moved. Look again.')
  expect(screen.getByRole('button', { name: 'Set up 4 things' }).matches(':disabled')).toBe(false)
})

test('while the service is away nothing can be ordered', async () => {
  const opened = await openKit()
  const button = await screen.findByRole('button', { name: 'Set up 4 things' })
  opened.standIn.cut()
  await expect.poll(() => button.matches(':disabled')).toBe(true)
})

test('a warning about every part stands there once, and one about a single part with it', async () => {
  const warned = (id: 'label' | 'board', warnings: string[]) => {
    const step = aKitStep(id)
    return { ...step, preview: step.preview && { ...step.preview, warnings } }
  }
  const theirs = 'This account’s proactive work is Priya Raman’s.'
  const steps = [warned('label', [theirs]), warned('board', [theirs, 'There are many boards.'])]
  await openKit({ kits: new Map([['own', aKit({ steps })]]) })
  expect(await screen.findAllByText(theirs)).toHaveLength(1)
  const parts = within(screen.getByRole('list', { name: 'What the project needs' }))
  expect(await parts.findByText('There are many boards.')).toBeTruthy()
  expect(parts.queryByText(theirs)).toBeNull()
  expect(screen.queryByText(/Not yours while covering/)).toBeNull()
})

test('while an account is covered, its project is said to be the ASE’s', async () => {
  await openKit()
  expect(await screen.findByText('Not yours while covering: proactive work stays with Priya Raman.')).toBeTruthy()
})
