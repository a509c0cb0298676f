import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { aDeskPage } from '../../support/desk-fixtures.ts'
import { memoryStorage } from '../../support/memory-storage.ts'
import { openWindow } from '../../support/open-window.tsx'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const button = (name: string | RegExp) => screen.findByRole('button', { name })
const changesOf = (calls: readonly { path: string; input: unknown }[]) =>
  calls.filter(({ path }) => path === 'desks.change').map(({ input }) => (input as { change: unknown }).change)

test('the name of an account leads to its page, with people by both clocks and what is written down', async () => {
  const { path } = await openWindow({}, '/accounts')
  const link = await screen.findByRole('link', { name: 'Northwind Logistics' })
  link.focus()
  await userEvent.keyboard('{Enter}')
  await expect.poll(path).toBe('/accounts/1')
  expect(await screen.findByText(/Mon-Fri 09:00-17:00 in Kolkata .*, your time Mon-Fri 04:30-12:30/)).toBeTruthy()
  expect(await screen.findByText('Wants one recommendation.')).toBeTruthy()
  expect(await screen.findByText('Covering now')).toBeTruthy()
  expect(faultsOfThePage()).toEqual([])
})

test('a field is changed where it stands by keyboard alone, and can be taken back', async () => {
  const { standIn } = await openWindow({}, '/accounts/1')
  ;(await button(/^Geo: One secondary site/)).focus()
  await userEvent.keyboard('{Enter}')
  await userEvent.keyboard('{Control>}a{/Control}Two sites{Control>}{Enter}{/Control}')
  expect(await button(/^Geo: Two sites/)).toBeTruthy()
  await userEvent.click(await button('Undo'))
  expect(await button(/^Geo: One secondary site/)).toBeTruthy()
  expect(changesOf(standIn.calls)).toEqual([
    { kind: 'environment', field: 'geo', text: 'Two sites' },
    { kind: 'environment', field: 'geo', text: 'One secondary site' },
  ])
})

