import { implement } from '@orpc/server'
import { contract } from '#contract/contract.ts'
import { settingsSchema } from '#contract/settings.ts'
import type { EventHub } from '#service/rpc/event-hub.ts'
import type { ServiceRouter } from '#service/rpc/router.ts'

/** Words of a failure that no reader of a transport may ever see. */
export const innerWords = 'inner words about /home/mia and canary-8c1f'

const os = implement(contract)
const at = Date.UTC(2026, 10, 21, 9)

/**
 * The contract with made-up answers, for tests of doors and transports: `accounts.list` fails in a way nobody foresaw,
 * `coverage.list` answers with something the contract forbids, `tickets.get` knows ticket 1 only.
 */
export function createStandInRouter(hub: EventHub): ServiceRouter {
  return os.router({
    accounts: {
      list: os.accounts.list.handler(() => {
        throw new Error(innerWords)
      }),
    },
    activity: { list: os.activity.list.handler(() => ({ events: [], more: false })) },
    alerts: {
      list: os.alerts.list.handler(() => ({ alerts: [], unopened: 0 })),
      takePending: os.alerts.takePending.handler(() => ({ alerts: [] })),
      markOpened: os.alerts.markOpened.handler(() => ({})),
    },
    app: {
      status: os.app.status.handler(() => ({
        version: '0.0.0',
        host: 'web' as const,
        capabilities: { nativeNotifications: false, tray: false },
        workspace: 'sample' as const,
        me: null,
        sync: 'idle' as const,
        unopenedAlerts: 0,
        clock: { now: at, speed: 1 },
        // What the contract does not name must not get out.
        token: 'canary-8c1f',
      })),
      openExternal: os.app.openExternal.handler(({ errors }) => {
        throw errors.REFUSED({ message: 'Not this address.', data: { reason: 'address' } })
      }),
    },
    coverage: {
      list: os.coverage.list.handler(() => ({ coverages: [], now: Number.NaN })),
    },
    events: { stream: os.events.stream.handler(({ input, signal }) => hub.stream(input.epoch, input.since, signal)) },
    issues: { list: os.issues.list.handler(() => ({ issues: [], total: 0 })) },
    settings: {
      get: os.settings.get.handler(() => settingsSchema.parse({})),
      set: os.settings.set.handler(({ input }) => settingsSchema.parse(input)),
    },
    sync: {
      status: os.sync.status.handler(() => ({
        state: 'idle' as const,
        lastCompletedAt: null,
        nextRunAt: null,
        scopes: [],
        now: at,
      })),
      run: os.sync.run.handler(() => ({ tickets: 0, comments: 0, issues: 0, events: 0, requests: 0, problems: [] })),
    },
    tickets: {
      queue: os.tickets.queue.handler(() => ({ rows: [], total: 0, breached: 0, now: at })),
      get: os.tickets.get.handler(({ input, errors }) => {
        throw errors.NOT_FOUND({ message: 'No such ticket.', data: { what: 'ticket', id: String(input.id) } })
      }),
      list: os.tickets.list.handler(() => ({ tickets: [], more: false })),
    },
    workload: {
      week: os.workload.week.handler(({ input }) => ({
        week: input.week ?? '2026-W47',
        startsAt: at,
        endsAt: at,
        baseline: { perWeek: 12, origin: 'set' as const, weeks: [] },
        steps: [],
        allowed: 12,
        taken: 0,
        possible: true,
        arithmetic: '12',
        source: 'policy',
      })),
    },
  })
}
