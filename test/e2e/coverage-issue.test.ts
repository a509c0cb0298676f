import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright'
import { judgeRecordOf } from '#test/support/simulator.ts'
import { openColleagues, type Colleagues } from './open-colleagues.ts'

const reference = 'support/assigned-support-engineers#1'
/** A Wednesday, twelve weeks before the absence. */
const now = Date.UTC(2026, 10, 18, 10)

describe('a coverage plan that two people keep through a GitLab issue', () => {
  let colleagues: Colleagues
  const faults: string[] = []
  beforeAll(async () => {
    colleagues = await openColleagues({ now, colleague: 'Inés Ortega' })
    for (const page of [colleagues.mine, colleagues.theirs]) {
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text())
      })
      page.on('pageerror', (error) => faults.push(String(error)))
    }
  })
  afterAll(async () => {
    await judgeRecordOf(colleagues.company.control.url)
    await colleagues.close()
  })

  const main = (page: Page) => page.getByRole('main')
  const issueOf = (page: Page) => main(page).getByRole('region', { name: 'GitLab issue' })

  async function goToCoverage(page: Page): Promise<void> {
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await page.getByRole('heading', { level: 1, name: 'Coverage', exact: true }).waitFor()
  }

  /** Who covers what and when, as a window says it. */
  async function coversIn(page: Page): Promise<string> {
    const covers = await main(page).getByRole('region', { name: 'Who covers' }).innerText()
    return covers.replaceAll(/\n+/g, ' · ').replaceAll(/ your time, the same in Berlin \(CET\)| · You(?= ·)/g, '')
  }

  /** Texts of the issues in the project for coverage. */
  async function textInGitlab(): Promise<string> {
    const { issues } = await colleagues.truth()
    return issues
      .filter(({ projectPath }) => reference.startsWith(`${projectPath}#`))
      .map(({ description }) => description)
      .join()
  }

  it('the ASE plans, asks, and hands the plan over as a confidential issue that no customer sees', async () => {
    const { mine } = colleagues
    await goToCoverage(mine)
    await mine.getByRole('button', { name: 'Plan an absence' }).click()
    const dialog = mine.getByRole('dialog', { name: 'Plan an absence' })
    await dialog.getByLabel('From').fill('2027-02-08T09:00')
    await dialog.getByLabel('Until').fill('2027-02-12T17:00')
    await dialog.getByRole('button', { name: 'Plan it' }).click()
    await mine.getByRole('heading', { level: 1, name: 'Your absence' }).waitFor()
    await main(mine).getByRole('button', { name: 'Add a covering engineer' }).click()
    const form = main(mine).getByRole('form', { name: 'Who covers Brandt & Söhne' })
    await form.getByLabel('Covering engineer').selectOption({ label: 'Inés Ortega' })
    await form.getByRole('button', { name: 'Add' }).click()
    await main(mine).getByRole('button', { name: 'Mark Inés Ortega as asked' }).click()
    await main(mine).getByText('Asked, no answer yet').waitFor()
    await mine.getByRole('button', { name: 'Hand over…' }).click()
    await mine.getByRole('button', { name: 'As a GitLab issue…' }).click()
    const open = mine.getByRole('dialog', { name: 'Open a coverage issue' })
    await open.getByText('Hidden from the customer.').waitFor()
    expect(await open.innerText()).toContain('Opens a confidential issue in support/assigned-support-engineers')
    expect(await open.innerText()).toContain('| Inés Ortega | Mon 8 Feb 2027 09:00 | Fri 12 Feb 2027 17:00 |')
    await open.getByRole('button', { name: 'Send' }).click()
    await issueOf(mine).getByRole('button', { name: reference }).waitFor()
  })

  it('the covering engineer takes it in by its address, accepts a part, and sends that back', async () => {
    const { theirs } = colleagues
    await goToCoverage(theirs)
    await theirs.getByRole('button', { name: 'Take in a plan…' }).click()
    const dialog = theirs.getByRole('dialog', { name: 'Take in a plan' })
    const address = new URL('/support/assigned-support-engineers/-/issues/1', colleagues.company.gitlab.url)
    await dialog.getByRole('textbox').fill(address.href)
    await dialog.getByRole('button', { name: 'Show what changes' }).click()
    await dialog.getByText('A plan that is new here').waitFor()
    expect(await dialog.innerText()).toContain('Inés Ortega was asked')
    await dialog.getByRole('button', { name: 'Take it in' }).click()
    await theirs.getByRole('heading', { name: /asks you to cover Brandt & Söhne/ }).waitFor()
    const answer = main(theirs).getByRole('group', { name: 'Answer for Brandt & Söhne' })
    await answer.getByLabel('Words with your answer').fill('Until Wednesday evening.')
    await answer.getByRole('button', { name: 'Accept a part…' }).click()
    await answer.getByLabel('Until').fill('2027-02-10T17:00')
    await answer.getByRole('button', { name: 'Accept this part' }).click()
    await issueOf(theirs).getByRole('button', { name: 'Send to GitLab…' }).click()
    const send = theirs.getByRole('dialog', { name: 'Send the plan to its issue' })
    await send.getByText('Hidden from the customer.').waitFor()
    await send.getByRole('button', { name: 'Send' }).click()
    await expect.poll(textInGitlab, { timeout: 20_000 }).toContain('Until Wednesday evening.')
  })

  it('the ASE fetches, sees what was answered before it is taken in, and both show the same', async () => {
    const { mine, theirs } = colleagues
    await issueOf(mine).getByRole('button', { name: 'Fetch now…' }).click()
    const dialog = mine.getByRole('dialog', { name: `Take in ${reference}` })
    await dialog.getByText(/accepted\. “Until Wednesday evening\.”/).waitFor()
    await dialog.getByRole('button', { name: 'Take it in' }).click()
    await main(mine).getByText('Missing:').waitFor()
    const covers = await coversIn(mine)
    expect(covers).toContain('Nobody covers Brandt & Söhne from Wed 10 Feb 17:00 until Fri 12 Feb 17:00.')
    expect(covers).toContain('Inés Ortega · Accepted · Change · Remove · Mon 8 Feb, 09:00 – Wed 10 Feb, 17:00')
    expect(await coversIn(theirs)).toBe(covers)
    expect(await issueOf(mine).getByRole('button', { name: 'Send to GitLab…' }).count()).toBe(0)
  })

  it('there is one issue, which says what was agreed to whoever reads it in GitLab', async () => {
    const { issues } = await colleagues.truth()
    const coverage = issues.filter(({ projectPath }) => reference.startsWith(`${projectPath}#`))
    expect(coverage).toHaveLength(1)
    expect(coverage[0]).toMatchObject({ confidential: true, state: 'opened' })
    expect(coverage[0]?.description).toContain('| Inés Ortega | Mon 8 Feb 2027 09:00 | Wed 10 Feb 2027 17:00 | yes')
    expect(faults).toEqual([])
  })
})
