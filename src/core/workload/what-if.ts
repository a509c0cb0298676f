import type { IsoWeek } from '../clocks/iso-week.ts'
import type { InstantMs, Window } from '../instant.ts'
import type { Coverage } from '../people/people.ts'
import { joinedWindows } from '../windows.ts'
import { canCover, percentOf, weekLoad, type ReductionOf, type WeekLoad, type WorkingDay } from './week-load.ts'

/** An account to be covered in a window. */
export interface CoverWindow extends Window {
  readonly accountId: number
}

/** A stretch in which the covered accounts take more than the whole at the same instant. */
export interface Overload extends Window {
  /** By their id. */
  readonly accountIds: readonly number[]
}

/** The stretches in which covered accounts are more than an engineer can cover (rule 1), in order and apart from each other. */
export function overloads(covered: readonly CoverWindow[], reductionOf: ReductionOf): Overload[] {
  const edges = [...new Set(covered.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]))].toSorted((a, b) => a - b)
  const found: Overload[] = []
  for (const [index, startsAt] of edges.slice(0, -1).entries()) {
    const endsAt = edges[index + 1] ?? startsAt
    const accountIds = accountsAt(startsAt, covered)
    if (canCover(accountIds.map(reductionOf))) continue
    const last = found.at(-1)
    if (last?.endsAt === startsAt && last.accountIds.join() === accountIds.join()) {
      found[found.length - 1] = { ...last, endsAt }
    } else found.push({ startsAt, endsAt, accountIds })
  }
  return found
}

function accountsAt(instant: InstantMs, covered: readonly CoverWindow[]): number[] {
  const at = covered.filter(({ startsAt, endsAt }) => startsAt <= instant && endsAt > instant)
  return [...new Set(at.map(({ accountId }) => accountId))].toSorted((a, b) => a - b)
}

/** A figure with the sum that leads to it. */
export interface Reckoned {
  readonly value: number
  readonly words: string
}

/** A week as it is, and as it would be. */
export interface WeekChange {
  readonly week: string
  readonly before: Reckoned
  readonly after: Reckoned
  /** Whether an engineer can do it afterwards. */
  readonly possible: boolean
}

/** What a week would become. */
export interface WeekQuestion {
  readonly week: IsoWeek
  /** As `weekLoad` wants them. */
  readonly days: readonly WorkingDay[]
  /** Null where nobody knows what the engineer takes in a week: the words then name shares, and the values are 0. */
  readonly baselinePerWeek: number | null
  /** What the engineer covers already. */
  readonly coverages: readonly Coverage[]
  readonly windows: readonly CoverWindow[]
  readonly reductionOf: ReductionOf
}

/** What saying yes to some windows does to a week (rule 1). */
export function weekChange(question: WeekQuestion): WeekChange {
  const { week, days, baselinePerWeek, coverages, windows, reductionOf } = question
  const loadWith = (more: readonly CoverWindow[]) =>
    weekLoad(baselinePerWeek ?? 0, days, [...coverages, ...more.map((each) => asCoverage(each, 0))], reductionOf)
  const reckoned = (load: WeekLoad) => ({
    value: load.allowed,
    words: baselinePerWeek === null ? shareWords(load) : load.arithmetic,
  })
  const after = loadWith(windows)
  return { week: week.week, before: reckoned(loadWith([])), after: reckoned(after), possible: after.possible }
}

/** A window as if somebody had accepted it. */
export function asCoverage(window: CoverWindow, coverId: number): Coverage {
  return { ...window, id: `if/${window.accountId}/${window.startsAt}`, absenceId: 'if', coverId }
}

function shareWords({ steps }: WeekLoad): string {
  if (steps.length === 0) return 'no working days'
  return steps.map(({ days, share }) => `${days} ${days === 1 ? 'day' : 'days'} at ${percentOf(share)}`).join(' + ')
}

/** What an account's own history says of a window: how many tickets were opened in as many days before. */
export interface ExpectedTickets {
  /** How many stretches of its history were looked at. */
  readonly stretches: number
  /** The middle of them: half of them brought no more, half no fewer. */
  readonly middle: number
  /** At least eight of ten of them lie from `low` to `high`. */
  readonly low: number
  readonly high: number
}

const weekMs = 7 * 24 * 3_600_000
/** Of ten stretches so many are left out at either end. */
const leftOutOfTen = 1

/**
 * How many tickets to expect in some windows, from how many were opened in the same stretches of earlier weeks: the windows are
 * moved back week by week, so that they keep their weekdays, as long as they lie in the history.
 *
 * @param openedAt when tickets were opened, in order.
 * @param history from when on they are known, and until when.
 */
export function expectedTickets(
  openedAt: readonly InstantMs[],
  windows: readonly Window[],
  history: Window,
): ExpectedTickets {
  const apart = joinedWindows(windows)
  const startsAt = Math.min(...apart.map((window) => window.startsAt))
  const endsAt = Math.max(...apart.map((window) => window.endsAt))
  const counts: number[] = []
  let back = Math.max(1, Math.ceil((endsAt - history.endsAt) / weekMs)) * weekMs
  for (; startsAt - back >= history.startsAt; back += weekMs) {
    counts.push(apart.reduce((sum, window) => sum + countWithin(openedAt, window, back), 0))
  }
  counts.sort((a, b) => a - b)
  const leftOut = Math.floor((counts.length * leftOutOfTen) / 10)
  const half = counts.length / 2
  return {
    stretches: counts.length,
    middle: ((counts[Math.ceil(half) - 1] ?? 0) + (counts[Math.floor(half)] ?? 0)) / 2,
    low: counts[leftOut] ?? 0,
    high: counts[counts.length - 1 - leftOut] ?? 0,
  }
}

function countWithin(openedAt: readonly InstantMs[], { startsAt, endsAt }: Window, back: number): number {
  return firstFrom(openedAt, endsAt - back) - firstFrom(openedAt, startsAt - back)
}

/** How many come before an instant. */
function firstFrom(openedAt: readonly InstantMs[], instant: InstantMs): number {
  let [low, high] = [0, openedAt.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((openedAt[middle] ?? 0) < instant) low = middle + 1
    else high = middle
  }
  return low
}
