import { describe, expect, test } from 'vitest'
import { planOf } from '#core/coverage/plan-document.ts'
import { changeLinks } from '#service/db/accounts.ts'
import { readPlan, readPlans } from '#service/db/plans.ts'
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
  type PlanDesk,
} from '#service/plans/edit-plans.ts'
import { planMachine } from '#test/support/plan-desk.ts'
import { monday } from '#test/support/plan-values.ts'
import { dayMs, hourMs } from '#test/support/work-values.ts'

const week = { startsAt: '2026-12-21T00:00', endsAt: '2026-12-28T00:00' }
const planIn = ({ db }: PlanDesk, id: string) => {
  const stored = readPlan(db, id)
  if (!stored) throw new Error('There is no such plan')
  return planOf(stored.document)
}

/** Anna's machine with a plan, in which Ines is down for Acme. */
async function planned() {
  const { desk, db } = planMachine(12)
  const { planId } = planAbsence(desk, week)
  await putCover(desk, { planId, accountId: 1, coverId: 11, ...week })
  const entryId = planIn(desk, planId).entries[0]?.id ?? ''
  return { desk, db, planId, entryId, plan: () => planIn(desk, planId) }
}

/** What a refusal says; and that nothing was stored with it. */
async function refused(desk: PlanDesk, work: () => unknown): Promise<string> {
  const before = JSON.stringify([readPlans(desk.db), readRoster(desk.db)])
  const error: unknown = await Promise.resolve()
    .then(work)
    .catch((cause: unknown) => cause)
  expect(JSON.stringify([readPlans(desk.db), readRoster(desk.db)])).toBe(before)
  return error instanceof Error && error.name === 'Refusal' ? error.message : `no refusal: ${String(error)}`
}

describe('planning an absence', () => {
  test('takes times by the clock of the ASE, and all their accounts', () => {
    const { desk, db } = planMachine(12)
    const { planId, notes } = planAbsence(desk, week)
    expect(notes).toEqual([])
    expect(planIn(desk, planId)).toMatchObject({
      aseId: 12,
      startsAt: monday,
      endsAt: monday + 7 * dayMs,
      accountIds: [1, 3],
    })
    expect(readRoster(db).absences).toMatchObject([{ personId: 12, startsAt: monday }])
  })

  test('takes another ASE and some of their accounts', () => {
    const { desk } = planMachine(12)
    changeLinks(desk.db, 3, { aseId: 13 })
    const { planId } = planAbsence(desk, { aseId: 13, accountIds: [3], ...week })
    expect(planIn(desk, planId)).toMatchObject({ aseId: 13, startsAt: monday + 6 * hourMs, accountIds: [3] })
  })

  test('takes the earlier of two times that the clock shows, and says so', () => {
    const { desk } = planMachine(12)
    const { planId, notes } = planAbsence(desk, { startsAt: '2026-10-25T02:30', endsAt: '2026-10-26T00:00' })
    expect(planIn(desk, planId).startsAt).toBe(Date.parse('2026-10-25T02:30+02:00'))
    expect(notes).toEqual(['From: the clocks in Europe/Berlin show Sun 25 Oct 02:30 twice; the earlier one was taken.'])
  })

  test.each<[object, string]>([
    [
      { endsAt: '2026-12-20T00:00' },
      'Until: the absence would end Sun 20 Dec 00:00, not after it begins Mon 21 Dec 00:00. Choose a later end.',
    ],
    [{ endsAt: week.startsAt }, 'Until: the absence would end Mon 21 Dec 00:00, not after'],
    [{ endsAt: '2062-12-28T00:00' }, 'Until: the absence would take longer than a year. Check the years.'],
    [{ startsAt: '2026-02-30T00:00' }, 'From: There is no 2026-02-30 00:00. Check day and time.'],
    [{ endsAt: '2027-03-28T02:30' }, 'Until: The clocks in Europe/Berlin skip 02:30 on 2027-03-28. Write 03:30.'],
    [{ aseId: 99 }, 'Whose absence: user 99 is nobody who is known here.'],
    [{ aseId: 13 }, 'Accounts: Ben is the ASE of no account here. Follow their accounts first'],
    [{ accountIds: [] }, 'Accounts: Anna is the ASE of no account here.'],
    [{ accountIds: [1, 99] }, 'Accounts: organization 99 is not followed here. Follow it first.'],
    [{ accountIds: [1, 2] }, 'Accounts: Borealis is Ines’s, not Anna’s. Leave it out, or change its ASE first.'],
  ])('with %j is refused at the field, and nothing is kept', async (wrong, words) => {
    const { desk } = planMachine(12)
    expect(await refused(desk, () => planAbsence(desk, { ...week, ...wrong }))).toContain(words)
  })

  test('is refused for an account without an ASE, for nobody, and where there is a plan for these days', async () => {
    const { desk } = planMachine(12)
    changeLinks(desk.db, 3, { aseId: null })
    expect(await refused(desk, () => planAbsence(desk, { ...week, accountIds: [3] }))).toContain('Cormorant has no ASE')
    planAbsence(desk, week)
    expect(
      await refused(desk, () => planAbsence(desk, { startsAt: '2026-12-27T12:00', endsAt: '2026-12-29T00:00' })),
    ).toBe('There is a plan for Anna already, from Mon 21 Dec to Sun 27 Dec. Change that one, or take it away first.')
    planAbsence(desk, { startsAt: week.endsAt, endsAt: '2026-12-29T00:00' })
    const nobody = planMachine(99).desk
    expect(await refused(nobody, () => planAbsence(nobody, week))).toContain('Nobody is signed in here yet.')
  })
})

