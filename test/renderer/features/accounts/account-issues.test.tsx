import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { WriteIntent } from '#contract/outbox.ts'
import { aGitlabConnection, anEntry, someConnections } from '../../support/connection-fixtures.ts'
import { anIssue, aStatus, issueText, now } from '../../support/fixtures.ts'
import { openWindow } from '../../support/open-window.tsx'
import type { StandInState } from '../../support/stand-in-state.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const upgrade = 'Upgrade path from 17.11 to 18.6 with zero downtime'
const description = 'Upgrade in three steps.\n- [ ] Back up Gitaly'

async function openIssues(state: Partial<StandInState> = {}, name = /issues of Northwind Logistics/) {
  const opened = await openWindow({ issueText: { ...issueText, description }, ...state }, '/accounts')
  await userEvent.click(await screen.findByRole('button', { name }))
  return opened
}

async function readUpgrade() {
  await userEvent.click(await screen.findByRole('button', { name: `Read ${upgrade}` }))
  return within(await screen.findByRole('group', { name: `Actions on ${upgrade}` }))
}

const isDisabled = (button: HTMLElement) => button.matches(':disabled')

describe('issues of a covered account', () => {
  test('are not mine, say so, and can be read and changed all the same', async () => {
    await openIssues()
    expect(await screen.findByText(/Not yours while covering: proactive issues stay with Priya Raman/)).toBeTruthy()
    const actions = await readUpgrade()
    expect(actions.getAllByRole('button').map((button) => [button.textContent, isDisabled(button)])).toEqual([
      ['Comment…', false],
      ['Labels…', false],
      ['Close…', false],
      ['Open in GitLab', false],
    ])
    expect(faultsOfThePage()).toEqual([])
  })
})

describe('what cannot be changed', () => {
  const real = { status: aStatus({ workspace: 'real' }) }

  test('with a sign-in for reading is disabled with the reason, and everything stays readable', async () => {
    const gitlab = aGitlabConnection({ mode: 'read-only' })
    await openIssues({ ...real, connections: someConnections({ gitlab }) })
    expect(await screen.findByText(/You are signed in to GitLab for reading only/)).toBeTruthy()
    const actions = await readUpgrade()
    expect(actions.getAllByRole('button').map((button) => [button.textContent, isDisabled(button)])).toEqual([
      ['Comment…', true],
      ['Labels…', true],
      ['Close…', true],
      ['Open in GitLab', false],
    ])
    expect(actions.getByRole('button', { name: 'Comment…' }).title).toMatch(/for reading only/)
    expect(isDisabled(screen.getByRole('checkbox', { name: 'Back up Gitaly' }))).toBe(true)
    expect(isDisabled(screen.getByRole('button', { name: 'New issue…' }))).toBe(true)
  })

  test('without a GitLab says where one is connected', async () => {
    await openIssues({ ...real, connections: someConnections() })
    expect(await screen.findByText(/No GitLab is connected/)).toBeTruthy()
    expect(isDisabled(screen.getByRole('button', { name: 'New issue…' }))).toBe(true)
  })

  test('of an epic is nothing: it is changed in GitLab', async () => {
    await openIssues({ issues: [anIssue({ kind: 'epic', title: upgrade })] })
    const actions = await readUpgrade()
    expect(actions.getAllByRole('button').map((button) => button.textContent)).toEqual(['Open in GitLab'])
    expect(await screen.findByText('An epic is read here and changed in GitLab.')).toBeTruthy()
    expect(isDisabled(screen.getByRole('checkbox', { name: 'Back up Gitaly' }))).toBe(true)
  })

  test('without a connection to Understudy cannot be begun', async () => {
    const { standIn } = await openIssues()
    const actions = await readUpgrade()
    standIn.cut()
    await expect.poll(() => isDisabled(actions.getByRole('button', { name: 'Comment…' }))).toBe(true)
  })
})

