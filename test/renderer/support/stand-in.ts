import { ORPCError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import type { ChangeEvent, EventKind } from '#contract/events.ts'
import type { Settings } from '#contract/settings.ts'
import type { Door } from '#renderer/api/door.ts'
import { adoptPort, leavePort } from '#renderer/api/port-link.ts'
import * as fixtures from './fixtures.ts'
import { accountProcedures } from './stand-in-accounts.ts'
import { alertProcedures } from './stand-in-alerts.ts'
import { calendarProcedures } from './stand-in-calendars.ts'
import { callProcedures } from './stand-in-calls.ts'
import { connectionProcedures } from './stand-in-connections.ts'
import { coverageProcedures } from './stand-in-coverage.ts'
import { customerDataProcedures } from './stand-in-customer-data.ts'
import { deskProcedures } from './stand-in-desks.ts'
import { handoffProcedures } from './stand-in-handoffs.ts'
import { createImplementer, type StandInCall } from './stand-in-implementer.ts'
import { guidanceProcedures } from './stand-in-guidance.ts'
import { issueProcedures } from './stand-in-issues.ts'
import { orgNoteProcedures } from './stand-in-org-notes.ts'
import { outboxProcedures } from './stand-in-outbox.ts'
import { planProcedures } from './stand-in-plans.ts'
import { returnFigureStandIns, returnWrapUpProcedures } from './stand-in-return-wrap-ups.ts'
import { returnProcedures } from './stand-in-returns.ts'
import { initialState, type StandInState } from './stand-in-state.ts'

/** A service that implements the contract in the page, so that both directions are validated as they really are. */
export interface StandIn {
  readonly state: StandInState
  /** Every call so far, in the order they came. */
  readonly calls: readonly StandInCall[]
  /** Lets every held call go on, and holds no more. */
  letGo(): void
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
  const calls: StandInCall[] = []
  const held = new Set<() => void>()
  const stream = createStream()
  const handler = new RPCHandler(createRouter(state, calls, held, stream))
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
    letGo() {
      state.holding.clear()
      for (const release of held) release()
      held.clear()
    },
    publish: stream.publish,
    listening: stream.listening,
  }
}

function createRouter(state: StandInState, calls: StandInCall[], held: Set<() => void>, stream: Stream) {
  const os = createImplementer(state, calls, held)
  return os.router({
    accountKits: {
      look: os.accountKits.look.handler(({ input, errors }) => {
        const kit = state.kits.get(input.projectId ?? input.place ?? 'own')
        if (!kit) throw errors.REFUSED({ message: 'GitLab does not have this.', data: { reason: 'not-found' } })
        return kit
      }),
    },
    accounts: accountProcedures(os, state),
    activity: { list: os.activity.list.handler(() => ({ events: [], more: false })) },
    alerts: alertProcedures(os, state),
    app: {
      status: os.app.status.handler(() => state.status),
      openExternal: os.app.openExternal.handler(({ input, errors }) => {
        if (!/^https:\/\/(sample\.zendesk\.com|gitlab\.example\.com)\//.test(input.url)) {
          throw errors.REFUSED({ message: 'Refused', data: { reason: 'not a connected address' } })
        }
        return {}
      }),
    },
    calls: callProcedures(os, state),
    connections: connectionProcedures(os, state),
    desks: deskProcedures(os, state),
    ...calendarProcedures(os, state),
    ...coverageProcedures(os, state),
    plans: planProcedures(os, state),
    events: {
      stream: os.events.stream.handler(({ signal }) => stream.read(signal)),
    },
    guidance: guidanceProcedures(os, state),
    handoffs: handoffProcedures(os, state),
    issues: issueProcedures(os, state),
    orgNotes: orgNoteProcedures(os, state),
    outbox: outboxProcedures(os, state),
    people: {
      list: os.people.list.handler(() => ({ people: state.people, now: fixtures.now })),
      change: os.people.change.handler(({ input, errors }) => {
        const { id, ...changes } = input
        const person = state.people.find((candidate) => candidate.id === id)
        if (!person) throw errors.NOT_FOUND({ data: { what: 'person', id: String(id) } })
        const named = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
        const changed = { ...person, ...named }
        state.people = state.people.map((candidate) => (candidate.id === id ? changed : candidate))
        return changed
      }),
    },
    customerData: customerDataProcedures(os, state),
    returnFigures: returnFigureStandIns(os, state),
    returnWrapUps: returnWrapUpProcedures(os, state),
    returns: returnProcedures(os, state),
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
      policies: os.settings.policies.handler(() => ({ policies: state.policies })),
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
        progress: state.sync.progress ?? null,
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