describe('changing an absence', () => {
  test('changes what is named and leaves the rest', async () => {
    const { desk, planId, plan } = await planned()
    changeAbsence(desk, { planId, endsAt: '2026-12-24T12:00' })
    expect(plan()).toMatchObject({ startsAt: monday, endsAt: monday + 3.5 * dayMs, accountIds: [1, 3] })
    changeAbsence(desk, { planId, accountIds: [3] })
    expect(plan()).toMatchObject({ endsAt: monday + 3.5 * dayMs, accountIds: [3] })
  })

  test('is refused where it would end before it begins, and for accounts of others', async () => {
    const { desk, planId } = await planned()
    expect(await refused(desk, () => changeAbsence(desk, { planId, startsAt: '2026-12-28T00:00' }))).toContain(
      'Choose a later end',
    )
    expect(await refused(desk, () => changeAbsence(desk, { planId, accountIds: [1, 2] }))).toContain(
      'Borealis is Ines’s',
    )
    expect(await refused(desk, () => changeAbsence(desk, { planId: 'none' }))).toContain('not known here')
  })
})

describe('who covers', () => {
  test('is put in by the clock of the ASE, and nothing changes hands by that', async () => {
    const { db, plan } = await planned()
    expect(plan().entries).toMatchObject([{ accountId: 1, coverId: 11, startsAt: monday, request: { state: 'draft' } }])
    expect(readRoster(db).coverages).toEqual([])
  })

  test('may be somebody whom only Zendesk knows, who becomes known', async () => {
    const { desk, db, planId, plan } = await planned()
    await putCover(desk, { planId, accountId: 3, coverId: 14, ...week })
    expect(plan().entries).toMatchObject([{ coverId: 11 }, { coverId: 14 }])
    expect(readRoster(db).people.map(({ name }) => name)).toContain('Cleo')
    expect(readPlan(db, planId)?.document.names.people['14']).toEqual({ name: 'Cleo', timeZone: 'Asia/Kolkata' })
  })

  test.each<[object, string]>([
    [{ coverId: 99 }, 'Covering engineer: user 99 is no agent of your Zendesk.'],
    [{ coverId: 12 }, 'Covering engineer: Anna is the one who is away. Choose somebody else.'],
    [{ accountId: 2 }, 'Account: Borealis is not part of this plan.'],
    [
      { startsAt: '2026-12-29T00:00', endsAt: '2026-12-30T00:00' },
      'outside the absence, which is from Mon 21 Dec to Sun 27 Dec',
    ],
    [{ startsAt: week.endsAt, endsAt: week.startsAt }, 'Until: the coverage would end'],
    [{ entryId: 'none' }, 'This entry of the plan is not there any more.'],
    [{ planId: 'none' }, 'This plan is not known here'],
  ])('is refused with %j, and nothing is kept', async (wrong, words) => {
    const { desk, planId } = await planned()
    const input = { planId, accountId: 1, coverId: 11, ...week, ...wrong }
    expect(await refused(desk, () => putCover(desk, input))).toContain(words)
  })

  test('is a draft again when it is changed, and gone when it is taken out', async () => {
    const { desk, db, planId, entryId, plan } = await planned()
    answer(desk, { planId, entryId, answer: 'accept' })
    expect(readRoster(db).coverages).toHaveLength(1)
    await putCover(desk, { planId, entryId, accountId: 1, coverId: 11, ...week, endsAt: '2026-12-27T00:00' })
    expect(plan().entries).toMatchObject([{ id: entryId, request: { state: 'draft' } }])
    expect(readRoster(db).coverages).toEqual([])
    removeCover(desk, { planId, entryId })
    expect(plan().entries).toEqual([])
    expect(await refused(desk, () => removeCover(desk, { planId, entryId }))).toContain('not there any more')
  })
})

