import { implement, ORPCError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import type { AccountRow } from '#contract/accounts.ts'
import type { AlertRow } from '#contract/alerts.ts'
import type { AppStatus } from '#contract/app.ts'
import { contract } from '#contract/contract.ts'
import type { CoverageRow } from '#contract/coverage.ts'
import type { ChangeEvent, EventKind } from '#contract/events.ts'
import type { IssueRecord } from '#contract/issues.ts'
import { type Settings, settingsSchema } from '#contract/settings.ts'
import type { SyncState } from '#contract/sync.ts'
import type { TicketDetail, TicketRow } from '#contract/tickets.ts'
import type { WorkloadWeek } from '#contract/workload.ts'
import type { Door } from '#renderer/api/door.ts'
import { adoptPort, leavePort } from '#renderer/api/port-link.ts'
import * as fixtures from './fixtures.ts'

/** What a stand-in knows; tests change it while it runs. */
export interface StandInState {
  status: AppStatus
  queue: TicketRow[]
  details: Map<number, TicketDetail>
  accounts: AccountRow[]
  issues: IssueRecord[]
  coverages: CoverageRow[]
  week: WorkloadWeek
  alerts: AlertRow[]
  pending: AlertRow[]
  settings: Settings
  sync: { state: SyncState; lastCompletedAt: number | null; problem: string | null }
  /** Procedures that answer with a fault, like `tickets.queue`. */
  failing: Set<string>
}

/** A service that implements the contract in the page, so that both directions are validated as they really are. */
export interface StandIn {
  readonly state: StandInState
  /** Every call so far, as `area.procedure` with its input. */
  readonly calls: { readonly path: string; readonly input: unknown }[]
  /** Leads a window here, over a message channel of its own for each connection. */
  readonly door: Door
  /** Breaks the connection and lets no new one come about. */
  cut(): void
  /** Lets the window connect again. */
  restore(): void
  /** Sends a change notice; `skip` loses that many before it, `epoch` stands for a restarted service. */
  publish(kind: EventKind, ids?: readonly string[], options?: { skip?: number; epoch?: string }): void
  /** Resolves once the window listens to the event stream. */
  listening(): Promise<void>
}

/** A stand-in with the fixture workspace, changed as a test wants it. */
export function createStandIn(changes: Partial<StandInState> = {}): StandIn {
  const state: StandInState = { ...initialState(), ...changes }
  const calls: { path: string; input: unknown }[] = []
  const stream = createStream()
  const handler = new RPCHandler(createRouter(state, calls, stream))
  let channel: MessageChannel | undefined
  let reachable = true
  return {
    state,
    calls,
    door: {
      retries: true,
      open(listener) {
        if (!reachable) listener({ kind: 'closed', refused: false })
        else {
          channel = new MessageChannel()
          handler.upgrade(channel.port1)
          channel.port1.start()
          adoptPort(channel.port2, listener)
        }
        return () => {}
      },
    },
    cut() {
      reachable = false
      if (!channel) return
      leavePort(channel.port1)
      leavePort(channel.port2)
    },
    restore() {
      reachable = true
    },
    publish: stream.publish,
    listening: stream.listening,
  }
}

function initialState(): StandInState {
  return {
    status: fixtures.aStatus(),
    queue: fixtures.aQueue(),
    details: new Map(),
    accounts: fixtures.someAccounts(),
    issues: [
      fixtures.anIssue(),
      fixtures.anIssue({
        iid: 14,
        title: 'Runner autoscaling review',
        reference: 'collab/northwind#14',
        tasksTotal: 0,
        dueDate: null,
        confidential: true,
      }),
      fixtures.anIssue({
        iid: 3,
        accountId: 3,
        title: 'Geo failover rehearsal',
        reference: 'collab/contoso#3',
        assignees: ['Tom Okafor'],
      }),
    ],
    coverages: fixtures.someCoverages(),
    week: fixtures.aWeek(),
    alerts: [],
    pending: [],
    settings: settingsSchema.parse({}),
    sync: { state: 'idle', lastCompletedAt: fixtures.now - 20_000, problem: null },
    failing: new Set(),
  }
}

function createRouter(state: StandInState, calls: { path: string; input: unknown }[], stream: Stream) {
  const os = implement(contract).use(({ path, next }, input) => {
    calls.push({ path: path.join('.'), input })
    if (state.failing.has(path.join('.'))) throw new Error('a fault of the stand-in')
    return next()
  })
  return os.router({
    accounts: { list: os.accounts.list.handler(() => ({ accounts: state.accounts, now: fixtures.now })) },
    activity: { list: os.activity.list.handler(() => ({ events: [], more: false })) },
    alerts: {
      list: os.alerts.list.handler(() => ({
        alerts: state.alerts,
        unopened: state.alerts.filter((alert) => !alert.openedAt && alert.announced).length,
      })),
      takePending: os.alerts.takePending.handler(() => ({ alerts: state.pending.splice(0) })),
      markOpened: os.alerts.markOpened.handler(({ input }) => {
        state.alerts = state.alerts.map((alert) =>
          alert.id === input.id ? { ...alert, openedAt: fixtures.now } : alert,
        )
        return {}
      }),
    },
    app: {
      status: os.app.status.handler(() => state.status),
      openExternal: os.app.openExternal.handler(({ input, errors }) => {
        if (!/^https:\/\/(sample\.zendesk\.com|gitlab\.example\.com)\//.test(input.url)) {
          throw errors.REFUSED({ message: 'Refused', data: { reason: 'not a connected address' } })
        }
        return {}
      }),
    },
    coverage: { list: os.coverage.list.handler(() => ({ coverages: state.coverages, now: fixtures.now })) },
    events: {
      stream: os.events.stream.handler(({ signal }) => stream.read(signal)),
    },
    issues: {
      list: os.issues.list.handler(({ input }) => {
        const found = state.issues.filter(
          (issue) => input.accountId === undefined || issue.accountId === input.accountId,
        )
        return { issues: found, total: found.length }
      }),
    },
    settings: {
      get: os.settings.get.handler(() => state.settings),
      set: os.settings.set.handler(({ input }) => {
        // A partial schema with defaults fills in what was not sent; only what was sent counts.
        const sent = calls.at(-1)?.input as Partial<Settings>
        state.settings = {
          ...state.settings,
          ...Object.fromEntries(Object.keys(sent).map((key) => [key, input[key as keyof Settings]])),
        }
        return state.settings
      }),
    },
    sync: {
      status: os.sync.status.handler(() => ({
        state: state.sync.state,
        lastCompletedAt: state.sync.lastCompletedAt,
        nextRunAt: null,
        scopes: state.accounts.slice(0, 3).map((account) => ({
          source: 'zendesk' as const,
          scope: `organization:${account.id}`,
          name: `Tickets of ${account.name}`,
          completedAt: account.freshness.ticketsSyncedAt,
          problem: account.freshness.problem,
        })),
        now: fixtures.now,
      })),
      run: os.sync.run.handler(() => ({ tickets: 0, comments: 0, issues: 0, events: 0, requests: 4, problems: [] })),
    },
    tickets: {
      queue: os.tickets.queue.handler(({ input }) => {
        const all = state.queue.filter((row) => input.accountId === undefined || row.accountId === input.accountId)
        return {
          rows: all.slice(input.offset, input.offset + input.limit),
          total: all.length,
          breached: all.filter((row) => (row.nextClock?.breachAt ?? Infinity) <= fixtures.now).length,
          now: fixtures.now,
        }
      }),
      get: os.tickets.get.handler(({ input, errors }) => {
        const row = state.queue.find((ticket) => ticket.id === input.id)
        const detail = state.details.get(input.id) ?? (row && fixtures.aTicketDetail(row))
        if (!detail) throw errors.NOT_FOUND({ data: { what: 'ticket', id: String(input.id) } })
        return detail
      }),
      list: os.tickets.list.handler(() => {
        throw new ORPCError('NOT_IMPLEMENTED')
      }),
    },
    workload: { week: os.workload.week.handler(() => state.week) },
  })
}

interface Stream {
  publish: StandIn['publish']
  listening: StandIn['listening']
  read(signal: AbortSignal | undefined): AsyncGenerator<ChangeEvent, void, void>
}

function createStream(): Stream {
  const readers = new Set<{ queue: ChangeEvent[]; wake: () => void }>()
  const arrivals = new Set<() => void>()
  let epoch = 'first'
  let seq = 0
  return {
    publish(kind, ids = [], { skip = 0, epoch: restarted } = {}) {
      if (restarted) [epoch, seq] = [restarted, 0]
      seq += 1 + skip
      for (const reader of readers) {
        reader.queue.push({ epoch, seq, kind, ids: [...ids] })
        reader.wake()
      }
    },
    listening: () => (readers.size > 0 ? Promise.resolve() : new Promise((resolve) => arrivals.add(resolve))),
    async *read(signal) {
      const reader = { queue: [] as ChangeEvent[], wake: () => {} }
      readers.add(reader)
      for (const arrive of arrivals) arrive()
      arrivals.clear()
      try {
        while (!signal?.aborted) {
          const event = reader.queue.shift()
          if (event) {
            yield event
            continue
          }
          await new Promise<void>((resolve) => {
            reader.wake = resolve
            signal?.addEventListener('abort', () => resolve(), { once: true })
          })
        }
      } finally {
        readers.delete(reader)
      }
    },
  }
}
