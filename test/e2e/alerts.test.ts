import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright'
import { openApp, type OpenedApp } from './open-window.ts'

/** A Wednesday evening in Berlin, within the quiet hours that Settings proposes. */
const evening = Date.UTC(2026, 10, 18, 20)
/** Of the sample: an account that I cover then. */
const account = { id: 360_100_000_023, name: 'Cascadia Freight' }

describe('alerts, as a person lives with them', () => {
  let app: OpenedApp
  let page: Page
  beforeAll(async () => {
    app = await openApp({ now: evening, speed: 1, scale: 100, page: { timezoneId: 'Europe/Berlin' } })
    page = app.page
    await settled()
  })
  afterAll(() => app.close())

  const toast = (name: RegExp) => page.getByRole('dialog', { name })
  const rows = () => page.getByRole('list', { name: 'Alerts, newest first' }).getByRole('listitem')
  const rowOf = (ticketId: number) =>
    rows()
      .filter({ hasText: `#${ticketId}` })
      .filter({ hasText: 'New ticket' })
  const idAt = async (row: Locator) => /#(\d+)/.exec(await row.innerText())?.[1]
  const settled = () => page.getByText(/^Synced /).waitFor({ timeout: 120_000 })

  /** A customer opens tickets, and Understudy reads them. */
  async function opened(count: number, subject: string): Promise<number[]> {
    const ids: number[] = []
    for (let number = 1; number <= count; number += 1) {
      const ticket = { organization_id: account.id, subject: `${subject} ${number}`, priority: 'high' }
      ids.push(((await app.control('/tickets', ticket)) as { id: number }).id)
    }
    await page.getByRole('button', { name: 'Sync now' }).click()
    return ids
  }

  async function goToAlerts(): Promise<void> {
    await page.keyboard.press('g')
    await page.keyboard.press('l')
    await page.getByRole('heading', { level: 1, name: 'Alerts', exact: true }).waitFor()
    await rows().first().waitFor()
  }

  async function putAllAway(): Promise<void> {
    await goToAlerts()
    const all = page.getByRole('button', { name: /^Dismiss all shown/ })
    if (await all.isVisible()) await all.click()
    await page.getByText('All that was announced has been seen to.').waitFor()
    await page.reload()
    await settled()
  }

  async function setQuietHours(on: boolean): Promise<void> {
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await page.getByRole('main').getByRole('link', { name: 'Alerts' }).click()
    const toggle = page.getByRole('switch', { name: 'Keep quiet hours' })
    await toggle.click()
    await expect.poll(() => toggle.getAttribute('aria-checked')).toBe(String(on))
  }

  /** What the list says, with what became of each; how long ago is left out. */
  const ledger = async () =>
    (await rows().allInnerTexts()).map((text) => text.replace(/(just now|\d+ \w+ ago)\s*$/, '').trim())

  it('lists a burst as one, leads from it to each ticket and back, and keeps what was opened', async () => {
    await putAllAway()
    const ids = await opened(5, 'Runners wait')
    // The sample goes on by itself meanwhile: another alert may come with them.
    const burst = toast(/^\d alerts: Cascadia Freight \d/)
    await burst.getByRole('button', { name: 'Open Alerts' }).click()
    await burst.waitFor({ state: 'detached' })
    for (const id of ids) await rowOf(id).waitFor()
    await rowOf(ids[0] ?? 0)
      .getByRole('button', { name: /new ticket/ })
      .focus()
    await page.keyboard.press(ids[0] === Number(await idAt(rows().first())) ? 'j' : 'k')
    const next = await idAt(page.locator('li:focus-within'))
    expect(ids.slice(1).map(String)).toContain(next)
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: new RegExp(`^Ticket ${next}`) }).waitFor()
    await page.goBack()
    await goToAlerts()
    await rowOf(Number(next)).filter({ hasText: 'Opened' }).waitFor()
  })

  it('snoozes and dismisses by keyboard, and takes both back', async () => {
    await putAllAway()
    const [id = 0] = await opened(1, 'Webhooks fail')
    await toast(/new ticket/)
      .first()
      .waitFor()
    await rowOf(id)
      .getByRole('button', { name: /new ticket/ })
      .focus()
    await page.keyboard.press('s')
    await page.getByRole('menuitem', { name: '1 hour' }).waitFor()
    await page.keyboard.press('Enter')
    const still = page.getByRole('region', { name: 'Snoozed tickets' })
    await still.getByRole('link', { name: `#${id}` }).waitFor()
    await toast(/is snoozed/)
      .getByRole('button', { name: 'Undo' })
      .click()
    await still.waitFor({ state: 'detached' })

    await rowOf(id)
      .getByRole('button', { name: /new ticket/ })
      .focus()
    await page.keyboard.press('e')
    await rowOf(id).filter({ hasText: 'Dismissed' }).waitFor()
    await toast(/^Alert dismissed/)
      .getByRole('button', { name: 'Undo' })
      .click()
    await rowOf(id).filter({ hasText: 'Shown' }).waitFor()
  })

  it('holds what comes within quiet hours, says so, and tells it in one list when they end', async () => {
    await putAllAway()
    await setQuietHours(true)
    const ids = await opened(2, 'Pages are slow')
    await goToAlerts()
    for (const id of ids) await rowOf(id).filter({ hasText: 'It waits. It was within quiet hours.' }).waitFor()
    expect(await page.getByRole('dialog').filter({ hasText: 'Pages are slow' }).count()).toBe(0)
    await setQuietHours(false)
    await toast(/^\d alerts from the quiet hours: .*Cascadia Freight 2/).waitFor()
  })

  it('shows nothing a second time after a reload or a new start, and loses nothing', async () => {
    await goToAlerts()
    const before = await ledger()
    expect(before.length).toBeGreaterThan(7)
    const shownAgain = () => page.getByRole('dialog', { name: /quiet hours|Cascadia Freight [2-9]/ }).count()
    const startAnew = [() => page.reload(), () => app.restart()]
    for (const start of startAnew) {
      await start()
      await settled()
      await goToAlerts()
      expect({ again: await shownAgain(), alerts: (await ledger()).slice(-before.length) }).toEqual({
        again: 0,
        alerts: before,
      })
    }
  })
})
