import type { Simulator } from '#simulator/create-simulator.ts'
import { createDice, type Dice } from './dice.ts'
import { createHands, type DayNotes, type Hands } from './hands.ts'
import type { SteppedUnderstudy } from './stepped-understudy.ts'
import { orderedKinds } from './what-goes-wrong.ts'

/** When a day is calm and when it is not, in ms after its beginning. */
export interface DayPlan {
  readonly seed: number
  readonly lengthMs: number
  /** From when to when Zendesk misbehaves, the app is killed, and tickets come to their ends. */
  readonly trouble: readonly [fromMs: number, untilMs: number]
  /** From one misbehaviour to the next. */
  readonly misbehavesEveryMs: number
  /** After this the nightly look-through is near or over: what only it finds does not happen any more. */
  readonly nightMs: number
}

interface Happening {
  readonly at: number
  readonly act: () => Promise<unknown>
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** A look-up that failed is not repeated for an hour. */
const longestPauseMs = 65 * minuteMs
/** How often something happens to a ticket beside what the simulator's own stories tell. */
const deedEveryMs = 5 * minuteMs

/**
 * Lets an understudy live through a day. Zendesk misbehaves in every way it knows, tickets come to every end they can come to,
 * the app is killed and restarted, a person orders changes; in the end it is quiet.
 */
export async function liveThroughDay(
  simulator: Simulator,
  understudy: SteppedUnderstudy,
  plan: DayPlan,
): Promise<DayNotes> {
  const dice = createDice(plan.seed)
  const begin = understudy.clock.now()
  const accountIds = simulator.description.workspace.accounts.map(({ id }) => id)
  const hands = createHands(simulator, understudy, dice, begin + plan.nightMs, accountIds)
  const happenings = [...everyDay(plan, hands), ...troubles(plan, hands, dice)].toSorted((a, b) => a.at - b.at)
  await hands.order('/zendesk', { plan: 'team', others_per_minute: 60, minute: 'simulated' })
  for (const { at, act } of happenings) {
    await understudy.pass(Math.max(0, begin + at - understudy.clock.now()))
    await act()
  }
  const quietAt = hands.notes().calmSince + longestPauseMs
  await understudy.pass(Math.max(begin + plan.lengthMs, quietAt) - understudy.clock.now())
  // What happened a moment ago need not have been seen yet.
  for (let more = 0; more < 60 && changedLately(simulator); more += 1) await understudy.pass(minuteMs)
  return hands.notes()
}

function changedLately(simulator: Simulator): boolean {
  const { now, tickets } = simulator.truth()
  return tickets.some(({ updatedAt }) => updatedAt > now - 5 * minuteMs)
}

/**
 * Lets an understudy live through hours in which nothing goes wrong and customers of these accounts write.
 *
 * @param followed ids of the accounts.
 */
export async function liveThroughCalm(
  simulator: Simulator,
  understudy: SteppedUnderstudy,
  followed: readonly number[],
  { seed, lengthMs }: Pick<DayPlan, 'seed' | 'lengthMs'>,
): Promise<void> {
  const begin = understudy.clock.now()
  const day = createHands(simulator, understudy, createDice(seed), begin, followed)
  for (const at of every(deedEveryMs, [deedEveryMs, lengthMs])) {
    await understudy.pass(begin + at - understudy.clock.now())
    await day.gentleDeed()
  }
  await understudy.pass(begin + lengthMs - understudy.clock.now())
}

/** What goes on whether Zendesk is well or not: customers write, and a person works. */
function everyDay({ lengthMs, trouble }: DayPlan, day: Hands): Happening[] {
  const lastDeed = lengthMs - 20 * minuteMs
  return [
    ...every(deedEveryMs, [10 * minuteMs, lastDeed]).map((at) => ({ at, act: () => day.gentleDeed() })),
    ...every(12 * minuteMs, [15 * minuteMs, trouble[1]]).map((at) => ({ at, act: () => day.write() })),
    ...every(97 * minuteMs, [30 * minuteMs, trouble[1]]).map((at) => ({
      at,
      act: async () => void day.understudy.sync.run().catch(() => undefined),
    })),
  ]
}

/** What goes wrong, spread over the hours of trouble. */
function troubles({ trouble, misbehavesEveryMs }: DayPlan, day: Hands, dice: Dice): Happening[] {
  const [from, until] = trouble
  const lengthMs = until - from
  const at = (share: number) => from + share * lengthMs
  const part = Math.min(1, lengthMs / (6 * hourMs))
  const spells = spellsOf(day).flatMap(({ begins, lastsMs, begin, end }) => [
    { at: at(begins), act: begin },
    { at: Math.min(at(begins) + lastsMs * part, until), act: end },
  ])
  // Each kind comes up before one comes up again.
  const order = Array.from({ length: 20 }, () => dice.shuffle(orderedKinds)).flat()
  const often = (times: number, act: () => Promise<unknown>): Happening[] =>
    every(lengthMs / times, [at(0.5 / times), until]).map((instant) => ({
      at: instant + dice.below(lengthMs / times / 3),
      act,
    }))
  return [
    ...spells,
    ...every(misbehavesEveryMs, trouble).map((instant, index) => ({
      at: instant,
      act: async () => day.misbehave(order[index] ?? '429'),
    })),
    ...every(10 * minuteMs, trouble).map((instant) => ({ at: instant, act: () => day.drasticDeed() })),
    ...often(9, () => day.end()),
    ...often(7, () => day.sleep((5 + dice.below(90)) * minuteMs * part)),
    ...often(4, () => day.endSignIn()),
    ...every(25 * minuteMs * part, trouble).map((instant) => ({ at: instant, act: () => day.seeToSignIn() })),
    ...every(hourMs, trouble).map((instant) => ({ at: instant, act: () => day.clear() })),
    { at: 0, act: async () => day.misbehave('page move') },
    { at: until, act: () => day.makeUp() },
    { at: until, act: () => day.calmDown() },
  ]
}

interface Spell {
  /** Where in the hours of trouble, from 0 to 1. */
  readonly begins: number
  readonly lastsMs: number
  readonly begin: () => Promise<unknown>
  readonly end: () => Promise<unknown>
}

function spellsOf(day: Hands): Spell[] {
  const switched = (begins: number, minutes: number, on: object, off: object, more?: () => Promise<void>): Spell => ({
    begins,
    lastsMs: minutes * minuteMs,
    begin: async () => {
      await day.order('/zendesk', on)
      await more?.()
    },
    end: async () => {
      await day.order('/zendesk', off)
      await more?.()
    },
  })
  const slas = (begins: number, ...places: readonly string[]) => {
    const all = (value: boolean) => ({ slas: Object.fromEntries(places.map((place) => [place, value])) })
    return switched(begins, 25, all(false), all(true), day.checkConnection)
  }
  const port = (open: boolean) => () => day.port(open)
  return [
    { begins: 0.12, lastsMs: 8 * minuteMs, begin: port(false), end: port(true) },
    switched(0.2, 12, { jobs: { held: true } }, { jobs: { held: false } }),
    switched(0.36, 30, { others_per_minute: 172 }, { others_per_minute: 60 }),
    switched(0.44, 15, { jobs: { failing: 'half' } }, { jobs: { failing: 'none' } }),
    slas(0.5, 'show_many'),
    switched(0.56, 10, { jobs: { others: 30 } }, { jobs: { others: 0 } }),
    slas(0.6, 'show_many', 'organization'),
    switched(0.66, 40, { search_lag_ms: 600_000 }, { search_lag_ms: 0 }),
    slas(0.68, 'show_many', 'organization', 'tickets', 'ticket'),
    slas(0.75, 'show_many', 'organization', 'search'),
    switched(0.8, 10, { jobs: { failing: 'job' } }, { jobs: { failing: 'none' } }),
    slas(0.84, 'show_many', 'organization', 'search', 'ticket', 'tickets', 'user'),
    { begins: 0.93, lastsMs: 20 * minuteMs, begin: port(false), end: port(true) },
  ]
}

/** Instants from one to another, evenly apart. */
function every(stepMs: number, [from, until]: readonly [number, number]): number[] {
  return Array.from({ length: Math.max(0, Math.ceil((until - from) / stepMs)) }, (_, index) =>
    Math.round(from + index * stepMs),
  )
}
