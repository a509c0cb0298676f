import { expect, test } from 'vitest'
import type { WorkIntent } from '#contract/work-intent.ts'
import { handoffIdOf } from '#core/handoff/change-handoff.ts'
import { storeDesk, readDesk } from '#service/db/desks.ts'
import { insertOutboxRows, updateOutboxRow } from '#service/db/outbox.ts'
import { coverageIdOf, storePlan } from '#service/db/plans.ts'
import { readStoredMeeting, storeHandedBack, storeMeeting } from '#service/db/return-meetings.ts'
import { durably, type WriteDb } from '#service/db/sql.ts'
import { readRoster } from '#service/db/workspace.ts'
import { coverageIssueIntents, showCoverageIssue } from '#service/returns/coverage-issue.ts'
import { findMeeting } from '#service/returns/find-meetings.ts'
import { planMachine } from '#test/support/plan-desk.ts'
import { aPlanDocument, monday } from '#test/support/plan-values.ts'
import { createSteppedClock } from '#test/support/stepped-clock.ts'
import { wrapUpDeskOf } from '#test/support/wrap-up-setting.ts'
import { dayMs } from '#test/support/work-values.ts'

const coverageId = coverageIdOf('p1', 'e1')
const clock = createSteppedClock(monday + 8 * dayMs)
const issue = {
  ...{ projectId: 7, iid: 3, reference: 'support/coverage#3', url: 'https://gitlab.example.com/x/-/issues/3' },
  ...{ state: 'opened', title: 'Coverage', labels: [], confidential: true, readAt: 0, updatedAt: 0, problem: null },
  ...{ takenIn: null, orderId: 0, description: '', document: null },
}

/** Anna's machine: Ines covered Acme (1) for her, and Ben Cormorant (3), by a plan that is in an issue. */
function annas(state = 'opened') {
  const { db } = planMachine(12)
  const entries = [
    { id: 'e1', state: 'accepted' as const },
    { id: 'e3', accountId: 3, coverId: 13, state: 'accepted' as const },
    { id: 'e4', accountId: 2, coverId: 13 },
  ]
  const document = aPlanDocument(entries, { accountIds: [1, 2, 3] })
  storePlan(db, { document, author: 'here' }, clock.now(), { ...issue, state })
  const desk = () => wrapUpDeskOf({ db, clock })
  return {
    db,
    shown: () => showCoverageIssue(desk(), findMeeting(desk(), coverageId)),
    intents: () => coverageIssueIntents(desk(), coverageId),
  }
}

function meetingOf(accountId: number) {
  return { id: handoffIdOf('p1', accountId), accountId }
}

function learn(db: WriteDb, accountId: number, missing: string) {
  const stored = readStoredMeeting(db, meetingOf(accountId))
  storeMeeting(db, { ...stored, settledAt: clock.now(), helped: 'partly', missing })
}

function handBack(db: WriteDb, accountId: number) {
  const coverages = readRoster(db).plannedCoverages.filter((coverage) => coverage.accountId === accountId)
  storeHandedBack(db, readStoredMeeting(db, meetingOf(accountId)), coverages, clock.now())
}

/** Orders a change, as the window does with what is proposed. */
function ordered(db: WriteDb, wish: WorkIntent): number {
  const customerSees = { visible: false, words: '' }
  const [id = 0] = insertOutboxRows(db, [
    {
      ...{ host: 'gitlab', wish, byId: 1, subject: '', words: '', stamp: 0, before: {}, createdAt: clock.now() },
      ...{ marker: 'm', url: null, customerSees },
    },
  ])
  return id
}

const closing = { kind: 'issue-state', projectId: 7, iid: 3, state: 'closed' } as const
const comment = (...lines: readonly string[]) => ({
  ...{ kind: 'issue-comment', projectId: 7, iid: 3, internal: false },
  body: ['What the return meetings found, for the next handoff:', '', ...lines].join('\n'),
})

test('the issue of the plan is shown with the accounts that somebody covered and nobody handed back', () => {
  const { db, shown } = annas()
  const at = { reference: issue.reference, url: issue.url, open: true }
  expect(shown()).toEqual({ ...at, notHandedBack: ['Acme', 'Cormorant'] })
  handBack(db, 1)
  expect(shown()).toEqual({ ...at, notHandedBack: ['Cormorant'] })
})

test('it is closed only when every account is handed back, and not again', () => {
  const { db, intents, shown } = annas()
  expect(intents()).toEqual([])
  handBack(db, 1)
  expect(intents()).toEqual([])
  handBack(db, 3)
  expect(intents()).toEqual([closing])
  const id = ordered(db, closing)
  expect(intents()).toEqual([])
  expect(shown()).toMatchObject({ open: true })
  durably(db, () => updateOutboxRow(db, { id, state: 'queued' }, { state: 'verified', settledAt: clock.now() }))
  expect(intents()).toEqual([])
  expect(shown()).toMatchObject({ open: false })
  const other = annas('closed')
  handBack(other.db, 1)
  handBack(other.db, 3)
  expect(other.intents()).toEqual([])
  expect(other.shown()).toMatchObject({ open: false, notHandedBack: [] })
})

test('what was learned of its accounts goes into one comment, each account once', () => {
  const { db, intents } = annas()
  learn(db, 1, 'How to roll back')
  const acme = '- **Acme**: The handoff helped in part. What was missing: How to roll back'
  expect(intents()).toEqual([comment(acme)])
  const [said] = intents()
  if (said?.kind !== 'issue-comment') throw new Error('that is a comment')
  ordered(db, said)
  expect(intents()).toEqual([])
  learn(db, 3, 'Whom to ask')
  handBack(db, 1)
  handBack(db, 3)
  const cormorant = '- **Cormorant**: The handoff helped in part. What was missing: Whom to ask'
  expect(intents()).toEqual([comment(cormorant), closing])
})

test('of a list that is still gone over, and of a restricted account, nothing is told there', () => {
  const { db, intents } = annas()
  learn(db, 1, 'How to roll back')
  storeMeeting(db, { ...readStoredMeeting(db, meetingOf(1)), settledAt: null })
  expect(intents()).toEqual([])
  learn(db, 1, 'How to roll back')
  storeDesk(db, 1, { document: readDesk(db, 1).document, restricted: true }, clock.now())
  expect(intents()).toEqual([])
})

test('an absence without a plan, or whose plan is in no issue, has none', () => {
  const { db } = planMachine(12)
  storePlan(db, { document: aPlanDocument([{ id: 'e1', state: 'accepted' }]), author: 'here' }, clock.now())
  const desk = wrapUpDeskOf({ db, clock })
  expect(showCoverageIssue(desk, findMeeting(desk, coverageId))).toBeNull()
  expect(coverageIssueIntents(desk, coverageId)).toEqual([])
})
