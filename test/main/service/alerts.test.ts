import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Settings } from '#contract/settings.ts'
import { putAcceptance, putLine, putReviewed } from '#core/handoff/change-handoff.ts'
import {
  createAlertOracle,
  modelFacts,
  seenAgain,
  type ModelTicket,
  type ModelTrigger,
  type Orders,
} from '#test/support/alert-oracle.ts'
import { anAlertWorld } from '#test/support/alert-world.ts'
import { aLine, inesSpeaks } from '#test/support/handoff-values.ts'
import { dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

const minuteMs = 60_000

type Step =
  | { readonly do: 'open'; readonly account: number; readonly clockMinutes: number | null }
  | {
      readonly do: 'clock'
      readonly which: number
      readonly metric: number
      readonly minutes: number | 'paused' | 'gone'
    }
  | { readonly do: 'say'; readonly which: number; readonly customer: boolean }
  | {
      readonly do: 'solve' | 'reopen' | 'pending' | 'emergency' | 'urgent' | 'unsnooze' | 'review'
      readonly which: number
    }
  | { readonly do: 'foresee'; readonly which: number; readonly ifs: readonly Foreseen[] }
  | { readonly do: 'accept'; readonly on: boolean }
  | { readonly do: 'mark'; readonly by: 'tag' | 'priority' }
  | { readonly do: 'move'; readonly which: number; readonly account: number }
  | { readonly do: 'pass' | 'sleep' | 'set-back'; readonly minutes: number }
  | { readonly do: 'crash'; readonly handings: number }
  | { readonly do: 'kill' | 'backup' | 'restore' | 'end-cover' | 'look' }
  | { readonly do: 'cover'; readonly inMinutes: number; readonly minutes: number }
  | { readonly do: 'quiet' | 'meeting'; readonly on: boolean }
  | { readonly do: 'pause'; readonly on: boolean }
  | {
      readonly do: 'snooze'
      readonly which: number
      readonly until: 'for' | 'reply' | 'before-breach'
      readonly minutes: number
    }
  | { readonly do: 'mute'; readonly account: number; readonly on: boolean }

type Foreseen =
  | { readonly on: 'customer-replies' }
  | { readonly on: 'severity-raised' }
  | { readonly on: 'status'; readonly to: string }
  | { readonly on: 'no-reply-by'; readonly minutes: number }

const which = fc.nat({ max: 5 })
const minutes = fc.oneof(fc.constantFrom(1, 5, 29, 30, 31, 60, 119, 120, 121, 600), fc.integer({ min: 1, max: 300 }))
const foreseen: fc.Arbitrary<Foreseen> = fc.oneof(
  fc.constantFrom({ on: 'customer-replies' as const }, { on: 'severity-raised' as const }),
  fc.record({ on: fc.constant('status' as const), to: fc.constantFrom('open', 'pending', 'solved') }),
  fc.record({ on: fc.constant('no-reply-by' as const), minutes }),
)
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('open' as const),
      account: fc.constantFrom(1, 1, 2, 3),
      clockMinutes: fc.option(minutes),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('clock' as const),
      which,
      metric: fc.nat({ max: 1 }),
      minutes: fc.oneof(minutes, minutes, fc.constantFrom('paused' as const, 'gone' as const)),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('say' as const), which, customer: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'solve' as const,
        'reopen' as const,
        'pending' as const,
        'emergency' as const,
        'urgent' as const,
        'unsnooze' as const,
      ),
      which,
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('review' as const), which }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('foresee' as const),
      which,
      ifs: fc.array(foreseen, { minLength: 0, maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('accept' as const), on: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('mark' as const),
      by: fc.constantFrom('tag' as const, 'priority' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), which, account: fc.constantFrom(1, 2, 3) }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constantFrom('pass' as const, 'pass' as const, 'sleep' as const), minutes }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('set-back' as const), minutes }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('crash' as const), handings: fc.integer({ min: 1, max: 12 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'kill' as const,
        'backup' as const,
        'restore' as const,
        'end-cover' as const,
        'look' as const,
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('cover' as const), inMinutes: fc.integer({ min: 0, max: 200 }), minutes }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('quiet' as const, 'meeting' as const), on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pause' as const), on: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('snooze' as const),
      which,
      until: fc.constantFrom('for' as const, 'reply' as const, 'before-breach' as const),
      minutes,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('mute' as const), account: fc.constantFrom(1, 2), on: fc.boolean() }),
  },
)

