import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import { anEntry } from '../../support/connection-fixtures.ts'
import { now } from '../../support/fixtures.ts'
import { openWindow } from '../../support/open-window.tsx'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

test('lists what needs me first, then what is on its way, then what is settled, and counts them', async () => {
  const { path } = await openWindow(
    {
      outbox: [
        anEntry({ id: 6, state: 'verified', settledAt: now, words: 'six' }),
        anEntry({ id: 5, state: 'conflict', conflict: [], words: 'five' }),
        anEntry({ id: 4, words: 'four' }),
        anEntry({ id: 3, state: 'failed', words: 'three' }),
        anEntry({ id: 2, state: 'discarded', settledAt: now, words: 'two' }),
        anEntry({ id: 1, state: 'sent', sentAt: now, words: 'one' }),
      ],
    },
    '/changes',
  )
  expect(await screen.findByText('2 need you, 2 are on their way.')).toBeTruthy()
  const groups = ['Need you', 'On their way', 'Settled'].map((name) =>
    within(screen.getByRole('region', { name }))
      .getAllByRole('listitem')
      .map((item) => /five|four|three|two|one|six/.exec(item.textContent)?.[0]),
  )
  expect(groups).toEqual([
    ['five', 'three'],
    ['four', 'one'],
    ['six', 'two'],
  ])
  expect(faultsOfThePage()).toEqual([])
  await expect.poll(() => document.title).toBe('Changes · Understudy')
  const [ticket] = screen.getAllByRole('link', { name: '#4711 Runners stay offline after the upgrade to 18.6' })
  if (ticket) await userEvent.click(ticket)
  await expect.poll(path).toBe('/today/ticket/4711')
})

test('says what can be done about each kind, and who sees what is not settled', async () => {
  const customerSees = { visible: false, words: 'Internal notes are for agents.' }
  await openWindow(
    {
      outbox: [
        anEntry({ id: 4, state: 'failed' }),
        anEntry({ id: 3, words: 'three' }),
        anEntry({ id: 2, customerSees, words: 'two' }),
        anEntry({ id: 1, state: 'verified', settledAt: now }),
      ],
    },
    '/changes',
  )
  const group = async (name: string) => (await screen.findByRole('region', { name })).textContent
  expect(await group('Need you')).toMatch(
    /Try again, give up, .*The customer sees this once it is made\. Your address .*Give up$/,
  )
  expect(await group('On their way')).toMatch(/can be taken back\..*Hidden from the customer\. Internal notes are/)
  expect(await group('Settled')).toMatch(/To undo one/)
  expect(await group('Settled')).not.toContain('The customer sees this')
  const buttons = screen.getAllByRole('listitem').map((item) => within(item).queryAllByRole('button').length)
  expect(buttons).toEqual([2, 1, 1, 0])
})

test('changes in GitLab stand among them, say so, and lead to where they can be looked at', async () => {
  const intent = { kind: 'issue-comment', projectId: 8, iid: 12, body: 'x', internal: false } as const
  const url = 'https://gitlab.example.com/collab/northwind/-/issues/12'
  const conflict = [{ field: 'Task', before: '[ ] a', mine: '[x] a', theirs: 'not there any more' }]
  const { standIn } = await openWindow(
    {
      outbox: [
        anEntry({ id: 4, intent, subject: '#12 “Upgrade”', url, state: 'conflict', conflict }),
        anEntry({ id: 3, intent, subject: '#12 “Upgrade”', url, state: 'sent', sentAt: now }),
        anEntry({ id: 2, intent, subject: 'collab/gone', url: null, state: 'queued' }),
        anEntry({ id: 1, intent, subject: '#12 “Upgrade”', url, state: 'verified', settledAt: now }),
      ],
    },
    '/changes',
  )
  const group = async (name: string) => (await screen.findByRole('region', { name })).textContent
  expect(await group('Need you')).toMatch(/#12 “Upgrade”.*In GitLab now/)
  expect(await group('On their way')).toMatch(/Sent, not seen in GitLab yet#12 “Upgrade”.*collab\/gone/)
  expect(await group('Settled')).toMatch(/Seen in GitLab#12 “Upgrade”/)
  expect(screen.queryAllByRole('link', { name: /Upgrade|gone/ })).toEqual([])
  expect(screen.getAllByRole('button', { name: '#12 “Upgrade”' }).length).toBe(3)
  expect(faultsOfThePage()).toEqual([])
  const [lead] = screen.getAllByRole('button', { name: '#12 “Upgrade”' })
  if (lead) await userEvent.click(lead)
  await expect
    .poll(() => standIn.calls.filter(({ path }) => path === 'app.openExternal').map(({ input }) => input))
    .toEqual([{ url }])
})

test('an old change that is not settled is there, however many came after it', async () => {
  const settled = Array.from({ length: 300 }, (_, index) =>
    anEntry({ id: 400 - index, state: 'verified', settledAt: now, words: 'done' }),
  )
  await openWindow({ outbox: [...settled, anEntry({ id: 1, state: 'failed', words: 'lost sight of' })] }, '/changes')
  expect(await screen.findByText('lost sight of')).toBeTruthy()
  expect(await screen.findByText('1 needs you.')).toBeTruthy()
})

test('settled and empty lists say so', async () => {
  const { standIn } = await openWindow({}, '/changes')
  expect(await screen.findByText('Nothing was changed from here yet')).toBeTruthy()
  standIn.state.outbox = [anEntry({ state: 'verified', settledAt: now })]
  standIn.publish('outbox')
  expect(await screen.findByText('Every change is settled.')).toBeTruthy()
})

test('changes that cannot be read say so and are asked for again', async () => {
  const { standIn } = await openWindow({ failing: new Set(['outbox.list']) }, '/changes')
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('The changes could not be read')
  standIn.state.failing.clear()
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('Nothing was changed from here yet')).toBeTruthy()
})

test('strange and endless words are text that stays in its card', async () => {
  await page.viewport(1024, 640)
  const html = '<img src=x onerror="window.pwned = 1">'
  const long = 'x'.repeat(400)
  const conflict = [{ field: 'Tags', before: html, mine: long, theirs: long }]
  await openWindow(
    { outbox: [anEntry({ state: 'conflict', subject: html + long, words: html + long, problem: html, conflict })] },
    '/changes',
  )
  const card = await screen.findByRole('listitem')
  expect(card.textContent).toContain(html)
  expect(card.querySelector('img')).toBeNull()
  expect('pwned' in globalThis).toBe(false)
  expect(card.scrollWidth).toBeLessThanOrEqual(card.clientWidth)
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1024)
})
