import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright'
import { judgeRecordOf } from '#test/support/simulator.ts'
import { openApp, type OpenedApp } from './open-window.ts'

/** The account of the sample that is covered today, and whose tickets therefore raise alerts. */
const coveredAccount = 'Cascadia Freight'

describe('the main job on the sample workspace', () => {
  let app: OpenedApp
  let page: Page
  const violations: string[] = []
  beforeAll(async () => {
    app = await openApp({ page: { timezoneId: 'Europe/Berlin', colorScheme: 'light' } })
    page = app.page
    page.on('console', (message) => {
      if (message.type() === 'error') violations.push(message.text())
    })
    page.on('pageerror', (error) => violations.push(String(error)))
  })
  afterAll(async () => {
    await judgeRecordOf(app.controlUrl)
    await app.close()
  })

  const rows = () =>
    page
      .getByRole('grid')
      .getByRole('row')
      .filter({ has: page.getByRole('gridcell') })

  async function openTicketFor(subject: string): Promise<number> {
    const { workspace } = (await (await fetch(new URL('/description', app.controlUrl))).json()) as {
      workspace: { accounts: { id: number; name: string }[] }
    }
    const account = workspace.accounts.find(({ name }) => name === coveredAccount)
    const created = (await app.control('/tickets', {
      organization_id: account?.id,
      subject,
      priority: 'high',
    })) as { id: number }
    return created.id
  }

  it('says that it shows the sample workspace', async () => {
    await page.getByRole('complementary', { name: 'Sample workspace' }).waitFor()
    expect(await page.getByRole('complementary', { name: 'Sample workspace' }).innerText()).toContain(
      'made-up customers',
    )
  })

  it('removes the token from the address', async () => {
    await rows().first().waitFor()
    expect(page.url()).not.toContain('token')
  })

  it('lists the tickets of covered and own accounts with the next breach on top, and what to do', async () => {
    const texts = await rows().allInnerTexts()
    expect(texts.length).toBeGreaterThan(5)
    expect(texts[0]).toContain('Breached')
    expect(texts.join('\n')).toContain(coveredAccount)
    expect(texts.join('\n')).toMatch(/keep yourself on Cc/)
  })

  it('opens a ticket with its conversation by keyboard alone', async () => {
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const panel = page.getByRole('complementary', { name: /^Ticket \d+/ })
    await panel.getByRole('heading', { name: /conversation/i }).waitFor()
    expect(await panel.getByLabel('What to do').innerText()).not.toBe('')
    await panel.getByRole('region', { name: 'Conversation' }).getByRole('listitem').first().waitFor()
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
  })

  it('shows the load of the week with its arithmetic', async () => {
    expect(
      await page
        .getByText(/\/week → /)
        .first()
        .innerText(),
    ).toMatch(/= [\d.]+$/)
  })

  it('raises one alert for a new ticket of a covered account, and it leads to that ticket', async () => {
    // What was due at the start came at once and became a list; what comes within a minute would join it, had nobody dismissed it.
    await page
      .getByRole('dialog')
      .filter({ hasText: /^\d+ alerts: / })
      .getByRole('button', { name: 'Dismiss' })
      .click()
    const id = await openTicketFor('Container registry refuses pushes since noon')
    await page.getByRole('button', { name: 'Sync now' }).click()
    const toast = page.getByRole('dialog').filter({ hasText: `#${id}` })
    await toast.waitFor()
    await toast.getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByRole('complementary', { name: `Ticket ${id}` }).waitFor()
    expect(page.url()).toContain(`/today/ticket/${id}`)
  })

  it('does not raise it again in another window or after syncing again', async () => {
    const second = await app.newPage({ timezoneId: 'Europe/Berlin' })
    await second.getByRole('grid').waitFor()
    await second.getByRole('button', { name: 'Sync now' }).click()
    await second.getByText(/Synced/).waitFor()
    expect(await second.getByRole('dialog').count()).toBe(0)
    await second.close()
  })

  it('keeps the page as it was over a reload', async () => {
    const before = page.url()
    await page.reload()
    await page.getByRole('complementary', { name: /^Ticket \d+/ }).waitFor()
    expect(page.url()).toBe(before)
  })

  it('visits every screen without a violation of its policy or an error', async () => {
    for (const name of ['Coverage', 'Handoff', 'Return', 'Accounts', 'Alerts', 'Settings', 'Today']) {
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name }).click()
      await page.getByRole('heading', { level: 1 }).waitFor()
    }
    expect(violations).toEqual([])
  })
})
