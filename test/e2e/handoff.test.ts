import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright'
import { judgeRecordOf } from '#test/support/simulator.ts'
import { byKeyboard, type Hands } from './by-keyboard.ts'
import { openColleagues, type Colleagues } from './open-colleagues.ts'
import { openApp, type OpenedApp } from './open-window.ts'

const account = 'Brandt & Söhne'
const reference = 'support/assigned-support-engineers#1'
/** A Wednesday, twelve weeks before the absence. */
const now = Date.UTC(2026, 10, 18, 10)

/** A window with the hands of who sits at it. */
interface Seat extends Hands {
  readonly page: Page
}

const seatAt = (page: Page): Seat => ({ page, ...byKeyboard(page) })
const main = ({ page }: Seat) => page.getByRole('main')
const issueOf = (seat: Seat) => main(seat).getByRole('region', { name: 'GitLab issue' })
const heading = (seat: Seat) => main(seat).getByRole('heading', { level: 2 }).first()
const field = (seat: Seat, name: string) => main(seat).getByLabel(name, { exact: true })
const button = (seat: Seat, name: string | RegExp) => main(seat).getByRole('button', { name, exact: true })
const link = (seat: Seat, name: string) => main(seat).getByRole('link', { name, exact: true })

function noteFaults(page: Page, faults: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(String(error)))
}

async function goToHandoff(seat: Seat): Promise<void> {
  await seat.press('g', 'h')
  await seat.page.getByRole('heading', { level: 1, name: 'Handoff', exact: true }).waitFor()
}

async function openReview(seat: Seat): Promise<void> {
  await seat.choose(link(seat, `Review ${account}`).last())
  await seat.page.getByRole('heading', { level: 1, name: `Review: ${account}` }).waitFor()
  await main(seat)
    .getByText(/^1 of \d+$/)
    .waitFor()
}

/** One item on, or back; answers whether there was one. */
async function goOn(seat: Seat, by: 1 | -1 = 1): Promise<boolean> {
  const [here = 0, all = 0] = (
    await main(seat)
      .getByText(/^\d+ of \d+$/)
      .innerText()
  )
    .split(' of ')
    .map(Number)
  const next = here + by
  if (next < 1 || next > all) return false
  await seat.press(by === 1 ? 'j' : 'k')
  await main(seat).getByText(`${next} of ${all}`, { exact: true }).waitFor()
  return true
}

/** Goes on, or back, to an item of the review by what its heading says. */
async function goTo(seat: Seat, wanted: string, by: 1 | -1 = 1): Promise<void> {
  while (!(await heading(seat).innerText()).includes(wanted)) {
    if (!(await goOn(seat, by))) throw new Error(`No item of the review is ${wanted}`)
  }
}

/** Types after what stands in a field. */
async function goOnTyping(seat: Seat, into: Locator, text: string): Promise<void> {
  await seat.tabTo(into)
  await seat.press('Control+End')
  await seat.type(text)
}

/** Says back what the ASE says of a ticket. */
async function sayBack(seat: Seat, words: string): Promise<void> {
  await main(seat).getByRole('form', { name: 'Say it back' }).waitFor()
  await seat.press('t')
  await seat.type(words)
  await seat.press('Control+Enter')
  await main(seat).getByText(`“${words}”`).waitFor()
}

/** Sends the handoff to its issue, after looking at what will stand there. */
async function sendAlong(seat: Seat): Promise<void> {
  await seat.choose(issueOf(seat).getByRole('button', { name: 'Send to GitLab…' }))
  const dialog = seat.page.getByRole('dialog', { name: 'Send the handoff to its issue' })
  await dialog.getByText('Hidden from the customer.').waitFor()
  await seat.choose(dialog.getByRole('button', { name: 'Send' }))
  await dialog.waitFor({ state: 'detached' })
  await issueOf(seat).getByRole('button', { name: 'Send to GitLab…' }).waitFor({ state: 'detached' })
  await issueOf(seat).getByText('The handoff is being sent').waitFor({ state: 'detached' })
}

