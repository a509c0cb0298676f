import { describe, expect, test } from 'vitest'
import { decideSituation, decisionTable, isInRow } from '#core/guidance/decision-table.ts'
import { guidanceDimensions, type GuidanceCell } from '#core/guidance/guidance-dimensions.ts'
import { guidanceSituations, type GuidanceSituation } from '#core/policy/policy.ts'

/** Every cell there is: one of each value of each dimension. */
const cells: readonly GuidanceCell[] = Object.entries(guidanceDimensions).reduce<readonly object[]>(
  (known, [dimension, values]) => known.flatMap((cell) => values.map((value) => ({ ...cell, [dimension]: value }))),
  [{}],
) as readonly GuidanceCell[]

test('every cell is in exactly one row: the table is total, and no two rows overlap', () => {
  expect(cells).toHaveLength(2 * 2 * 2 * 5 * 4 * 3 * 3 * 2 * 3 * 2 * 2)
  const wrong = cells.filter((cell) => decisionTable.filter((row) => isInRow(row, cell)).length !== 1)
  expect(wrong).toEqual([])
})

test('every row is reached, and every situation has one', () => {
  expect(decisionTable.filter((row) => !cells.some((cell) => isInRow(row, cell)))).toEqual([])
  expect(new Set(decisionTable.map(({ situation }) => situation))).toEqual(new Set(guidanceSituations))
})

test('the handbook, read as one question after the other, answers every cell the same', () => {
  for (const cell of cells) expect([decideSituation(cell), cell]).toEqual([byPrecedence(cell), cell])
})

/** The rules once more, in the way a person asks them: the first question that settles it does. */
function byPrecedence(cell: GuidanceCell): GuidanceSituation {
  if (cell.stage === 'finished') return 'finished'
  const covered = cell.covered === 'yes'
  if (cell.emergency === 'yes') {
    if (cell.account === 'none') return 'emergency-without-ase'
    if (cell.role === 'cover') return 'emergency-covering'
    if (cell.role === 'ase') return 'emergency-own'
    if (cell.role === 'on-call') return covered ? 'emergency-on-call-covered' : 'emergency-on-call'
    return covered ? 'emergency-covered' : 'emergency'
  }
  if (cell.account === 'none') return 'unassigned-account'
  if (cell.preAse !== 'no') {
    const chosen = { 'not-asked': 'pre-ase', asked: 'pre-ase-asked', ase: 'pre-ase-chosen', assignee: 'pre-ase-kept' }
    return chosen[cell.preAse] as GuidanceSituation
  }
  const isAse = cell.contributing === 'like-assigned' || cell.held === 'ase'
  const runsOut = cell.breach !== 'later'
  if (cell.role === 'cover') {
    if (isAse && cell.held === 'another') return 'covering-elsewhere'
    if (cell.isNew === 'yes') return 'covering-new'
    return runsOut ? 'covering-breach' : 'covering'
  }
  if (cell.role === 'ase') {
    if (cell.ase === 'away') return covered ? 'own-away' : 'own-uncovered'
    if (!isAse) return 'own-by-priority'
    if (cell.held === 'another') return 'own-elsewhere'
    return runsOut ? 'own-breach' : 'own'
  }
  if (!isAse) return 'org-note'
  if (runsOut && cell.ase === 'away') return covered ? 'ase-away-breach' : 'uncovered-breach'
  if (runsOut && cell.ase === 'off') return cell.breach === 'missed' ? 'missed' : 'breach-before-online'
  if (cell.held === 'nobody' && cell.isNew === 'yes') return 'new-unassigned'
  if (cell.ase === 'away') return covered ? 'ase-away' : 'uncovered'
  return 'ase-online'
}

describe('whatever the ticket,', () => {
  const inEvery = (given: Partial<GuidanceCell>) =>
    new Set(
      cells
        .filter((cell) => Object.entries(given).every(([key, value]) => cell[key as keyof GuidanceCell] === value))
        .map(decideSituation),
    )

  test('the on-call engineer is the DRI of an emergency, and no other rule has a say', () => {
    for (const situation of inEvery({ stage: 'live', emergency: 'yes' })) expect(situation).toMatch(/^emergency/)
  })

  test('nothing changes hands before the customer of a ticket from before the ASE chose', () => {
    const ordinary = { stage: 'live', emergency: 'no', account: 'ase' } as const
    expect([...inEvery({ ...ordinary, preAse: 'not-asked' })]).toEqual(['pre-ase'])
    expect([...inEvery({ ...ordinary, preAse: 'asked' })]).toEqual(['pre-ase-asked'])
  })
})