/** A covered account whose tickets are gone over, and what happens to those. */
const onHandover: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: steps },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('review' as const), which }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('foresee' as const),
      which,
      ifs: fc.array(foreseen, { minLength: 1, maxLength: 2 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('say' as const), which, customer: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('pending' as const, 'urgent' as const, 'solve' as const, 'reopen' as const),
      which,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('accept' as const), on: fc.constantFrom(true, true, false) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('end-cover' as const, 'look' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cover' as const), inMinutes: fc.nat({ max: 60 }), minutes }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('pass' as const, 'sleep' as const), minutes }) },
)
const opened: Step = { do: 'open', account: 1, clockMinutes: null }
const plans: fc.Arbitrary<Step[]> = fc.oneof(
  fc.array(steps, { minLength: 5, maxLength: 40 }),
  fc.array(onHandover, { minLength: 8, maxLength: 30, size: 'max' }).map((rest) => [opened, opened, ...rest]),
)

/** In Berlin, in winter, soon after the plan begins. */
const quietHours: Partial<Settings> = {
  quietHours: {
    on: true,
    days: Array.from({ length: 7 }, () => ({ from: '11:00', to: '13:00' })),
    urgentPasses: true,
    urgentMinutes: 30,
  },
}
const berlinOffsetMs = hourMs
const isQuiet = (at: number) => {
  const hour = Math.floor(((at + berlinOffsetMs) % dayMs) / hourMs)
  return hour >= 11 && hour < 13
}
function quietEdges(after: number, until: number): number[] {
  const midnight = Math.floor(after / dayMs) * dayMs - berlinOffsetMs
  const days = Array.from({ length: Math.ceil((until - after) / dayMs) + 2 }, (_, day) => midnight + day * dayMs)
  return days.flatMap((day) => [day + 11 * hourMs, day + 13 * hourMs])
}

const metrics = ['first_reply_time', 'agent_work_time']
const rounds = Number(process.env['ALERT_RUNS'] ?? 150)

/** Lives through some steps and compares after each what was shown with what the oracle says. */
async function live(plan: readonly Step[]): Promise<void> {
  const world = await anAlertWorld(wednesday)
  const oracle = createAlertOracle(wednesday, quietEdges)
  oracle.evaluate(wednesday, { before: wednesday, anew: true })
  let vendorNow = wednesday
  let lastId = 0
  let lastIf = 0
  let backup: { readonly image: Buffer; readonly orders: Orders; readonly tickets: Map<number, ModelTicket> } | null =
    null
  const { clock } = world
  const set = () =>
    world.set({
      ...(oracle.quiet ? quietHours : {}),
      emergencyMark: oracle.mark === 'tag' ? { by: 'tag', value: 'emergency' } : { by: 'priority', value: 'urgent' },
    })
  const stamp = () => (vendorNow = Math.max(clock.now(), vendorNow + 1000))
  const nth = (index: number): ModelTicket | undefined =>
    [...oracle.tickets.values()][index % Math.max(1, oracle.tickets.size)]

  /** Looks, and starts the app again where it crashed. */
  async function settle(touched: readonly number[] = [], before = clock.now()): Promise<void> {
    world.alerts().look()
    await world.settle()
    const died = world.isDead()
    if (died) await world.restart()
    oracle.evaluate(clock.now(), { touched, before, anew: false })
    if (died) oracle.evaluate(clock.now(), { before, anew: true })
  }

  async function changed(ticket: ModelTicket, before?: ModelTicket): Promise<void> {
    const at = stamp()
    if (before) Object.assign(ticket, seenAgain(before, ticket, at))
    world.page(ticket, at)
    await settle([ticket.id])
  }

  /** Something was written in the handoff. */
  async function handed(write: Parameters<typeof world.hand>[0]): Promise<void> {
    world.hand(write)
    await settle([...oracle.tickets.keys()])
  }

  function lineOf(ticketId: number) {
    const line = oracle.orders.lines.get(ticketId) ?? { reviewed: null, ifs: [] }
    oracle.orders.lines.set(ticketId, line)
    return line
  }

  async function pass(ms: number): Promise<void> {
    const end = clock.now() + ms
    while (clock.now() < end) {
      const before = clock.now()
      const [at = end] = oracle.instants(before, end)
      const due = Math.min(at, ...clock.waitingFor.filter((one) => one > before))
      clock.step(due - before)
      await world.settle()
      const died = world.isDead()
      if (died) await world.restart()
      oracle.evaluate(due, { before, anew: died })
    }
  }

  async function carryOut(step: Step): Promise<void> {
    const now = clock.now()
    const ticket = 'which' in step ? nth(step.which) : undefined
    const before = ticket && structuredClone(ticket)
    const { orders } = oracle
    switch (step.do) {
      case 'open': {
        lastId += 1
        const createdAt = stamp()
        const clocks = new Map(
          step.clockMinutes === null ? [] : [['first_reply_time', now + step.clockMinutes * minuteMs]],
        )
        const opened: ModelTicket = {
          id: lastId,
          account: step.account,
          live: true,
          createdAt,
          emergencyAt: null,
          clocks,
          messages: [],
        }
        oracle.tickets.set(lastId, opened)
        return changed(opened)
      }
      case 'clock': {
        const metric = metrics[step.metric] ?? ''
        if (!ticket?.live) return
        if (step.minutes === 'gone') ticket.clocks.delete(metric)
        else ticket.clocks.set(metric, step.minutes === 'paused' ? null : now + step.minutes * minuteMs)
        return changed(ticket, before)
      }
      case 'say':
        if (!ticket) return
        ticket.messages.push({
          id: ticket.id * 1000 + ticket.messages.length + 1,
          at: stamp(),
          customer: step.customer,
        })
        return changed(ticket)
      case 'solve':
      case 'reopen':
        if (!ticket) return
        ticket.live = step.do === 'reopen'
        return changed(ticket, before)
      case 'pending':
        if (!ticket?.live) return
        ticket.pending = ticket.pending !== true
        return changed(ticket, before)
      case 'review': {
        const known = ticket && world.facts(ticket.id)
        if (!ticket || !known) return
        lineOf(ticket.id).reviewed = { at: now, facts: modelFacts(ticket) }
        return handed((handoff, author) => putReviewed(handoff, ticket.id, known, { author, by: 'Ines', at: now }))
      }
      case 'foresee': {
        if (!ticket) return
        const contingencies = step.ifs.map((one) => {
          lastIf += 1
          const trigger: ModelTrigger =
            one.on === 'no-reply-by' ? { on: one.on, at: now + one.minutes * minuteMs } : one
          // oxlint-disable-next-line unicorn/no-thenable -- a text of the line
          return { id: `c${lastIf}`, if: 'it comes true', then: 'restart Sidekiq', trigger }
        })
        lineOf(ticket.id).ifs = contingencies.map(({ id, trigger }) => ({ id, trigger, since: now }))
        const line = aLine({ contingencies, story: `Written ${lastIf}` })
        return handed((handoff, author) => putLine(handoff, ticket.id, line, { author, by: 'Anna', at: now }))
      }
      case 'accept': {
        orders.accepted = step.on
        const said = { state: step.on ? ('accepted' as const) : ('withdrawn' as const), hash: '', words: '' }
        return handed((handoff, author) =>
          putAcceptance(handoff, { ...said, speaker: inesSpeaks }, { author, by: 'Ines', at: now }),
        )
      }
      case 'emergency': {
        if (!ticket?.live || ticket.emergencyAt !== null) return
        ticket.emergencyAt = stamp()
        world.page(ticket, ticket.emergencyAt)
        return settle([ticket.id])
      }
      case 'urgent':
        if (!ticket?.live || (ticket.urgentAt ?? null) !== null) return
        ticket.urgentAt = stamp()
        if (before) Object.assign(ticket, seenAgain(before, ticket, ticket.urgentAt))
        world.page(ticket, ticket.urgentAt)
        return settle([ticket.id])
      case 'mark':
        // While no cover runs, nothing of the covered account is looked at.
        if (!orders.covers.some(({ from, to }) => from <= now && now < to)) return
        oracle.mark = step.by
        set()
        return settle([...oracle.tickets.keys()])
      case 'move':
        if (!ticket || ticket.emergencyAt !== null || (ticket.urgentAt ?? null) !== null) return
        ticket.account = step.account
        return changed(ticket, before)
      case 'pass':
        return pass(step.minutes * minuteMs)
      case 'sleep':
        clock.step(step.minutes * minuteMs)
        world.alerts().wake()
        return settle([], now)
      case 'set-back':
        clock.step(-step.minutes * minuteMs)
        return settle()
      case 'crash':
        return world.crashAfter(step.handings)
      case 'kill':
        await world.restart()
        return oracle.evaluate(now, { before: now, anew: true })
      case 'backup':
        backup = {
          image: world.backup(),
          orders: structuredClone(orders),
          tickets: structuredClone(oracle.tickets),
        }
        return
      case 'restore': {
        if (!backup) return
        const { covers } = orders
        const inJournal = [...orders.listed].filter((key) => !orders.derived.has(key))
        const listed = new Set([...inJournal, ...backup.orders.listed])
        oracle.orders = { ...structuredClone(backup.orders), covers, listed }
        for (const key of [...oracle.told, ...listed]) oracle.orders.held.delete(key)
        const { tickets: knownThen, image } = backup
        // Before it looks at clocks that ended, it waits for the sync.
        await world.restore(image, () => {
          for (const one of oracle.tickets.values()) {
            const at = stamp()
            const known = knownThen.get(one.id)
            // What was recorded since is recorded anew, as late as it is seen again.
            const seenAt = known ? at : one.createdAt
            if (one.emergencyAt !== null) one.emergencyAt = known?.emergencyAt ?? seenAt
            if (one.urgentAt) one.urgentAt = known?.urgentAt ?? seenAt
            Object.assign(one, known ? seenAgain(known, one, at) : { log: [], setLater: new Set() })
            world.page(one, at)
          }
        })
        await settle([...oracle.tickets.keys()])
        return oracle.evaluate(now, { before: now, anew: true })
      }
      case 'cover':
        orders.covers.push({
          from: now + step.inMinutes * minuteMs,
          to: now + (step.inMinutes + step.minutes) * minuteMs,
        })
        world.cover(orders.covers)
        return settle()
      case 'end-cover':
        orders.covers = orders.covers.flatMap(({ from, to }) => (from >= now ? [] : [{ from, to: Math.min(to, now) }]))
        world.cover(orders.covers)
        return settle()
      case 'quiet':
        oracle.quiet = step.on ? isQuiet : null
        set()
        return settle()
      case 'meeting':
        orders.meeting = step.on ? { since: now, from: now, to: now + 4 * hourMs } : null
        world.order((alerts) => alerts.hold(step.on))
        return settle()
      case 'pause':
        orders.pause = step.on ? { since: now, from: now, to: now + hourMs } : null
        world.order((alerts) => alerts.pause(step.on ? 'hour' : null))
        return settle()
      case 'snooze': {
        if (!ticket?.live) return
        const until =
          step.until === 'reply' ? { kind: step.until } : { kind: step.until, minutes: Math.max(5, step.minutes) }
        try {
          world.order((alerts) => alerts.snooze(ticket.id, until))
        } catch {
          return
        }
        orders.snoozes.set(ticket.id, { until, since: now })
        return settle()
      }
      case 'unsnooze':
        if (!ticket) return
        world.order((alerts) => alerts.unsnooze(ticket.id))
        oracle.endSnooze(ticket.id)
        return settle()
      case 'mute':
        if (step.on) {
          world.order((alerts) => alerts.mute(step.account))
          oracle.mute(step.account)
        } else {
          world.order((alerts) => alerts.unmute(step.account))
          orders.muted.delete(step.account)
        }
        return settle()
      case 'look':
        return settle()
    }
  }

  try {
    world.cover((oracle.orders.covers = [{ from: wednesday, to: wednesday + 12 * hourMs }]))
    await settle()
    for (const [index, step] of plan.entries()) {
      await carryOut(step)
      const shown = new Set(world.sightings.flatMap(({ keys }) => keys).filter(isOfTicket))
      expect([...shown].toSorted(), `after step ${index}, ${JSON.stringify(step)}`).toEqual([...oracle.told].toSorted())
      expect(doubles(world.sightings), `after step ${index}`).toEqual([])
    }
    expect(world.errors()).toEqual([])
  } finally {
    await world.stop()
  }
}

const isOfTicket = (key: string) => /^\d+ /.test(key)

/** Sightings that brought nothing new, although nothing had crashed since the same was seen. */
function doubles(
  sightings: readonly { readonly tag: string; readonly keys: readonly string[]; readonly life: number }[],
): string[] {
  const seen = new Map<string, { readonly tag: string; readonly life: number }>()
  return sightings.flatMap(({ tag, keys, life }) => {
    const known = keys.map((key) => seen.get(key))
    const isNews = known.includes(undefined)
    const isAgain = known.every((one) => one?.tag === tag && one.life < life)
    for (const key of keys) seen.set(key, { tag, life })
    return isNews || isAgain ? [] : [`${keys.join(', ')} again under ${tag}`]
  })
}

test(
  'what is shown is what is due, once, whatever happens to tickets, clocks, computers and backups',
  { timeout: 300_000 },
  async () => {
    await fc.assert(fc.asyncProperty(plans, live), {
      numRuns: rounds,
      ...(process.env['ALERT_SEED'] ? { seed: Number(process.env['ALERT_SEED']) } : {}),
    })
  },
)

test('ten thousand clocks that end at once are one list, and everybody else has their turn meanwhile', async () => {
  const world = await anAlertWorld(wednesday)
  world.cover([{ from: wednesday, to: wednesday + dayMs }])
  const ticket = { account: 1, live: true, createdAt: wednesday - dayMs, emergencyAt: null, messages: [] }
  for (let id = 1; id <= 10_000; id += 1) {
    world.page({ ...ticket, id, clocks: new Map([['first_reply_time', wednesday + 3 * hourMs]]) }, wednesday - hourMs)
  }
  world.alerts().look()
  await world.settle()
  let turns = 0
  const others = setInterval(() => (turns += 1))
  world.clock.step(4 * hourMs)
  await world.settle()
  clearInterval(others)
  expect(world.sightings.at(-1)?.keys.filter(isOfTicket)).toHaveLength(10_000)
  expect(turns).toBeGreaterThan(50)
  expect(world.errors()).toEqual([])
  await world.stop()
})

test(
  'a month of ten thousand tickets brings each alert once, over nights of sleep, crashes and a restored backup',
  { timeout: 180_000 },
  async () => {
    const dice = createDice(7)
    const start = Date.UTC(2026, 9, 15, 6)
    const end = start + 30 * dayMs
    const world = await anAlertWorld(start)
    world.cover([{ from: start, to: end + 2 * dayMs }])
    const lives = Array.from({ length: 10_000 }, (_, index) => aLife(index + 1, start, end, dice))
    const pages = Map.groupBy(
      lives.flatMap((life) => life.changes.map(({ at }) => ({ life, at: awake(at) }))),
      ({ at }) => at,
    )
    let backup: Buffer | null = null
    const { clock } = world
    for (const [day, at] of [...pages.keys()].toSorted((a, b) => a - b).map((one) => [dayOf(one), one] as const)) {
      await passTo(world, at)
      if (day === 10 && backup === null) backup = world.backup()
      if (day === 11 && backup !== null && backup.length > 0) {
        await world.restore(backup, () => {
          for (const life of lives) if (life.createdAt <= at) world.page(stateOf(life, at), at)
        })
        backup = Buffer.alloc(0)
      }
      for (const { life } of pages.get(at) ?? []) world.page(stateOf(life, at), at)
      if (dice() < 0.01) world.crashAfter(1 + Math.floor(dice() * 4))
      world.alerts().look()
      await world.settle()
      if (world.isDead()) await world.restart()
    }
    await passTo(world, end + dayMs)
    const shown = new Set(world.sightings.flatMap(({ keys }) => keys).filter(isOfTicket))
    const due = new Set(lives.flatMap((life) => toldOf(life, start, { from: start, to: end + 2 * dayMs })))
    expect([...due].filter((key) => !shown.has(key))).toEqual([])
    expect([...shown].filter((key) => !due.has(key))).toEqual([])
    expect(doubles(world.sightings)).toEqual([])
    expect(world.errors()).toEqual([])
    expect(due.size).toBeGreaterThan(15_000)
    expect(clock.now()).toBe(end + dayMs)
    await world.stop()
  },
)

/** A ticket's life: how it was from each of some instants on. */
interface Life {
  readonly id: number
  readonly createdAt: number
  readonly changes: readonly {
    readonly at: number
    readonly clockEnd: number | null
    readonly live: boolean
    readonly emergency: boolean
  }[]
}

const gridMs = 10 * minuteMs
const onGrid = (at: number) => Math.ceil(at / gridMs) * gridMs
const dayOf = (at: number) => Math.floor((at - Date.UTC(2026, 9, 15, 6)) / dayMs)
/** The computer sleeps from 22 to 6 o'clock UTC; what falls into that is seen when it wakes. */
function awake(at: number): number {
  const sinceSix = (at - 6 * hourMs) % dayMs
  return sinceSix >= 16 * hourMs ? at - sinceSix + dayMs : at
}

function createDice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}

/** Most are answered in time, one in ten breaches, some get another target. */
function aLife(id: number, start: number, end: number, dice: () => number): Life {
  const createdAt = onGrid(start + gridMs + dice() * (end - start - dayMs))
  const clockEnd = createdAt + Math.floor((0.4 + dice() * 10) * hourMs)
  const emergency = dice() < 0.02
  const first = { at: createdAt, clockEnd, live: true, emergency }
  const targeted =
    dice() < 0.1 ? [{ ...first, at: onGrid(createdAt + gridMs), clockEnd: clockEnd + Math.floor(dice() * hourMs) }] : []
  const last = targeted[0] ?? first
  const answeredAt = onGrid(createdAt + 2 * gridMs + dice() * (last.clockEnd - createdAt) * (dice() < 0.1 ? 3 : 0.9))
  const answered = { ...last, at: answeredAt, clockEnd: null }
  return {
    id,
    createdAt,
    changes: [first, ...targeted, answered, { ...answered, at: onGrid(answeredAt + dice() * dayMs), live: false }],
  }
}

function stateOf({ id, createdAt, changes }: Life, at: number): ModelTicket {
  const present = changes.findLast((change) => change.at <= at)
  const clocks = new Map([['first_reply_time', present?.clockEnd ?? null] as const].filter(([, one]) => one !== null))
  return {
    id,
    account: 1,
    live: present?.live ?? true,
    createdAt,
    emergencyAt: present?.emergency ? createdAt : null,
    clocks,
    messages: [],
  }
}

/** What the oracle says of one ticket alone, looked at whenever it changed or something of it was due. */
function toldOf(life: Life, first: number, cover: { from: number; to: number }): string[] {
  const oracle = createAlertOracle(first, () => [])
  oracle.orders.covers = [cover]
  const put = (at: number) => {
    const before = oracle.tickets.get(life.id)
    const next = stateOf(life, at)
    oracle.tickets.set(life.id, before ? seenAgain(before, next, at) : next)
  }
  const changed = life.changes.map(({ at }) => awake(at))
  const ends = life.changes.flatMap(({ clockEnd }) =>
    clockEnd === null ? [] : [0, 30, 120].map((m) => awake(clockEnd - m * minuteMs)),
  )
  const instants = [...new Set([...changed, ...ends])].toSorted((a, b) => a - b).filter((at) => at >= life.createdAt)
  let before = first
  for (const now of instants) {
    // Timers come before pages of the same instant, and know the ticket as the last page told it.
    const paged = changed.findLast((at) => at < now)
    if (paged !== undefined) {
      put(paged)
      oracle.evaluate(now, { before })
    }
    if (changed.includes(now)) put(now)
    oracle.evaluate(now, { before })
    before = now
  }
  return [...oracle.told]
}

/** Lets time pass as the computer lives it: from one timer to the next, and asleep at night. */
async function passTo(world: Awaited<ReturnType<typeof anAlertWorld>>, end: number): Promise<void> {
  const { clock } = world
  while (clock.now() < end) {
    const now = clock.now()
    const next = Math.max(now + 1, Math.min(end, ...clock.waitingFor.filter((at) => at > now)))
    clock.step(Math.min(end, awake(next)) - now)
    await world.settle()
    if (world.isDead()) await world.restart()
  }
}
