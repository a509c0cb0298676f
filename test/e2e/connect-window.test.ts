import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright'
import { byKeyboard, type Hands } from './by-keyboard.ts'
import { openOwnZendesk, type OwnZendesk } from './open-own-zendesk.ts'

/** Of the company's Zendesk: the account whose ASE I am there. */
const accountName = 'Brandt & Söhne'

describe('connecting a Zendesk of one’s own in the window, by keyboard alone', () => {
  let opened: OwnZendesk
  let page: Page
  let hands: Hands
  const faults: string[] = []
  beforeAll(async () => {
    opened = await openOwnZendesk({ page: { timezoneId: 'Europe/Berlin', colorScheme: 'light' } })
    page = opened.page
    hands = byKeyboard(page)
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    page.on('pageerror', (error) => faults.push(String(error)))
  })
  afterAll(() => opened.close())

  const main = () => page.getByRole('main')
  const region = (name: string) => main().getByRole('region', { name })
  const rows = () =>
    page
      .getByRole('grid')
      .getByRole('row')
      .filter({ has: page.getByRole('gridcell') })
  const panel = () => page.getByRole('complementary', { name: /^Ticket \d+/ })
  const sent = () => page.getByRole('dialog').getByRole('region', { name: 'What is sent' })

  async function typeInto(name: string, text: string): Promise<void> {
    await hands.tabTo(
      main()
        .getByRole('textbox', { name, exact: true })
        .or(main().getByLabel(name, { exact: true })),
    )
    await hands.press('ControlOrMeta+a')
    await hands.type(text)
  }

  /** Chooses one of a group, which is a single stop of Tab. */
  async function choose(group: string, option: RegExp): Promise<void> {
    const wanted = page.getByRole('radiogroup', { name: group })
    await hands.tabTo(wanted.getByRole('radio', { checked: true }))
    for (let step = 0; step < 3 && !(await wanted.getByRole('radio', { name: option }).isChecked()); step += 1) {
      await hands.press('ArrowDown')
    }
    expect(await wanted.getByRole('radio', { name: option }).isChecked()).toBe(true)
  }

  async function goToConnections(): Promise<void> {
    await hands.press('g', 's')
    await page.getByRole('heading', { level: 1, name: 'Settings', exact: true }).waitFor()
    await hands.tabTo(main().getByRole('link', { name: 'Connections' }))
    await hands.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Settings › Connections' }).waitFor()
  }

  const hasFocus = () => page.evaluate(() => document.activeElement !== document.body)

  async function trueTicket(id: number) {
    const account = opened.company.workspace.accounts.find(({ name }) => name === accountName)
    return (await opened.truth(account?.id ?? 0)).find((ticket) => ticket.id === id)
  }

  let ticketId = 0

  it('begins with the sample, and says what connecting does', async () => {
    await page.getByRole('complementary', { name: 'Sample workspace' }).waitFor()
    // The company's budget is large, and a test does not wait for politeness.
    await hands.press('g', 's')
    await typeInto('Pace', '200')
    await hands.press('Enter')
    await page.getByText('Saved.').waitFor()
    await goToConnections()
    expect(await region('Zendesk').innerText()).toContain('It changes a ticket only when you press Send')
    expect(await region('Zendesk').innerText()).toContain('What you see until then is the sample workspace')
  })

  it('a wrong token is refused in words, is gone from its field, and nothing is connected', async () => {
    await choose('How to sign in', /^API token/)
    await typeInto('Your company’s Zendesk', opened.company.zendesk.url)
    await typeInto('E-mail address you sign in to Zendesk with', opened.company.zendesk.email)
    await typeInto('API token', 'canary-of-a-wrong-token')
    await hands.press('Enter')
    const alert = main().getByRole('alert')
    expect(await alert.innerText()).toMatch(/Zendesk refused this e-mail address and token/)
    expect(await alert.innerText()).not.toContain('canary')
    expect(await main().getByLabel('API token', { exact: true }).inputValue()).toBe('')
    expect(await page.getByRole('complementary', { name: 'Sample workspace' }).isVisible()).toBe(true)
  })

  it('the right one connects: who I am, until when, what this Zendesk offers and what that means', async () => {
    await typeInto('API token', opened.company.zendesk.token)
    await hands.press('Enter')
    await region('Zendesk').getByText('Connected', { exact: true }).waitFor()
    expect(await hasFocus()).toBe(true)
    await region('What it offers').waitFor()
    const zendesk = await region('Zendesk').innerText()
    expect(zendesk).toContain('Jonas Feldkamp (agent)')
    expect(zendesk).toContain(`API token of ${opened.company.zendesk.email}`)
    expect(zendesk).toContain('Fri 30 Apr')
    const offer = await region('What it offers').innerText()
    expect(offer).toContain('Your Zendesk tells SLA deadlines in lists')
    expect(offer).toContain('CCs and followers are on')
    expect(await region('Requests').getByRole('meter', { name: 'Requests in the last minute' }).count()).toBe(1)
    expect(await page.getByRole('complementary', { name: 'Sample workspace' }).count()).toBe(0)
    expect(await page.content()).not.toContain(opened.company.zendesk.token)
  })

  it('Today leads to following an account, as long as none is followed', async () => {
    await hands.press('g', 't')
    await page.getByRole('heading', { name: 'No account is followed yet' }).waitFor()
    await hands.tabTo(main().getByRole('link', { name: 'Follow an account' }))
    await hands.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Accounts' }).waitFor()
  })

  it('an account is found by typing, with what its record suggests, and followed', async () => {
    await hands.tabTo(main().getByRole('button', { name: 'Follow an account' }))
    await hands.press('Enter')
    await page.getByRole('combobox', { name: 'Name of the organization in Zendesk' }).waitFor()
    await hands.type('bran')
    await page.getByRole('option', { name: accountName, selected: true }).waitFor()
    await hands.press('Enter')
    const dialog = page.getByRole('dialog', { name: `Follow ${accountName}` })
    await dialog.getByText('sub_ultimate').waitFor()
    await dialog.getByRole('button', { name: /^Clear Jonas Feldkamp/ }).waitFor()
    expect(await dialog.getByRole('radio', { name: 'Me (Jonas Feldkamp)' }).isChecked()).toBe(true)
    expect(await dialog.getByLabel(/^Label of/).inputValue()).toBe(`ASE Work - ${accountName}`)
    await hands.tabTo(dialog.getByRole('button', { name: 'Follow', exact: true }))
    await hands.press('Enter')
    await page.getByRole('row', { name: new RegExp(`${accountName}.*Yours`) }).waitFor()
    await page.getByRole('dialog', { name: `${accountName} is followed` }).waitFor()
  })

  it('its tickets are read by themselves, and are those that Zendesk has', async () => {
    await hands.press('g', 't')
    await page.getByText(/^Synced/).waitFor()
    await expect.poll(() => rows().count()).toBeGreaterThan(0)
    const account = opened.company.workspace.accounts.find(({ name }) => name === accountName)
    const unsolved = (await opened.truth(account?.id ?? 0)).filter(({ status }) => !/solved|closed/.test(status))
    await page.getByText(`${unsolved.length} tickets`).waitFor()
  })

  it('an internal note is shown before it is sent, hidden from the customer, and then seen in Zendesk', async () => {
    await hands.press('j', 'Enter')
    await panel().getByRole('heading', { name: 'Conversation' }).waitFor()
    ticketId = Number(/\d+/.exec((await panel().getAttribute('aria-label')) ?? '')?.[0])
    const before = (await trueTicket(ticketId))?.comments ?? 0
    await hands.press('n')
    await hands.type('Waiting for the traces & the "merge" logs.')
    await sent().getByText('Waiting for the traces & the "merge" logs.').waitFor()
    const words = await sent().innerText()
    expect(words).toContain(`Adds an internal note to #${ticketId}`)
    expect(words).toContain('Hidden from the customer.')
    expect((await trueTicket(ticketId))?.comments).toBe(before)
    await hands.press('ControlOrMeta+Enter')
    await panel().getByRole('region', { name: 'Changes' }).getByText('Seen in Zendesk').waitFor()
    expect((await trueTicket(ticketId))?.comments).toBe(before + 1)
  })

  it('putting myself on Cc says that the customer sees it', async () => {
    await hands.press('c')
    await sent().getByText('The customer sees this.').waitFor()
    const send = page.getByRole('dialog').getByRole('button', { name: 'Send' })
    await expect.poll(() => send.evaluate((button) => button === document.activeElement)).toBe(true)
    await hands.press('Enter')
    await panel().getByText('You are on Cc').waitFor()
    expect((await trueTicket(ticketId))?.ccIds).toContain(opened.company.workspace.meId)
  })

  it('both are listed as seen in Zendesk under Changes', async () => {
    await hands.press('ControlOrMeta+k')
    await hands.type('go to changes')
    await hands.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Changes' }).waitFor()
    const settled = region('Settled').getByRole('listitem')
    await expect.poll(() => settled.filter({ hasText: 'Seen in Zendesk' }).count()).toBe(2)
    expect(await settled.allInnerTexts()).toEqual([
      expect.stringContaining('Adds you (Jonas Feldkamp) to Cc'),
      expect.stringContaining('Waiting for the traces & the "merge" logs.'),
    ])
  })

  it('signing out is asked about, and ends on the sample with what became of the token', async () => {
    await goToConnections()
    await hands.tabTo(region('Zendesk').getByRole('button', { name: 'Sign out…' }))
    await hands.press('Enter')
    const asking = page.getByRole('alertdialog')
    expect(await asking.innerText()).toContain('until an administrator deletes it')
    expect(await asking.innerText()).toContain('shown again once you sign in')
    await hands.press('Escape')
    await asking.waitFor({ state: 'detached' })
    await hands.tabTo(region('Zendesk').getByRole('button', { name: 'Sign out…' }))
    await hands.press('Enter')
    await hands.tabTo(asking.getByRole('button', { name: 'Sign out', exact: true }))
    await hands.press('Enter')
    await page.getByRole('complementary', { name: 'Sample workspace' }).waitFor()
    expect(await page.getByRole('dialog', { name: /^Signed out of/ }).innerText()).toContain('forgotten here')
    await page.getByRole('radiogroup', { name: 'How to sign in' }).waitFor()
    expect(await hasFocus()).toBe(true)
  })

  it('OAuth goes over another browser, and shows again what was read before', async () => {
    await choose('How to sign in', /OAuth/)
    await typeInto('Your company’s Zendesk', opened.company.zendesk.url)
    await typeInto('Client id', 'understudy')
    await hands.press('Enter')
    const address = await main().getByLabel('sign-in address', { exact: true }).innerText()
    expect(await hasFocus()).toBe(true)
    const browser = await opened.newPage()
    await browser.goto(address)
    await browser.getByRole('button', { name: 'Allow' }).click()
    await browser
      .getByText(/Understudy/)
      .first()
      .waitFor()
    await region('Zendesk').getByText('Connected', { exact: true }).waitFor()
    const zendesk = await region('Zendesk').innerText()
    expect(zendesk).toContain('Jonas Feldkamp (agent)')
    expect(zendesk).toMatch(/Signed in by\s+OAuth/)
    await browser.close()
    await hands.press('g', 't')
    await rows().first().waitFor()
    expect((await rows().allInnerTexts()).join('\n')).toContain(`#${ticketId}`)
  })

  it('a sign-in that Zendesk ended is said on every screen, and what is stored stays readable', async () => {
    await opened.order('/oauth/revoke')
    await hands.press('r')
    const banner = page.getByRole('alert').filter({ hasText: 'Zendesk needs you to sign in again.' })
    await banner.waitFor()
    expect(await rows().count()).toBeGreaterThan(0)
    await hands.tabTo(banner.getByRole('link', { name: 'Connections' }))
    await hands.press('Enter')
    await region('Sign in again').getByRole('radio', { name: /OAuth/, checked: true }).waitFor()
  })

  it('nothing of it was an error of the page', () => {
    expect(faults).toEqual([])
  })
})
