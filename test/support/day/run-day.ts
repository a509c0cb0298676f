import type { ReadDb, WriteDb } from '#service/db/sql.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { differencesFromTruth, faultsOfAlerts, faultsOfEvents } from './compare-with-truth.ts'
import { liveThroughDay, type DayPlan } from './eventful-day.ts'
import type { DayNotes } from './hands.ts'
import { faultsOfConversations } from './look-at-conversations.ts'
import { busyMinutes, mostInAMinute, requestsByHour, unwantedCalls } from './look-at-traffic.ts'
import { faultsOfNotes, faultsOfTags } from './look-at-writes.ts'
import { startUnderstudy } from './stepped-understudy.ts'
import { watchFreshness } from './watch-freshness.ts'
import { countMet, kinds } from './what-goes-wrong.ts'

/** What came of a day. Everything in `faults` should be empty. */
export interface DayOutcome {
  readonly faults: {
    /** What there is at Zendesk and not here, or here in another way; orders of a person that nothing came of. */
    readonly lost: readonly string[]
    /** What was told, shown or done more often than it happened or was ordered. */
    readonly doubled: readonly string[]
    /** Requests beyond our own cap, during a `Retry-After`, and into the last tenth of the account's budget. */
    readonly budget: readonly string[]
    /** Lines of the log that tell of a bug. */
    readonly bugs: readonly string[]
    /** What should have gone wrong and never did. */
    readonly unmet: readonly string[]
  }
  readonly notes: DayNotes
  /** How many changes of tickets ended in each state. */
  readonly outbox: Readonly<Record<string, number>>
  readonly tickets: number
  readonly events: number
  readonly alerts: number
  readonly requests: number
  readonly mostInAMinute: number
  readonly requestsByHour: readonly number[]
  /** How long each change that was made in the calm hours was unseen, ms, shortest first. */
  readonly unseenMs: readonly number[]
  /** How often each kind of misbehaviour was met. */
  readonly met: Readonly<Record<string, number>>
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Lives a day with the app over the database that `open` opens, and says what came of it. The simulator's clock has to stand. */
export async function runDay(simulator: Simulator, open: () => WriteDb, plan: DayPlan): Promise<DayOutcome> {
  const begin = simulator.truth().now
  const freshness = watchFreshness()
  const watched = () => {
    const db = open()
    freshness.over(db)
    return db
  }
  const understudy = await startUnderstudy(simulator, { open: watched, seed: plan.seed })
  const notes = await liveThroughDay(simulator, understudy, plan)
  await understudy.stop()
  const { db, network, notices, logged } = understudy
  const { calls } = network
  const renewed = await countRenewals(simulator)
  const met: Record<string, number> = {
    ...countMet(simulator, network, notes.lives),
    'sign-in renewed': renewed,
  }
  const truth = simulator.truth()
  const followed = new Set(simulator.description.workspace.accounts.map(({ id }) => id))
  const tags = notices.map(({ tag }) => tag)
  const events = faultsOfEvents(db)
  const alerts = faultsOfAlerts(db, truth, firstReadAt(db) ?? begin, tags)
  const tickets = differencesFromTruth(db, truth, followed)
  const conversations = await faultsOfConversations(db, simulator)
  const writes = [await faultsOfNotes(db, simulator, notes.noteTexts), await faultsOfTags(db, simulator, notes.tags)]
  const outcome: DayOutcome = {
    faults: {
      lost: [
        ...tickets,
        ...conversations,
        ...events.lost,
        ...alerts.lost,
        ...writes.flatMap(({ lost }) => lost),
        ...unsettled(db),
      ],
      doubled: [...events.doubled, ...alerts.doubled, ...writes.flatMap(({ doubled }) => doubled)],
      budget: [...unwantedCalls(calls), ...busyMinutes(calls)],
      bugs: logged
        .filter(({ level }) => level === 'error')
        .map(({ message, fields }) => `${message} ${inWords(fields)}`),
      unmet: [...kinds, 'sign-in renewed'].filter((kind) => !met[kind]),
    },
    notes,
    outbox: tally(db, 'SELECT state AS name, count(*) AS n FROM outbox GROUP BY state'),
    tickets: count(db, 'tickets'),
    events: count(db, 'events'),
    alerts: count(db, 'alerts'),
    requests: calls.length,
    mostInAMinute: mostInAMinute(calls),
    requestsByHour: requestsByHour(calls, begin, Math.round(plan.lengthMs / hourMs)),
    unseenMs: calmTimes(begin, plan, notes.calmSince, truth.now)
      .flatMap(([from, until]) => freshness.unseenMs(from, until))
      .toSorted((a, b) => a - b),
    met,
  }
  db.close()
  return outcome
}

/** Half an hour after the first reading the calm begins; after the trouble it takes as long until all pauses are over. */
function calmTimes(
  begin: number,
  plan: DayPlan,
  calmSince: number,
  end: number,
): readonly (readonly [number, number])[] {
  return [
    [begin + 30 * minuteMs, begin + plan.trouble[0]],
    [calmSince + 30 * minuteMs, end - 5 * minuteMs],
  ]
}

function firstReadAt(db: ReadDb): number | null {
  const row = db
    .prepare<[], { at: number | null }>(
      "SELECT max(first_completed_at) AS at FROM sync_cursors WHERE scope LIKE 'organization:%'",
    )
    .get()
  return row?.at ?? null
}

function count(db: ReadDb, table: 'tickets' | 'events' | 'alerts'): number {
  return db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0
}

function tally(db: ReadDb, sql: string): Record<string, number> {
  const rows = db.prepare<[], { name: string; n: number }>(sql).all()
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
}

const inWords = (fields: object): string =>
  JSON.stringify(fields, (_, value: unknown) => (value instanceof Error ? value.stack : value))

/** How often the simulator gave new tokens for a refresh token. */
async function countRenewals(simulator: Simulator): Promise<number> {
  const answer = await fetch(`${simulator.description.control.url}/oauth`)
  return ((await answer.json()) as { readonly refreshed: number }).refreshed
}

/** Changes that are neither settled nor put before a person. */
function unsettled(db: ReadDb): string[] {
  return db
    .prepare<[], { id: number; kind: string; state: string; problem: string | null }>(
      'SELECT id, kind, state, problem FROM outbox',
    )
    .all()
    .filter(({ state, problem }) => {
      const namesAPerson = (state === 'failed' && problem !== null) || state === 'conflict'
      return state !== 'verified' && !namesAPerson
    })
    .map(({ id, kind, state, problem }) => `${kind} ${id} is ${state}: ${problem}`)
}
