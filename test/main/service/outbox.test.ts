import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { TicketIntent } from '#contract/outbox.ts'
import { wishHolds } from '#core/outbox/wish.ts'
import { readChangeableTicket, readOutboxRow } from '#service/db/outbox.ts'
import { Refusal } from '#service/refusal.ts'
import type { MisbehaviourOrder } from '#simulator/http/misbehaviour.ts'
import { createAsk, type Body } from '#test/simulator/ask.ts'
import { withMemoryDatabase } from '#test/support/memory-database.ts'
import type { OutboxSetting } from '#test/support/outbox-setting.ts'
import { putRight, simulatorForOutboxes } from '#test/support/outbox-simulator.ts'

const zendesk = simulatorForOutboxes({ scale: 100 })
/** The sign-in of a colleague, who changes tickets like anybody else. */
let colleague: string
beforeAll(async () => {
  const { description } = zendesk.simulator
  const ask = createAsk(description)
  await ask.order('/zendesk', { minute: 'simulated' })
  const { people, meId } = description.workspace
  const { user } = (await ask.zendesk(`/users/${people.find(({ id }) => id !== meId)?.id}`)).body
  const basic = `${user.email}/token:${description.zendesk.token}`
  colleague = `Basic ${Buffer.from(basic).toString('base64')}`
})

const ticketCount = 3
const place = fc.nat({ max: ticketCount - 1 })
const kinds = ['add-cc', 'remove-cc', 'follow', 'unfollow', 'internal-note', 'assign', 'tags'] as const

/** Right before the outbox makes that many more calls, or before it changes something. */
const moment = fc.oneof(fc.nat({ max: 8 }), fc.constant('change' as const))
type Moment = typeof moment extends fc.Arbitrary<infer Value> ? Value : never

/** What somebody else does to a ticket. */
const foreign = fc.record({
  place,
  does: fc.constantFrom(
    'assigns',
    'assigns',
    'unassigns',
    'takes-off',
    'puts-on',
    'tags',
    'answers',
    'closes',
    'deletes',
    'fills',
  ),
  /** Null is at once. */
  before: fc.option(moment, { freq: 4 }),
})
/** What takes a change back. */
const undoing: Partial<Record<(typeof kinds)[number], Foreign['does']>> = {
  'add-cc': 'takes-off',
  'remove-cc': 'puts-on',
  follow: 'takes-off',
  assign: 'unassigns',
}
type Foreign = typeof foreign extends fc.Arbitrary<infer Value> ? Value : never

/** Done, and the answer does not come. */
const lost = ['lost-502', 'lost-cut', 'truncate'] as const
const refused = ['409', '422', '429', '401', '403', '404', '502', '503', 'html', 'no-meta'] as const
/** Silence, broken off in real time; so it is rare here. */
const silent = ['hang', 'lost-hang'] as const
const trouble: fc.Arbitrary<MisbehaviourOrder> = fc.record({
  target: fc.constant('zendesk' as const),
  // Not what others call: they would wait for ever.
  pathContains: fc.constant('.json'),
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...lost) },
    { weight: 8, arbitrary: fc.constantFrom(...refused) },
    { weight: 1, arbitrary: fc.constantFrom(...silent) },
  ),
  method: fc.oneof(
    { weight: 4, arbitrary: fc.constant('PUT' as const) },
    { weight: 1, arbitrary: fc.constant('GET' as const) },
  ),
  count: fc.constantFrom(1, 1, 1, 2),
  skip: fc.constantFrom(0, 0, 0, 1, 2),
  retryAfter: fc.constant(1),
})

const seldom = fc.nat({ max: 9 }).map((one) => one === 0)
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null, freq: 2 })

/** Changes are ordered and then all of this happens while they are made. */
const scene = fc.record({
  order: fc.oneof(
    fc.array(fc.record({ kind: fc.constantFrom(...kinds), place }), { minLength: 1, maxLength: 3 }),
    fc.constantFrom(...kinds).map((kind) => Array.from({ length: ticketCount }, (_, at) => ({ kind, place: at }))),
  ),
  trouble: maybe(trouble),
  foreign: maybe(foreign),
  /** Somebody puts the first of it back right after a call for it failed. */
  undone: fc.boolean(),
  /** Before the request is sent, or once Zendesk has carried it out and before the answer is stored. */
  kill: maybe(fc.record({ before: moment, answered: fc.boolean() })),
  /** The network is gone at first, and the app is started anew before it is back. */
  offline: seldom,
  /** Zendesk says yes to the next change of a single ticket, and nothing comes of it. */
  ignored: seldom,
  jobs: maybe(
    fc.record({
      held: fc.boolean(),
      failing: fc.constantFrom('none', 'none', 'half', 'all', 'job'),
      others: fc.constantFrom(0, 0, 30),
    }),
  ),
  decide: maybe(fc.record({ what: fc.constantFrom('retry', 'discard', 'mine', 'theirs'), nth: fc.nat({ max: 5 }) })),
  flushes: fc.integer({ min: 0, max: 3 }),
})
type Scene = typeof scene extends fc.Arbitrary<infer Value> ? Value : never

