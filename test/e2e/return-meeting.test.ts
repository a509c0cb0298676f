import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright'
import { judgeRecordOf } from '#test/support/simulator.ts'
import { byKeyboard, type Hands } from './by-keyboard.ts'
import { openApp, type OpenedApp } from './open-window.ts'

/** Of the sample: the account that I cover today. */
const accountName = 'Cascadia Freight'
/** A Wednesday: at a weekend there is no load to lift. */
const wednesday = Date.UTC(2026, 10, 18, 10)
const opened = 14
const secret = 'She is not to know that the contract ends.'

interface TrueTicket {
  readonly id: number
  readonly subject: string
  readonly assigneeId: number | null
  readonly status: string
  readonly comments: readonly { readonly public: boolean; readonly body: string }[]
}

interface Description {
  readonly workspace: {
    readonly meId: number
    readonly accounts: readonly { readonly id: number; readonly name: string; readonly aseId: number }[]
    readonly people: readonly { readonly id: number; readonly name: string }[]
  }
}

describe('handing an account back, by keyboard alone', () => {
  let app: OpenedApp
  let page: Page
  let hands: Hands
  let account = { id: 0, aseId: 0, aseName: '' }
  const tickets: number[] = []
  const faults: string[] = []

  const read = async (path: string) => (await fetch(new URL(path, app.controlUrl))).json()
  const truth = async () => ((await read(`/truth?organization_id=${account.id}`)) as { tickets: TrueTicket[] }).tickets
  const trueTicket = async (id: number | undefined) => (await truth()).find((ticket) => ticket.id === id)
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name })
  const part = (name: string | RegExp) => page.getByRole('region', { name })

  beforeAll(async () => {
    app = await openApp({ now: wednesday, speed: 1, page: { timezoneId: 'Europe/Berlin', colorScheme: 'light' } })
    page = app.page
    hands = byKeyboard(page)
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    page.on('pageerror', (error) => faults.push(String(error)))
    const { workspace } = (await read('/description')) as Description
    const found = workspace.accounts.find(({ name }) => name === accountName)
    const ase = workspace.people.find(({ id }) => id === found?.aseId)
    if (!found || !ase) throw new Error('The sample has no such account')
    account = { id: found.id, aseId: ase.id, aseName: ase.name }
    await page.getByRole('gridcell').first().waitFor()
    // What happens while I cover: tickets come to me, are answered, become urgent.
    for (let nth = 0; nth < opened; nth += 1) {
      const { id } = (await app.control('/tickets', {
        organization_id: account.id,
        subject: `Runner ${nth + 1} does not pick up jobs`,
        priority: 'normal',
        assignee_id: workspace.meId,
        email_cc_ids: [workspace.meId],
      })) as { id: number }
      tickets.push(id)
      await app.control(`/tickets/${id}/comments`, { body: 'We look at it.', author_id: workspace.meId, public: true })
      await app.control(`/tickets/${id}`, { priority: 'high' })
    }
    await page.getByRole('button', { name: 'Sync now' }).click()
  })
  afterAll(async () => {
    await judgeRecordOf(app.controlUrl)
    await app.close()
  })

  it('more than forty rows are decided, one at a time, until nothing is undecided', async () => {
    const left = page.getByText(/undecided of \d+/)
    await hands.press('g', 'r')
    await heading('Return').waitFor()
    await hands.choose(page.getByRole('link', { name: `Run the list: ${accountName}` }))
    await expect.poll(async () => Number(/^(\d+) undecided/.exec(await left.innerText())?.[1])).toBeGreaterThan(40)
    // A note on the first, which nobody but the two is to see.
    await hands.press('n')
    await page.getByRole('textbox', { name: /note/i }).waitFor()
    await hands.type(secret)
    await hands.press('Escape')
    let decided = 0
    const end = page.getByRole('region', { name: 'End of the list' })
    const followUp = page.getByRole('form', { name: 'Follow up' })
    while ((await end.count()) === 0) {
      const before = await page.getByRole('status').allInnerTexts()
      await hands.press('Enter')
      await expect
        .poll(
          async () =>
            (await end.count()) + (await followUp.count()) > 0 ||
            (await page.getByRole('status').allInnerTexts()).join() !== before.join(),
        )
        .toBe(true)
      if ((await followUp.count()) > 0) await hands.press('ControlOrMeta+Enter')
      await expect.poll(() => followUp.count()).toBe(0)
      decided += 1
      if (decided > 400) throw new Error('The list does not come to its end')
    }
    expect(decided).toBeGreaterThanOrEqual(40)
    await end.getByRole('heading', { name: 'Nothing undecided' }).waitFor()
  })

  it('tickets go to the ASE in one step; one that somebody else changed is settled, one that was closed is explained', async () => {
    await hands.press('Enter')
    await heading(`Return: ${accountName}`).waitFor()
    const transfers = part('Transfers')
    await hands.choose(transfers.getByRole('button', { name: /^Transfer \d+ tickets…$/ }))
    const dialog = page.getByRole('dialog', { name: new RegExp(`^Transfer \\d+ tickets to ${account.aseName}$`) })
    await dialog.getByRole('list', { name: 'What is written' }).waitFor()
    expect(await dialog.getByRole('list', { name: 'Who sees it' }).innerText()).toContain(
      'Note: Hidden from the customer.',
    )
    // Meanwhile, in Zendesk, where Understudy has not looked since.
    const { workspace } = (await read('/description')) as Description
    const other = workspace.people.find(({ id }) => id !== workspace.meId && id !== account.aseId)
    await app.control(`/tickets/${tickets[0]}`, { assignee_id: other?.id })
    await app.control(`/tickets/${tickets[1]}`, { status: 'closed' })
    await hands.press('ControlOrMeta+Enter')
    await dialog.waitFor({ state: 'detached' })
    await transfers.getByRole('cell', { name: 'Needs you' }).first().waitFor()
    const mine = transfers.getByRole('button', { name: 'Keep mine' })
    await hands.choose(mine.first())
    await expect.poll(async () => (await trueTicket(tickets[0]))?.assigneeId).toBe(account.aseId)
    for (const id of tickets.slice(2)) {
      await expect.poll(async () => (await trueTicket(id))?.assigneeId).toBe(account.aseId)
    }
    await expect.poll(() => transfers.getByRole('status').innerText()).toMatch(/1 is closed/)
    expect((await trueTicket(tickets[1]))?.assigneeId).not.toBe(account.aseId)
  })

  it('the meeting is written down as a call that the customer may read, and nothing private is in it', async () => {
    const notes = part('Notes')
    await hands.tabTo(notes.getByRole('radio', { name: 'Colleagues only' }))
    await hands.press('ArrowDown')
    await hands.choose(notes.getByRole('button', { name: 'Write the call' }))
    await heading(`Call with ${accountName}`).waitFor()
    await hands.choose(page.getByRole('button', { name: 'File…' }))
    const dialog = page.getByRole('dialog', { name: 'File the call' })
    const project = dialog.getByLabel('Project')
    await project.getByRole('option').nth(1).waitFor({ state: 'attached' })
    await hands.tabTo(project)
    await hands.press('Home')
    await hands.choose(dialog.getByRole('button', { name: 'Send and file' }))
    await dialog.waitFor({ state: 'detached' })
    const issue = async () =>
      ((await read('/truth')) as { issues: { title: string; description: string }[] }).issues.find(({ title }) =>
        title.endsWith('Call: Return from PTO'),
      )
    await expect.poll(async () => (await issue())?.title).toMatch(/^\d{4}-\d{2}-\d{2} Call: Return from PTO$/)
    expect((await issue())?.description).not.toContain(secret)
  })

  it('the account is handed back: the load is lifted, and its alerts stop', async () => {
    await hands.press('g', 'r')
    await hands.choose(page.getByRole('link', { name: `Wrap up: ${accountName}` }))
    await hands.choose(page.getByRole('button', { name: `Hand back ${accountName} to ${account.aseName}` }))
    const ended = page.getByRole('list', { name: 'What ended' })
    await ended.waitFor()
    expect(await ended.innerText()).toMatch(/load/i)
    await page.getByRole('button', { name: 'Take that back' }).waitFor()
    await page.getByText(`What this machine has of ${accountName} stays, since you cover it again`).waitFor()
    await hands.press('g', 't')
    await page.getByRole('gridcell').first().waitFor()
    expect(await page.getByText(new RegExp(`^Covering.*${accountName}`)).count()).toBe(0)
    const { id } = (await app.control('/tickets', {
      organization_id: account.id,
      subject: 'One for the ASE',
      priority: 'normal',
    })) as { id: number }
    await page.getByRole('button', { name: 'Sync now' }).click()
    await page.getByText('Synced just now').waitFor()
    expect(
      await page
        .getByRole('dialog')
        .filter({ hasText: `#${id}` })
        .count(),
    ).toBe(0)
    expect(faults).toEqual([])
  })
})
