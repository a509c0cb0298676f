import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { anOrganization } from '../../support/connection-fixtures.ts'
import { aStatus } from '../../support/fixtures.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import type { StandInState } from '../../support/stand-in-state.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

test('an organization is found by the letters its name begins with, chosen by keyboard and followed', async () => {
  const { standIn } = await openDialog()
  await userEvent.keyboard('w')
  expect(screen.queryAllByRole('option')).toHaveLength(0)
  await userEvent.keyboard('i')
  const options = await screen.findAllByRole('option')
  expect(options.map((option) => option.textContent)).toEqual([
    'Wingtip ToysOrganization 501',
    'Winnipeg FreightFollowed already',
  ])
  expect(inputsOf(standIn, 'accounts.find')).toEqual([{ name: 'wi' }])
  expect(faultsOfThePage()).toEqual([])
  await userEvent.keyboard('{Enter}')
  await screen.findByRole('dialog', { name: 'Follow Wingtip Toys' })
  await userEvent.click(await screen.findByRole('button', { name: 'Follow' }))
  expect(await screen.findByText('Wingtip Toys is followed')).toBeTruthy()
  expect(inputsOf(standIn, 'accounts.add')).toEqual([
    { organizationId: 501, aseId: 20, aseSince: null, label: 'ASE Work - Wingtip Toys', gitlabGroup: 'collab/wingtip' },
  ])
  expect(await screen.findByRole('button', { name: 'Edit Wingtip Toys' })).toBeTruthy()
})

test('what is followed already cannot be chosen', async () => {
  await openDialog()
  await userEvent.keyboard('wi')
  await screen.findAllByRole('option')
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(screen.getByRole('option', { selected: true }).textContent).toContain('Followed already')
  expect(await screen.findByRole('dialog', { name: 'Follow an account' })).toBeTruthy()
})

test('an answer nobody waits for any more is called off, and never shown', async () => {
  const { standIn } = await openDialog({ holding: new Set(['accounts.find']) })
  await userEvent.keyboard('wi')
  const finds = () => standIn.calls.filter((call) => call.path === 'accounts.find')
  await expect.poll(() => finds().length).toBe(1)
  expect(await screen.findByText('Asking Zendesk…')).toBeTruthy()
  await userEvent.keyboard('nn')
  await expect.poll(() => finds().map((call) => call.calledOff)).toEqual([true, false])
  standIn.letGo()
  await expect
    .poll(() => screen.getAllByRole('option').map((option) => option.textContent))
    .toEqual(['Winnipeg FreightFollowed already'])
})

test('Enter right after a letter takes nothing that was found for the letters before it', async () => {
  await openDialog()
  await userEvent.keyboard('wi')
  await screen.findAllByRole('option')
  await userEvent.keyboard('x{Enter}')
  expect(await screen.findByText('No organization’s name begins like this.')).toBeTruthy()
  expect(await screen.findByRole('dialog', { name: 'Follow an account' })).toBeTruthy()
})

test('the record is shown, and what it suggests is filled in, said to be a suggestion, and changed as one likes', async () => {
  const { standIn } = await openRecord()
  const record = screen.getByRole('region', { name: 'Its record in Zendesk' })
  expect(record.textContent).toContain('Outside her hours anyone answers')
  expect(record.textContent).toContain('RegionAPAC')
  expect(record.textContent).toContain('seats1200')
  // What was understood is not said a second time under Zendesk's own key.
  expect(record.textContent).not.toMatch(/org_region|assigned_se/)
  expect(screen.getAllByText('Suggestion')).toHaveLength(3)
  const label = () => screen.getByLabelText<HTMLInputElement>(/^Label of/).value
  expect(label()).toBe('ASE Work - Wingtip Toys')
  await userEvent.click(screen.getByRole('button', { name: 'Clear ASE Work - Wingtip Toys' }))
  expect(label()).toBe('')
  await userEvent.click(screen.getByRole('button', { name: 'Use ASE Work - Wingtip Toys' }))
  expect(label()).toBe('ASE Work - Wingtip Toys')
  const another = () => screen.getByRole<HTMLInputElement>('radio', { name: 'Another agent' }).checked
  expect(another()).toBe(true)
  await userEvent.click(screen.getByRole('button', { name: 'Clear Priya Raman' }))
  expect(another()).toBe(false)
  await userEvent.click(screen.getByRole('button', { name: 'Use Priya Raman' }))
  expect(another()).toBe(true)
  await userEvent.fill(screen.getByLabelText('ASE since'), '2026-11-02')
  await userEvent.fill(screen.getByLabelText(/^GitLab group/), ' /collab/wingtip/ ')
  expect(faultsOfThePage()).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Follow' }))
  await expect
    .poll(() => inputsOf(standIn, 'accounts.add'))
    .toEqual([
      {
        organizationId: 501,
        aseId: 20,
        aseSince: Date.UTC(2026, 10, 1, 23),
        label: 'ASE Work - Wingtip Toys',
        gitlabGroup: 'collab/wingtip',
      },
    ])
})

