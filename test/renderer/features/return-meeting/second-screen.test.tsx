import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { screen } from '@testing-library/react'
import { openWindow } from '../../support/open-window.tsx'
import { anEvidence, aReturn, aRow, decided, runPath, someRows } from '../../support/return-fixtures.ts'
import { faultsOfThePage } from '../../support/unnamed-controls.ts'

beforeEach(() => page.viewport(1280, 800))

const path = `${runPath}/screen`

test('shows the row of the meeting without anything private, and how much is undecided', async () => {
  const evidence = [anEvidence(), anEvidence({ words: 'Internal note', quote: 'canary-quote', isPrivate: true })]
  const decision = { kind: 'follow-up' as const, note: 'canary-note', owner: 'Canary Owner', dueOn: '2026-11-27' }
  const row = decided(aRow({ ticketId: 4702, evidence, proposal: { kind: 'keep', why: 'canary-why' } }), { decision })
  await openWindow(aReturn([...someRows(3), row], { at: row.key, running: true }), path)
  await screen.findByRole('heading', { level: 2, name: /#4702/ })
  expect(await screen.findByText('3 undecided')).toBeTruthy()
  expect(await screen.findByText('Decided: Follow up')).toBeTruthy()
  expect(await screen.findByText(anEvidence().quote)).toBeTruthy()
  expect(document.body.textContent.toLowerCase()).not.toContain('canary')
  expect(screen.queryByRole('button')).toBeNull()
  expect(faultsOfThePage()).toEqual([])
})

test('follows from row to row, and says when nothing is undecided', async () => {
  const rows = someRows(2)
  const { standIn } = await openWindow(aReturn(rows, { at: rows[0]?.key ?? null, running: true }), path)
  await screen.findByRole('heading', { level: 2, name: /#4711/ })
  const list = standIn.state.returnLists.get('v-fabrikam')
  if (!list) throw new Error('no list')
  Object.assign(list, { at: rows[1]?.key, rows: rows.map((row, place) => (place === 0 ? decided(row) : row)) })
  standIn.publish('returns', ['p-marta--2'])
  await screen.findByRole('heading', { level: 2, name: /#4712/ })
  await screen.findByText('1 undecided')
  Object.assign(list, { at: null, rows: rows.map((row) => decided(row)) })
  standIn.publish('returns', ['p-marta--2'])
  await screen.findByRole('heading', { level: 2, name: 'Nothing undecided' })
})

test('says that nothing runs, and begins by itself', async () => {
  const { standIn } = await openWindow(aReturn(someRows(2)), path)
  await screen.findByRole('heading', { level: 2, name: 'The meeting does not run' })
  expect(screen.queryByText(/#4711/)).toBeNull()
  Object.assign(standIn.state.returnLists.get('v-fabrikam') ?? {}, { running: true })
  standIn.publish('returns', ['p-marta--2'])
  await screen.findByRole('heading', { level: 2, name: /#4711/ })
})
