import { randomUUID } from 'node:crypto'
import { isShownTwice } from '#core/clocks/shown-twice.ts'
import { readWallClock } from '#core/clocks/read-wall-clock.ts'
import {
  answerRequest,
  askForCover,
  changePlan,
  createPlan,
  markRemoved,
  putEntry,
  removeEntry,
  resolveConflict,
  tickStep,
  withNames,
} from '#core/coverage/change-plan.ts'
import { planOf, type PlanDocument, type PlanNames, type PlannedCover } from '#core/coverage/plan-document.ts'
import { instantWords, spanWords } from '#core/coverage/plan-words.ts'
import { overlapOf, type Window } from '#core/instant.ts'
import type { Person } from '#core/people/people.ts'
import type { Policy } from '#core/policy/policy.ts'
import type { Writing } from '#core/sharing/versioned.ts'
import { readPlan, readPlans, storePlan, type StoredPlan } from '../db/plans.ts'
import type { ReadDb, WriteDb } from '../db/sql.ts'
import { readRoster, type Roster } from '../db/workspace.ts'
import { Refusal } from '../refusal.ts'
import { wordsFor } from './plan-setting.ts'

/** Where plans are kept, and by which rules they are ticked off. */
export interface PlanDesk {
  readonly db: WriteDb
  readonly policy: () => Policy
  readonly now: () => number
  /** Finds somebody who is not known here yet and makes them known; throws a `Refusal` where there is nobody. */
  readonly findPerson: (id: number) => Promise<void>
}

/** A wall-clock window as it was written, where the ASE is. */
interface WrittenWindow {
  readonly startsAt: string
  readonly endsAt: string
}

/** What was done: to which plan, and how what was written was understood, where that can be doubted. */
export interface PlanEdit {
  readonly planId: string
  readonly notes: readonly string[]
}

/** Plans an absence. Without an ASE, mine; without accounts, all of that ASE's. Nothing is stored where anything is wrong. */
export function planAbsence(
  desk: PlanDesk,
  input: WrittenWindow & { readonly aseId?: number | undefined; readonly accountIds?: readonly number[] | undefined },
): PlanEdit {
  const roster = readRoster(desk.db)
  const aseId = input.aseId ?? roster.me?.id
  if (aseId === undefined)
    throw refusal('Nobody is signed in here yet. Say whose absence it is, or connect your Zendesk.')
  const ase = personIn(roster, aseId, 'Whose absence')
  const { window, notes } = windowOf(input, ase.timeZone, 'absence')
  const accountIds = input.accountIds ?? roster.accounts.filter((each) => each.aseId === aseId).map(({ id }) => id)
  if (accountIds.length === 0) {
    throw refusal(
      `Accounts: ${ase.name} is the ASE of no account here. Follow their accounts first, with them as the ASE.`,
    )
  }
  for (const id of accountIds) assertTheirs(roster, id, ase)
  const twin = readPlans(desk.db)
    .map(({ document }) => planOf(document))
    .find((plan) => plan.aseId === aseId && plan.removedAt === null && overlapOf(plan, window) !== undefined)
  if (twin) {
    const when = spanWords(twin, ase.timeZone)
    throw refusal(`There is a plan for ${ase.name} already, ${when}. Change that one, or take it away first.`)
  }
  const author = randomUUID()
  const document = createPlan(
    {
      id: randomUUID(),
      aseId,
      ...window,
      accountIds: [...new Set(accountIds)],
      names: namesOf(roster, [aseId], accountIds),
    },
    writingOf(desk, author, roster),
  )
  storePlan(desk.db, { document, author }, desk.now())
  return { planId: document.id, notes }
}

