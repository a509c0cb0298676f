import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ReturnList, ReturnRow } from '#contract/returns.ts'
import { simulatorDescriptionSchema } from '#contract/workspace.ts'
import { openDatabase } from '#service/db/open-database.ts'
import type { ReadDb } from '#service/db/sql.ts'
import { readRoster } from '#service/db/workspace.ts'
import { buildReturnList, type ReturnDesk } from '#service/returns/build-return-list.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createAsk } from '#test/simulator/ask.ts'
import { startUnderstudy } from '#test/support/day/stepped-understudy.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'
import { dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

const minuteMs = 60_000
const lookMs = 10 * minuteMs
const startsAt = wednesday + 2 * hourMs
const passedAt = startsAt + 7 * dayMs
const endsAt = startsAt + 14 * dayMs
/** The computer is off for a day and an hour. */
const offAt = startsAt + 4 * dayMs + 3 * hourMs
const offMs = dayMs + hourMs
const promise = 'We will send the patch by Friday.'
const emergencyMark = { by: 'tag', value: 'emergency' } as const

/** The account of the sample that I cover, alone: by me for a week, then by Inés for another. */
function twoWeeks(simulator: Simulator) {
  const workspace = simulatorDescriptionSchema.parse(simulator.description).workspace
  const covered = workspace.coverages.find(({ id }) => id === 'coverage-cascadia')
  const account = workspace.accounts.find(({ id }) => id === covered?.accountId)
  const ines = workspace.people.find(({ name }) => name.startsWith('In'))
  const me = workspace.people.find(({ id }) => id === workspace.meId)
  if (!account || !ines || !me || account.aseId === null) throw new Error('The sample has no such coverage')
  const shared = { absenceId: 'away', accountId: account.id }
  return {
    ...workspace,
    accounts: [account],
    absences: [{ id: 'away', personId: account.aseId, startsAt, endsAt }],
    coverages: [
      { id: 'first', ...shared, coverId: workspace.meId, startsAt, endsAt: passedAt },
      { id: 'second', ...shared, coverId: ines.id, startsAt: passedAt, endsAt },
    ],
    ...{ plans: [], desks: [], calls: [], handoffs: [], shifts: [] },
    ...{ accountId: account.id, inesId: ines.id, inesName: ines.name, meName: me.name },
  }
}

/** What is so at Zendesk at an instant, of the account alone. */
interface Look {
  readonly at: number
  readonly clocks: ReadonlyMap<
    string,
    { readonly ticketId: number; readonly metric: string; readonly breachAt: number }
  >
}

function lookAt(simulator: Simulator, accountId: number): Look {
  const { now, tickets } = simulator.truth()
  const clocks = tickets
    .filter(({ organizationId }) => organizationId === accountId)
    .flatMap(({ id, clocks: all }) =>
      all.flatMap(({ metric, stage, breachAt }) =>
        stage === 'active' && breachAt !== null ? [{ ticketId: id, metric, breachAt }] : [],
      ),
    )
  return {
    at: now,
    clocks: new Map(clocks.map((clock) => [`${clock.ticketId} ${clock.metric} ${clock.breachAt}`, clock])),
  }
}

/** What people do in these weeks beside what happens by itself: a deed every four hours. */
function deedsOf(simulator: Simulator, { meId, inesId, accountId, accounts }: ReturnType<typeof twoWeeks>) {
  const { order } = createAsk(simulator.description)
  const aseId = accounts[0]?.aseId
  const open = () =>
    simulator
      .truth()
      .tickets.filter(({ organizationId, status, fate }) => {
        return organizationId === accountId && fate === null && status !== 'solved' && status !== 'closed'
      })
      .toSorted((a, b) => a.updatedAt - b.updatedAt || a.id - b.id)
  const act = (nth: number, path: string, body: object) => {
    const tickets = open()
    const ticket = tickets[nth % Math.max(1, tickets.length)]
    return ticket ? order(`/tickets/${ticket.id}${path}`, body) : undefined
  }
  const say = (nth: number, body: string, by: number, isPublic = true) =>
    act(nth, '/comments', { body, author_id: by, public: isPublic })
  const coverAt = (at: number) => (at < passedAt ? meId : inesId)
  const stranger = simulator.truth().tickets.find(({ organizationId }) => organizationId !== accountId)
  const deeds: readonly ((at: number, nth: number) => unknown)[] = [
    (at, nth) => say(nth, 'We looked at it and will get back to you.', coverAt(at)),
    (at, nth) => say(nth, 'Ask the Geo people first.', coverAt(at), false),
    (at, nth) => say(nth, promise, coverAt(at)),
    (_, nth) => act(nth, '', { status: 'solved' }),
    async () => {
      const solved = simulator.truth().tickets.find((ticket) => {
        return ticket.organizationId === accountId && ticket.status === 'solved' && ticket.fate === null
      })
      if (solved) await order(`/tickets/${solved.id}/comments`, { body: 'It is back.' })
    },
    (_, nth) => act(nth, '', { priority: (['urgent', 'low', 'high'] as const)[nth % 3] }),
    (at, nth) => act(nth, '', { assignee_id: coverAt(at) }),
    (_, nth) => act(nth, '', { assignee_id: aseId }),
    (_, nth) => act(nth, '', { tags: nth % 2 === 0 ? ['emergency'] : ['geo'] }),
    () => order('/tickets', { organization_id: accountId, subject: 'Opened by hand', priority: 'high' }),
    (_, nth) => (nth % 4 === 0 ? act(nth, '/move', { organization_id: stranger?.organizationId }) : undefined),
    (_, nth) => act(nth, '', { status: nth % 2 === 0 ? 'pending' : 'open' }),
    (_, nth) => say(nth, 'And here is one more question.', open()[nth % open().length]?.requesterId ?? 0),
  ]
  let nth = 0
  return async (at: number) => {
    nth += 1
    await deeds[(nth * 5) % deeds.length]?.(at, nth)
  }
}

/** A thing that happened, so that two records can be compared: `12 solved 2026-11-20T… 77`. */
const line = (ticketId: number, kind: string, at: number, by: number | null) =>
  `${ticketId} ${kind} ${new Date(at).toISOString()} ${by ?? 'nobody'}`

interface WireEvent {
  readonly type: string
  readonly id: number
  readonly field_name?: string
  readonly previous_value?: unknown
  readonly value?: unknown
  readonly public?: boolean
  readonly body?: string
}

/** What Zendesk's own record says happened, read without Understudy. */
async function happened(
  simulator: Simulator,
  workspace: ReturnType<typeof twoWeeks>,
  until: number,
): Promise<string[]> {
  const { zendesk } = createAsk(simulator.description)
  const { accountId, meId, inesId } = workspace
  const covers = new Set([meId, inesId])
  const found: string[] = []
  for (const ticket of simulator.truth().tickets) {
    if (ticket.fate !== null) continue
    const { body } = await zendesk(`/tickets/${ticket.id}/audits.json?page[size]=100`)
    const audits = (body as { audits: { author_id: number; created_at: string; events: WireEvent[] }[] }).audits
    const tell = (kind: string, at: number, by: number | null) => found.push(line(ticket.id, kind, at, by))
    let isOurs = false
    let isEmergency = false
    for (const { author_id: author, created_at: created, events } of audits) {
      const at = Date.parse(created)
      const isIn = at >= startsAt && at < until
      const by = author > 0 ? author : null
      for (const event of events) {
        const { type, field_name: field, previous_value: from, value: to } = event
        if (field === 'organization_id') {
          if (type === 'Change' && isIn && isOurs) tell('gone', at, null)
          isOurs = Number(to) === accountId
          if (type === 'Change' && isIn && isOurs) tell('new', at, by)
        }
        if (field === 'tags') {
          const has = JSON.stringify(to).includes('emergency')
          if (has && !isEmergency && isIn && isOurs) tell('emergency', at, by)
          isEmergency = has
        }
        if (!isIn || !isOurs) continue
        if (type === 'Create' && field === 'organization_id') tell('new', at, by)
        if (type === 'Comment' && covers.has(author)) tell(event.public ? 'replied' : 'noted', at, by)
        if (type === 'Comment' && event.public && event.body?.includes(promise)) tell('promised', at, by)
        if (type !== 'Change') continue
        if (field === 'priority') tell('priority', at, by)
        if (field === 'assignee_id' && !(from === null && !covers.has(author))) {
          tell(covers.has(author) ? 'transferred' : 'assignee', at, by)
        }
        if (field === 'status' && !(from === 'new' && to === 'open')) {
          const isSolved = to === 'solved' || (to === 'closed' && from !== 'solved')
          tell(isSolved ? 'solved' : from === 'solved' && to !== 'closed' ? 'reopened' : 'status', at, by)
        }
      }
    }
  }
  return found.toSorted()
}

/** Kinds whose rows are compared piece by piece. */
const compared = new Set([
  ...['new', 'gone', 'emergency', 'replied', 'noted', 'promised', 'priority'],
  ...['transferred', 'assignee', 'guard', 'status', 'solved', 'reopened'],
])

function listed({ rows }: ReturnList): string[] {
  return rows
    .filter(({ kind }) => compared.has(kind))
    .flatMap((row) =>
      row.evidence
        .filter((each) => !isPassing(row, each))
        .map((each) => line(row.ticketId ?? 0, row.kind === 'guard' ? 'transferred' : row.kind, each.at, each.byId)),
    )
    .toSorted()
}

/** Not compared: who got a new ticket first, that somebody took a new one, and what colleagues promised in their own words. */
function isPassing({ kind }: ReturnRow, { words, quote }: ReturnRow['evidence'][number]): boolean {
  if (kind === 'promised') return !quote.includes(promise)
  return (kind === 'new' && words.startsWith('Assigned')) || words === 'Status: new → open'
}

/** Which clocks ran out, and which were answered in their last tenth, by what was looked at all the time. */
async function clocksThatEnded(simulator: Simulator, looks: readonly Look[], until: number) {
  const { zendesk, look: ask } = createAsk(simulator.description)
  const agents = new Set(
    ((await ask('/description')).body as { workspace: { people: { id: number }[] } }).workspace.people.map(
      ({ id }) => id,
    ),
  )
  const ended = new Map<string, string>()
  for (const [name, { ticketId, metric, breachAt }] of looks.flatMap(({ clocks }) => [...clocks])) {
    if (ended.has(name) || breachAt < startsAt) continue
    const { body } = await zendesk(`/tickets/${ticketId}/audits.json?page[size]=100`)
    const audits = (body as { audits: { author_id: number; created_at: string; events: WireEvent[] }[] }).audits
    const first = looks.findIndex(({ clocks }) => clocks.has(name))
    const gone = looks.findIndex(({ clocks }, place) => place > first && !clocks.has(name))
    const between = (place: number) =>
      audits.filter(({ created_at: at }) => {
        return Date.parse(at) > (looks[place - 1]?.at ?? 0) && Date.parse(at) <= (looks[place]?.at ?? 0)
      })
    const isAnswer = ({ author_id: author, events }: (typeof audits)[number]) =>
      !isCustomer(author) && events.some(({ type, public: isPublic }) => type === 'Comment' && isPublic)
    const enders = gone < 0 ? [] : between(gone)
    const end = enders.find(isAnswer) ?? enders.at(-1)
    const endAt = end ? Date.parse(end.created_at) : Infinity
    const startAt =
      metric === 'first_reply_time' ? (audits[0]?.created_at ?? '') : (between(first)[0]?.created_at ?? '')
    const isLate = breachAt < endAt
    const isNear =
      !isLate && end !== undefined && isAnswer(end) && breachAt - endAt <= (breachAt - Date.parse(startAt)) / 10
    const at = isLate ? breachAt : endAt
    if ((isLate || isNear) && at >= startsAt && at < until)
      ended.set(name, `${isLate ? 'breached' : 'nearly-missed'} ${name}`)
  }
  return [...ended.values()].toSorted()
  function isCustomer(id: number): boolean {
    return !agents.has(id) && String(id).startsWith('3702')
  }
}

function listedClocks({ rows }: ReturnList): string[] {
  return rows
    .filter(({ kind }) => kind === 'breached' || kind === 'nearly-missed')
    .map(({ kind, key, ticketId }) => `${kind} ${ticketId} ${key.split('/').slice(-2).join(' ')}`)
    .toSorted()
}

function deskOver(db: ReadDb, now: number): ReturnDesk {
  return {
    ...{ db, roster: readRoster(db), now, emergencyMark },
    ticketUrl: (id) => `https://zendesk.example.com/agent/tickets/${id}`,
    openActions: () => [],
  }
}

test(
  'after two weeks with a day offline, the list is what Zendesk’s own record says happened',
  { timeout: 300_000 },
  async () => {
    const simulator = await createSimulator({ anchor: wednesday, now: wednesday, speed: 0, seed: 5, scale: 200 })
    const workspace = twoWeeks(simulator)
    const file = join(temporaryFolder(), 'weeks.db')
    const start = () => startUnderstudy(simulator, { open: () => openDatabase(file), workspace, everySeconds: 900 })
    const deed = deedsOf(simulator, workspace)
    const looks: Look[] = []
    const look = () => void looks.push(lookAt(simulator, workspace.accountId))
    /** Lets time pass until an instant, with or without Understudy. */
    const live = async (until: number, pass: (ms: number) => unknown) => {
      for (let { now } = simulator.truth(); now < until; now += lookMs) {
        await pass(lookMs)
        if ((now - wednesday) % (4 * hourMs) === 0 && now > startsAt) await deed(now)
        look()
      }
    }
    const before = await start()
    look()
    await live(offAt, before.pass)
    await before.stop()
    before.db.close()
    await live(offAt + offMs, simulator.advanceBy)
    const understudy = await start()
    await live(endsAt + 3 * hourMs, understudy.pass)
    await understudy.stop()
    const { db } = understudy
    const list = buildReturnList(deskOver(db, simulator.truth().now), 'first')
    const truth = await happened(simulator, workspace, endsAt)
    // Said of whoever covered then, and once again the same.
    const covered = list.rows.flatMap(({ evidence }) => evidence.map(({ at, coverName }) => [at < passedAt, coverName]))
    expect(new Set(covered.map(String))).toEqual(new Set([`true,${workspace.meName}`, `false,${workspace.inesName}`]))
    expect(buildReturnList(deskOver(db, simulator.truth().now), 'second')).toEqual(list)
    const gaps = list.rows.filter(({ kind }) => kind === 'gap').map(({ key }) => key.replace(/\d+$/, ''))
    expect(gaps).toEqual(['gap:zendesk/off/', 'gap:gitlab/behind'])
    expect(listedClocks(list)).toEqual(await clocksThatEnded(simulator, looks, endsAt))
    expect(listed(list)).toEqual(truth)
    db.close()
    await simulator.stop()
  },
)