const story = fc.record({
  scenes: fc.array(scene, { minLength: 1, maxLength: 6 }),
  /** Without it Zendesk ignores every change of Cc and followers, and shows nobody there. */
  ccsAndFollowers: fc.constantFrom(true, true, true, false),
})

/** All places on Cc taken: those who are on it stay. */
const fullWith = (ccIds: readonly number[]) =>
  [...ccIds, ...Array.from({ length: 48 }, (_, index) => 5000 + index)].slice(0, 48)

/** One run: an outbox with its tickets, what is to happen when, and what the person has seen and decided. */
async function world(db: Parameters<typeof withMemoryDatabase>[0] extends (db: infer Db) => unknown ? Db : never) {
  let calls = 0
  let notes = 0
  const due: { at: Moment; happen: (() => Promise<unknown>) | 'kill' | 'kill-answered' }[] = []
  const inMoment = (before: Moment): Moment => (before === 'change' ? before : calls + 1 + before)
  let killed: () => void = () => undefined
  const next: { afterFailure: (() => Promise<unknown>) | null; ignored: boolean } = {
    afterFailure: null,
    ignored: false,
  }
  /** Changes about which a person decided once more, so that they come later than they were ordered. */
  const decided = new Set<number>()
  const untrue: string[] = []
  const seenVerified = new Set<number>()
  /** Assignees the person has seen or chosen, by ticket: replacing any of them is no surprise. */
  const seen = new Map<number, Set<number | null>>()
  /** How often a kind of change to a ticket was asked for. */
  const asked = new Map<string, number>()
  const ask = (wish: { readonly kind: string; readonly ticketId: number }) =>
    asked.set(`${wish.kind} ${wish.ticketId}`, (asked.get(`${wish.kind} ${wish.ticketId}`) ?? 0) + 1)

  const setting: OutboxSetting = zendesk.at({
    db,
    between: async (request, send) => {
      // Zendesk's stamps are whole seconds; in life two calls are seldom within one.
      setting.pass(1000)
      calls += 1
      const isChange = request.method === 'PUT'
      const now = due.filter(({ at }) => (at === 'change' ? isChange : at <= calls))
      for (const one of now) {
        due.splice(due.indexOf(one), 1)
        if (typeof one.happen === 'function') await one.happen()
      }
      setting.pass(1000)
      const kill = now.find(({ happen }) => happen === 'kill' || happen === 'kill-answered')?.happen
      const end = () => {
        setting.restart()
        killed()
        return new Promise<never>(() => undefined)
      }
      if (kill === 'kill') return end()
      const single = isChange && next.ignored ? /\/tickets\/(\d+)\.json$/.exec(request.url) : null
      if (single) {
        next.ignored = false
        return { status: 200, headers: new Headers(), body: { ticket: { id: Number(single[1]) } } }
      }
      if (kill !== 'kill-answered') {
        return send(request).catch(async (failure: unknown) => {
          const { afterFailure } = next
          if (isChange) next.afterFailure = null
          if (isChange && afterFailure) await afterFailure()
          setting.pass(1000)
          throw failure
        })
      }
      await send(request).catch(() => undefined)
      return end()
    },
    onChange: (entries) => {
      for (const id of entries) checkVerified(id)
    },
  })

  function checkVerified(id: number) {
    const row = readOutboxRow(db, id)
    if (row?.state !== 'verified' || row.host !== 'zendesk' || seenVerified.has(id)) return
    seenVerified.add(id)
    if (row.wish.kind === 'internal-note') return
    const ticket = setting.truth(row.wish.ticketId)
    const fields = { ...ticket, groupId: null }
    if (!wishHolds(row.wish, fields)) untrue.push(`${row.words} is not so`)
  }

  const ids: number[] = []
  while (ids.length < ticketCount) ids.push(await setting.ticket({ assignee_id: null, tags: ['ci'] }))

  function intentOf(kind: (typeof kinds)[number], ticketId: number): TicketIntent {
    if (kind === 'internal-note')
      return { kind, ticketId, body: `Note number ${(notes += 1)} of ${ticketId}, **bold**.` }
    if (kind === 'tags') return { kind, ticketId, add: ['cover'], remove: ['ci'] }
    return kind === 'assign' ? { kind, ticketId, assigneeId: setting.me.id } : { kind, ticketId }
  }

  async function order(...intents: TicketIntent[]) {
    for (const { ticketId } of intents) see(ticketId, readChangeableTicket(db, ticketId)?.assigneeId)
    try {
      await setting.order(...intents)
      intents.forEach(ask)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }

  function see(ticketId: number, assigneeId: number | null | undefined) {
    const known = seen.get(ticketId) ?? new Set<number | null>([setting.me.id])
    seen.set(ticketId, known.add(assigneeId ?? null))
  }

  async function interfere(what: Foreign) {
    const id = ids[what.place] ?? 0
    const path = `/tickets/${id}`
    const mine = (action: 'put' | 'delete') => [{ user_id: setting.me.id, action }]
    const change = (ticket: object) => setting.ask.write('PUT', path, { ticket }, { authorization: colleague })
    const does = {
      assigns: () => change({ assignee_id: setting.colleague.id }),
      unassigns: () => change({ assignee_id: null }),
      'takes-off': () => change({ email_ccs: mine('delete'), followers: mine('delete') }),
      'puts-on': () => change({ email_ccs: mine('put'), priority: 'high' }),
      tags: () => change({ tags: ['ci', 'theirs'] }),
      fills: () => setting.ask.order(path, { email_cc_ids: fullWith(setting.truth(id).ccIds) }),
      answers: () => setting.ask.order(`${path}/comments`, { body: 'Any news?' }),
      closes: () => setting.ask.order(path, { status: 'closed' }),
      deletes: () => setting.ask.order(`${path}/delete`),
    }
    // A ticket that is closed or deleted takes no change from anybody.
    await does[what.does]().catch(() => undefined)
  }

  function decide(what: NonNullable<Scene['decide']>['what'], nth: number) {
    const { entries } = setting.outbox.list({ limit: 100, unsettled: true })
    const open = entries.filter(({ state }) => state === 'failed' || state === 'conflict' || state === 'queued')
    const entry = open[nth % Math.max(1, open.length)]
    if (!entry) return
    try {
      if (what === 'retry') setting.outbox.retry(entry.id)
      else if (what === 'discard') setting.outbox.discard(entry.id)
      else setting.outbox.resolve(entry.id, what)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return
    }
    const row = readOutboxRow(db, entry.id)
    if (row?.host !== 'zendesk') return
    if (what === 'mine') see(row.wish.ticketId, row.before.assigneeId)
    if (what === 'retry' || what === 'mine') {
      decided.add(entry.id)
      ask(row.wish)
    }
  }

  async function flush() {
    const end = new Promise<void>((resolve) => (killed = resolve))
    await Promise.race([setting.outbox.flush(), end])
  }

  async function beOffline() {
    await setting.ask.order('/port', { target: 'zendesk', open: false })
    await flush()
    setting.restart()
    await setting.ask.order('/port', { target: 'zendesk', open: true })
  }

  async function take(one: Scene) {
    await order(...one.order.map(({ kind, place: at }) => intentOf(kind, ids[at] ?? 0)))
    const { kill, jobs, decide: decision, foreign: what } = one
    const [first] = one.order
    const back = first && undoing[first.kind]
    next.afterFailure = one.undone && back ? () => interfere({ place: first.place, does: back, before: null }) : null
    next.ignored = one.ignored
    if (one.trouble) zendesk.simulator.misbehave(one.trouble)
    if (jobs) await setting.ask.order('/zendesk', { jobs })
    if (kill) due.push({ at: inMoment(kill.before), happen: kill.answered ? 'kill-answered' : 'kill' })
    if (what?.before === null) await interfere(what)
    else if (what) due.push({ at: inMoment(what.before), happen: () => interfere(what) })
    if (one.offline) await beOffline()
    for (let times = 0; times < one.flushes; times += 1) await flush()
    if (decision) decide(decision.what, decision.nth)
  }

  return { setting, ids, take, due, untrue, seen, asked, decided }
}

type Run = Awaited<ReturnType<typeof world>>
type Entry = ReturnType<Run['setting']['entry']>

/** Every change carried the stamp it was decided on, and no message was left to the ticket's own choice of who sees it. */
function checkSent({ setting }: Run) {
  for (const { path, body } of setting.sent()) {
    // The colleague's are without.
    if (!path.endsWith('.json')) continue
    for (const ticket of [body.ticket ?? body.tickets].flat()) {
      expect(ticket).toMatchObject({ safe_update: true, updated_stamp: expect.stringMatching(/^\d{4}-.*:\d\dZ$/) })
      if (ticket.comment) expect(ticket.comment.public).toBe(false)
    }
  }
}

/** What may not have been said of a note that is there all the same. */
const unsure = /not known|not certain|does not show|cannot be looked at/

/** Notes are there once at most, in the order they were ordered, and what is said about them is true. */
function checkNotes(entries: readonly Entry[], messages: readonly string[], decided: ReadonlySet<number>) {
  const places: number[] = []
  for (const { id, intent, state, problem, attempts } of entries.toReversed()) {
    if (intent.kind !== 'internal-note') continue
    const plain = intent.body.replaceAll('*', '')
    const times = messages.filter((message) => message === plain).length
    expect(times).toBeLessThanOrEqual(1)
    if (state === 'verified') expect(times).toBe(1)
    if (state === 'discarded' && attempts === 0) expect(times).toBe(0)
    if (state === 'failed' && !unsure.test(problem ?? '')) expect([problem, times]).toEqual([problem, 0])
    if (state === 'verified' && !decided.has(id)) places.push(messages.indexOf(plain))
  }
  expect(places).toEqual(places.toSorted((a, b) => a - b))
}

async function check(run: Run) {
  const { setting, ids, untrue, seen, asked, decided } = run
  checkSent(run)
  const { entries, waiting } = setting.outbox.list({ limit: 1000, unsettled: false })
  expect(entries.filter(({ state }) => ['queued', 'sending', 'sent'].includes(state))).toEqual([])
  expect(waiting).toBe(0)
  expect(untrue).toEqual([])
  for (const id of ids) {
    await setting.ask.order(`/tickets/${id}/restore`)
    const ofTicket = entries.filter(({ intent }) => 'ticketId' in intent && intent.ticketId === id)
    checkNotes(ofTicket, await setting.messages(id), decided)
    const { audits } = (await setting.ask.zendesk(`/tickets/${id}/audits?page[size]=100`)).body
    const mine = (audits as Body[]).filter((audit) => audit.author_id === setting.me.id).flatMap(({ events }) => events)
    const fromWhom = mine.filter((event) => event.field_name === 'assignee_id').map((event) => event.previous_value)
    const allowed = [...(seen.get(id) ?? [])].map((one) => (one === null ? null : String(one)))
    for (const previous of fromWhom) expect(allowed).toContain(previous)
    const toMe = mine.filter((event) => event.field_name === 'assignee_id' && event.value === String(setting.me.id))
    expect(toMe.length).toBeLessThanOrEqual(asked.get(`assign ${id}`) ?? 0)
    const email = zendesk.simulator.description.zendesk.email
    for (const [kind, type, from, to] of [
      ['add-cc', 'EmailCcChange', 'previous_email_ccs', 'current_email_ccs'],
      ['remove-cc', 'EmailCcChange', 'current_email_ccs', 'previous_email_ccs'],
      ['follow', 'FollowerChange', 'previous_followers', 'current_followers'],
      ['unfollow', 'FollowerChange', 'current_followers', 'previous_followers'],
    ] as const) {
      const times = mine.filter(
        (event) => event.type === type && !event[from].includes(email) && event[to].includes(email),
      ).length
      expect(times).toBeLessThanOrEqual(asked.get(`${kind} ${id}`) ?? 0)
    }
  }
}

const runs = Number(process.env['OUTBOX_RUNS'] ?? 60)

test(
  'whatever fails, whoever interferes and whenever it is killed: every change ends, in order, notes are written once at most, what is said is so, nobody is overwritten unseen',
  { timeout: 600_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(story, ({ scenes, ccsAndFollowers }) =>
        withMemoryDatabase(async (db) => {
          const run = await world(db)
          await run.setting.ask.order('/zendesk', { ccs_and_followers: ccsAndFollowers })
          for (const one of scenes) await run.take(one)
          run.due.length = 0
          await putRight(run.setting)
          await run.setting.ask.order('/zendesk', { ccs_and_followers: ccsAndFollowers })
          await run.setting.settle()
          await check(run)
        }),
      ),
      { numRuns: runs },
    )
  },
)