/** Changes when a planned absence is, and which accounts it leaves. */
export function changeAbsence(
  desk: PlanDesk,
  input: Partial<{ readonly [Key in keyof WrittenWindow]: string | undefined }> & {
    readonly planId: string
    readonly accountIds?: readonly number[] | undefined
  },
): PlanEdit {
  const roster = readRoster(desk.db)
  const { document, author } = presentPlan(desk.db, input.planId)
  const { timeZone, personName } = wordsFor(document, roster)
  const before = planOf(document)
  const notes: string[] = []
  const instant = (text: string | undefined, field: keyof typeof absenceFields) =>
    text === undefined ? undefined : instantOf(text, timeZone, absenceFields[field], notes)
  const startsAt = instant(input.startsAt, 'startsAt')
  const endsAt = instant(input.endsAt, 'endsAt')
  assertForwards({ startsAt: startsAt ?? before.startsAt, endsAt: endsAt ?? before.endsAt }, 'absence', timeZone)
  const accountIds = input.accountIds ?? []
  const ase = { id: before.aseId, name: personName(before.aseId) }
  for (const id of accountIds) if (!before.accountIds.includes(id)) assertTheirs(roster, id, ase)
  const changed = changePlan(
    document,
    { startsAt, endsAt, accountIds: input.accountIds },
    writingOf(desk, author, roster),
  )
  return keep(desk, withNames(changed, namesOf(roster, [], accountIds)), author, notes)
}

/** Says who covers an account, from when to when; of an entry that is there, what is changed. */
export async function putCover(
  desk: PlanDesk,
  input: WrittenWindow & {
    readonly planId: string
    readonly entryId?: string | undefined
    readonly accountId: number
    readonly coverId: number
  },
): Promise<PlanEdit> {
  presentPlan(desk.db, input.planId)
  if (!readRoster(desk.db).people.some(({ id }) => id === input.coverId)) await desk.findPerson(input.coverId)
  // Read again: finding somebody may have taken a while.
  const roster = readRoster(desk.db)
  const { document, author } = presentPlan(desk.db, input.planId)
  const words = wordsFor(document, roster)
  const plan = planOf(document)
  const { accountId, coverId } = input
  if (input.entryId !== undefined) presentEntry(document, input.entryId)
  if (!plan.accountIds.includes(accountId)) {
    throw refusal(
      `Account: ${words.accountName(accountId)} is not part of this plan. Choose one that is, or add it first.`,
    )
  }
  const cover = personIn(roster, coverId, 'Covering engineer')
  if (coverId === plan.aseId) {
    throw refusal(`Covering engineer: ${cover.name} is the one who is away. Choose somebody else.`)
  }
  const { window, notes } = windowOf(input, words.timeZone, 'cover')
  if (!overlapOf(window, plan)) {
    const when = spanWords(plan, words.timeZone)
    throw refusal(`From and until: this lies outside the absence, which is ${when}. Choose times inside it.`)
  }
  const id = input.entryId ?? randomUUID()
  const put = putEntry(document, { id, accountId, coverId, ...window }, writingOf(desk, author, roster))
  return keep(desk, withNames(put, namesOf(roster, [coverId], [accountId])), author, notes)
}

/** Takes an entry out of a plan. */
export function removeCover(desk: PlanDesk, input: { readonly planId: string; readonly entryId: string }): PlanEdit {
  return edit(desk, input.planId, (document, writing) => {
    presentEntry(document, input.entryId)
    return removeEntry(document, input.entryId, writing)
  })
}

/** Marks that covering engineers were asked; nothing is sent. */
export function ask(
  desk: PlanDesk,
  input: { readonly planId: string; readonly entryIds: readonly string[] },
): PlanEdit {
  return edit(desk, input.planId, (document, writing) => {
    for (const id of input.entryIds) presentEntry(document, id)
    return input.entryIds.reduce((before, id) => askForCover(before, id, writing), document)
  })
}

