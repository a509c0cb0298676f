import type { OutboxEntry, WriteIntent, WritePreview } from '#contract/outbox.ts'
import { sameTopic, sameWish, touchedFields, type ChangeableFields, type Wish } from '#core/outbox/wish.ts'
import {
  countOutbox,
  insertOutboxRows,
  listOutbox,
  movingOutboxRowsOf,
  readOutboxRow,
  toOutboxEntry,
  type NewOutboxRow,
  type OutboxChanges,
  type OutboxRow,
} from '../db/outbox.ts'
import type { WriteDb } from '../db/sql.ts'
import { inSlices } from '../in-slices.ts'
import type { Clock, Log } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import type { ZendeskApi } from '../zendesk/zendesk-api.ts'
import type { Membership, ZendeskWrites } from '../zendesk/zendesk-writes.ts'
import { gatherPreview, type GatheredPreview, type WriteAbilities } from './gather-preview.ts'
import { createPace } from './pace.ts'
import { paceKey, writeRows, type Me, type OutboxWork } from './outbox-work.ts'
import { createOutboxWorker } from './outbox-worker.ts'

/** A change and the state of its ticket the person saw. */
export interface WriteOrder {
  readonly intent: WriteIntent
  readonly stamp: number
}

/** Changes that people want made in Zendesk: kept on disk, made once, and looked after until they are seen there. */
export interface Outbox {
  /** What changes would do, from what is stored; nothing is sent. */
  preview(intents: readonly WriteIntent[]): Promise<WritePreview[]>
  /**
   * Takes changes in: all of them, on disk when this answers, or none. One that waits already, the very same, is not taken in
   * twice. Answers with an id for each.
   *
   * @throws {Refusal} when one of them cannot be made, or its ticket has changed since it was previewed.
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
  readonly clock: Clock
  readonly log: Log
  /** Aborted when the app ends; the transport listens to the same. */
  readonly stopping: AbortSignal
  /** Who is signed in, or null while nobody is known. */
  readonly me: () => Me | null
  readonly abilities: () => WriteAbilities
  /** Told of entries, and of tickets, that are not what they were. */
  readonly onChange: (entryIds: readonly number[], ticketIds: readonly number[]) => void
}

/** How many previews are remembered, for what the person saw at the time. */
const mostRemembered = 4000
const groupsAreGoodForMs = 10 * 60_000