/** Takes in what stands in the issue; answers what the window said that it changes. */
async function takeIn(seat: Seat): Promise<string> {
  await seat.choose(issueOf(seat).getByRole('button', { name: 'Fetch now…' }))
  const dialog = seat.page.getByRole('dialog', { name: `Take in ${reference}` })
  await dialog.getByText('What changes here').waitFor()
  const words = await dialog.innerText()
  await seat.choose(dialog.getByRole('button', { name: 'Take it in' }))
  await dialog.waitFor({ state: 'detached' })
  return words
}

describe('an account that two people hand over through GitLab, each at a machine of their own', () => {
  let colleagues: Colleagues
  let ase: Seat
  let cover: Seat
  const faults: string[] = []
  beforeAll(async () => {
    colleagues = await openColleagues({ now, colleague: 'Inés Ortega' })
    for (const page of [colleagues.mine, colleagues.theirs]) noteFaults(page, faults)
    ase = seatAt(colleagues.mine)
    cover = seatAt(colleagues.theirs)
  })
  afterAll(async () => {
    await judgeRecordOf(colleagues.company.control.url)
    await colleagues.close()
  })

  const control = (path: string, body: object) =>
    fetch(new URL(path, colleagues.company.control.url), { method: 'POST', body: JSON.stringify(body) })

  /** Texts of the issue of the handoff. */
  async function textInGitlab(): Promise<string> {
    const { issues } = await colleagues.truth()
    const found = issues.filter(({ projectPath }) => reference.startsWith(`${projectPath}#`))
    return found.map(({ description }) => description).join()
  }

  it('the ASE plans an absence, has it covered, and begins the handoff', async () => {
    await ase.press('g', 'c')
    await ase.choose(button(ase, 'Plan an absence'))
    const dialog = ase.page.getByRole('dialog', { name: 'Plan an absence' })
    await dialog.getByLabel('From').fill('2027-02-08T09:00')
    await dialog.getByLabel('Until').fill('2027-02-12T17:00')
    await ase.choose(dialog.getByRole('button', { name: 'Plan it' }))
    await ase.page.getByRole('heading', { level: 1, name: 'Your absence' }).waitFor()
    await ase.choose(button(ase, /^Add a covering engineer/))
    const form = main(ase).getByRole('form', { name: `Who covers ${account}` })
    await form.getByLabel('Covering engineer').selectOption({ label: 'Inés Ortega' })
    await ase.choose(form.getByRole('button', { name: 'Add' }))
    await ase.choose(button(ase, 'Mark Inés Ortega as asked'))
    await ase.choose(button(ase, `Record the answer of Inés Ortega for ${account}`))
    await ase.choose(button(ase, 'Accept'))
    await main(ase).getByText('Accepted', { exact: true }).waitFor()
    await goToHandoff(ase)
    const packet = main(ase).getByRole('region', { name: 'Your absence' }).filter({ hasText: 'Mon 8 Feb' })
    await packet.getByText('Not begun', { exact: true }).waitFor()
    await ase.choose(packet.getByRole('button', { name: 'Begin' }))
    await packet.getByText(`Jonas Feldkamp still owns ${account}: the handoff is not accepted.`).waitFor()
    await packet.getByText('0 of 13 prepared, 0 gone over').waitFor()
    await ase.choose(packet.getByRole('link', { name: `Prepare ${account}` }))
    await ase.page.getByRole('heading', { level: 1, name: `Prepare: ${account}` }).waitFor()
  })

  it('the ASE prepares the account and each of its tickets without touching the mouse', async () => {
    // From the handoff before this one.
    expect(await field(ase, 'Mood').inputValue()).toBe('Calm. They like short answers with commands in them.')
    await ase.typeInto(field(ase, 'Contacts'), 'Mehmet Yilmaz, platform. He answers before noon.')
    await ase.typeInto(field(ase, 'Paused while away'), 'The call on Thursdays. They know.')
    await main(ase).getByText('3 of 6 texts written').waitFor()
    const severities = ['1', '2'] as const
    for (let nth = 0; nth < 13; nth += 1) {
      await ase.press('Control+Enter')
      await main(ase).getByText(`${nth} of 13 prepared`).first().waitFor()
      await ase.press(severities[nth] ?? '3')
      await ase.typeInto(field(ase, 'Story in one line'), `Story ${nth + 1}: it is slow since the upgrade.`)
      await ase.typeInto(field(ase, 'Next action'), `Look at answer ${nth + 1}`)
      await ase.typeInto(field(ase, 'Who does it'), 'Inés Ortega')
      await ase.typeInto(field(ase, 'By when'), '02092027')
      if (nth === 0) {
        await ase.choose(button(ase, 'Add an if'))
        await ase.type('it is slow again')
        await ase.typeInto(field(ase, 'Then, 1'), 'restart Sidekiq')
      }
      if (nth === 1) {
        await ase.tabTo(field(ase, 'Nothing foreseen'))
        await ase.press(' ')
      }
    }
    await main(ase).getByText('13 of 13 prepared').first().waitFor()
  })

  it('the ASE sends it as a confidential issue that no customer sees, after looking at it', async () => {
    await ase.choose(button(ase, 'Hand over…'))
    const dialog = ase.page.getByRole('dialog', { name: `Hand over ${account}` })
    await ase.choose(dialog.getByRole('button', { name: 'As a GitLab issue…' }))
    const open = ase.page.getByRole('dialog', { name: 'Open an issue for the handoff' })
    await open.getByText('Hidden from the customer.').waitFor()
    const words = await open.innerText()
    expect(words).toContain('Opens a confidential issue in support/assigned-support-engineers')
    expect(words).toContain('* If: it is slow again, then restart Sidekiq')
    await ase.choose(open.getByRole('button', { name: 'Send' }))
    await issueOf(ase).getByRole('button', { name: reference }).waitFor()
    await issueOf(ase).getByText('The handoff is being sent').waitFor({ state: 'detached' })
  })

  it('the covering engineer takes it in by its address, and scans the facts before reading on', async () => {
    await goToHandoff(cover)
    await cover.press('i')
    const dialog = cover.page.getByRole('dialog', { name: 'Take in a handoff' })
    const address = new URL('/support/assigned-support-engineers/-/issues/1', colleagues.company.gitlab.url)
    await cover.typeInto(dialog.getByRole('textbox'), address.href)
    await cover.choose(dialog.getByRole('button', { name: 'Show what changes' }))
    await dialog.getByText('A handoff that is new here').waitFor()
    await cover.choose(dialog.getByRole('button', { name: 'Take it in' }))
    await openReview(cover)
    await main(cover).getByText('Mehmet Yilmaz, platform. He answers before noon.').waitFor()
    await goOn(cover)
    await main(cover).getByText('Scan the facts first.').waitFor()
    expect(await main(cover).innerText()).not.toContain('Story 1')
    await cover.press(' ')
    await main(cover).getByText('Story 1: it is slow since the upgrade.').waitFor()
  })

  it('the covering engineer says back what may turn, goes over the rest, and sends that', async () => {
    await sayBack(cover, 'Slow since the upgrade; if it comes again I restart Sidekiq.')
    await goOn(cover)
    await cover.press(' ')
    await sayBack(cover, 'Nothing to do here.')
    while ((await goOn(cover)) && !(await heading(cover).innerText()).startsWith('Accept')) {
      await cover.press(' ')
      await button(cover, 'Gone over, nothing to say back').waitFor()
      await cover.press('r')
      await main(cover).getByText('Gone over by Inés Ortega').waitFor()
    }
    const open = main(cover).getByRole('region', { name: 'Still open' })
    expect(await open.innerText()).toContain('To be answered by Jonas Feldkamp: 2 tickets')
    expect(await button(cover, 'Accept').isEnabled()).toBe(false)
    await sendAlong(cover)
    expect(await textInGitlab()).toContain('* Said back: Inés Ortega: “Nothing to do here.”')
  })

  it('the ASE accepts one of the two, corrects the other, and sends that', async () => {
    expect(await takeIn(ase)).toContain('Nothing to do here.')
    await ase.choose(link(ase, 'Review'))
    await ase.page.getByRole('heading', { level: 1, name: `Review: ${account}` }).waitFor()
    await goOn(ase)
    await main(ase).getByText('Story 1: it is slow since the upgrade.').waitFor()
    await ase.press('a')
    await main(ase).getByText('That is it.').waitFor()
    await goOn(ase)
    await ase.press('c')
    await field(ase, 'What is missing or otherwise').waitFor()
    await ase.type('Answer 2 is due on Tuesday.')
    await ase.press('Control+Enter')
    await main(ase).getByText('Not quite.').waitFor()
    await sendAlong(ase)
  })

  it('the covering engineer says the corrected one anew, and accepts the account once that was answered', async () => {
    expect(await takeIn(cover)).toContain('Answer 2 is due on Tuesday.')
    await goTo(cover, 'Watcher', -1)
    await main(cover).getByText('Not quite.').waitFor()
    await sayBack(cover, 'I send answer 2 on Tuesday.')
    await sendAlong(cover)
    expect(await takeIn(ase)).toContain('I send answer 2 on Tuesday.')
    await main(ase).getByText('“I send answer 2 on Tuesday.”', { exact: true }).waitFor()
    await ase.press('a')
    await main(ase).getByText('That is it.').waitFor()
    await sendAlong(ase)
    await takeIn(cover)
    await goTo(cover, 'Accept the account')
    await cover.choose(button(cover, 'Accept'))
    await main(cover).getByRole('heading', { level: 2, name: 'Accepted' }).waitFor()
    await sendAlong(cover)
  })

  it('the ASE reads that it is accepted, and who takes it over when', async () => {
    await takeIn(ase)
    const takesOver = `Inés Ortega takes ${account} over on Mon 8 Feb 09:00`
    await main(ase).getByText(takesOver).first().waitFor()
    await goTo(ase, 'Accepted')
    const fingerprint = (seat: Seat) => main(seat).getByRole('region', { name: 'So far' }).locator('code').innerText()
    expect(await fingerprint(ase)).toBe(await fingerprint(cover))
    await goToHandoff(ase)
    const packet = main(ase).getByRole('region', { name: 'Your absence' }).filter({ hasText: 'Mon 8 Feb' })
    await packet.getByText(takesOver).waitFor()
    await packet.getByText('13 of 13 prepared, 13 gone over').waitFor()
    await packet.getByText('Accepted', { exact: true }).waitFor()
  })

  it('there is one issue, confidential, which tells all of it to whoever has no Understudy', async () => {
    const { issues } = await colleagues.truth()
    const handoffs = issues.filter(({ projectPath }) => reference.startsWith(`${projectPath}#`))
    expect(handoffs).toHaveLength(1)
    expect(handoffs[0]).toMatchObject({ confidential: true, state: 'opened' })
    const text = handoffs[0]?.description ?? ''
    for (const words of [
      '# Handoff of Brandt &amp; Söhne by Jonas Feldkamp, 2027-02-08 to 2027-02-12',
      'Accepted by Inés Ortega on Wed 18 Nov 2026 11:00',
      '## Unstable: 1 ticket',
      '* Next: Look at answer 1, Inés Ortega, by 2027-02-09',
      '* Answer: Jonas Feldkamp: that is it',
      '## Stable: 11 tickets',
    ]) {
      expect(text).toContain(words)
    }
    expect(faults).toEqual([])
  })

  it('what changes on a ticket afterwards is shown until the covering engineer has gone over it again', async () => {
    await goOn(cover, -1)
    const [ticketId = ''] = /\d{6}/.exec(await heading(cover).innerText()) ?? []
    await control('/advance', { ms: 1000 })
    await control(`/tickets/${ticketId}`, { priority: 'urgent' })
    await cover.choose(cover.page.getByRole('button', { name: 'Sync now' }))
    await goToHandoff(cover)
    await main(cover).getByText('1 changed since').waitFor()
    await openReview(cover)
    await goTo(cover, ticketId)
    const changed = main(cover).getByRole('region', { name: 'Changed since it was gone over' })
    await changed.getByText(/^Priority: \w+ → urgent$/).waitFor()
    await cover.press('r')
    await changed.waitFor({ state: 'detached' })
    await goToHandoff(cover)
    await main(cover).getByText('13 of 13 prepared, 13 gone over').waitFor()
    await main(cover).getByText('1 changed since').waitFor({ state: 'detached' })
  })
})

