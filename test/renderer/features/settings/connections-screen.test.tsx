import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { aMeter, aProbe, aSignIn, aZendeskConnection, someConnections } from '../../support/connection-fixtures.ts'
import { aStatus, now } from '../../support/fixtures.ts'
import { memoryStorage } from '../../support/memory-storage.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import { hostMappedWords } from '../../support/stand-in-connections.ts'
import type { StandInState } from '../../support/stand-in-state.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const screenPath = '/settings/connections'
const addressName = 'Your company’s Zendesk'

describe('with nothing connected', () => {
  test('says what connecting does, and when to choose which of the three ways', async () => {
    await openWindow({}, screenPath)
    expect(await screen.findByText(/It changes a ticket only when you press Send/)).toBeTruthy()
    const ways = within(screen.getByRole('radiogroup', { name: 'How to sign in' })).getAllByRole('radio')
    expect(ways.map((way) => way.closest('label')?.querySelector('strong')?.textContent)).toEqual([
      'Sign in with OAuth',
      'API token you already have',
      'Your company’s own sign-in page',
    ])
    expect(await screen.findByText(/once a Zendesk admin of your company has registered Understudy/)).toBeTruthy()
    expect(faultsOfThePage()).toEqual([])
  })

  test('gives the exact redirect URLs for the admin, and copies them', async () => {
    await openWindow({}, screenPath)
    expect((await screen.findByLabelText('redirect URLs')).textContent).toBe(
      'http://127.0.0.1:47810/callback\nhttp://127.0.0.1:47811/callback\nhttp://127.0.0.1:47812/callback',
    )
    await userEvent.click(screen.getByRole('button', { name: 'Copy redirect URLs' }))
    expect(await screen.findByText(/^(Copied|Selected)/)).toBeTruthy()
  })

  test('begins an OAuth sign-in with the address as it was typed', async () => {
    const { standIn } = await openWindow({}, screenPath)
    await userEvent.fill(await screen.findByLabelText(addressName), ' acme ')
    await userEvent.fill(screen.getByLabelText('Client id'), 'understudy')
    await userEvent.keyboard('{Enter}')
    expect(
      await screen.findByText('Sign in to acme.zendesk.com in your browser, and allow Understudy there.'),
    ).toBeTruthy()
    expect(inputsOf(standIn, 'connections.startZendeskOauth')).toEqual([{ url: 'acme', clientId: 'understudy' }])
  })

  test('warns of a host name that is not Zendesk’s own before a sign-in is sent there, and while it waits', async () => {
    const { standIn } = await openWindow({}, screenPath)
    await userEvent.fill(await screen.findByLabelText(addressName), 'support.acme.com')
    expect(screen.queryByText(hostMappedWords)).toBeNull()
    await userEvent.fill(screen.getByLabelText('Client id'), 'understudy')
    expect(await screen.findByText(hostMappedWords)).toBeTruthy()
    expect(standIn.calls.some((call) => call.path.startsWith('connections.start'))).toBe(false)
    await userEvent.click(screen.getByRole('button', { name: 'Sign in with Zendesk' }))
    expect(await screen.findByText(/^Sign in to support.acme.com in your browser/)).toBeTruthy()
    expect(await screen.findByText(hostMappedWords)).toBeTruthy()
    expect(faultsOfThePage()).toEqual([])
  })

  test('says what to type instead of an address that cannot be used', async () => {
    await openWindow({}, screenPath)
    await userEvent.fill(await screen.findByLabelText(addressName), 'http://acme.zendesk.com')
    await userEvent.tab()
    expect(await screen.findByText('Type it with https.')).toBeTruthy()
    expect(screen.getByLabelText(addressName).getAttribute('aria-invalid')).toBe('true')
    await userEvent.fill(screen.getByLabelText(addressName), 'https://acme.zendesk.com')
    await userEvent.tab()
    await expect.poll(() => screen.queryByText('Type it with https.')).toBeNull()
  })

  test('asks for what is missing before anything is sent', async () => {
    const { standIn } = await openWindow({}, screenPath)
    await userEvent.click(await screen.findByRole('button', { name: 'Sign in with Zendesk' }))
    expect(await screen.findByText('Enter the address of your company’s Zendesk.')).toBeTruthy()
    await userEvent.fill(screen.getByLabelText(addressName), 'acme')
    await userEvent.click(screen.getByRole('button', { name: 'Sign in with Zendesk' }))
    expect(await screen.findByText('Enter the client id; your Zendesk admin has it.')).toBeTruthy()
    expect(screen.getByLabelText('Client id').getAttribute('aria-invalid')).toBe('true')
    expect(standIn.calls.some((call) => call.path.startsWith('connections.start'))).toBe(false)
  })

  test('the company’s own page can only be chosen where the app has a window for it', async () => {
    await openWindow({ connections: someConnections({ canUseSession: false }) }, screenPath)
    const way = await screen.findByRole<HTMLInputElement>('radio', { name: /own sign-in page/ })
    expect(way.disabled).toBe(true)
    expect(await screen.findByText(/Only in the desktop app/)).toBeTruthy()
  })

  test('the company’s own page opens from the desktop app', async () => {
    const { standIn } = await openWindow({}, screenPath)
    await userEvent.click(await screen.findByRole('radio', { name: /own sign-in page/ }))
    await userEvent.fill(screen.getByLabelText(addressName), 'https://acme.zendesk.com')
    await userEvent.click(screen.getByRole('button', { name: 'Open the sign-in page' }))
    expect(await screen.findByText(/A window with the sign-in page of acme.zendesk.com is open/)).toBeTruthy()
    expect(screen.queryByText(/Copy this address/)).toBeNull()
    expect(inputsOf(standIn, 'connections.startZendeskSession')).toEqual([{ url: 'https://acme.zendesk.com' }])
  })

  test.each([
    [{ persistent: true, protected: true }, 'encrypted by this system’s keychain'],
    [{ persistent: false, protected: true }, 'kept in memory only'],
    [{ persistent: true, protected: false }, 'It is not encrypted'],
  ])('a vault that is %o is said in plain words', async (vault, words) => {
    await openWindow({ connections: someConnections({ vault: { kind: 'that place', ...vault } }) }, screenPath)
    const secrets = await screen.findByRole('region', { name: 'Secrets' })
    expect(secrets.textContent).toContain(words)
    expect(secrets.textContent).toContain('(that place)')
  })

  test('connections that cannot be read say so', async () => {
    await openWindow({ failing: new Set(['connections.get']) }, screenPath)
    expect((await screen.findByRole('alert')).textContent).toContain('The connections could not be read')
  })
})