describe('asking and answering', () => {
  test('asking marks and changes nothing else; accepting hands over', async () => {
    const { desk, db, planId, entryId, plan } = await planned()
    ask(desk, { planId, entryIds: [entryId] })
    expect(plan().entries[0]?.request).toMatchObject({ state: 'asked', byName: 'Anna' })
    expect(readRoster(db).coverages).toEqual([])
    answer(desk, { planId, entryId, answer: 'accept', words: 'Said so on Slack' })
    expect(plan().entries[0]?.request).toMatchObject({ state: 'accepted', words: 'Said so on Slack' })
    expect(readRoster(db).coverages).toMatchObject([{ accountId: 1, coverId: 11, startsAt: monday }])
    answer(desk, { planId, entryId, answer: 'decline' })
    expect(readRoster(db).coverages).toEqual([])
  })

  test('accepting a part narrows the entry to it', async () => {
    const { desk, db, planId, entryId, plan } = await planned()
    answer(desk, { planId, entryId, answer: 'accept', part: { ...week, endsAt: '2026-12-23T12:00' } })
    expect(plan().entries).toMatchObject([{ startsAt: monday, endsAt: monday + 2.5 * dayMs }])
    expect(readRoster(db).coverages).toMatchObject([{ endsAt: monday + 2.5 * dayMs }])
  })

  test('a part outside of what was asked, and a part that is declined, are refused', async () => {
    const { desk, planId, entryId } = await planned()
    const input = { planId, entryId, answer: 'accept' as const }
    const part = { startsAt: '2026-12-20T00:00', endsAt: '2026-12-22T00:00' }
    expect(await refused(desk, () => answer(desk, { ...input, part }))).toContain(
      'inside of what was asked for, from Mon 21 Dec',
    )
    expect(await refused(desk, () => answer(desk, { ...input, answer: 'decline', part: week }))).toContain(
      'Part: accept the part',
    )
    expect(await refused(desk, () => answer(desk, { ...input, entryId: 'none' }))).toContain('not there any more')
    expect(await refused(desk, () => ask(desk, { planId, entryIds: [entryId, 'none'] }))).toContain(
      'not there any more',
    )
  })
})

test('steps are ticked, but not those that tick themselves or that no rule has', async () => {
  const { desk, planId, plan } = await planned()
  tick(desk, { planId, stepId: 'review', done: true })
  expect(plan().tickedAt.has('review')).toBe(true)
  tick(desk, { planId, stepId: 'review', done: false })
  expect(plan().tickedAt.has('review')).toBe(false)
  expect(await refused(desk, () => tick(desk, { planId, stepId: 'find-cover', done: true }))).toContain('by itself')
  expect(await refused(desk, () => tick(desk, { planId, stepId: 'none', done: true }))).toContain('no such step')
})

test('what is not in conflict cannot be settled', async () => {
  const { desk, planId } = await planned()
  expect(await refused(desk, () => resolve(desk, { planId, field: 'startsAt', side: 0 }))).toContain(
    'not in conflict any more',
  )
})

test('a plan is taken away with what follows from it, cannot be worked on then, and is brought back', async () => {
  const { desk, db, planId, entryId } = await planned()
  answer(desk, { planId, entryId, answer: 'accept' })
  const before = readRoster(db)
  setRemoved(desk, planId, true)
  expect(readRoster(db)).toMatchObject({ absences: [], coverages: [] })
  expect(await refused(desk, () => ask(desk, { planId, entryIds: [entryId] }))).toContain('was taken away')
  expect(await refused(desk, () => setRemoved(desk, planId, true))).toBe('no refusal: [object Object]')
  setRemoved(desk, planId, false)
  expect(readRoster(db)).toEqual(before)
  expect(await refused(desk, () => setRemoved(desk, 'none', true))).toContain('not known here')
})