describe('a review that two people hold at one screen', () => {
  let app: OpenedApp
  let seat: Seat
  const faults: string[] = []
  beforeAll(async () => {
    app = await openApp({ now, page: { timezoneId: 'Europe/Berlin' } })
    seat = seatAt(app.page)
    noteFaults(app.page, faults)
    await solveAllBut(/^(?:Praefect|Sidekiq queue)/)
  })
  afterAll(async () => {
    await judgeRecordOf(app.controlUrl)
    await app.close()
  })

  /** Leaves of the account’s tickets only some to hand over. */
  async function solveAllBut(kept: RegExp): Promise<void> {
    const read = async (path: string) => (await fetch(new URL(path, app.controlUrl))).json()
    const { workspace } = (await read('/description')) as Colleagues['company']
    const organizationId = workspace.accounts.find(({ name }) => name === account)?.id ?? 0
    const { tickets } = (await read(`/truth?organization_id=${organizationId}`)) as {
      readonly tickets: readonly { readonly id: number; readonly status: string; readonly subject: string }[]
    }
    await app.control('/advance', { ms: 1000 })
    for (const { id, status, subject } of tickets) {
      if (/solved|closed/.test(status) || kept.test(subject)) continue
      await app.control(`/tickets/${id}`, { status: 'solved' })
    }
    await seat.choose(seat.page.getByRole('button', { name: 'Sync now' }))
  }

  it('what the ASE types outlives a reload in the middle of it', async () => {
    await goToHandoff(seat)
    const packet = main(seat).getByRole('region', { name: 'Your absence' })
    await packet.getByText('1 of 2 prepared, 0 gone over').waitFor()
    await seat.choose(packet.getByRole('link', { name: `Prepare ${account}` }))
    await heading(seat).getByText('The account').waitFor()
    await seat.press('Control+Enter')
    await heading(seat).getByText('Sidekiq queue').waitFor()
    await seat.choose(button(seat, 'Add an if'))
    await seat.type('the queue grows ag')
    await seat.page.reload()
    await goOnTyping(seat, field(seat, 'If, 1'), 'ain')
    await seat.typeInto(field(seat, 'Then, 1'), 'ask for the routing rules')
    await main(seat).getByText('2 of 2 prepared').first().waitFor()
    expect(await field(seat, 'If, 1').inputValue()).toBe('the queue grows again')
  })

  it('both say their part at the same window, and each is named with it', async () => {
    await seat.choose(link(seat, 'Review'))
    await main(seat)
      .getByText(/^1 of \d+$/)
      .waitFor()
    await seat.tabTo(main(seat).getByRole('radio', { name: 'Each on their own' }))
    await seat.press('ArrowRight')
    await main(seat).getByText('Jonas Feldkamp and Inés Ortega both act here').waitFor()
    await goOn(seat)
    await seat.press(' ')
    await sayBack(seat, 'The old node comes up read-only first.')
    await main(seat).getByText('Inés Ortega, just now', { exact: true }).waitFor()
    await seat.press('a')
    await main(seat).getByText('That is it. Jonas Feldkamp, just now').waitFor()
  })

  it('neither what is said back nor a correction is lost by a reload', async () => {
    await goOn(seat)
    await seat.press(' ')
    await field(seat, 'Inés Ortega says it back').waitFor()
    await seat.press('t')
    await seat.type('I ask for the routing ru')
    await seat.page.reload()
    await seat.choose(button(seat, 'Show what Jonas Feldkamp says'))
    await goOnTyping(seat, field(seat, 'Inés Ortega says it back'), 'les.')
    await seat.press('Control+Enter')
    await main(seat).getByText('“I ask for the routing rules.”').waitFor()
    await seat.press('c')
    await field(seat, 'What is missing or otherwise').waitFor()
    await seat.type('Only when the queue gr')
    await seat.page.reload()
    await goOnTyping(seat, field(seat, 'What is missing or otherwise'), 'ows.')
    await seat.press('Control+Enter')
    await main(seat).getByText('Not quite. Only when the queue grows. Jonas Feldkamp, just now').waitFor()
    await sayBack(seat, 'If it grows I ask for the routing rules.')
    await seat.press('a')
    await main(seat).getByText('That is it.').waitFor()
  })

  it('the covering engineer accepts at that window, and is the one who takes over', async () => {
    await goTo(seat, 'Accept the account')
    await seat.choose(button(seat, 'Inés Ortega accepts'))
    await main(seat)
      .getByText(/^Accepted by Inés Ortega, /)
      .waitFor()
    await main(seat).getByText(`Inés Ortega takes ${account} over on Mon 21 Dec 00:00`).first().waitFor()
    expect(faults).toEqual([])
  })
})