describe('an API token', () => {
  test('connects, and goes nowhere but to the service', async () => {
    const storage = memoryStorage()
    const { standIn, appWindow } = await openWindow({}, screenPath, storage)
    await fillToken('canary-token-31')
    expect(screen.getByLabelText<HTMLInputElement>('API token').type).toBe('password')
    expect(screen.getByLabelText('API token').getAttribute('autocomplete')).toBe('off')
    await userEvent.click(screen.getByRole('button', { name: 'Connect' }))
    expect(await screen.findByText('API token of tom@acme.com')).toBeTruthy()
    expect(inputsOf(standIn, 'connections.connectZendesk')).toEqual([
      { url: 'acme', email: 'tom@acme.com', token: 'canary-token-31' },
    ])
    const mutations = appWindow.queryClient.getMutationCache().getAll()
    expect(JSON.stringify(mutations.map(({ state }) => state))).not.toContain('canary')
    expect(JSON.stringify([...storage.kept])).not.toContain('canary')
    expect(JSON.stringify([...storage.kept])).toContain('tom@acme.com')
    expect(document.body.innerHTML).not.toContain('canary')
  })

  test('that is refused is gone from its field, and the words of the service stand below', async () => {
    const words = 'Zendesk does not accept this token for tom@acme.com.'
    await openWindow({ refusing: new Map([['connections.connectZendesk', words]]) }, screenPath)
    await fillToken('canary-token-31')
    await userEvent.keyboard('{Enter}')
    expect((await screen.findByRole('alert')).textContent).toBe(words)
    expect(screen.getByLabelText<HTMLInputElement>('API token').value).toBe('')
    expect(screen.getByLabelText<HTMLInputElement>(addressName).value).toBe('acme')
  })

  test('is asked for with what will become of tokens', async () => {
    const { standIn } = await openWindow({}, screenPath)
    await userEvent.click(await screen.findByRole('radio', { name: /API token you already have/ }))
    expect(await screen.findByText(/nobody used for 30 days.*stop on 30 April 2027/)).toBeTruthy()
    await userEvent.fill(screen.getByLabelText(addressName), 'acme')
    await userEvent.fill(screen.getByLabelText(/^E-mail/), 'tom at acme')
    await userEvent.keyboard('{Enter}')
    expect(await screen.findByText('Enter the e-mail address of your agent in Zendesk.')).toBeTruthy()
    await userEvent.fill(screen.getByLabelText(/^E-mail/), 'tom@acme.com')
    await userEvent.keyboard('{Enter}')
    expect(await screen.findByText('Enter the token.')).toBeTruthy()
    expect(inputsOf(standIn, 'connections.connectZendesk')).toEqual([])
  })

  async function fillToken(token: string): Promise<void> {
    await userEvent.click(await screen.findByRole('radio', { name: /API token you already have/ }))
    await userEvent.fill(screen.getByLabelText(addressName), 'acme')
    await userEvent.fill(screen.getByLabelText(/^E-mail/), 'tom@acme.com')
    await userEvent.fill(screen.getByLabelText('API token'), token)
  }
})

