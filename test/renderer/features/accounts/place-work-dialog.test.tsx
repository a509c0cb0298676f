import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { aGitlabConnection, aZendeskConnection, someConnections } from '../../support/connection-fixtures.ts'
import { aStatus } from '../../support/fixtures.ts'
import { memoryStorage } from '../../support/memory-storage.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import type { StandInState } from '../../support/stand-in-state.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const connected: Partial<StandInState> = {
  status: aStatus({ workspace: 'real' }),
  connections: someConnections({ gitlab: aGitlabConnection(), zendesk: aZendeskConnection() }),
}

describe('a problem', () => {
  test('is a ticket, says by which words and by whose rule, and opens Zendesk’s page for a new one', async () => {
    const { standIn } = await openDialog(connected)
    expect(await screen.findByText('A ticket, an issue, or Slack: the answer and its reason come here.')).toBeTruthy()
    await userEvent.keyboard('Pushes give error 500')
    const advice = await placed('A ticket in Zendesk')
    expect(advice.textContent).toContain('“error 500”: Problems of the product belong in support tickets.')
    expect(advice.textContent).toContain('Handbook, Tickets vs. issues')
    expect(screen.queryByText('Not sure')).toBeNull()
    expect(
      await screen.findByText(/In the new ticket choose somebody of Northwind Logistics as the requester/),
    ).toBeTruthy()
    expect(screen.getByLabelText('the text').textContent).toBe('Pushes give error 500')
    expect(faultsOfThePage()).toEqual([])
    await userEvent.click(screen.getByRole('button', { name: 'New ticket in Zendesk' }))
    await expect
      .poll(() => inputsOf(standIn, 'app.openExternal'))
      .toEqual([{ url: 'https://acme.zendesk.com/agent/tickets/new/1' }])
  })

  test('where no Zendesk can be opened says how', async () => {
    await openDialog()
    await userEvent.keyboard('crash')
    await placed('A ticket in Zendesk')
    expect(await screen.findByText(/Add a ticket in Zendesk, choose somebody of Northwind Logistics/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'New ticket in Zendesk' })).toBeNull()
  })
})

describe('a plan', () => {
  test('becomes an issue with its first line as the title, and what was typed goes once it is sent', async () => {
    const storage = memoryStorage()
    const { standIn } = await openDialog(connected, storage)
    await userEvent.fill(screen.getByLabelText('What is the work?'), 'Upgrade to 19.0\nIn three steps.')
    await placed('An issue or epic in GitLab, with the account’s label')
    expect(await screen.findByText(/Not yours while covering: proactive work stays with Priya Raman/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'New issue…' }))
    await screen.findByRole('dialog', { name: 'New issue of Northwind Logistics' })
    expect(screen.getByLabelText<HTMLInputElement>('Title').value).toBe('Upgrade to 19.0')
    expect(screen.getByLabelText<HTMLTextAreaElement>('Description').value).toBe('Upgrade to 19.0\nIn three steps.')
    await expect.poll(() => screen.getByRole('button', { name: 'Send' }).matches(':disabled')).toBe(false)
    screen.getByRole('region', { name: 'What is sent' }).scrollIntoView()
    await userEvent.click(screen.getByRole('button', { name: 'Send' }))
    await expect.poll(() => inputsOf(standIn, 'outbox.send').length).toBe(1)
    await expect.poll(() => screen.queryByRole('dialog', { name: /Where|New issue/ })).toBeNull()
    expect(storage.kept.size).toBe(0)
  })

  test('that was begun and left leads back to the question, and both are kept', async () => {
    await openDialog(connected)
    await userEvent.keyboard('Upgrade to 19.0')
    await placed(/issue or epic/)
    await userEvent.click(screen.getByRole('button', { name: 'New issue…' }))
    await screen.findByRole('dialog', { name: 'New issue of Northwind Logistics' })
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    expect((await screen.findByLabelText<HTMLTextAreaElement>('What is the work?')).value).toBe('Upgrade to 19.0')
    await userEvent.click(screen.getByRole('button', { name: 'Close' }))
    expect(await screen.findByRole('button', { name: 'New issue (draft)…' })).toBeTruthy()
  })

  test('cannot become an issue with a sign-in for reading, and says why', async () => {
    const gitlab = aGitlabConnection({ mode: 'read-only' })
    await openDialog({ ...connected, connections: someConnections({ gitlab }) })
    await userEvent.keyboard('Upgrade to 19.0')
    await placed(/issue or epic/)
    const dialog = within(screen.getByRole('dialog'))
    expect(dialog.getByRole('button', { name: 'New issue…' }).matches(':disabled')).toBe(true)
    expect(await dialog.findByText(/signed in to GitLab for reading only/)).toBeTruthy()
  })
})