describe('closed issues', () => {
  const issues = [
    anIssue({ iid: 5, title: 'Old upgrade', state: 'closed' }),
    anIssue({
      iid: 6,
      title: 'Elsewhere',
      fate: 'moved',
      movedTo: { reference: 'collab/new#1', url: 'https://gitlab.example.com/x' },
    }),
  ]

  test('are shown when asked for, say why they are in the list no more, and only those that are there can be changed', async () => {
    await openIssues({ issues })
    expect(await screen.findByText('No open issue or epic has the label ASE Work - Northwind.')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Show closed ones' }))
    expect((await screen.findByText('Closed')).closest('li')?.textContent).toContain('Old upgrade')
    expect(await screen.findByText('Moved to collab/new#1')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Read Elsewhere' }))
    const moved = await screen.findByRole('group', { name: 'Actions on Elsewhere' })
    expect(moved.textContent).toBe('Open in GitLab')
    await userEvent.click(screen.getByRole('button', { name: 'Read Old upgrade' }))
    expect(await screen.findByRole('button', { name: 'Open again…' })).toBeTruthy()
  })
})

describe('changes', () => {
  const comment: WriteIntent = { kind: 'issue-comment', projectId: 8, iid: 12, body: 'Words', internal: false }
  const entry = (id: number, intent: WriteIntent, words: string) => anEntry({ id, intent, words })

  test('to an issue stand beside it while they are not settled, those to others do not', async () => {
    await openIssues({
      outbox: [
        entry(1, comment, 'to this one'),
        entry(2, { ...comment, iid: 99 }, 'to another'),
        entry(3, { ...comment, projectId: 9 }, 'to one of the same number elsewhere'),
        anEntry({ id: 4, intent: comment, words: 'long settled', state: 'verified', settledAt: now - 3_600_000 }),
        anEntry({ id: 5, words: 'to a ticket' }),
      ],
    })
    const changes = await screen.findByRole('region', { name: `Changes to ${upgrade}` })
    expect(within(changes).getAllByRole('listitem').length).toBe(1)
    expect(await within(changes).findByText('to this one')).toBeTruthy()
    expect(screen.getAllByRole('region', { name: /^Changes to/ }).length).toBe(1)
  })

  test('that open an issue of the account stand above its issues', async () => {
    const create = { title: 'T', description: '', assigneeIds: [], confidential: false, dueDate: null }
    await openIssues({
      outbox: [
        entry(1, { kind: 'create-issue', projectId: 8, labels: [], ...create }, 'in a project of its issues'),
        entry(
          2,
          { kind: 'create-issue', projectId: 70, labels: ['ase work - northwind'], ...create },
          'with its label',
        ),
        entry(3, { kind: 'create-issue', projectId: 70, labels: ['ASE Work - Fabrikam'], ...create }, 'of another'),
      ],
    })
    const changes = await screen.findByRole('region', { name: 'Changes to the issues of Northwind Logistics' })
    expect(within(changes).getAllByText('T', { selector: 'strong' }).length).toBe(2)
    expect(
      within(changes)
        .getAllByRole('listitem')
        .map((item) => /in a project|with its/.exec(item.textContent)?.[0]),
    ).toEqual(['with its', 'in a project'])
  })

  test('that cannot be read are said once, however many issues there are', async () => {
    await openIssues({ failing: new Set(['outbox.list']) })
    await screen.findByText(upgrade)
    await screen.findAllByRole('alert')
    expect(screen.getAllByRole('alert').length).toBe(1)
  })
})

test('an account without an open issue is where a new one is begun', async () => {
  await openIssues({}, /Show 0 issues of Fabrikam Health/)
  expect(await screen.findByText('No open issue or epic has the label ASE Work - Fabrikam.')).toBeTruthy()
  expect(isDisabled(screen.getByRole('button', { name: 'New issue…' }))).toBe(false)
})

test('issues that cannot be read say so and are asked for again', async () => {
  const { standIn } = await openIssues({ failing: new Set(['issues.list']) })
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('The issues could not be read')
  standIn.state.failing.clear()
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText(upgrade)).toBeTruthy()
})
