import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planOf } from '#core/coverage/plan-document.ts'
import { changeLinks, deleteAccount, insertAccount } from '#service/db/accounts.ts'
import { derivePlans, readPlan } from '#service/db/plans.ts'
import { readRoster } from '#service/db/workspace.ts'
import {
  answer,
  ask,
  changeAbsence,
  planAbsence,
  putCover,
  removeCover,
  resolve,
  setRemoved,
  tick,
} from '#service/plans/edit-plans.ts'
import { exportPlan, importPlan } from '#service/plans/exchange-plans.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { planMachine, type PlanMachine } from '#test/support/plan-desk.ts'
import { monday } from '#test/support/plan-values.ts'
import { dayMs } from '#test/support/work-values.ts'

const week = { startsAt: '2026-12-21T00:00', endsAt: '2026-12-28T00:00' }
type Form = 'file' | 'markdown'

const documentAt = (machine: PlanMachine, planId: string) => {
  const stored = readPlan(machine.db, planId)
  if (!stored) throw new Error('There is no such plan')
  return stored.document
}
const exported = (machine: PlanMachine, planId: string, as: Form = 'markdown') =>
  exportPlan(documentAt(machine, planId), as, machine.setting()).text
const taken = (machine: PlanMachine, text: string, apply = true) =>
  importPlan(machine.db, { text, apply }, machine.setting())
const conflictsAt = (machine: PlanMachine, planId: string) => taken(machine, exported(machine, planId), false).conflicts

/** Anna's machine with a plan in which Ines was asked for Acme, and Ines's machine, which knows nothing of it yet. */
async function twoMachines() {
  const anna = planMachine(12)
  const ines = planMachine(11)
  const { planId } = planAbsence(anna.desk, week)
  await putCover(anna.desk, { planId, accountId: 1, coverId: 11, ...week })
  const entryId = planOf(documentAt(anna, planId)).entries[0]?.id ?? ''
  ask(anna.desk, { planId, entryIds: [entryId] })
  return { anna, ines, planId, entryId }
}

test.each<Form>(['file', 'markdown'])(
  'a plan travels as %s, is answered and comes back, and coverage is live on both',
  async (as) => {
    const { anna, ines, planId, entryId } = await twoMachines()
    const text = exported(anna, planId, as)
    const preview = taken(ines, text, false)
    expect(preview).toMatchObject({ id: planId, fresh: true, conflicts: [] })
    expect(preview.changes).toEqual([
      'Anna is away from Mon 21 Dec to Sun 27 Dec and leaves Acme, Cormorant.',
      'Ines covers Acme from Mon 21 Dec to Sun 27 Dec. Ines was asked.',
    ])
    expect(readPlan(ines.db, planId)).toBeUndefined()
    taken(ines, text)
    expect(documentAt(ines, planId)).toEqual(documentAt(anna, planId))
    answer(ines.desk, { planId, entryId, answer: 'accept', words: 'Gladly' })
    const back = taken(anna, exported(ines, planId, as))
    expect(back).toMatchObject({ fresh: false, changes: ['Acme: Ines accepted. “Gladly”'], conflicts: [] })
    for (const { db } of [anna, ines]) {
      expect(readRoster(db).coverages).toMatchObject([
        { accountId: 1, coverId: 11, startsAt: monday, endsAt: monday + 7 * dayMs },
      ])
    }
    expect(taken(anna, exported(ines, planId, as)).changes).toEqual([])
  },
)

test('what both changed is a conflict on both machines until one chooses, and stays settled', async () => {
  const { anna, ines, planId, entryId } = await twoMachines()
  taken(ines, exported(anna, planId))
  changeAbsence(anna.desk, { planId, endsAt: '2026-12-29T00:00' })
  changeAbsence(ines.desk, { planId, endsAt: '2026-12-30T00:00' })
  answer(ines.desk, { planId, entryId, answer: 'accept' })
  const old = exported(ines, planId)
  expect(taken(anna, old).conflicts).toMatchObject([
    { field: 'endsAt', about: 'Until when Anna is away', sides: [{ byName: expect.any(String) as string }, {}] },
  ])
  taken(ines, exported(anna, planId))
  expect(conflictsAt(ines, planId)).toEqual(conflictsAt(anna, planId))
  resolve(anna.desk, { planId, field: 'endsAt', side: 1 })
  taken(ines, exported(anna, planId))
  taken(anna, old)
  expect([...conflictsAt(ines, planId), ...conflictsAt(anna, planId)]).toEqual([])
  expect(documentAt(ines, planId)).toEqual(documentAt(anna, planId))
})

test('an absence that was taken away is taken away on the other machine as well', async () => {
  const { anna, ines, planId, entryId } = await twoMachines()
  taken(ines, exported(anna, planId))
  answer(ines.desk, { planId, entryId, answer: 'accept' })
  taken(anna, exported(ines, planId))
  setRemoved(anna.desk, planId, true)
  expect(taken(ines, exported(anna, planId)).changes).toEqual([
    'The absence of Anna was taken away, with its coverages.',
  ])
  expect(readRoster(ines.db)).toMatchObject({ absences: [], coverages: [] })
  expect(taken(ines, exported(anna, planId)).changes).toEqual(['It was taken away here. Bring it back to see it.'])
})

