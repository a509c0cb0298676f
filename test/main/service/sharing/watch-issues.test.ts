import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergePlans } from '#core/coverage/merge-plans.ts'
import { planOf } from '#core/coverage/plan-document.ts'
import { readCursor, writeCursor } from '#service/db/cursors.ts'
import { readPlan } from '#service/db/plans.ts'
import { readSharedIssue } from '#service/db/document-issues.ts'
import { readRoster } from '#service/db/workspace.ts'
import {
  ask,
  answer,
  changeAbsence,
  knownPlan,
  planAbsence,
  putCover,
  removeCover,
  resolve,
  setRemoved,
  tick,
} from '#service/plans/edit-plans.ts'
import { planKind } from '#service/plans/plan-kind.ts'
import { judgePlanText } from '#service/plans/read-plan-text.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { planMachine, type PlanMachine } from '#test/support/plan-desk.ts'
import { sharedIssue } from '#test/support/one-issue.ts'
import { dayMs } from '#test/support/work-values.ts'

const week = { startsAt: '2026-12-21T00:00', endsAt: '2026-12-28T00:00' }
const minuteMs = 60_000

/** A machine with plans, connected to the issue. */
function connectPlans({ connect }: ReturnType<typeof sharedIssue>, machine: PlanMachine) {
  return { ...machine, ...connect(planKind, machine.db, machine.setting, (id) => knownPlan(machine.db, id).document) }
}
type Connected = ReturnType<typeof connectPlans>

const documentAt = ({ db }: PlanMachine, planId: string) => readPlan(db, planId)?.document

/** Anna's and Ines's machines; Anna's plan, in which Ben is asked for Acme and Ines for Cormorant, is in the issue on both. */
async function handedOver(databases = [memoryDatabase(), memoryDatabase()] as const) {
  const shared = sharedIssue()
  const [annas, iness] = databases
  const anna = connectPlans(shared, planMachine(12, annas))
  const ines = connectPlans(shared, planMachine(11, iness))
  const { planId } = planAbsence(anna.desk, week)
  await putCover(anna.desk, { planId, accountId: 1, coverId: 13, ...week })
  await putCover(anna.desk, { planId, accountId: 3, coverId: 11, ...week })
  const entryOf = (accountId: number) => {
    const stored = documentAt(anna, planId)
    return (stored && planOf(stored).entries.find((entry) => entry.accountId === accountId)?.id) ?? ''
  }
  ask(anna.desk, { planId, entryIds: [entryOf(1), entryOf(3)] })
  await anna.open(planId)
  await anna.fetch()
  await ines.fetch()
  return { ...shared, anna, ines, planId, ben: entryOf(1), inesEntry: entryOf(3) }
}

