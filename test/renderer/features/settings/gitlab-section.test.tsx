import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import {
  aGitlabConnection,
  aGitlabSignIn,
  aZendeskConnection,
  someConnections,
  type ConnectionsState,
} from '../../support/connection-fixtures.ts'
import { aStatus, dayMs, now } from '../../support/fixtures.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const open = (changes: Partial<ConnectionsState> = {}) =>
  openWindow(
    {
      status: aStatus({ workspace: 'real' }),
      connections: someConnections({ zendesk: aZendeskConnection(), ...changes }),
    },
    '/settings/connections',
  )

const section = async () => within(await screen.findByRole('region', { name: 'GitLab' }))
const inputsOf = (standIn: OpenedWindow['standIn'], path: string) =>
  standIn.calls.filter((call) => call.path === path).map(({ input }) => input)

/** Opens the forms, by keyboard. */
async function openForms(): Promise<void> {
  const button = (await section()).getByRole('button', { name: 'Connect your GitLab' })
  button.focus()
  await userEvent.keyboard('{Enter}')
  expect(button.getAttribute('aria-expanded')).toBe('true')
}

test('without a Zendesk it says to connect that first', async () => {
  await open({ zendesk: null })
  expect((await section()).getByText(/^Connect your Zendesk first\./)).toBeTruthy()
  expect((await section()).queryByRole('button')).toBeNull()
})

describe('with no GitLab connected', () => {
  test('says what connecting does, and when to choose which of the three ways', async () => {
    await open()
    await openForms()
    const ways = within(screen.getByRole('radiogroup', { name: 'How to sign in to GitLab' })).getAllByRole('radio')
    expect(ways.map((way) => way.closest('label')?.querySelector('strong')?.textContent)).toEqual([
      'Sign in with OAuth',
      'A code you type',
      'Personal access token',
    ])
    expect(screen.getByLabelText('redirect URIs').textContent).toContain('http://127.0.0.1:47810/callback')
    expect(faultsOfThePage()).toEqual([])
  })

  test('begins an OAuth sign-in for reading only', async () => {
    const { standIn } = await open()
    await openForms()
    await userEvent.fill(screen.getByLabelText('Your company’s GitLab'), ' gitlab.example.com/dev ')
    await userEvent.click(screen.getByRole('radio', { name: 'Read only' }))
    expect(await screen.findByText('read_api')).toBeTruthy()
    await userEvent.fill(screen.getByLabelText('Application id'), 'understudy')
    await userEvent.keyboard('{Enter}')
    expect(await screen.findByText(/in your browser, and allow Understudy there\.$/)).toBeTruthy()
    expect(inputsOf(standIn, 'connections.startGitlabOauth')).toEqual([
      { url: 'gitlab.example.com/dev', clientId: 'understudy', mode: 'read-only' },
    ])
  })

  test('gets a code, shows it with its address and how long it is good, and can be cancelled', async () => {
    const { standIn } = await open()
    await openForms()
    await userEvent.click(screen.getByRole('radio', { name: /A code you type/ }))
    await userEvent.fill(screen.getByLabelText('Application id'), 'understudy')
    await userEvent.click(screen.getByRole('button', { name: 'Get a code' }))
    expect((await screen.findByLabelText('code')).textContent).toBe('WDJB-MJHT')
    expect(screen.getByLabelText('GitLab sign-in address').textContent).toBe('https://gitlab.com/oauth/device')
    expect(await screen.findByText(/^The code is good for \d/)).toBeTruthy()
    expect(faultsOfThePage()).toEqual([])
    await userEvent.click((await section()).getByRole('button', { name: 'Cancel' }))
    expect(await screen.findByRole('button', { name: 'Connect your GitLab' })).toBeTruthy()
    expect(inputsOf(standIn, 'connections.startGitlabDevice')).toEqual([
      { url: 'gitlab.com', clientId: 'understudy', mode: 'read-write' },
    ])
  })

  test('hands a token over once, and keeps it nowhere', async () => {
    const { standIn } = await open()
    await openForms()
    await userEvent.click(screen.getByRole('radio', { name: /Personal access token/ }))
    await userEvent.fill(screen.getByLabelText('Personal access token'), 'glpat-canary')
    await userEvent.click(screen.getByRole('button', { name: 'Connect GitLab' }))
    expect(await screen.findByText('Tom Okafor (@tokafor)')).toBeTruthy()
    expect(inputsOf(standIn, 'connections.connectGitlabToken')).toEqual([{ url: 'gitlab.com', token: 'glpat-canary' }])
    expect(document.documentElement.outerHTML).not.toContain('canary')
    expect(Object.values(localStorage).join('\n')).not.toContain('canary')
  })

  test('asks for what is missing, and says what to type instead of an address that cannot be used', async () => {
    const { standIn } = await open()
    await openForms()
    await userEvent.click(screen.getByRole('button', { name: 'Sign in with GitLab' }))
    expect(await screen.findByText('Enter the application id.')).toBeTruthy()
    await userEvent.fill(screen.getByLabelText('Your company’s GitLab'), 'http://gitlab.example.com')
    await userEvent.tab()
    expect(await screen.findByText('Type it with https.')).toBeTruthy()
    expect(standIn.calls.some((call) => call.path.startsWith('connections.start'))).toBe(false)
  })
})