test('a plan about people and accounts that nobody knows here shows by name, and says what is not followed', async () => {
  const { anna, planId, entryId } = await twoMachines()
  answer(anna.desk, { planId, entryId, answer: 'accept' })
  const stranger = planMachine(11, memoryDatabase())
  deleteAccount(stranger.db, 1)
  stranger.db.exec('DELETE FROM people WHERE id = 12')
  expect(taken(stranger, exported(anna, planId)).changes.at(-1)).toBe(
    'Acme is not followed here: follow it, or its tickets do not show when you cover it.',
  )
  expect(readRoster(stranger.db).people.map(({ name }) => name)).toContain('Anna')
  expect(readRoster(stranger.db).coverages).toEqual([])
  insertAccount(stranger.db, { id: 1, name: 'Acme' })
  changeLinks(stranger.db, 1, { aseId: 12 })
  derivePlans(stranger.db)
  expect(readRoster(stranger.db).coverages).toMatchObject([{ accountId: 1, coverId: 11 }])
})

test('files are named after whose absence it is and when', async () => {
  const { anna, planId } = await twoMachines()
  const name = (as: Form) => exportPlan(documentAt(anna, planId), as, anna.setting()).fileName
  expect([name('file'), name('markdown')]).toEqual(['coverage-anna-2026-12-21.json', 'coverage-anna-2026-12-21.md'])
})

test('a plan of the same number for somebody else is refused', async () => {
  const { anna, ines, planId } = await twoMachines()
  const text = exported(anna, planId, 'file')
  taken(ines, text)
  expect(() => taken(ines, text.replace('"aseId": 12', '"aseId": 13'))).toThrow('for somebody else')
})

/** What mail programs and editors do to a text. */
const journeys: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll(/[ \t]+$/gm, ''),
  (text) => text.replaceAll(/^/gm, '> '),
  (text) => text.replaceAll(/^/gm, '    '),
  (text) => `Hi,\n\n${text}\n\n-- \nAnna {on leave}`,
]
const anyEdit = fc.record({
  who: fc.nat(1),
  what: fc.constantFrom('put', 'move', 'remove', 'ask', 'accept', 'part', 'decline', 'tick', 'send', 'send', 'gone'),
  which: fc.nat(3),
  day: fc.integer({ min: 21, max: 26 }),
  length: fc.integer({ min: 1, max: 4 }),
  cover: fc.constantFrom(11, 13),
  words: fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter((text) => text.isWellFormed()),
  journey: fc.nat(journeys.length - 1),
  as: fc.constantFrom<Form>('file', 'markdown'),
})

describe('whatever two people do', () => {
  test('a round trip loses nothing, and both machines hold the same in the end', { timeout: 60_000 }, async () => {
    const databases = [memoryDatabase(), memoryDatabase()] as const
    await fc.assert(
      fc.asyncProperty(fc.array(anyEdit, { maxLength: 14 }), async (edits) => {
        for (const db of databases) db.exec('DELETE FROM coverages; DELETE FROM absences; DELETE FROM plans')
        const machines = [planMachine(12, databases[0]), planMachine(11, databases[1])] as const
        const { planId } = planAbsence(machines[0].desk, week)
        const send = (from: PlanMachine, to: PlanMachine, as: Form, journey: number) => {
          const text = journeys[journey]?.(exported(from, planId, as)) ?? ''
          taken(to, text)
        }
        send(machines[0], machines[1], 'markdown', 0)
        for (const edit of edits) {
          const [one, other] = edit.who === 0 ? machines : [machines[1], machines[0]]
          if (edit.what === 'send') send(one, other, edit.as, edit.journey)
          else await edited(one, planId, edit).catch(refusalOnly)
        }
        const before = documentAt(machines[0], planId)
        send(machines[0], machines[0], 'markdown', 3)
        expect(documentAt(machines[0], planId)).toEqual(before)
        send(machines[0], machines[1], 'markdown', 1)
        send(machines[1], machines[0], 'file', 2)
        expect(documentAt(machines[0], planId)).toEqual(documentAt(machines[1], planId))
        expect(readRoster(databases[0]).coverages).toEqual(readRoster(databases[1]).coverages)
      }),
      { numRuns: 120 },
    )
  })

  function refusalOnly(error: unknown): void {
    if (!(error instanceof Error) || error.name !== 'Refusal') throw error
  }

  async function edited(
    { desk, db }: PlanMachine,
    planId: string,
    edit: typeof anyEdit extends fc.Arbitrary<infer Value> ? Value : never,
  ): Promise<void> {
    const { what, which, day, length, cover, words } = edit
    const stored = readPlan(db, planId)
    const entries = stored ? planOf(stored.document).entries : []
    const entryId = entries[which % Math.max(1, entries.length)]?.id ?? 'none'
    const times = { startsAt: `2026-12-${day}T00:00`, endsAt: `2026-12-${day + length}T12:00` }
    if (what === 'put') await putCover(desk, { planId, accountId: which % 2 === 0 ? 1 : 3, coverId: cover, ...times })
    if (what === 'move' && which < 2) changeAbsence(desk, { planId, ...times })
    if (what === 'move' && which > 1) await putCover(desk, { planId, entryId, accountId: 1, coverId: cover, ...times })
    if (what === 'remove') removeCover(desk, { planId, entryId })
    if (what === 'ask') ask(desk, { planId, entryIds: [entryId] })
    if (what === 'accept') answer(desk, { planId, entryId, answer: 'accept', words })
    if (what === 'part') answer(desk, { planId, entryId, answer: 'accept', part: times })
    if (what === 'decline') answer(desk, { planId, entryId, answer: 'decline', words })
    if (what === 'tick') tick(desk, { planId, stepId: 'review', done: which > 1 })
    if (what === 'gone') setRemoved(desk, planId, which > 1)
  }
})
