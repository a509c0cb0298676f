import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright'
import { judgeRecordOf } from '#test/support/simulator.ts'
import { byKeyboard, type Hands } from './by-keyboard.ts'
import { openApp, type OpenedApp } from './open-window.ts'

/** Of the sample: the account whose ASE I am. */
const accountName = 'Brandt & Söhne'
const label = `ASE Work - ${accountName}`
const projectPath = 'account-management/emea/brandt-soehne/collaboration'

interface Truth {
  readonly issues: readonly {
    readonly title: string
    readonly projectPath: string
    readonly projectId: number
    readonly description: string
    readonly labels: readonly string[]
    readonly tasksDone: number
  }[]
  readonly gitlab: {
    readonly labels: readonly { readonly id: number; readonly name: string }[]
    readonly subscribedLabels: readonly unknown[]
    readonly boards: readonly { readonly projectId: number; readonly name: string }[]
    readonly commits: readonly { readonly projectId: number; readonly paths: readonly string[] }[]
  }
}

describe('work in GitLab from the window, by keyboard alone', () => {
  let app: OpenedApp
  let page: Page
  let hands: Hands
  let projectId = 0
  const faults: string[] = []
  beforeAll(async () => {
    app = await openApp({ page: { timezoneId: 'Europe/Berlin', colorScheme: 'light' } })
    page = app.page
    hands = byKeyboard(page)
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    page.on('pageerror', (error) => faults.push(String(error)))
    await page.getByRole('gridcell').first().waitFor()
    // A project in which nothing was set up: no label, nothing in its repository.
    const { issues, gitlab } = await truth()
    projectId = issues.find((issue) => issue.projectPath === projectPath)?.projectId ?? 0
    const old = gitlab.labels.find(({ name }) => name === label)
    if (old) await app.control(`/gitlab/labels/${old.id}/delete`)
    await app.control(`/gitlab/projects/${projectId}`, { empty: true })
  })
  afterAll(async () => {
    await judgeRecordOf(app.controlUrl)
    await app.close()
  })

  const truth = async () => (await (await fetch(new URL('/truth', app.controlUrl))).json()) as Truth
  const dialog = (name: string | RegExp) => page.getByRole('dialog', { name })

  const isInSight = (wanted: Locator) =>
    wanted.evaluate((element) => {
      const { left, top, height } = element.getBoundingClientRect()
      return element.contains(document.elementFromPoint(left + 2, top + height / 2))
    })

  it('sets an empty project up with one confirmation, and says beforehand who will see it', async () => {
    await hands.press('g', 'a')
    await hands.choose(page.getByRole('button', { name: `GitLab project of ${accountName}` }))
    const kit = dialog(`GitLab project of ${accountName}`)
    await kit.getByRole('button', { name: 'Set up 4 things' }).waitFor()
    expect(await kit.innerText()).toContain(`Everything in this project can be seen by ${accountName}.`)
    expect(await kit.getByText(/^The customer sees this\./).count()).toBe(3)
    expect(await kit.getByText(/^Hidden from the customer\. Nobody else is shown/).count()).toBe(1)
    await hands.choose(kit.getByRole('button', { name: 'Set up 4 things' }))
    await kit.getByText('The project has everything. Announce it, if you have not.').waitFor()
    const { gitlab } = await truth()
    expect(gitlab.labels.filter(({ name }) => name === label)).toHaveLength(1)
    expect(gitlab.boards.filter((board) => board.projectId === projectId).map(({ name }) => name)).toEqual([label])
    expect(gitlab.commits.filter((commit) => commit.projectId === projectId).map(({ paths }) => paths)).toEqual([
      ['.gitlab/issue_templates/Call.md'],
    ])
  })

  it('looked at again, everything is there, and nothing is offered', async () => {
    const kit = dialog(`GitLab project of ${accountName}`)
    await hands.choose(kit.getByRole('button', { name: 'Look again' }))
    await kit.getByRole('button', { name: 'Look again' }).waitFor()
    expect(await kit.getByRole('listitem').filter({ hasText: 'Done' }).count()).toBe(4)
    expect(await kit.getByRole('button', { name: /^Set up/ }).count()).toBe(0)
    await hands.press('Escape')
    await kit.waitFor({ state: 'detached' })
  })

  it('a new issue arrives once, after it was said that the customer sees it', async () => {
    await hands.choose(page.getByRole('button', { name: new RegExp(`^Show \\d+ issues of ${accountName}`) }))
    await hands.choose(page.getByRole('button', { name: 'New issue…' }))
    const form = dialog(`New issue of ${accountName}`)
    await hands.tabTo(form.getByLabel('Title'))
    await hands.type('Order of the sites for 18.6')
    await hands.tabTo(form.getByLabel('Description'))
    await hands.type('Kraków goes first.\n\n- [ ] Check the runners\n- [ ] Book the window')
    const seen = form.getByText('The customer sees this.')
    await seen.waitFor()
    await hands.tabTo(form.getByRole('button', { name: 'Send' }).and(page.locator(':enabled')))
    // In a long form who sees it lies below the fold: then the first press shows it, and sends nothing.
    if (!(await isInSight(seen))) await hands.press('Enter')
    expect(await isInSight(seen)).toBe(true)
    await hands.press('Enter')
    await form.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Read Order of the sites for 18.6' }).waitFor()
    const made = (await truth()).issues.filter(({ title }) => title === 'Order of the sites for 18.6')
    expect(made).toHaveLength(1)
    expect(made[0]).toMatchObject({ projectPath, labels: [label], tasksDone: 0 })
    expect(made[0]?.description).toMatch(/^Kraków goes first\.\n\n- \[ \] Check the runners\n- \[ \] Book the window\n/)
  })

  it('ticking a task changes that line of the issue and no other, once it is confirmed', async () => {
    await hands.choose(page.getByRole('button', { name: 'Read Order of the sites for 18.6' }))
    const theIssue = async () => (await truth()).issues.find(({ title }) => title === 'Order of the sites for 18.6')
    const before = await theIssue()
    const task = page.getByRole('checkbox', { name: 'Book the window' })
    await hands.tabTo(task)
    await hands.press('Space')
    const confirm = dialog('Done: Book the window')
    await confirm.getByText('The customer sees this.').waitFor()
    expect((await theIssue())?.tasksDone).toBe(0)
    await hands.choose(confirm.getByRole('button', { name: 'Send' }))
    await page.getByRole('checkbox', { name: 'Book the window', checked: true }).waitFor()
    const after = await theIssue()
    expect(after?.description).toBe(before?.description.replace('- [ ] Book', '- [x] Book'))
    expect(faults).toEqual([])
  })
})