describe('a sign-in elsewhere', () => {
  test('that waits shows its address to copy, goes on by itself, and can be called off', async () => {
    const signIn = aSignIn()
    const { standIn } = await openWindow({ connections: someConnections({ signIn }) }, screenPath)
    expect((await screen.findByLabelText('sign-in address')).textContent).toBe(signIn.signInUrl)
    expect(faultsOfThePage()).toEqual([])
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(await screen.findByRole('radiogroup', { name: 'How to sign in' })).toBeTruthy()
    standIn.state.connections = someConnections({ zendesk: aZendeskConnection() })
    standIn.publish('connections')
    expect(await screen.findByText('Tom Okafor (agent)')).toBeTruthy()
  })

  test('that failed says why, and tries again with the client id that was entered', async () => {
    const { standIn } = await openWindow({}, screenPath)
    await userEvent.fill(await screen.findByLabelText(addressName), 'acme')
    await userEvent.fill(screen.getByLabelText('Client id'), 'understudy')
    await userEvent.keyboard('{Enter}')
    await screen.findByLabelText('sign-in address')
    standIn.state.connections.signIn = aSignIn({ state: 'failed', problem: 'You pressed Deny.' })
    standIn.publish('connections')
    expect((await screen.findByRole('alert')).textContent).toContain('did not work. You pressed Deny.')
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await screen.findByLabelText('sign-in address')
    expect(inputsOf(standIn, 'connections.startZendeskOauth')[1]).toEqual({
      url: 'https://acme.zendesk.com/',
      clientId: 'understudy',
    })
  })

  test('that failed leads back to the form when no client id is known, or another way is wanted', async () => {
    const signIn = aSignIn({ state: 'failed', problem: null })
    const { standIn } = await openWindow({ connections: someConnections({ signIn }) }, screenPath)
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(await screen.findByLabelText('Client id')).toBeTruthy()
    standIn.state.connections.signIn = signIn
    standIn.publish('connections')
    await userEvent.click(await screen.findByRole('button', { name: 'Choose another way' }))
    expect(await screen.findByLabelText('Client id')).toBeTruthy()
  })
})

