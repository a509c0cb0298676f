import type { OutboxEntry, TicketIntent, WriteIntent, WritePreview } from '#contract/outbox.ts'
import type { WorkIntent } from '#contract/work-intent.ts'
import { sameTopic, sameWish, touchedFields, type ChangeableFields } from '#core/outbox/wish.ts'
import { sameWork, sameWorkTopic, targetOf } from '#core/outbox/work-wish.ts'
import {
  countOutbox,
  insertOutboxRows,
  listOutbox,
  movingOutboxRowsOf,
  movingWorkRows,
  movingWorkRowsOf,
  readOutboxRow,
  toOutboxEntry,
  type AnyRow,
  type NewOutboxRow,
  type NewWorkRow,
  type OutboxChanges,
} from '../db/outbox.ts'
import type { WriteDb } from '../db/sql.ts'
import type { GitlabIdentities } from '../gitlab/gitlab-identity.ts'
import type { GitlabWrites } from '../gitlab/gitlab-writes.ts'
import { inSlices } from '../in-slices.ts'
import type { Clock, Log } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import type { ZendeskApi } from '../zendesk/zendesk-api.ts'
import type { Membership, ZendeskWrites } from '../zendesk/zendesk-writes.ts'
import { gatherPreview, type GatheredPreview, type WriteAbilities } from './gather-preview.ts'
import { createPace } from './pace.ts'
import { explain, paceKey, writeRows, type Me, type SharedWork } from './outbox-work.ts'
import { createOutboxWorker } from './outbox-worker.ts'
import { changedSince, createSeenStates } from './seen-states.ts'
import type { StepWorker } from './step-worker.ts'
import { createWorkOrders, type WorkOrder } from './work/order-work.ts'
import { createWorkWorker, notConnectedWords } from './work/work-worker.ts'

/** A change and the state the person saw of the ticket or issue. */
export interface WriteOrder {
  readonly intent: WriteIntent
  readonly stamp: number
}

/** Changes that people want made in Zendesk and GitLab: kept on disk, made once, and looked after until they are seen there. */
export interface Outbox {
  /** What changes would do, from what is stored; only a file in GitLab is read for it. Nothing is sent. */
  preview(intents: readonly WriteIntent[]): Promise<WritePreview[]>
  /**
   * Takes changes in: all of them, on disk when this answers, or none. One that waits already, the very same, is not taken in
   * twice. Answers with an id for each.
   *
   * @throws {Refusal} when one of them cannot be made, or its ticket, issue or file has changed since it was previewed.
   */
  send(orders: readonly WriteOrder[]): Promise<number[]>
  list(filter: { readonly limit: number; readonly unsettled: boolean }): {
    readonly entries: OutboxEntry[]
    readonly waiting: number
    readonly needMe: number
  }
  /**
   * Tries a failed change again, after looking whether it was made already.
   *
   * @throws {Refusal} like the two below, for a change in another state.
   */
  retry(id: number): OutboxEntry
  /** Gives up a change that was not handed over, or that a person has to decide about. */
  discard(id: number): OutboxEntry
  /** Settles a conflict: `mine` is made in spite of what changed, `theirs` stays. */
  resolve(id: number, choice: 'mine' | 'theirs'): OutboxEntry
  /** Begins to move what is in it, what an earlier run left over included. */
  start(): void
  /** Signed in again, back on the network, or awake: tries at once. */
  wake(): void
  /** The same, and answers when nothing more can be done at present. */
  flush(): Promise<void>
  /** Ends at a safe point; what is under way is looked after at the next start. */
  stop(): Promise<void>
}

/** What an outbox needs. */
export interface OutboxOptions {
  readonly db: WriteDb
  /** How Zendesk is read and written; null where only what is stored is read: changes wait then. */
  readonly zendesk: {
    readonly reads: Pick<ZendeskApi, 'ticket' | 'ticketsByIds'>
    readonly writes: ZendeskWrites
  } | null
  /** How GitLab is written; null while none is connected. */
  readonly gitlab: {
    readonly writes: GitlabWrites
    readonly identity: GitlabIdentities
    /** Host of our Zendesk, by which addresses of tickets are known in texts; null: there is none. */
    readonly zendeskHost: string | null
  } | null
  readonly clock: Clock
  readonly log: Log
  /** Aborted when the app ends; the transport listens to the same. */
  readonly stopping: AbortSignal
  /** Who is signed in at Zendesk, or null while nobody is known. */
  readonly me: () => Me | null
  readonly abilities: () => WriteAbilities
  /** Told of entries, and of tickets, that are not what they were. */
  readonly onChange: (entryIds: readonly number[], ticketIds: readonly number[]) => void
  /** Told when stored issues are not what they were. */
  readonly onIssues: () => void
}

const groupsAreGoodForMs = 10 * 60_000

