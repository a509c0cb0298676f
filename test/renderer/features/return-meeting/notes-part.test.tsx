import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { WriteIntent } from '#contract/outbox.ts'
import { openWrapUp, partNamed } from '../../support/open-wrap-up.ts'
import { aWrapUp } from '../../support/wrap-up-fixtures.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const coverageIssue = {
  reference: 'support/coverage#41',
  url: 'https://gitlab.example.com/support/coverage/-/issues/41',
  open: true,
  notHandedBack: [] as string[],
}
const comment: WriteIntent = {
  kind: 'issue-comment',
  projectId: 7,
  iid: 41,
  body: '- **Fabrikam Health**',
  internal: false,
}
const closing: WriteIntent = { kind: 'issue-state', projectId: 7, iid: 41, state: 'closed' }

describe('the call', () => {
  test('is written for the readers that are chosen, and gone on with where calls are', async () => {
    const { inputs, path } = await openWrapUp()
    const part = await partNamed('The call')
    const write = await part.findByRole<HTMLButtonElement>('button', { name: 'Write the call' })
    expect(write.disabled).toBe(true)
    expect(await part.findByText(/Choose first who will read it/)).toBeTruthy()
    await userEvent.click(part.getByRole('radio', { name: 'The customer too' }))
    expect(faultsOfThePage()).toEqual([])
    await userEvent.click(write)
    await expect.poll(path).toBe('/calls/c1')
    expect(inputs('returnWrapUps.call')).toEqual([{ coverageId: 'v-fabrikam', audience: 'customer' }])
  })

  test('says what differs between its readers', async () => {
    await openWrapUp()
    const colleagues = await screen.findByRole('radio', { name: 'Colleagues only' })
    const described = document.getElementById(colleagues.getAttribute('aria-describedby') ?? '')
    expect(described?.textContent).toContain('internal notes')
    const customer = screen.getByRole('radio', { name: 'The customer too' })
    const words = document.getElementById(customer.getAttribute('aria-describedby') ?? '')?.textContent
    expect(words).toContain('your notes and internal notes do not')
  })

  test('that is a draft leads to it; that was filed says what it became', async () => {
    const call = { id: 'c7', filed: false, url: null, words: 'It is a draft and not filed yet.' }
    const { close } = await openWrapUp({ wrapUp: aWrapUp({ call }) })
    const draft = await partNamed('The call')
    expect((await draft.findByRole('link', { name: /Go on with it/ })).getAttribute('href')).toContain('/calls/c7')
    expect(draft.queryByRole('button', { name: 'Write the call' })).toBeNull()
    close()
    const url = 'https://gitlab.example.com/collab/fabrikam/-/issues/3'
    const words = 'Issue “2026-11-24 Call: Return from PTO”'
    const { inputs } = await openWrapUp({ wrapUp: aWrapUp({ call: { ...call, filed: true, url, words } }) })
    const filed = await partNamed('The call')
    expect(await filed.findByText('Filed')).toBeTruthy()
    await userEvent.click(await filed.findByRole('button', { name: 'Open in GitLab' }))
    await expect.poll(() => inputs('app.openExternal')).toEqual([{ url }])
  })
})

describe('the organization note', () => {
  test('leads to where its removal is asked for while it tells of the absence', async () => {
    const { close } = await openWrapUp({ wrapUp: aWrapUp({ orgNoteTells: true }) })
    const link = await screen.findByRole('link', { name: 'Ask for its removal' })
    expect(link.getAttribute('href')).toContain('/accounts/2/org-note')
    close()
    await openWrapUp()
    expect(await screen.findByText('It does not tell of this absence.')).toBeTruthy()
  })
})

describe('the coverage issue', () => {
  test('gets what was learned and is closed, after both were shown', async () => {
    const { inputs } = await openWrapUp({ wrapUp: aWrapUp({ coverageIssue }), issueIntents: [comment, closing] })
    await userEvent.click(await screen.findByRole('button', { name: 'Write what was learned, and close it…' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(await dialog.findAllByRole('region', { name: 'What is sent' })).toHaveLength(2)
    expect(faultsOfThePage()).toEqual([])
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
    expect(inputs('outbox.send')).toMatchObject([{ orders: [{ intent: comment }, { intent: closing }] }])
    const cards = await screen.findByRole('region', { name: 'Changes to support/coverage#41' })
    expect(await within(cards).findAllByText('Waiting to be sent')).toHaveLength(2)
  })

  test('stays open when that is unticked', async () => {
    const { inputs } = await openWrapUp({ wrapUp: aWrapUp({ coverageIssue }), issueIntents: [comment, closing] })
    await userEvent.click(await screen.findByRole('button', { name: /^Write what was learned/ }))
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.click(await dialog.findByRole('checkbox', { name: 'Close the issue' }))
    await expect.poll(() => dialog.queryAllByRole('region', { name: 'What is sent' })).toHaveLength(1)
    await expect.poll(() => dialog.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(false)
    await userEvent.click(dialog.getByRole('button', { name: 'Send' }))
    await expect.poll(() => inputs('outbox.send')).toMatchObject([{ orders: [{ intent: comment }] }])
  })

  test('names the accounts that are not handed back, and says when nothing is left to write', async () => {
    const notHandedBack = ['Fabrikam Health', 'Northwind Logistics']
    await openWrapUp({ wrapUp: aWrapUp({ coverageIssue: { ...coverageIssue, notHandedBack } }) })
    expect(await screen.findByText('Not handed back yet: Fabrikam Health and Northwind Logistics.')).toBeTruthy()
    expect(await screen.findByText('Nothing is left to be written into it.')).toBeTruthy()
  })
})

test('the notes are not done while the issue of an absence that is over is open', async () => {
  const call = { id: 'c7', filed: true, url: null, words: 'Markdown of the issue' }
  const { close } = await openWrapUp({ wrapUp: aWrapUp({ call, coverageIssue }) })
  expect(await (await partNamed('Notes')).findByText('To do')).toBeTruthy()
  close()
  const notHandedBack = ['Fabrikam Health']
  await openWrapUp({ wrapUp: aWrapUp({ call, coverageIssue: { ...coverageIssue, notHandedBack } }) })
  expect(await (await partNamed('Notes')).findByText('Done')).toBeTruthy()
})

test('the notices are ready to copy', async () => {
  await openWrapUp()
  const part = await partNamed('Notices')
  expect(await part.findByLabelText('the notice to Your contacts at Fabrikam Health')).toBeTruthy()
  expect(await part.findAllByRole('button', { name: /^Copy the notice to/ })).toHaveLength(2)
})