describe('connected', () => {
  test('tells who I am, how and until when I am signed in, and what is advised', async () => {
    await openConnected()
    const zendesk = await screen.findByRole('region', { name: 'Zendesk' })
    expect(zendesk.textContent).toContain('acme.zendesk.comConnected')
    expect(zendesk.textContent).toContain('You areTom Okafor (agent)Signed in byOAuth')
    expect(zendesk.textContent).toContain('in 29d 0h, Wed 23 Dec, 13:20')
    expect(zendesk.textContent).toContain('Open Understudy once within 29 days')
    expect(screen.queryByRole('radiogroup')).toBeNull()
    expect(faultsOfThePage()).toEqual([])
  })

  test('tells what this Zendesk offers, in sentences and for each way of asking', async () => {
    await openConnected({ probe: aProbe({ restriction: 'groups' }) })
    const offer = within(await screen.findByRole('region', { name: 'What it offers' }))
    expect(await offer.findByText(/countdowns are exact/)).toBeTruthy()
    expect(offer.getAllByRole('row').map((row) => row.textContent)).toEqual([
      'Asked forTells SLA clocks',
      'Tickets of an organization Yes',
      'Several tickets by number No',
      'Search Refused: you may not ask this way',
      'One ticket Not known: there was nothing to ask about',
    ])
    expect(await offer.findByText(/sees only some tickets \(groups\)/)).toBeTruthy()
  })

  test('checks again', async () => {
    const { standIn } = await openConnected({ probe: null })
    expect(await screen.findByText('Checked 2 h ago')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }))
    expect(await screen.findByText('Checked just now')).toBeTruthy()
    standIn.state.refusing.set('connections.checkZendesk', 'Zendesk does not answer; the last answers are shown.')
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }))
    expect((await screen.findByRole('alert')).textContent).toContain('Zendesk does not answer')
  })

  test('shows the meter: my pace, the company’s budget, and what comes of it', async () => {
    await openConnected()
    const requests = within(await screen.findByRole('region', { name: 'Requests' }))
    expect(requests.getByRole('meter', { name: 'Requests in the last minute' }).getAttribute('aria-valuetext')).toBe(
      '7 of 20 in the last minute',
    )
    expect(requests.getByRole('meter', { name: /budget/ }).getAttribute('aria-valuetext')).toBe('655 of 700 left')
    expect(await requests.findByText('412 in the last hour')).toBeTruthy()
    expect(await requests.findByText(/Each of your 4 accounts is asked by itself/)).toBeTruthy()
    expect(requests.queryByText(/Scarce/)).toBeNull()
  })

  test('counts down while nothing goes out, and says why', async () => {
    const waiting = { reason: 'budget-low', until: now + 42_000, words: 'People come first.' } as const
    const meter = aMeter({ waiting, queued: 3, budget: { limit: 700, remaining: 41, asOf: now } })
    const { appWindow } = await openConnected({ meter })
    const words = await screen.findByText(/People come first\./)
    expect(words.textContent).toBe('People come first. Goes on in 42s.')
    expect(await screen.findByText(/3 requests wait/)).toBeTruthy()
    expect(await screen.findByText(/Scarce/)).toBeTruthy()
    appWindow.services.clock.set({ now: now + 30_000, speed: 0 })
    await expect.poll(() => words.textContent).toBe('People come first. Goes on in 12s.')
    appWindow.services.clock.set({ now: now + 43_000, speed: 0 })
    await expect.poll(() => words.textContent).toBe('People come first. Goes on now.')
  })

  test.each([
    [true, 'The sign-in was ended at Zendesk too.'],
    [false, /Zendesk could not be told/],
  ])('signs out after asking; whether Zendesk was told (%s) is said', async (revokes, words) => {
    const { standIn } = await openConnected({}, { revokes })
    await userEvent.click(await screen.findByRole('button', { name: 'Sign out…' }))
    const asking = within(await screen.findByRole('alertdialog', { name: 'Sign out of acme.zendesk.com?' }))
    expect(await asking.findByText(/What was read before stays on this machine/)).toBeTruthy()
    expect(faultsOfThePage()).toEqual([])
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => screen.queryByRole('alertdialog')).toBeNull()
    expect(inputsOf(standIn, 'connections.signOutZendesk')).toEqual([])
    await userEvent.click(screen.getByRole('button', { name: 'Sign out…' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Sign out' }))
    expect(await screen.findByText(words)).toBeTruthy()
    expect(await screen.findByRole('radiogroup', { name: 'How to sign in' })).toBeTruthy()
    // The button that had the focus is gone; Tab goes on where it was.
    await expect.poll(() => document.activeElement === document.body).toBe(false)
  })

  test('of an API token nobody says that signing out would end it at Zendesk', async () => {
    await openConnected({ kind: 'api-token', email: 'tom@acme.com' }, { revokes: false })
    await userEvent.click(await screen.findByRole('button', { name: 'Sign out…' }))
    const asking = await screen.findByRole('alertdialog')
    expect(asking.textContent).toContain('in Zendesk it stays good until an administrator deletes it')
    await userEvent.click(screen.getByRole('button', { name: 'Sign out' }))
    expect(await screen.findByText(/^The token is forgotten here\./)).toBeTruthy()
    expect(screen.queryByText(/could not be told/)).toBeNull()
  })

  test('a sign-in that ended leads to signing in again, with the address in its place', async () => {
    await openConnected({ state: 'sign-in-needed', problem: 'The sign-in ended on 20 November.' })
    expect(await screen.findByText('The sign-in ended on 20 November.')).toBeTruthy()
    const again = within(screen.getByRole('region', { name: 'Sign in again' }))
    expect(again.getByLabelText<HTMLInputElement>(addressName).value).toBe('https://acme.zendesk.com/')
    expect(screen.queryByText(/in 29d/)).toBeNull()
  })

  test('a Zendesk that never answered shows what is known', async () => {
    await openConnected({ state: 'unreachable', user: null, health: null, probe: null, pollPlan: null })
    const zendesk = await screen.findByRole('region', { name: 'Zendesk' })
    expect(zendesk.textContent).toContain('Cannot be reached')
    expect(zendesk.textContent).toContain('Not known: Zendesk has not said yet')
    expect(screen.queryByRole('region', { name: 'What it offers' })).toBeNull()
  })

  test.each([
    [1280, 800],
    [1024, 640],
  ])('fits into %i × %i', async (width, height) => {
    await page.viewport(width, height)
    await openConnected({ email: `${'tom.okafor'.repeat(12)}@acme.com`, problem: 'x'.repeat(300) })
    await screen.findByRole('region', { name: 'Requests' })
    for (const element of document.querySelectorAll('main *')) {
      const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX)
      if (scrolls) expect(element.scrollWidth).toBeLessThanOrEqual(element.clientWidth)
    }
  })
})

function openConnected(
  zendesk: Parameters<typeof aZendeskConnection>[0] = {},
  state: Partial<StandInState> = {},
): Promise<OpenedWindow> {
  const connections = someConnections({ zendesk: aZendeskConnection(zendesk) })
  return openWindow({ status: aStatus({ workspace: 'real' }), connections, ...state }, screenPath)
}

function inputsOf(standIn: OpenedWindow['standIn'], path: string): unknown[] {
  return standIn.calls.filter((call) => call.path === path).map((call) => call.input)
}