test('the ASE is me, nobody, or an agent found by name, and an unfinished choice is not sent', async () => {
  const { standIn } = await openRecord()
  await userEvent.click(screen.getByRole('button', { name: 'Choose another' }))
  expect(screen.getByRole('button', { name: 'Follow' }).matches(':disabled')).toBe(true)
  expect(await screen.findByText('Choose the ASE, or nobody.')).toBeTruthy()
  await userEvent.click(screen.getByRole('combobox', { name: 'Find the ASE' }))
  await userEvent.keyboard('pri')
  await screen.findAllByRole('option')
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(await screen.findByText('Pritam Das')).toBeTruthy()
  expect(document.activeElement?.textContent).toBe('Choose another')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => document.activeElement?.getAttribute('role')).toBe('combobox')
  await userEvent.click(screen.getByRole('radio', { name: 'Me (Tom Okafor)' }))
  await userEvent.click(screen.getByRole('button', { name: 'Follow' }))
  await expect.poll(() => inputsOf(standIn, 'accounts.add')).toEqual([expect.objectContaining({ aseId: 10 })])
})

test('a name in the record that is nobody’s id is only a hint', async () => {
  const { suggested } = anOrganization()
  const organization = anOrganization({ suggested: { ...suggested, ase: { id: null, words: 'P. Raman' } } })
  await openRecord({ organizations: [organization] })
  expect(
    await screen.findByText('The record names “P. Raman”. Choose “Another agent” to find who that is.'),
  ).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Use P. Raman' })).toBeNull()
})

test('what the service refuses is said where it was asked for', async () => {
  const words = 'The sample workspace has its own accounts. Connect your Zendesk to follow one.'
  const { standIn } = await openDialog({ refusing: new Map([['accounts.find', words]]) })
  await userEvent.keyboard('wi')
  expect(await screen.findByText(words)).toBeTruthy()
  expect(screen.getByRole('combobox').getAttribute('aria-invalid')).toBe('true')
  standIn.state.refusing = new Map()
  await userEvent.keyboard('n')
  await screen.findAllByRole('option')
  standIn.state.refusing.set('accounts.add', 'This account was followed a moment ago, elsewhere.')
  await userEvent.keyboard('{Enter}')
  await userEvent.click(await screen.findByRole('button', { name: 'Follow' }))
  expect((await screen.findByRole('alert')).textContent).toBe('This account was followed a moment ago, elsewhere.')
  expect(await screen.findByRole('dialog', { name: 'Follow Wingtip Toys' })).toBeTruthy()
})

test('a record that cannot be read says so, and another organization can be chosen', async () => {
  await openDialog({ failing: new Set(['accounts.organization']) })
  await userEvent.keyboard('wi')
  await screen.findAllByRole('option')
  await userEvent.keyboard('{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('The record could not be read')
  await userEvent.click(screen.getByRole('button', { name: 'Another organization' }))
  expect(await screen.findByRole('dialog', { name: 'Follow an account' })).toBeTruthy()
})

test('nothing found says so', async () => {
  await openDialog()
  await userEvent.keyboard('zz')
  expect(await screen.findByText('No organization’s name begins like this.')).toBeTruthy()
})

test('whatever stands in a record is text', async () => {
  const html = '<img src=x onerror="window.pwned = 1"><script>window.pwned = 1</script>'
  await openRecord({
    organizations: [
      anOrganization({
        name: `Win ${html}`,
        note: html,
        tags: [html],
        fields: { [html]: html },
        suggested: { ase: { id: 20, words: html }, label: html, gitlabProject: html, region: html, supportLevel: html },
      }),
    ],
  })
  const dialog = screen.getByRole('dialog')
  expect(dialog.textContent).toContain(`Follow Win ${html}`)
  expect(within(dialog).getByRole('region').textContent).toContain(`${html}${html}`)
  expect(dialog.querySelectorAll('img, script')).toHaveLength(0)
  expect('pwned' in globalThis).toBe(false)
  expect(dialog.scrollWidth).toBeLessThanOrEqual(dialog.clientWidth)
})

test('the dialog fits into the smallest window', async () => {
  await page.viewport(1024, 640)
  await openRecord()
  const { top, bottom } = screen.getByRole('dialog').getBoundingClientRect()
  expect(top).toBeGreaterThanOrEqual(0)
  expect(bottom).toBeLessThanOrEqual(640)
  expect(screen.getByRole('button', { name: 'Follow' }).getBoundingClientRect().bottom).toBeLessThanOrEqual(640)
})

async function openDialog(state: Partial<StandInState> = {}): Promise<OpenedWindow> {
  const window = await openWindow({ status: aStatus({ workspace: 'real' }), ...state }, '/accounts')
  await userEvent.click(await screen.findByRole('button', { name: 'Follow an account' }))
  await expect.poll(() => document.activeElement?.getAttribute('role')).toBe('combobox')
  return window
}

async function openRecord(state: Partial<StandInState> = {}): Promise<OpenedWindow> {
  const window = await openDialog(state)
  await userEvent.keyboard('win')
  await screen.findAllByRole('option')
  await userEvent.keyboard('{Enter}')
  await screen.findByRole('region', { name: 'Its record in Zendesk' })
  return window
}

function inputsOf(standIn: OpenedWindow['standIn'], path: string): unknown[] {
  return standIn.calls.filter((call) => call.path === path).map((call) => call.input)
}