describe('with a GitLab connected', () => {
  test('says who I am, what the sign-in may do and when it ends', async () => {
    await open({ gitlab: aGitlabConnection({ url: 'https://example.com/gitlab' }) })
    const card = await section()
    expect(await card.findByText('example.com/gitlab')).toBeTruthy()
    expect(await card.findByText('Connected')).toBeTruthy()
    expect(await card.findByText('Tom Okafor (@tokafor)')).toBeTruthy()
    expect(await card.findByText(/^Understudy reads issues, and sends a change only/)).toBeTruthy()
    expect(card.queryByText('Read only')).toBeNull()
    expect(faultsOfThePage()).toEqual([])
  })

  test('reading only is a word of its own, with what it means', async () => {
    const modeWords = 'It sends nothing to GitLab.'
    await open({ gitlab: aGitlabConnection({ mode: 'read-only', modeWords }) })
    expect((await section()).getByText('Read only')).toBeTruthy()
    expect((await section()).getByText(modeWords)).toBeTruthy()
  })

  test('a token that ends before long says so on every screen, and the forms are at hand', async () => {
    const warning = 'Your GitLab token ends in 9 days, on 30 November 2026. Make a new one.'
    await open({ gitlab: aGitlabConnection({ warning }) })
    expect((await section()).getByText(warning)).toBeTruthy()
    expect(await screen.findByText('Your GitLab token ends in 9 days, on 30 November 2026.')).toBeTruthy()
    expect(await screen.findByRole('radiogroup', { name: 'How to sign in to GitLab' })).toBeTruthy()
  })

  test('is checked again, and signed out of after a question that says what stays', async () => {
    const health = { ...aGitlabConnection().health, checkedAt: now - 3 * dayMs } as never
    const { standIn } = await open({ gitlab: aGitlabConnection({ health }) })
    await userEvent.click((await section()).getByRole('button', { name: 'Check GitLab again' }))
    await expect.poll(() => inputsOf(standIn, 'connections.checkGitlab')).toHaveLength(1)
    await userEvent.click((await section()).getByRole('button', { name: 'Sign out of GitLab…' }))
    const dialog = within(await screen.findByRole('alertdialog'))
    expect(await dialog.findByText(/Issues that were read before stay on this machine/)).toBeTruthy()
    await userEvent.click(dialog.getByRole('button', { name: 'Sign out' }))
    expect(await screen.findByRole('button', { name: 'Connect your GitLab' })).toBeTruthy()
  })

  test('a sign-in that ended offers to sign in again', async () => {
    await open({ gitlab: aGitlabConnection({ state: 'sign-in-needed', problem: 'GitLab refused the sign-in.' }) })
    expect((await section()).getByText('Sign in again')).toBeTruthy()
    expect((await section()).getByText('GitLab refused the sign-in.')).toBeTruthy()
    expect(await screen.findByRole('radiogroup', { name: 'How to sign in to GitLab' })).toBeTruthy()
  })
})

test('a sign-in that failed says why and can be tried again with what was typed', async () => {
  const gitlabSignIn = aGitlabSignIn({ state: 'failed', problem: 'GitLab was told not to let Understudy in.' })
  const { standIn } = await open({ gitlabSignIn })
  expect((await section()).getByRole('alert').textContent).toContain('GitLab was told not to let Understudy in.')
  await userEvent.click((await section()).getByRole('button', { name: 'Try again' }))
  await expect
    .poll(() => inputsOf(standIn, 'connections.startGitlabOauth'))
    .toEqual([{ url: 'https://gitlab.com', clientId: 'understudy', mode: 'read-write' }])
})