/** Creates the outbox of one workspace. Nothing is sent before `start` or `flush`. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { db, clock, zendesk } = options
  const pace = createPace(clock)
  const base = { db, clock, log: options.log, pace, me: options.me, onChange: options.onChange }
  const worker =
    zendesk &&
    createOutboxWorker({
      work: { ...base, ...zendesk, groupsOf: rememberGroups(zendesk.writes, clock) },
      stopping: options.stopping,
      mayWrite: () => options.abilities().mayWrite !== false,
    })
  const seen = new Map<string, ChangeableFields>()
  let started = false
  const kick = () => {
    if (started) worker?.kick()
  }
  const gather = (intent: WriteIntent) =>
    gatherPreview({ db, me: options.me(), abilities: options.abilities(), now: clock.now() }, intent)

  function remember({ ticket }: GatheredPreview): void {
    if (!ticket) return
    const key = `${ticket.id} ${ticket.updatedAt}`
    seen.delete(key)
    seen.set(key, ticket)
    for (const oldest of seen.keys()) {
      if (seen.size <= mostRemembered) break
      seen.delete(oldest)
    }
  }

  return {
    preview: (intents) =>
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
    async send(orders) {
      const me = options.me()
      const rows: NewOutboxRow[] = []
      for (const { gathered, stamp } of await inSlices(orders, ({ intent, stamp }) => ({
        gathered: gather(intent),
        stamp,
      }))) {
        const { wish, ticket, preview } = gathered
        if (preview.refusal?.kind === 'no-way') throw new Refusal('refused', preview.refusal.words)
        // Both are known by now, or the preview had refused it.
        if (!ticket || !me) throw new Error('a change was previewed without its ticket')
        const before = seen.get(`${ticket.id} ${stamp}`) ?? (ticket.updatedAt === stamp ? ticket : null)
        if (!before) throw changedSince(ticket.id)
        const { subject } = ticket
        const { words } = preview
        rows.push({
          wish,
          byId: me.id,
          subject,
          words,
          stamp,
          before: touchedFields(wish, before),
          createdAt: clock.now(),
        })
      }
      const ids = takeIn(db, rows)
      options.onChange(ids, [])
      kick()
      return ids
    },
    list: (filter) => ({ entries: listOutbox(db, filter), ...countOutbox(db) }),
    ...decisions(base, kick),
    start() {
      started = true
      kick()
    },
    wake() {
      pace.ready()
      kick()
    },
    async flush() {
      await worker?.flush()
    },
    async stop() {
      started = false
      await worker?.stop()
    },
  }
}

function changedSince(ticketId: number): Refusal {
  return new Refusal('refused', `#${ticketId} has changed since you looked. Look at what would be changed once more.`)
}

/** Puts rows into the outbox, except those that wait there already as the last word on their matter. */
function takeIn(db: WriteDb, rows: readonly NewOutboxRow[]): number[] {
  const fresh: NewOutboxRow[] = []
  const places = rows.map((row) => {
    const isSameTopic = ({ wish }: { readonly wish: Wish }) => sameTopic(wish, row.wish)
    const last = fresh.findLast(isSameTopic)
    if (last && sameWish(last.wish, row.wish)) return { fresh: fresh.lastIndexOf(last) }
    const waiting = last ? undefined : movingOutboxRowsOf(db, row.wish.ticketId).findLast(isSameTopic)
    if (waiting && waiting.byId === row.byId && sameWish(waiting.wish, row.wish)) return { id: waiting.id }
    return { fresh: fresh.push(row) - 1 }
  })
  const ids = fresh.length > 0 ? insertOutboxRows(db, fresh) : []
  return places.map((place) => ('id' in place ? place.id : (ids[place.fresh] ?? 0)))
}

type DecisionWork = Omit<OutboxWork, 'reads' | 'writes' | 'groupsOf'>

/** What a person decides about single changes. */
function decisions(work: DecisionWork, kick: () => void): Pick<Outbox, 'retry' | 'discard' | 'resolve'> {
  const decide = (
    id: number,
    states: readonly OutboxRow['state'][],
    otherwise: string,
    changesOf: (row: OutboxRow) => OutboxChanges,
  ): OutboxEntry => {
    const row = readOutboxRow(work.db, id)
    if (!row) {
      throw new Refusal('not-found', `There is no change ${id} in the outbox.`, {
        missing: { what: 'change', id: String(id) },
      })
    }
    const [written] = states.includes(row.state) ? writeRows(work, [{ row, changes: changesOf(row) }]) : []
    if (!written) throw new Refusal('refused', otherwise)
    work.pace.forget(paceKey(row))
    kick()
    return toOutboxEntry(written)
  }
  const queued = { state: 'queued', sendingAt: null, sentStamp: null, sentAt: null } as const
  const cleared = { problem: null, conflict: null, settledAt: null } as const
  return {
    retry: (id) =>
      decide(id, ['failed'], 'Only a change that failed can be tried again.', (row) => ({
        ...cleared,
        // One that may have arrived is looked for before it is sent again.
        ...(row.sendingAt === null ? queued : { state: 'sending', sentAt: null }),
      })),
    discard: (id) =>
      decide(
        id,
        ['queued', 'failed', 'conflict'],
        'This change is with Zendesk already and cannot be taken back here. Undo it with another change.',
        () => ({ state: 'discarded', settledAt: work.clock.now() }),
      ),
    resolve: (id, choice) =>
      decide(id, ['conflict'], 'This change is not in conflict with another one.', () =>
        choice === 'mine' ? { ...cleared, ...queued } : { state: 'discarded', settledAt: work.clock.now() },
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