/** Creates the outbox of one workspace. Nothing is sent before `start` or `flush`. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { db, clock, zendesk, gitlab, stopping } = options
  const base = { db, clock, log: options.log, onChange: options.onChange }
  const tickets: SharedWork = { ...base, pace: createPace(clock) }
  const issues: SharedWork = { ...base, pace: createPace(clock) }
  const workers: Readonly<Record<AnyRow['host'], StepWorker | null>> = {
    zendesk:
      zendesk &&
      createOutboxWorker({
        work: { ...tickets, ...zendesk, me: options.me, groupsOf: rememberGroups(zendesk.writes, clock) },
        stopping,
        mayWrite: () => options.abilities().mayWrite !== false,
      }),
    gitlab: gitlab && createWorkWorker({ ...issues, ...gitlab, onIssues: options.onIssues }, stopping),
  }
  const orders = { tickets: createTicketOrders(options), work: createWorkOrders(options) }
  let started = false
  const kick = (host: AnyRow['host']) => {
    if (started) workers[host]?.kick()
  }
  const kickBoth = () => {
    kick('zendesk')
    kick('gitlab')
  }

  return {
    async preview(intents) {
      const ofTickets = await orders.tickets.preview(intents.filter(isAboutTicket))
      const ofWork = await orders.work.preview(intents.filter(isWork))
      return inOrder(intents, isAboutTicket, ofTickets, ofWork)
    },
    async send(given) {
      const ofTickets = await orders.tickets.rowsOf(given.filter(isTicketOrder))
      const ofWork = await orders.work.rowsOf(given.filter(isWorkOrder))
      const ids = takeIn(db, inOrder(given, isTicketOrder, ofTickets, ofWork))
      options.onChange(ids, [])
      kickBoth()
      return ids
    },
    list: (filter) => ({ entries: listOutbox(db, filter), ...countOutbox(db) }),
    ...decisions({ zendesk: tickets, gitlab: issues }, kick),
    start() {
      started = true
      if (zendesk && !gitlab) explain(base, movingWorkRows(db), notConnectedWords)
      kickBoth()
    },
    wake() {
      tickets.pace.ready()
      issues.pace.ready()
      kickBoth()
    },
    async flush() {
      await Promise.all([workers.zendesk?.flush(), workers.gitlab?.flush()])
    },
    async stop() {
      started = false
      await Promise.all([workers.zendesk?.stop(), workers.gitlab?.stop()])
    },
  }
}

type TicketOrder = WriteOrder & { readonly intent: TicketIntent }

function isAboutTicket(intent: WriteIntent): intent is TicketIntent {
  return 'ticketId' in intent
}

function isWork(intent: WriteIntent): intent is WorkIntent {
  return !isAboutTicket(intent)
}

function isTicketOrder(order: WriteOrder): order is TicketOrder {
  return isAboutTicket(order.intent)
}

function isWorkOrder(order: WriteOrder): order is WorkOrder {
  return isWork(order.intent)
}

/** Puts what was made of two kinds back into the order of what it was made from. */
function inOrder<Given, First, Second>(
  given: readonly Given[],
  isFirst: (one: Given) => boolean,
  firsts: readonly First[],
  seconds: readonly Second[],
): (First | Second)[] {
  const [first, second] = [firsts.values(), seconds.values()]
  return given.flatMap((one): (First | Second)[] => {
    const next: IteratorResult<First | Second> = isFirst(one) ? first.next() : second.next()
    return next.done === true ? [] : [next.value]
  })
}

/** Previews changes to tickets and makes rows of those that are ordered; what people saw is remembered until the app ends. */
function createTicketOrders(options: Pick<OutboxOptions, 'db' | 'clock' | 'me' | 'abilities'>) {
  const { db, clock } = options
  const seen = createSeenStates<ChangeableFields>()
  const gather = (intent: TicketIntent) =>
    gatherPreview({ db, me: options.me(), abilities: options.abilities(), now: clock.now() }, intent)
  const remember = ({ ticket }: GatheredPreview) => {
    if (ticket) seen.set(`${ticket.id} ${ticket.updatedAt}`, ticket)
  }

  function rowOf({ intent, stamp }: TicketOrder): NewOutboxRow {
    const me = options.me()
    const { wish, ticket, preview } = gather(intent)
    if (preview.refusal?.kind === 'no-way') throw new Refusal('refused', preview.refusal.words)
    // Both are known by now, or the preview had refused it.
    if (!ticket || !me) throw new Error('a change was previewed without its ticket')
    const before = seen.get(`${ticket.id} ${stamp}`) ?? (ticket.updatedAt === stamp ? ticket : null)
    if (!before) throw changedSince(`#${ticket.id}`)
    return {
      ...{ host: 'zendesk', wish, byId: me.id, stamp },
      subject: ticket.subject,
      words: preview.words,
      before: touchedFields(wish, before),
      createdAt: clock.now(),
    }
  }

  return {
    preview: (intents: readonly TicketIntent[]): Promise<WritePreview[]> =>
      inSlices(intents, (intent) => {
        const gathered = gather(intent)
        remember(gathered)
        const { words, customerSees, warnings, refusal } = gathered.preview
        return {
          intent,
          subject: gathered.ticket?.subject ?? '',
          words,
          customerSees: { ...customerSees },
          warnings: [...warnings],
          refusal: refusal?.words ?? null,
          stamp: gathered.ticket?.updatedAt ?? 0,
        }
      }),
    rowsOf: (orders: readonly TicketOrder[]): Promise<NewOutboxRow[]> => inSlices(orders, rowOf),
  }
}