/** Records an answer to a request, mine or one that was given in words. */
export function answer(
  desk: PlanDesk,
  input: {
    readonly planId: string
    readonly entryId: string
    readonly answer: 'accept' | 'decline'
    readonly part?: WrittenWindow | undefined
    readonly words?: string | undefined
  },
): PlanEdit {
  const notes: string[] = []
  const result = edit(desk, input.planId, (document, writing) => {
    const entry = presentEntry(document, input.entryId)
    const { timeZone } = wordsFor(document, readRoster(desk.db))
    if (entry.startsAt >= entry.endsAt) throw refusal('This entry ends before it begins. Set its times first.')
    const part = input.part ? partOf(input.part, entry, timeZone, notes) : null
    if (part && input.answer === 'decline') {
      throw refusal('Part: accept the part you can take. What is left of it is without anybody then.')
    }
    const state = input.answer === 'accept' ? 'accepted' : 'declined'
    return answerRequest(document, input.entryId, { state, part, words: input.words ?? null }, writing)
  })
  return { ...result, notes }
}

/** Ticks a step of the checklist, or takes the tick back. */
export function tick(
  desk: PlanDesk,
  input: { readonly planId: string; readonly stepId: string; readonly done: boolean },
): PlanEdit {
  const step = desk.policy().planning.steps.find(({ id }) => id === input.stepId)
  if (!step) {
    const missing = { what: 'step', id: input.stepId }
    throw new Refusal('not-found', 'The checklist of the rules in force has no such step.', { missing })
  }
  if (step.doneBy !== null) throw refusal('This step is done by itself as soon as every account is accepted.')
  return edit(desk, input.planId, (document, writing) => tickStep(document, input.stepId, input.done, writing))
}

/** Chooses one side of a conflict by its place. */
export function resolve(
  desk: PlanDesk,
  input: { readonly planId: string; readonly field: string; readonly side: number },
): PlanEdit {
  return edit(desk, input.planId, (document, writing) => {
    const resolved = resolveConflict(document, input.field, input.side, writing)
    if (resolved) return resolved
    throw refusal('This is not in conflict any more, or has no such side. Look at the plan again.')
  })
}

/** Takes a plan away with its coverages, or brings it back. */
export function setRemoved(desk: PlanDesk, planId: string, removed: boolean): PlanEdit {
  const { document, author } = knownPlan(desk.db, planId)
  if ((planOf(document).removedAt !== null) === removed) return { planId, notes: [] }
  return keep(desk, markRemoved(document, removed, writingOf(desk, author, readRoster(desk.db))), author)
}

/** A plan, also one that was taken away. */
export function knownPlan(db: ReadDb, planId: string): StoredPlan {
  const stored = readPlan(db, planId)
  if (stored) return stored
  throw noSuchPlan(planId)
}

/** A plan that was not taken away. */
export function presentPlan(db: ReadDb, planId: string): StoredPlan {
  const stored = knownPlan(db, planId)
  if (planOf(stored.document).removedAt !== null) throw noSuchPlan(planId)
  return stored
}

/** What is said of a plan that is not there. */
export function noSuchPlan(planId: string): Refusal {
  const words = 'This plan is not known here, or was taken away.'
  return new Refusal('not-found', words, { missing: { what: 'plan', id: planId } })
}

function edit(
  desk: PlanDesk,
  planId: string,
  change: (document: PlanDocument, writing: Writing) => PlanDocument,
): PlanEdit {
  const { document, author } = presentPlan(desk.db, planId)
  return keep(desk, change(document, writingOf(desk, author, readRoster(desk.db))), author)
}

function keep(desk: PlanDesk, document: PlanDocument, author: string, notes: readonly string[] = []): PlanEdit {
  storePlan(desk.db, { document, author }, desk.now())
  return { planId: document.id, notes }
}

function writingOf(desk: PlanDesk, author: string, { me }: Roster): Writing {
  return { author, by: me?.name ?? null, at: desk.now() }
}

