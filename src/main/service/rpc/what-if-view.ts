import type { WhatIf } from '#contract/plans.ts'
import { dayNamed, isoWeekOf, weekAfter, workingDaysOf, type IsoWeek } from '#core/clocks/iso-week.ts'
import { overlapOf, type Window } from '#core/instant.ts'
import { swapFlags } from '#core/on-call/swap-flags.ts'
import { spanWords } from '#core/on-call/swap-message.ts'
import type { Person } from '#core/people/people.ts'
import { canCover, coveredOn, percentOf } from '#core/workload/week-load.ts'
import {
  asCoverage,
  expectedTickets,
  overloads,
  weekChange,
  type CoverWindow,
  type ExpectedTickets,
} from '#core/workload/what-if.ts'
import { joinedWindows } from '#core/windows.ts'
import { createdAt } from '../db/read-tickets.ts'
import { readShifts } from '../db/shifts.ts'
import { Refusal } from '../refusal.ts'
import { baselineOf, loadSettingOf, type LoadSetting, type WorkloadFacts } from './workload-view.ts'

/** Who would cover what. */
export interface WhatIfQuestion {
  /** Me where nobody is named. */
  readonly coverId?: number | undefined
  readonly windows: readonly CoverWindow[]
}

type Collision = WhatIf['collisions'][number]

/** What the answer is put together from. */
interface Asked {
  readonly cover: Person
  readonly windows: readonly CoverWindow[]
  readonly facts: WorkloadFacts
  readonly setting: LoadSetting
  /** Every time in words is one of the reader's zone. */
  readonly span: (window: Window) => string
}

const dayMs = 24 * 3_600_000
const longestMs = 366 * dayMs
/** Tickets older than that say little of today's. */
const historyMs = 365 * dayMs
/** Fewer stretches of a history than that show no spread. */
const fewestStretches = 8

/**
 * What covering would mean for somebody (rules 1 and 2): the weeks it touches, what collides, and how many tickets to expect.
 *
 * @throws {Refusal} when nobody or nothing of that id is known, and for windows that end before they begin or are longer than a year.
 */
export function whatIfOf(question: WhatIfQuestion, facts: WorkloadFacts): WhatIf {
  const asked = askedOf(question, facts)
  const { cover, windows, setting } = asked
  const baseline = baselineOf(cover, facts)
  const weeks = weeksTouched(windows, setting.timeZone).map((week) => ({
    ...weekChange({
      week,
      days: setting.daysOf(week),
      baselinePerWeek: baseline.origin === 'none' ? null : baseline.perWeek,
      coverages: setting.coverages,
      windows,
      reductionOf: setting.reductionOf,
    }),
    baseline: baseline.perWeek,
  }))
  const collisions = [
    ...impossible(asked),
    ...impossibleDays(asked),
    ...onCall(asked),
    ...absences(asked),
    ...daysOff(asked),
    ...alreadyCovered(asked),
  ]
  return {
    coverId: cover.id,
    coverName: cover.name,
    weeks,
    collisions: collisions.toSorted((a, b) => a.startsAt - b.startsAt),
    expected: expectations(asked),
  }
}

function askedOf({ coverId, windows }: WhatIfQuestion, facts: WorkloadFacts): Asked {
  const { roster } = facts
  const cover = coverId === undefined ? roster.me : roster.people.find(({ id }) => id === coverId)
  if (!cover) {
    const sentence =
      coverId === undefined
        ? 'Nobody is signed in here. Connect your Zendesk first, or say who would cover.'
        : `User ${coverId} is nobody who is known here. Add them to the people first.`
    throw new Refusal('not-found', sentence, { missing: { what: 'person', id: String(coverId ?? '') } })
  }
  for (const { accountId, startsAt, endsAt } of windows) {
    const account = roster.accounts.find(({ id }) => id === accountId)
    if (!account) {
      const sentence = `Organization ${accountId} is no account that is followed here. Follow it first.`
      throw new Refusal('not-found', sentence, { missing: { what: 'account', id: String(accountId) } })
    }
    if (startsAt >= endsAt) throw new Refusal('refused', `The window of ${account.name} ends before it begins.`)
    if (endsAt - startsAt > longestMs) {
      throw new Refusal('refused', `The window of ${account.name} is longer than a year. Ask about a shorter one.`)
    }
  }
  const timeZone = roster.me?.timeZone ?? 'UTC'
  return {
    cover,
    windows,
    facts,
    setting: loadSettingOf(cover, facts),
    span: (window) => spanWords(window, timeZone),
  }
}