type NewRow = NewOutboxRow | NewWorkRow

/** Puts rows into the outbox, except those that wait there already as the last word on their matter. */
function takeIn(db: WriteDb, rows: readonly NewRow[]): number[] {
  const fresh: NewRow[] = []
  const places = rows.map((row) => {
    const last = fresh.findLast((one) => isSameTopic(one, row))
    if (last && isSame(last, row)) return { fresh: fresh.lastIndexOf(last) }
    const waiting = last ? undefined : waitingWith(db, row).findLast((one) => isSameTopic(one, row))
    if (waiting && waiting.byId === row.byId && isSame(waiting, row)) return { id: waiting.id }
    return { fresh: fresh.push(row) - 1 }
  })
  const ids = fresh.length > 0 ? insertOutboxRows(db, fresh) : []
  return places.map((place) => ('id' in place ? place.id : (ids[place.fresh] ?? 0)))
}

function waitingWith(db: WriteDb, row: NewRow): AnyRow[] {
  return row.host === 'zendesk' ? movingOutboxRowsOf(db, row.wish.ticketId) : movingWorkRowsOf(db, targetOf(row.wish))
}

type Wished = Pick<NewOutboxRow, 'host' | 'wish'> | Pick<NewWorkRow, 'host' | 'wish'>

function isSameTopic(a: Wished, b: Wished): boolean {
  if (a.host === 'zendesk') return b.host === 'zendesk' && sameTopic(a.wish, b.wish)
  return b.host === 'gitlab' && sameWorkTopic(a.wish, b.wish)
}

function isSame(a: Wished, b: Wished): boolean {
  if (a.host === 'zendesk') return b.host === 'zendesk' && sameWish(a.wish, b.wish)
  return b.host === 'gitlab' && sameWork(a.wish, b.wish)
}

const hostNames = { zendesk: 'Zendesk', gitlab: 'GitLab' } as const satisfies Record<AnyRow['host'], string>

/** What a person decides about single changes. */
function decisions(
  works: Readonly<Record<AnyRow['host'], SharedWork>>,
  kick: (host: AnyRow['host']) => void,
): Pick<Outbox, 'retry' | 'discard' | 'resolve'> {
  const { db, clock } = works.zendesk
  const decide = (
    id: number,
    states: readonly AnyRow['state'][],
    otherwise: (row: AnyRow) => string,
    changesOf: (row: AnyRow) => OutboxChanges,
  ): OutboxEntry => {
    const row = readOutboxRow(db, id)
    if (!row) {
      throw new Refusal('not-found', `There is no change ${id} in the outbox.`, {
        missing: { what: 'change', id: String(id) },
      })
    }
    const work = works[row.host]
    const [written] = states.includes(row.state) ? writeRows(work, [{ row, changes: changesOf(row) }]) : []
    if (!written) throw new Refusal('refused', otherwise(row))
    work.pace.forget(paceKey(row))
    kick(row.host)
    return toOutboxEntry(written)
  }
  const queued = { state: 'queued', sendingAt: null, sentStamp: null, sentAt: null } as const
  const cleared = { problem: null, conflict: null, settledAt: null } as const
  return {
    retry: (id) =>
      decide(
        id,
        ['failed'],
        () => 'Only a change that failed can be tried again.',
        (row) => ({
          ...cleared,
          // One that may have arrived is looked for before it is sent again.
          ...(row.sendingAt === null ? queued : { state: 'sending', sentAt: null }),
        }),
      ),
    discard: (id) =>
      decide(
        id,
        ['queued', 'failed', 'conflict'],
        ({ host }) =>
          `This change is with ${hostNames[host]} already and cannot be taken back here. Undo it with another change.`,
        () => ({ state: 'discarded', settledAt: clock.now() }),
      ),
    resolve: (id, choice) =>
      decide(
        id,
        ['conflict'],
        () => 'This change is not in conflict with another one.',
        () => (choice === 'mine' ? { ...cleared, ...queued } : { state: 'discarded', settledAt: clock.now() }),
      ),
  }
}

/** Many changes name the same assignee: their groups are asked for once. */
function rememberGroups(writes: ZendeskWrites, clock: Clock): (userId: number) => Promise<readonly Membership[]> {
  const known = new Map<number, { readonly until: number; readonly groups: readonly Membership[] }>()
  return async (userId) => {
    const found = known.get(userId)
    if (found && clock.now() < found.until) return found.groups
    const groups = await writes.groupsOf(userId)
    known.set(userId, { until: clock.now() + groupsAreGoodForMs, groups })
    return groups
  }
}