describe('the issue of a plan', () => {
  test('is read every ten minutes, and what colleagues answered is taken in and said', async () => {
    const { gitlab, anna, ines, planId, ben } = await handedOver()
    answer(ines.desk, { planId, entryId: ben, answer: 'accept', words: 'On the phone' })
    await ines.send(planId)
    const { lists } = gitlab
    anna.wait(9 * minuteMs)
    expect(anna.job().dueAt).toBeGreaterThan(anna.issueDesk.setting().now)
    anna.wait(minuteMs + 1000)
    expect(anna.job().dueAt).toBeLessThanOrEqual(anna.issueDesk.setting().now)
    await anna.run()
    expect(gitlab.lists).toBe(lists + 1)
    expect(anna.told).toEqual([planId])
    expect(documentAt(anna, planId)).toEqual(documentAt(ines, planId))
    expect(readRoster(anna.db).coverages).toMatchObject([{ accountId: 1, coverId: 13 }])
    const { issue, waiting, toSend } = anna.standing(planId)
    expect(issue?.takenIn?.changes).toEqual(['Acme: Ben accepted. “On the phone”'])
    expect([waiting, toSend]).toEqual([null, false])
    anna.wait(11 * minuteMs)
    await anna.run()
    expect(anna.told).toEqual([planId])
  })

  test.each<[string, (setting: Awaited<ReturnType<typeof handedOver>>) => void]>([
    [
      'answers in my name',
      ({ anna, planId, inesEntry }) => void answer(anna.desk, { planId, entryId: inesEntry, answer: 'accept' }),
    ],
    ['takes the plan away', ({ anna, planId }) => void setRemoved(anna.desk, planId, true)],
    [
      'crosses what I changed',
      ({ anna, ines, planId }) => {
        changeAbsence(anna.desk, { planId, endsAt: '2026-12-29T00:00' })
        changeAbsence(ines.desk, { planId, endsAt: '2026-12-30T00:00' })
      },
    ],
  ])('that %s waits for a person, who takes it in', async (_, happens) => {
    const setting = await handedOver()
    const { anna, ines, planId } = setting
    happens(setting)
    const before = documentAt(ines, planId)
    await anna.send(planId)
    ines.wait(11 * minuteMs)
    await ines.run()
    expect(documentAt(ines, planId)).toEqual(before)
    expect(ines.told).toEqual([planId])
    const { waiting } = ines.standing(planId)
    expect([...(waiting?.changes ?? []), ...(waiting?.conflicts ?? [])]).not.toEqual([])
    await ines.fetch()
    await ines.send(planId)
    await anna.fetch()
    expect(documentAt(ines, planId)).toEqual(documentAt(anna, planId))
  })

  test('that would end what I accepted waits for me', async () => {
    const { anna, ines, planId, inesEntry } = await handedOver()
    answer(ines.desk, { planId, entryId: inesEntry, answer: 'accept' })
    await ines.send(planId)
    await anna.fetch()
    removeCover(anna.desk, { planId, entryId: inesEntry })
    await anna.send(planId)
    ines.wait(11 * minuteMs)
    await ines.run()
    expect(readRoster(ines.db).coverages).toMatchObject([{ coverId: 11 }])
    expect(ines.standing(planId).waiting?.changes).toEqual([expect.stringMatching(/^Taken out: Ines covers Cormorant/)])
  })

  test.each<[string, (setting: Awaited<ReturnType<typeof handedOver>>) => void, RegExp]>([
    ['is gone', ({ gitlab }) => void (gitlab.gone = true), /^GitLab does not show support\/plans#4/],
    ['is out of sight', ({ gitlab }) => void (gitlab.failing = new RemoteFailure('forbidden', 'no')), /does not show/],
    ['was moved', ({ write }) => write({ movedToId: 7 }), /^support\/plans#4 was moved to another project/],
    ['was cleared', ({ write }) => write({ description: 'Bye' }), /^There is no coverage plan in support\/plans#4/],
    [
      'was damaged',
      ({ write, issue }) => write({ description: issue().description.replace(/"entries"[^]*?(?=```)/, '') }),
      /cannot be read: somebody edited it by hand/,
    ],
    [
      'holds two plans',
      ({ write, issue }) => write({ description: issue().description.repeat(2) }),
      /more than one coverage plan/,
    ],
    [
      'holds a plan of a newer Understudy',
      ({ write, issue }) => write({ description: issue().description.replace('"format": 1', '"format": 2') }),
      /newer Understudy/,
    ],
  ])('that %s leaves the plan as it is, and says so until it is well again', async (_, happens, words) => {
    const setting = await handedOver()
    const { gitlab, write, issue, anna, planId } = setting
    const [before, { description }] = [documentAt(anna, planId), issue()]
    happens(setting)
    anna.wait(11 * minuteMs)
    await anna.run()
    expect(documentAt(anna, planId)).toEqual(before)
    expect(anna.standing(planId).issue?.problem).toMatch(words)
    Object.assign(gitlab, { gone: false, failing: null })
    write({ description, movedToId: null })
    anna.wait(11 * minuteMs)
    await anna.run()
    expect(anna.standing(planId)).toMatchObject({ toSend: false, issue: { problem: null } })
  })

  test('that cannot be asked for keeps what was known, and is tried again', async () => {
    const { gitlab, anna, planId } = await handedOver()
    const before = readSharedIssue(anna.db, 'plans', planId)
    gitlab.failing = new RemoteFailure('offline', 'no line')
    anna.wait(11 * minuteMs)
    await expect(anna.run()).rejects.toThrow('no line')
    expect(readSharedIssue(anna.db, 'plans', planId)).toEqual(before)
    expect(anna.job().dueAt).toBeLessThanOrEqual(anna.issueDesk.setting().now)
    writeCursor(anna.db, 'gitlab', 'plan-issues', { problem: 'no line' })
    gitlab.failing = null
    await anna.run()
    expect(readCursor(anna.db, 'gitlab', 'plan-issues')).toMatchObject({
      completedAt: anna.issueDesk.setting().now,
      problem: null,
    })
  })

  test('is not read for a plan that was taken away, or is long over', async () => {
    const { anna, ines, planId } = await handedOver()
    setRemoved(anna.desk, planId, true)
    ines.wait(100 * dayMs)
    expect([anna.job().dueAt, ines.job().dueAt]).toEqual([Infinity, Infinity])
  })

  test('is not overwritten where it holds two plans, or one of a newer Understudy', async () => {
    const { anna, write, issue, planId } = await handedOver()
    const { description } = issue()
    write({ description: description.repeat(2) })
    await expect(anna.send(planId)).rejects.toThrow('more than one coverage plan')
    write({ description: description.replace('"format": 1', '"format": 2') })
    await expect(anna.send(planId)).rejects.toThrow('newer Understudy')
  })

  test('keeps what it says when somebody sends who has not fetched it', async () => {
    const { anna, ines, planId, ben, issue } = await handedOver()
    answer(ines.desk, { planId, entryId: ben, answer: 'accept' })
    await ines.send(planId)
    tick(anna.desk, { planId, stepId: 'review', done: true })
    await anna.send(planId)
    expect(issue().description).toContain('| Acme | Ben | Mon 21 Dec 2026 00:00 | Mon 28 Dec 2026 00:00 | yes |')
    expect(issue().description).toContain('- [x]')
    await ines.fetch()
    await anna.fetch()
    expect(documentAt(ines, planId)).toEqual(documentAt(anna, planId))
  })

  test('has its title kept where a person gave it another one', async () => {
    const { anna, write, issue, planId } = await handedOver()
    changeAbsence(anna.desk, { planId, endsAt: '2026-12-30T00:00' })
    await anna.send(planId)
    expect(issue().title).toBe('Coverage for Anna from 2026-12-21 until 2026-12-29')
    write({ title: 'Anna is off' })
    changeAbsence(anna.desk, { planId, endsAt: '2026-12-31T00:00' })
    await anna.send(planId)
    expect(issue().title).toBe('Anna is off')
  })
})

const anyEdit = fc.record({
  who: fc.nat(1),
  what: fc.constantFrom(
    'put',
    'move',
    'remove',
    'ask',
    'accept',
    'decline',
    'tick',
    'send',
    'send',
    'send',
    'send',
    'read',
    'read',
    'fetch',
    'by-hand',
    'gone',
    'resolve',
  ),
  which: fc.nat(3),
  day: fc.integer({ min: 21, max: 26 }),
})

test(
  'whatever two people do, and whoever edits the issue, both hold the same in the end',
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEdit, { maxLength: 16 }), async (edits) => {
        const setting = await handedOver()
        const { anna, ines, planId, issue } = setting
        for (const edit of edits) {
          await edited(setting, edit.who === 0 ? anna : ines, edit).catch(refusalOnly)
        }
        for (const machine of [anna, ines, anna]) {
          await machine.fetch()
          await machine.send(planId)
        }
        await ines.fetch()
        expect(documentAt(ines, planId)).toEqual(documentAt(anna, planId))
        expect(readRoster(ines.db).coverages).toEqual(readRoster(anna.db).coverages)
        const noted = edits.filter(({ what }) => what === 'by-hand').map(({ day }) => `Noted on ${day}.`)
        for (const note of noted) expect(issue().description).toContain(note)
        await anna.fetch()
        const { description } = issue()
        await anna.send(planId)
        expect(issue().description).toBe(description)
      }),
      { numRuns: 50 },
    )
  },
)

async function edited(
  { planId, write, issue }: Awaited<ReturnType<typeof handedOver>>,
  machine: Connected,
  { what, which, day }: typeof anyEdit extends fc.Arbitrary<infer Value> ? Value : never,
): Promise<void> {
  const { desk } = machine
  const stored = documentAt(machine, planId)
  const entries = stored ? planOf(stored).entries : []
  const entryId = entries[which % Math.max(1, entries.length)]?.id ?? 'none'
  const times = { startsAt: `2026-12-${day}T00:00`, endsAt: `2026-12-${day + 1}T12:00` }
  if (what === 'put') await putCover(desk, { planId, accountId: which % 2 === 0 ? 1 : 3, coverId: 13, ...times })
  if (what === 'move') changeAbsence(desk, { planId, endsAt: `2026-12-${day + 2}T00:00` })
  if (what === 'remove') removeCover(desk, { planId, entryId })
  if (what === 'ask') ask(desk, { planId, entryIds: [entryId] })
  if (what === 'accept') answer(desk, { planId, entryId, answer: 'accept' })
  if (what === 'decline') answer(desk, { planId, entryId, answer: 'decline' })
  if (what === 'tick') tick(desk, { planId, stepId: 'review', done: which > 1 })
  if (what === 'gone') setRemoved(desk, planId, which > 1)
  if (what === 'resolve') resolve(desk, { planId, field: 'endsAt', side: which % 2 })
  if (what === 'send') {
    const before = judgePlanText(issue().description)
    await machine.send(planId)
    const after = judgePlanText(issue().description)
    // Nothing that stood there is overwritten, also when whoever sent it had not fetched it.
    if (before.kind === 'read' && after.kind === 'read')
      expect(mergePlans(after.document, before.document)).toEqual(after.document)
  }
  if (what === 'fetch') await machine.fetch(which > 1)
  if (what === 'read') {
    machine.wait(11 * minuteMs)
    await machine.run()
  }
  if (what === 'by-hand') {
    const { description } = issue()
    const note = `Noted on ${day}.`
    const byHand = [
      `${note}\n\n${description}`,
      `${description}\n${note}`,
      description.replace('## Checklist', `${note}\n\n## Checklist`),
      description.replace('- [ ]', '- [x]').replace('## Checklist', `${note}\n\n## Checklist`),
    ]
    write({ description: byHand[which] ?? '' })
  }
}

function refusalOnly(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'Refusal') throw error
}