function weeksTouched(windows: readonly Window[], timeZone: string): IsoWeek[] {
  const weeks = new Map<string, IsoWeek>()
  for (const { startsAt, endsAt } of windows) {
    for (let week = isoWeekOf(startsAt, timeZone); week.startsAt < endsAt; week = weekAfter(week, timeZone)) {
      weeks.set(week.week, week)
    }
  }
  return [...weeks.values()].toSorted((a, b) => a.startsAt - b.startsAt)
}

/** Where the accounts take more than the whole at the same instant because of what is asked. */
function impossible(asked: Asked): Collision[] {
  const { windows, setting, span } = asked
  return overloads([...setting.coverages, ...windows], setting.reductionOf)
    .filter((overload) => windows.some((window) => overlapOf(window, overload)))
    .map(({ startsAt, endsAt, accountIds }) => {
      const taken = accountIds.reduce((sum, id) => sum + setting.reductionOf(id), 0)
      const what = `${accountIds.length} accounts at once (${namesOf(accountIds, asked)}) take ${percentOf(taken)}`
      const words = `${span({ startsAt, endsAt })}: ${what}, more than one engineer can cover.`
      return { kind: 'impossible' as const, startsAt, endsAt, words }
    })
}

/** Working days with more accounts than one engineer can cover that take turns, and so are no overload at any instant. */
function impossibleDays(asked: Asked): Collision[] {
  const { cover, windows, facts, setting } = asked
  const all = [...setting.coverages, ...windows.map((window) => asCoverage(window, cover.id))]
  const atOnce = overloads(all, setting.reductionOf)
  return weeksTouched(windows, setting.timeZone)
    .flatMap((week) => workingDaysOf(week, setting.timeZone, facts.policy.baseline.workingDays))
    .filter((day) => !setting.offOf(day) && windows.some((window) => overlapOf(window, day)))
    .flatMap((day) => {
      const accountIds = [...coveredOn(day, all)]
      if (canCover(accountIds.map(setting.reductionOf)) || atOnce.some((each) => overlapOf(each, day))) return []
      const what = `${accountIds.length} accounts in turn (${namesOf(accountIds, asked)})`
      const words = `${dayWords(day, setting.timeZone)}: ${what} count on one day, more than one engineer can cover.`
      return [{ kind: 'impossible' as const, startsAt: day.startsAt, endsAt: day.endsAt, words }]
    })
}

/** Shifts that would have to change hands, but for those that somebody else took. */
function onCall(asked: Asked): Collision[] {
  const { cover, windows, facts, setting, span } = asked
  const earliest = Math.min(...windows.map(({ startsAt }) => startsAt))
  const mine = readShifts(facts.db, earliest).filter(
    ({ personId, replacement }) => personId === cover.id && replacement === null,
  )
  const all = [...setting.coverages, ...windows.map((window) => asCoverage(window, cover.id))]
  return swapFlags(mine, all, facts.policy.onCall).flatMap(({ shiftId, overlaps }) => {
    const title = mine.find(({ id }) => id === shiftId)?.title ?? 'On-call shift'
    return overlaps
      .filter((overlap) => windows.some((window) => overlapOf(window, overlap)))
      .map(({ startsAt, endsAt, accountIds }) => ({
        kind: 'on-call' as const,
        startsAt,
        endsAt,
        words: `On call (“${title}”) ${span({ startsAt, endsAt })} while covering ${namesOf(accountIds, asked)}: the shift would have to change hands.`,
      }))
  })
}

