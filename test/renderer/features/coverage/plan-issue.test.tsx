import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { PlanIssue } from '#contract/plans.ts'
import { now } from '../../support/fixtures.ts'
import { openWindow } from '../../support/open-window.tsx'
import { aPlan, aPlanIssue } from '../../support/plan-fixtures.ts'
import type { StandInState } from '../../support/stand-in-state.ts'
import { settingsSchema } from '#contract/settings.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const withProject = { settings: settingsSchema.parse({ coverageProject: 'support/coverage' }) }

async function openPlan(standing: Partial<PlanIssue> | undefined, state: Partial<StandInState> = {}) {
  const planIssues = new Map(standing ? [['p-marta', standing]] : [])
  const opened = await openWindow({ plans: [aPlan()], planIssues, ...state }, '/coverage/plans/p-marta')
  await screen.findByRole('region', { name: 'Absence' })
  const inputs = (path: string) => opened.standIn.calls.filter((call) => call.path === path).map((call) => call.input)
  return { ...opened, inputs }
}
const region = async () => within(await screen.findByRole('region', { name: 'GitLab issue' }))

describe('a plan that is in no issue', () => {
  test('says nothing of GitLab', async () => {
    const { inputs } = await openPlan(undefined)
    await expect.poll(() => inputs('plans.issue')).toHaveLength(1)
    expect(screen.queryByRole('region', { name: 'GitLab issue' })).toBeNull()
  })

  test('is handed over as one after what will stand there was shown', async () => {
    const { inputs } = await openPlan(undefined, withProject)
    await userEvent.click(await screen.findByRole('button', { name: 'Hand over…' }))
    await userEvent.click(await screen.findByRole('button', { name: 'As a GitLab issue…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Open a coverage issue' }))
    expect((await dialog.findByLabelText('text of the issue')).textContent).toBe('# Coverage\n\nplan p-marta')
    expect(await dialog.findByText('Coverage for Marta')).toBeTruthy()
    expect(await dialog.findByRole('region', { name: 'What is sent' })).toBeTruthy()
    expect(inputs('outbox.send')).toEqual([])
    await expect.poll(() => document.activeElement).toBe(dialog.getByRole('button', { name: 'Send' }))
    expect(faultsOfThePage()).toEqual([])
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => screen.queryByRole('dialog', { name: 'Open a coverage issue' })).toBeNull()
    expect(inputs('outbox.send')).toMatchObject([
      { orders: [{ intent: { kind: 'create-issue', projectId: 7, confidential: true } }] },
    ])
  })

  test('says where to name a project when none is named', async () => {
    await openPlan(undefined)
    await userEvent.click(await screen.findByRole('button', { name: 'Hand over…' }))
    await userEvent.click(await screen.findByRole('button', { name: 'As a GitLab issue…' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect((await dialog.findByRole('alert')).textContent).toContain('Name the project')
    expect(await dialog.findByRole('link', { name: 'Settings' })).toBeTruthy()
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true)
  })

  test('is not sent where customers see it', async () => {
    const refusal = 'Everything in this project can be seen by Northwind. A coverage plan is for colleagues.'
    await openPlan(undefined, { ...withProject, preview: { refusal } })
    await userEvent.click(await screen.findByRole('button', { name: 'Hand over…' }))
    await userEvent.click(await screen.findByRole('button', { name: 'As a GitLab issue…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Open a coverage issue' }))
    expect((await dialog.findByRole('alert')).textContent).toContain(refusal)
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true)
  })
})