/** Names that another machine will not know. */
function namesOf(roster: Roster, people: readonly number[], accounts: readonly number[]): PlanNames {
  const known = roster.people.filter(({ id }) => people.includes(id))
  return {
    people: Object.fromEntries(known.map(({ id, name, timeZone }) => [id, { name, timeZone }])),
    accounts: Object.fromEntries(
      roster.accounts.filter(({ id }) => accounts.includes(id)).map(({ id, name }) => [id, name]),
    ),
  }
}

const absenceFields = { startsAt: 'From', endsAt: 'Until' } as const

function windowOf(
  written: WrittenWindow,
  timeZone: string,
  what: 'absence' | 'cover' | 'part',
): { readonly window: Window; readonly notes: readonly string[] } {
  const notes: string[] = []
  const window = {
    startsAt: instantOf(written.startsAt, timeZone, absenceFields.startsAt, notes),
    endsAt: instantOf(written.endsAt, timeZone, absenceFields.endsAt, notes),
  }
  assertForwards(window, what, timeZone)
  return { window, notes }
}

function partOf(written: WrittenWindow, entry: PlannedCover, timeZone: string, notes: string[]): Window {
  const { window, notes: more } = windowOf(written, timeZone, 'part')
  notes.push(...more)
  if (window.startsAt >= entry.startsAt && window.endsAt <= entry.endsAt) return window
  throw refusal(`Part: it has to lie inside of what was asked for, ${spanWords(entry, timeZone)}.`)
}

function instantOf(text: string, timeZone: string, field: string, notes: string[]): number {
  const { at, problem } = readWallClock(text, timeZone)
  if (at === null) throw refusal(`${field}: ${problem}`)
  if (isShownTwice(at, timeZone)) {
    const words = `${field}: the clocks in ${timeZone} show ${instantWords(at, timeZone)} twice; the earlier one was taken.`
    notes.push(words)
  }
  return at
}

/** Longer than this is a slip of the year. */
const longestMs = 366 * 24 * 3_600_000

function assertForwards({ startsAt, endsAt }: Window, what: 'absence' | 'cover' | 'part', timeZone: string): void {
  const subject = { absence: 'the absence', cover: 'the coverage', part: 'the part' }[what]
  if (endsAt - startsAt > longestMs) throw refusal(`Until: ${subject} would take longer than a year. Check the years.`)
  if (startsAt < endsAt) return
  const [start, end] = [instantWords(startsAt, timeZone), instantWords(endsAt, timeZone)]
  throw refusal(`Until: ${subject} would end ${end}, not after it begins ${start}. Choose a later end.`)
}

function personIn({ people }: Roster, id: number, field: string): Person {
  const person = people.find((candidate) => candidate.id === id)
  if (person) return person
  throw refusal(`${field}: user ${id} is nobody who is known here. Name them as the ASE of an account first.`)
}

function assertTheirs(roster: Roster, accountId: number, ase: Pick<Person, 'id' | 'name'>): void {
  const account = roster.accounts.find(({ id }) => id === accountId)
  if (!account) throw refusal(`Accounts: organization ${accountId} is not followed here. Follow it first.`)
  if (account.aseId === ase.id) return
  const whose = account.aseId === null ? 'has no ASE' : `is ${wordsOf(roster, account.aseId)}’s`
  throw refusal(`Accounts: ${account.name} ${whose}, not ${ase.name}’s. Leave it out, or change its ASE first.`)
}

function wordsOf({ people }: Roster, id: number): string {
  return people.find((person) => person.id === id)?.name ?? `User ${id}`
}

function presentEntry(document: PlanDocument, entryId: string): PlannedCover {
  const entry = planOf(document).entries.find(({ id }) => id === entryId)
  if (entry) return entry
  const missing = { what: 'entry', id: entryId }
  throw new Refusal('not-found', 'This entry of the plan is not there any more. Look at the plan again.', { missing })
}

function refusal(words: string): Refusal {
  return new Refusal('refused', words)
}