test('what points both ways says so, and a person may start it elsewhere', async () => {
  await openDialog(connected)
  await userEvent.keyboard('The upgrade fails')
  const advice = within(await placed('A ticket in Zendesk'))
  expect(await advice.findByText('Not sure')).toBeTruthy()
  expect(await advice.findByText(/Decide by the time/)).toBeTruthy()
  await userEvent.click(advice.getByRole('button', { name: 'Start an issue' }))
  expect(advice.getByRole('button', { name: 'Start an issue' }).getAttribute('aria-pressed')).toBe('true')
  expect(screen.queryByRole('button', { name: 'New ticket in Zendesk' })).toBeNull()
  await userEvent.click(advice.getByRole('button', { name: 'Say it in Slack' }))
  expect(await screen.findByText(/Copy it into the Slack channel you share with Northwind Logistics/)).toBeTruthy()
  await userEvent.type(screen.getByLabelText('What is the work?'), ' again')
  await expect.poll(() => screen.queryByRole('button', { name: 'New ticket in Zendesk' })).toBeTruthy()
})

test('an emergency says to write what matters into the ticket at once', async () => {
  await openDialog()
  await userEvent.keyboard('They say in Slack that production is down')
  const advice = await placed('A ticket in Zendesk')
  expect(advice.textContent).toContain('Write what matters of the conversation into the emergency ticket at once.')
})

test('w asks on every screen, for any account, and so does the palette', async () => {
  const { path } = await openWindow(connected, '/coverage')
  await userEvent.keyboard('w')
  await screen.findByRole('dialog', { name: 'Where does this belong?' })
  await userEvent.keyboard('Training')
  await placed(/issue or epic/)
  expect(await screen.findByText('Choose the account first.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'New issue…' }).matches(':disabled')).toBe(true)
  await userEvent.selectOptions(screen.getByLabelText('Account'), '3')
  await userEvent.click(screen.getByRole('button', { name: 'New issue…' }))
  await screen.findByRole('dialog', { name: 'New issue of Contoso Robotics' })
  expect(screen.getByLabelText<HTMLInputElement>('Title').value).toBe('Training')
  await userEvent.keyboard('{Escape}{Escape}')
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  await userEvent.keyboard('{Control>}k{/Control}')
  await userEvent.keyboard('where{Enter}')
  expect((await screen.findByLabelText<HTMLTextAreaElement>('What is the work?')).value).toBe('Training')
  expect(path()).toContain('/coverage')
})

test('what was typed outlives the window, and answers that cannot be had are asked for again', async () => {
  const storage = memoryStorage()
  const first = await openDialog({}, storage)
  await userEvent.keyboard('Half a thought about a crash')
  await userEvent.keyboard('{Escape}')
  first.close()
  const { standIn } = await openDialog({ failing: new Set(['issues.placeWork']) }, storage)
  expect(screen.getByLabelText<HTMLTextAreaElement>('What is the work?').value).toBe('Half a thought about a crash')
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('Where it belongs could not be found out')
  standIn.state.failing.clear()
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }))
  await placed('A ticket in Zendesk')
})

test('strange words are text, and the dialog fits into the smallest window', async () => {
  await page.viewport(1024, 640)
  await openDialog(connected)
  await userEvent.fill(
    screen.getByLabelText('What is the work?'),
    `<img src=x onerror="window.pwned = 1"> ${'x'.repeat(400)}`,
  )
  await placed('A ticket in Zendesk')
  expect(document.querySelector('[role=dialog] img')).toBeNull()
  expect('pwned' in globalThis).toBe(false)
  expect(screen.getByRole('button', { name: 'New ticket in Zendesk' }).getBoundingClientRect().bottom).toBeLessThan(640)
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1024)
})

async function openDialog(state: Partial<StandInState> = {}, storage = memoryStorage()): Promise<OpenedWindow> {
  const opened = await openWindow(state, '/accounts', storage)
  await userEvent.click(await screen.findByRole('button', { name: /issues of Northwind Logistics/ }))
  await userEvent.click(await screen.findByRole('button', { name: 'Where does this belong?' }))
  await screen.findByRole('dialog', { name: 'Where does this belong?' })
  await expect.poll(() => document.activeElement).toBe(screen.getByLabelText('What is the work?'))
  return opened
}

/** The advice, once it says where it belongs. */
async function placed(where: string | RegExp): Promise<HTMLElement> {
  const region = await screen.findByRole('region', { name: 'Where it belongs' })
  await within(region).findByText(where, { selector: 'strong' })
  return region
}

function inputsOf(standIn: OpenedWindow['standIn'], path: string): unknown[] {
  return standIn.calls.filter((call) => call.path === path).map((call) => call.input)
}