describe('a plan that is in an issue', () => {
  test('shows which, how it stands, and what was taken in by itself', async () => {
    const changes = ['Fabrikam Health: Ines Duarte accepted.']
    await openPlan({ issue: aPlanIssue(), takenIn: { at: now - 60_000, changes } })
    const issue = await region()
    expect(await issue.findByRole('button', { name: 'support/coverage#12' })).toBeTruthy()
    expect(await issue.findByText('Open')).toBeTruthy()
    expect(await issue.findByText('Read 5 min ago')).toBeTruthy()
    expect(await issue.findByText(/^Taken in from GitLab, .*: Fabrikam Health: Ines Duarte accepted\.$/)).toBeTruthy()
    expect(issue.queryByRole('button', { name: 'Send to GitLab…' })).toBeNull()
    expect(faultsOfThePage()).toEqual([])
  })

  test('that says more here is sent, with what the issue says and is not here yet', async () => {
    const waiting = { changes: ['Fabrikam Health: Ines Duarte declined.'], conflicts: [] }
    const { inputs } = await openPlan({ issue: aPlanIssue(), toSend: true, waiting })
    await userEvent.click((await region()).getByRole('button', { name: 'Send to GitLab…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Send the plan to its issue' }))
    expect(await dialog.findByText('The issue says this, which is not here yet')).toBeTruthy()
    expect(await dialog.findByText('Fabrikam Health: Ines Duarte declined.')).toBeTruthy()
    await userEvent.click(dialog.getByRole('button', { name: 'Send' }))
    await expect
      .poll(() => inputs('outbox.send'))
      .toMatchObject([{ orders: [{ intent: { kind: 'issue-text', projectId: 7, iid: 12 } }] }])
  })

  test('shows what waits for a person, who takes it in after looking', async () => {
    const waiting = { changes: ['Tom Okafor is asked for Contoso.'], conflicts: [] }
    const { inputs } = await openPlan({ issue: aPlanIssue(), waiting })
    expect((await region()).getByText('Tom Okafor is asked for Contoso.')).toBeTruthy()
    await userEvent.click((await region()).getByRole('button', { name: 'Look and take in…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Take in support/coverage#12' }))
    await userEvent.click(await dialog.findByRole('button', { name: 'Take it in' }))
    await expect
      .poll(() => inputs('plans.fetch'))
      .toEqual([
        { planId: 'p-marta', apply: false },
        { planId: 'p-marta', apply: true },
      ])
  })

  test('in which nothing is new says so when it is fetched', async () => {
    await openPlan({ issue: aPlanIssue(), waiting: { changes: [], conflicts: [] } })
    await userEvent.click((await region()).getByRole('button', { name: 'Look and take in…' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(await dialog.findByText('Nothing is new in it')).toBeTruthy()
    expect(dialog.queryByRole('button', { name: 'Take it in' })).toBeNull()
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  })

  test('that GitLab does not show any more keeps the plan, and offers another issue', async () => {
    const problem = 'GitLab does not show support/coverage#12: it is gone, or you may not see it.'
    const { inputs } = await openPlan({ issue: aPlanIssue({ problem }) }, withProject)
    expect((await region()).getByText(problem)).toBeTruthy()
    await userEvent.click((await region()).getByRole('button', { name: 'Open another issue…' }))
    await screen.findByRole('dialog', { name: 'Open a coverage issue' })
    expect(inputs('plans.previewIssue')).toEqual([{ planId: 'p-marta', another: true }])
  })

  test.each([
    ['queued', 'The plan is being sent: see Changes.'],
    ['conflict', 'The plan was not sent. The issue changed meanwhile. Give it up or try again under Changes.'],
  ] as const)('says where a sending that is %s stands', async (state, words) => {
    await openPlan({ issue: aPlanIssue(), toSend: true, order: { id: 3, state, problem: null } })
    const link = (await region()).getByRole('link', { name: 'Changes' })
    expect(link.closest('p')?.textContent).toBe(words)
    expect((await region()).queryByRole('button', { name: 'Send to GitLab…' })).toBeNull()
  })

  test('is deleted without closing the issue, which is offered first', async () => {
    const { inputs, path } = await openPlan({ issue: aPlanIssue() })
    await region()
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Delete the plan' }))
    await userEvent.click(dialog.getByRole('button', { name: 'Close the issue first…' }))
    const closing = within(await screen.findByRole('dialog', { name: 'Close support/coverage#12' }))
    await userEvent.click(await closing.findByRole('button', { name: 'Send' }))
    await expect
      .poll(() => inputs('outbox.send'))
      .toMatchObject([{ orders: [{ intent: { kind: 'issue-state', projectId: 7, iid: 12, state: 'closed' } }] }])
    expect(inputs('plans.remove')).toEqual([])
    await userEvent.click(await screen.findByRole('button', { name: 'Delete here only' }))
    await expect.poll(path).toBe('/coverage')
  })

  test('is deleted, and what tells others so is shown before it is sent', async () => {
    const { inputs, path, standIn } = await openPlan({ issue: aPlanIssue() })
    await region()
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Delete and say so…' }))
    standIn.publish('coverage', ['p-marta'])
    const dialog = within(await screen.findByRole('dialog', { name: 'Send the plan to its issue' }))
    expect(inputs('plans.remove')).toEqual([{ planId: 'p-marta' }])
    expect(inputs('outbox.send')).toEqual([])
    await userEvent.click(await dialog.findByRole('button', { name: 'Send' }))
    await expect.poll(path).toBe('/coverage')
    expect(inputs('outbox.send')).toMatchObject([{ orders: [{ intent: { kind: 'issue-text', iid: 12 } }] }])
    expect(await screen.findByRole('button', { name: 'Undo' })).toBeTruthy()
  })
})

test('the address of an issue is taken in like a text', async () => {
  const { standIn, path } = await openWindow({}, '/coverage')
  await screen.findByRole('grid')
  await userEvent.keyboard('i')
  const dialog = within(await screen.findByRole('dialog', { name: 'Take in a plan' }))
  const reference = 'https://gitlab.example.com/support/coverage/-/issues/12'
  await userEvent.fill(dialog.getByLabelText('The plan'), reference)
  await userEvent.click(dialog.getByRole('button', { name: 'Show what changes' }))
  await userEvent.click(await dialog.findByRole('button', { name: 'Take it in' }))
  await expect.poll(path).toBe('/coverage/plans/p-marta')
  expect(standIn.calls.filter((call) => /plans\.(fetch|import)/.test(call.path)).map(({ input }) => input)).toEqual([
    { reference, apply: false },
    { reference, apply: true },
  ])
})
