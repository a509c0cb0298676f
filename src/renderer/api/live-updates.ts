import type { ChangeEvent, EventKind } from '#contract/events.ts'
import type { Connection, Delay } from './connection.ts'

/** Areas of the contract whose answers may be different after a change of the given kind. */
const touched: Readonly<Record<Exclude<EventKind, 'reset' | 'open-ticket' | 'open-alerts'>, readonly Area[]>> = {
  tickets: [
    'tickets',
    'accounts',
    'workload',
    'guidance',
    'desks',
    'handoffs',
    'returns',
    'returnWrapUps',
    'returnFigures',
  ],
  issues: ['issues', 'calls', 'accounts', 'desks', 'handoffs', 'returns', 'returnWrapUps'],
  accounts: [
    'accounts',
    'tickets',
    'workload',
    'coverage',
    'people',
    'plans',
    'alerts',
    'guidance',
    'orgNotes',
    'desks',
    'handoffs',
    'customerData',
    'returns',
  ],
  coverage: [
    'coverage',
    'workload',
    'tickets',
    'accounts',
    'people',
    'plans',
    'onCall',
    'absences',
    'guidance',
    'orgNotes',
    'desks',
    'handoffs',
    'returns',
    'returnWrapUps',
    'returnFigures',
    'customerData',
  ],
  // An account's page is what its handoff is begun with.
  desks: ['desks', 'guidance', 'orgNotes', 'handoffs'],
  handoffs: ['handoffs', 'app', 'returns', 'returnWrapUps'],
  // A calendar brings absences and shifts, and with them gaps, swaps and other loads.
  calendars: [
    'calendars',
    'absences',
    'onCall',
    'coverage',
    'plans',
    'workload',
    'tickets',
    'people',
    'guidance',
    'desks',
    'handoffs',
  ],
  alerts: ['alerts', 'app'],
  calls: ['calls', 'returns', 'returnWrapUps'],
  // Signing in or out may change whose work is shown at all.
  connections: ['connections', 'app', 'sync', 'accounts', 'guidance', 'handoffs', 'returns'],
  returns: ['returns', 'returnWrapUps', 'returnFigures'],
  'customer-data': ['customerData'],
  // A plan, a call or a handoff that was sent says how far that is.
  outbox: ['outbox', 'plans', 'calls', 'handoffs', 'returnWrapUps'],
  // A pass that changed nothing still makes rows fresher.
  sync: ['sync', 'app', 'accounts', 'tickets', 'guidance', 'orgNotes', 'desks', 'handoffs', 'returns'],
  // Another edition of the rules changes what every account is told by.
  // Quiet hours, too, are settings.
  settings: [
    'settings',
    'app',
    'workload',
    'tickets',
    'accounts',
    'connections',
    'coverage',
    'plans',
    'onCall',
    'guidance',
    'orgNotes',
    'desks',
    'alerts',
    'handoffs',
    'returns',
    'customerData',
  ],
}

/** An area of the contract. */
export type Area =
  | 'absences'
  | 'accounts'
  | 'alerts'
  | 'app'
  | 'calendars'
  | 'calls'
  | 'connections'
  | 'coverage'
  | 'customerData'
  | 'desks'
  | 'guidance'
  | 'handoffs'
  | 'issues'
  | 'onCall'
  | 'orgNotes'
  | 'outbox'
  | 'people'
  | 'plans'
  | 'returnFigures'
  | 'returns'
  | 'returnWrapUps'
  | 'settings'
  | 'sync'
  | 'tickets'
  | 'workload'

/** What the window does about changes. */
export interface LiveReactions {
  /** Ask again for what is shown of these areas. */
  refresh(areas: readonly Area[]): void
  /** Ask again for everything that is shown. */
  refreshAll(): void
  openTicket(ticketId: number): void
  openAlerts(): void
  /** Alerts may be waiting to be shown. */
  alertsChanged(): void
}

/** Listens to the service's change notices for as long as the window lives. */
export interface LiveUpdates {
  start(): void
  stop(): void
}

/** Follows the one event stream, over lost connections and restarts of the service. */
export function createLiveUpdates(
  connection: Pick<Connection, 'client'>,
  reactions: LiveReactions,
  delay: Delay,
): LiveUpdates {
  const follow = createChangeFollower(reactions)
  let ending: AbortController | undefined
  const listen = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      try {
        const stream = await connection.client.events.stream(follow.position(), { signal })
        for await (const event of stream) follow.take(event)
      } catch {
        // The connection broke or the service went away; the call above waits until it is back.
      }
      await pause(delay, signal)
    }
  }
  return {
    start() {
      ending = new AbortController()
      void listen(ending.signal)
    },
    stop: () => ending?.abort(),
  }
}

function pause(delay: Delay, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = delay(500, resolve)
    signal.addEventListener('abort', () => (cancel(), resolve()), { once: true })
  })
}

/** Turns change notices into reactions, and notices that some were missed. */
export function createChangeFollower(reactions: LiveReactions): {
  /** From where to listen on. */
  position(): { epoch: string | null; since: number }
  take(event: ChangeEvent): void
} {
  let epoch: string | null = null
  let seq = 0
  const refreshAll = () => {
    reactions.refreshAll()
    reactions.alertsChanged()
  }
  return {
    position: () => ({ epoch, since: seq }),
    take(event) {
      const known = event.epoch === epoch
      if (known && event.kind !== 'reset' && event.seq <= seq) return
      // The very first notice of a window has no predecessor that could be missing.
      const missed = epoch !== null && (!known || event.seq !== seq + 1)
      epoch = event.epoch
      seq = event.seq
      if (event.kind === 'open-ticket') {
        const ticketId = Number(event.ids[0])
        if (Number.isSafeInteger(ticketId) && ticketId > 0) reactions.openTicket(ticketId)
      }
      if (event.kind === 'open-alerts') reactions.openAlerts()
      if (missed || event.kind === 'reset') return refreshAll()
      if (event.kind === 'open-ticket' || event.kind === 'open-alerts') return
      reactions.refresh(touched[event.kind])
      if (event.kind === 'alerts') reactions.alertsChanged()
    },
  }
}