function absences({ cover, windows, facts, setting, span }: Asked): Collision[] {
  const away = cover.id === facts.roster.me?.id ? 'You are away' : `${cover.name} is away`
  const inside = joinedWindows(windows).flatMap((window) =>
    setting.absences.flatMap((absence) => overlapOf(absence, window) ?? []),
  )
  return joinedWindows(inside).map((window) => ({ kind: 'absence', ...window, words: `${away} ${span(window)}.` }))
}

function daysOff({ cover, windows, facts }: Asked): Collision[] {
  const whose = cover.id === facts.roster.me?.id ? 'a day off of yours' : `a day off of ${cover.name}`
  return cover.daysOff
    .map((name) => dayNamed(name, cover.timeZone))
    .filter((day) => windows.some((window) => overlapOf(window, day)))
    .map(({ startsAt, endsAt }) => ({
      kind: 'day-off',
      startsAt,
      endsAt,
      words: `${dayWords({ startsAt }, cover.timeZone)} is ${whose}.`,
    }))
}

function alreadyCovered(asked: Asked): Collision[] {
  const { cover, windows, facts, span } = asked
  const { coverages, people } = facts.roster
  return windows.flatMap((window) =>
    coverages.flatMap((coverage): Collision[] => {
      const shared = coverage.accountId === window.accountId ? overlapOf(coverage, window) : undefined
      if (!shared || coverage.coverId === cover.id) return []
      const by = people.find(({ id }) => id === coverage.coverId)?.name ?? `User ${coverage.coverId}`
      const words = `${namesOf([window.accountId], asked)} is covered by ${by} ${span(shared)}.`
      return [{ kind: 'already-covered', ...shared, words }]
    }),
  )
}

function expectations({ windows, facts }: Asked): WhatIf['expected'] {
  const { db, roster, now } = facts
  return [...Map.groupBy(windows, ({ accountId }) => accountId)].map(([accountId, asked]) => {
    const accountName = roster.accounts.find(({ id }) => id === accountId)?.name ?? `Organization ${accountId}`
    const opened = createdAt(db, accountId, now - historyMs, now)
    const since = opened[0] ?? now
    const expected = expectedTickets(opened, asked, { startsAt: since, endsAt: now })
    const { middle, low, high } = expected.stretches < fewestStretches ? unknown : expected
    return { accountId, accountName, middle, low, high, words: expectationWords(expected, since, facts) }
  })
}

const unknown = { middle: null, low: null, high: null }

function expectationWords(
  { stretches, middle, low, high }: ExpectedTickets,
  since: number,
  facts: WorkloadFacts,
): string {
  const { now, roster } = facts
  if (since === now) return 'No history yet: none of its tickets are stored.'
  const known = `${dayWords({ startsAt: since }, roster.me?.timeZone ?? 'UTC')} on`
  if (stretches < fewestStretches) {
    const count = stretches === 0 ? 'no stretch' : `only ${stretches} ${stretches === 1 ? 'stretch' : 'stretches'}`
    return `Its tickets are known from ${known}: ${count} of the same days to look at, too few to say.`
  }
  const range = low === high ? `${low}` : `${low} to ${high}`
  return `${range} in eight of ten, ${middle} in the middle, of ${stretches} stretches of the same days from ${known}.`
}

function namesOf(accountIds: readonly number[], { facts }: Asked): string {
  const names = accountIds.map((id) => facts.roster.accounts.find((account) => account.id === id)?.name ?? `${id}`)
  return new Intl.ListFormat('en-GB').format(names.toSorted((a, b) => a.localeCompare(b)))
}

function dayWords({ startsAt }: Pick<Window, 'startsAt'>, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone,
  })
    .format(startsAt)
    .replace(',', '')
}
