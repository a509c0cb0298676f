import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen, within } from '@testing-library/react'
import type { PlanDetail } from '#contract/plans.ts'
import { berlin } from '../../support/coverage-fixtures.ts'
import { memoryStorage } from '../../support/memory-storage.ts'
import { openWindow, type OpenedWindow } from '../../support/open-window.tsx'
import { aPlan, aPlanEntry, aWhatIf } from '../../support/plan-fixtures.ts'
import type { StandInState } from '../../support/stand-in-state.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const address = '/coverage/plans/p-marta'
const two = () =>
  aPlan({
    entries: [aPlanEntry(), aPlanEntry({ id: 'e2', accountId: 4, accountName: 'Tailspin Games' })],
    askedOfMe: 2,
  })

test('before any answer stands what it would mean: load week by week with its sums, what collides, what to expect', async () => {
  const { standIn } = await openRequest()
  const meaning = await screen.findByRole('group', { name: 'What saying yes would mean' })
  expect(meaning.textContent).toContain('100 % → 75 % → 50 %')
  expect(meaning.textContent).toContain('9 → 6 tickets')
  expect(meaning.textContent).toContain('Now 12/week → 5 days at 1.8 = 9')
  expect(meaning.textContent).toContain('Then 12/week → 5 days at 1.2 = 6')
  expect(meaning.textContent).toContain('On-callYour shift EMEA night')
  expect(meaning.textContent).toContain('Fabrikam Health: 6, mostly 3 to 9')
  expect(inputsOf(standIn, 'plans.whatIf')).toEqual([
    { windows: [{ accountId: 2, startsAt: berlin(12, 7), endsAt: berlin(12, 12) }] },
  ])
  expect(faultsOfThePage()).toEqual([])
})

test('what cannot be done is said as impossible, in the week and among what is in the way', async () => {
  const [week] = aWhatIf().weeks
  const whatIf = aWhatIf({
    weeks: week ? [{ ...week, after: { value: 0, words: 'five accounts' }, possible: false }] : [],
    collisions: [
      { kind: 'impossible', startsAt: berlin(12, 7), endsAt: berlin(12, 8), words: 'Five accounts at once.' },
    ],
  })
  await openRequest(aPlan(), { whatIf })
  const meaning = await screen.findByRole('group', { name: 'What saying yes would mean' })
  expect(within(meaning).getAllByText('Impossible')).toHaveLength(2)
})

test('an account without a history is said to have none, and not to bring no tickets', async () => {
  const [expected] = aWhatIf().expected
  const none = { middle: null, low: null, high: null, words: 'No history yet: none of its tickets are stored.' }
  await openRequest(aPlan(), { whatIf: aWhatIf({ expected: expected ? [{ ...expected, ...none }] : [] }) })
  expect((await screen.findByText(none.words)).closest('li')?.textContent).toBe(`Fabrikam Health${none.words}`)
})

test('of several requests each can be left out of the reckoning', async () => {
  const { standIn } = await openRequest(two())
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Tailspin Games' }))
  const accounts = () =>
    inputsOf(standIn, 'plans.whatIf').map((input) =>
      (input as { windows: { accountId: number }[] }).windows.map(({ accountId }) => accountId),
    )
  await expect.poll(accounts).toEqual([[2, 4], [2]])
})

test('is accepted as a whole', async () => {
  const { standIn } = await openRequest()
  await userEvent.click(await screen.findByRole('button', { name: 'Accept' }))
  await expect.poll(() => screen.queryByRole('heading', { name: /asks you/ })).toBeNull()
  expect(inputsOf(standIn, 'plans.answer')).toEqual([{ planId: 'p-marta', entryId: 'e1', answer: 'accept' }])
  expect(await screen.findByText('Accepted')).toBeTruthy()
})

test('is accepted in part, by the clock of who is away, and the rest is a gap again', async () => {
  const { standIn } = await openRequest(aPlan({ aseTimeZone: 'Asia/Kolkata' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Accept a part…' }))
  expect(await screen.findByText(/The rest becomes a gap again/)).toBeTruthy()
  await userEvent.fill(screen.getByLabelText('Until'), '2026-12-09T18:00')
  await userEvent.click(screen.getByRole('button', { name: 'Accept this part' }))
  const part = { startsAt: '2026-12-07T04:30', endsAt: '2026-12-09T18:00' }
  await expect
    .poll(() => inputsOf(standIn, 'plans.answer'))
    .toEqual([{ planId: 'p-marta', entryId: 'e1', answer: 'accept', part }])
})

test('is declined with words, which outlive the window until they are sent', async () => {
  const storage = memoryStorage()
  const first = await openWindow({ plans: [aPlan()] }, address, storage)
  await userEvent.fill(await screen.findByLabelText('Words with your answer'), 'I am at a wedding')
  first.close()
  const { standIn } = await openWindow({ plans: [aPlan()] }, address, storage)
  expect((await screen.findByLabelText<HTMLInputElement>('Words with your answer')).value).toBe('I am at a wedding')
  await userEvent.click(screen.getByRole('button', { name: 'Decline' }))
  expect(await screen.findByText(/“I am at a wedding”/)).toBeTruthy()
  expect(inputsOf(standIn, 'plans.answer')).toEqual([
    { planId: 'p-marta', entryId: 'e1', answer: 'decline', words: 'I am at a wedding' },
  ])
  expect(storage.kept.size).toBe(0)
})

test('can be answered where what it would mean cannot be worked out, and a refusal stays beside the answer', async () => {
  const words = 'This request was taken back. Ask Marta Lindqvist.'
  await openRequest(aPlan(), { failing: new Set(['plans.whatIf']), refusing: new Map([['plans.answer', words]]) })
  expect(await screen.findByText('What it would mean could not be worked out')).toBeTruthy()
  const answer = within(screen.getByRole('group', { name: 'Answer for Fabrikam Health' }))
  await userEvent.click(answer.getByRole('button', { name: 'Accept' }))
  expect((await answer.findByRole('alert')).textContent).toBe(words)
})

function openRequest(plan: PlanDetail = aPlan(), state: Partial<StandInState> = {}): Promise<OpenedWindow> {
  return openWindow({ plans: [plan], ...state }, address)
}

function inputsOf(standIn: OpenedWindow['standIn'], path: string): unknown[] {
  return standIn.calls.filter((call) => call.path === path).map((call) => call.input)
}
