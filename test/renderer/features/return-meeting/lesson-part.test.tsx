import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { screen } from '@testing-library/react'
import { memoryStorage } from '../../support/memory-storage.ts'
import { openWrapUp, partNamed } from '../../support/open-wrap-up.ts'
import { aWrapUp } from '../../support/wrap-up-fixtures.ts'

beforeEach(() => page.viewport(1280, 800))

test('what was learned is saved by itself, and says so', async () => {
  const { inputs } = await openWrapUp()
  const part = await partNamed('Did it help')
  await userEvent.click(await part.findByRole('radio', { name: 'Partly' }))
  await userEvent.fill(part.getByLabelText('What was missing'), 'Who may restart Gitaly.')
  expect(await part.findByText('Saved')).toBeTruthy()
  expect(await part.findByText('Done')).toBeTruthy()
  expect(inputs('returnWrapUps.learn').at(-1)).toEqual({
    coverageId: 'v-fabrikam',
    lesson: { helped: 'partly', missing: 'Who may restart Gitaly.' },
  })
})

test('it stays when the window ends before it was saved', async () => {
  const storage = memoryStorage()
  const first = await openWrapUp({ failing: new Set(['returnWrapUps.learn']) }, storage)
  await userEvent.click(await screen.findByRole('radio', { name: 'No' }))
  await userEvent.fill(screen.getByLabelText('What was missing'), 'The on-call rota.')
  expect(await screen.findByText(/^Not saved yet; this window keeps it/)).toBeTruthy()
  first.close()
  const { inputs } = await openWrapUp({}, storage)
  expect(await screen.findByDisplayValue('The on-call rota.')).toBeTruthy()
  await expect.poll(() => inputs('returnWrapUps.learn').at(-1)).toMatchObject({ lesson: { helped: 'no' } })
})

test('two answers are chosen from', async () => {
  const storage = memoryStorage()
  const first = await openWrapUp({ failing: new Set(['returnWrapUps.learn']) }, storage)
  await userEvent.fill(await screen.findByLabelText('What was missing'), 'Mine.')
  await screen.findByText(/^Not saved yet/)
  first.close()
  await openWrapUp({ wrapUp: aWrapUp({ lesson: { helped: 'yes', missing: 'Theirs.' } }) }, storage)
  expect(await screen.findByText('Yes: “Theirs.”')).toBeTruthy()
  expect(await screen.findByText('No answer: “Mine.”')).toBeTruthy()
})

test('what the handoff foresaw, and what it had not, stands beside it', async () => {
  const contingencies = {
    written: 3,
    fired: ['#4711 Runners: they sent the log.'],
    wrong: ['#4712 Registry: it breached.'],
  }
  await openWrapUp({ wrapUp: aWrapUp({ contingencies }) })
  const part = await partNamed('Did it help')
  expect(await part.findByText(/^The handoff had 3 “if … then …”: 1 happened\. One thing happened/)).toBeTruthy()
  expect(await part.findByText('#4712 Registry: it breached.')).toBeTruthy()
})