test('Escape leaves a field as it was', async () => {
  const { standIn } = await openWindow({}, '/accounts/1')
  await userEvent.click(await button(/^Slack channel: #ext-northwind/))
  await userEvent.keyboard('x{Escape}')
  expect(await button(/^Slack channel: #ext-northwind/)).toBeTruthy()
  expect(changesOf(standIn.calls)).toEqual([])
})

test('a contact is written down, and what was typed outlives the window', async () => {
  const storage = memoryStorage()
  const first = await openWindow({}, '/accounts/1', storage)
  await userEvent.click(await button('Add a contact: Our own'))
  await userEvent.keyboard('Leah Brandao')
  first.close()
  const { standIn } = await openWindow({}, '/accounts/1', storage)
  await userEvent.click(await button('Add a contact: Our own'))
  expect((await screen.findByLabelText<HTMLInputElement>('Name')).value).toBe('Leah Brandao')
  await userEvent.type(screen.getByLabelText('How to work with them'), 'Tell her first.')
  await userEvent.click(await button('Save'))
  expect(await screen.findByText('Tell her first.')).toBeTruthy()
  expect(changesOf(standIn.calls)).toMatchObject([
    { kind: 'put-contact', contact: { side: 'internal', name: 'Leah Brandao', howToWork: 'Tell her first.' } },
  ])
})

test('a contact that was removed comes back', async () => {
  await openWindow({}, '/accounts/1')
  await userEvent.click(await button('Remove Marcus Bell'))
  await expect.poll(() => screen.queryByText('Wants one recommendation.')).toBeNull()
  await userEvent.click(await button('Undo'))
  expect(await screen.findByText('Wants one recommendation.')).toBeTruthy()
})

test('a resource takes https addresses only', async () => {
  const { standIn } = await openWindow({}, '/accounts/1')
  await userEvent.click(await button('Add a resource'))
  await userEvent.keyboard('Dashboard')
  await userEvent.type(screen.getByLabelText('Address'), 'http://grafana.example')
  expect(await screen.findByText('Write an address that begins with https://')).toBeTruthy()
  expect((await button('Save')).hasAttribute('disabled')).toBe(true)
  await userEvent.fill(screen.getByLabelText('Address'), 'https://grafana.example')
  await userEvent.click(await button('Save'))
  await expect
    .poll(() => changesOf(standIn.calls))
    .toMatchObject([{ kind: 'put-resource', resource: { title: 'Dashboard', url: 'https://grafana.example' } }])
})

test('the steps of taking over say what is late and what is seen; the others are ticked by hand', async () => {
  const { standIn } = await openWindow({}, '/accounts/1')
  const section = within(await screen.findByRole('region', { name: 'Taking over the account' }))
  expect(await section.findByText('Late')).toBeTruthy()
  expect(await section.findByText('Written down: Tuesdays')).toBeTruthy()
  expect(section.getByRole<HTMLInputElement>('checkbox', { name: 'Decide on regular calls.' }).disabled).toBe(true)
  await userEvent.click(section.getByRole('button', { name: 'How to ask for it' }))
  expect(section.getByLabelText('the form’s address and choices').textContent).toContain(
    'What is this request concerning? Modifications to a Zendesk Global Organization',
  )
  await userEvent.click(section.getByRole('checkbox', { name: 'Introduce yourself as the ASE.' }))
  await expect.poll(() => changesOf(standIn.calls)).toMatchObject([{ kind: 'tick', stepId: 'introduction' }])
})

test('asking by an issue shows what is sent before it is', async () => {
  const desk = aDeskPage()
  const autoAssign = {
    by: 'issue' as const,
    project: 'support/organizations',
    title: 'Assign tickets',
    text: 'To Priya',
    remark: '',
    source: 'H',
  }
  const { standIn } = await openWindow(
    { desk: { ...desk, onboarding: { ...desk.onboarding, autoAssign } } },
    '/accounts/1',
  )
  await userEvent.click(await button('How to ask for it'))
  await userEvent.click(await button('Create the issue…'))
  await userEvent.click(await button('Send'))
  await expect
    .poll(() => standIn.calls.find(({ path }) => path === 'outbox.send')?.input)
    .toMatchObject({
      orders: [{ intent: { kind: 'create-issue', title: 'Assign tickets', description: 'To Priya' } }],
    })
})

test('an inventory is taken in after what would change was shown; a fault names its line', async () => {
  const { standIn } = await openWindow({}, '/accounts/1')
  await userEvent.click(await button('Take in…'))
  await userEvent.fill(await screen.findByLabelText('YAML'), 'geo: two sites\n\tpages: off\n')
  expect(await screen.findByText(/Line 2, column 1: A tab\./)).toBeTruthy()
  await userEvent.fill(screen.getByLabelText('YAML'), 'geo: two sites\npages: off\n')
  expect(await screen.findByText('Geo: two sites')).toBeTruthy()
  expect(await screen.findByText(/\(line 2, column 8\)/)).toBeTruthy()
  await userEvent.click(await button('Take in'))
  await expect
    .poll(() => standIn.calls.filter(({ path }) => path === 'desks.import').map(({ input }) => input))
    .toContainEqual(expect.objectContaining({ apply: true }))
})

test('a restricted account says so, and giving it out says why not', async () => {
  const refusing = new Map([['desks.export', 'Northwind Logistics is restricted.']])
  await openWindow({ refusing }, '/accounts/1')
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Nothing of this account goes to other places' }))
  expect(await screen.findByText('The account is restricted.')).toBeTruthy()
  await userEvent.click(await button('Give out…'))
  expect(await screen.findByText('Northwind Logistics is restricted.')).toBeTruthy()
})

test('an account of which nothing is known says what to do, at the smallest size too', async () => {
  await page.viewport(1024, 640)
  const { document, ...rest } = aDeskPage()
  const empty = { ...document, contacts: [], environment: {}, resources: [], extras: [], slackChannel: '' }
  await openWindow({ desk: { ...rest, document: empty, people: [], coverages: [], orgNote: null } }, '/accounts/1')
  expect(await screen.findByText(/This account has no ASE/)).toBeTruthy()
  expect(await screen.findByText(/take in the account’s inventory/)).toBeTruthy()
  expect(await screen.findByText(/Add runbooks, dashboards and issues/)).toBeTruthy()
  await userEvent.click(await button('Fill in 14 more'))
  expect(await button(/^Redis: nothing yet/)).toBeTruthy()
  const content = window.document.querySelector('main') ?? window.document.body
  expect(content.scrollWidth).toBeLessThanOrEqual(content.clientWidth)
})

test('an account that is not followed is said to be none', async () => {
  await openWindow({}, '/accounts/999')
  expect(await screen.findByText('This account is not followed here')).toBeTruthy()
})
