import { implement, type Router } from '@orpc/server'
import { contract, type Contract } from '#contract/contract.ts'
import type { Settings } from '#contract/settings.ts'
import type { Policy } from '#core/policy/policy.ts'
import { isWithin } from '#core/instant.ts'
import { countUnopened, listAlerts, markOpened, markShown, unshownAlerts } from '../db/alerts.ts'
import { labelScope, listCursors, organizationScope, readCursor } from '../db/cursors.ts'
import { listEvents } from '../db/events.ts'
import { listIssues, openIssuesOf } from '../db/read-issues.ts'
import { listTickets, liveTicketsOf, queueCounts, queueIds, readTicket } from '../db/read-tickets.ts'
import { snapshot, type WriteDb } from '../db/sql.ts'
import { readRoster, type Roster } from '../db/workspace.ts'
import type { ServicePorts } from '../ports.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { Sync } from '../sync/create-sync.ts'
import type { EventHub } from './event-hub.ts'
import {
  createViewpoint,
  queueAccountIds,
  relationTo,
  toTicketDetail,
  toTicketRow,
  type Viewpoint,
} from './ticket-views.ts'
import { workloadOf } from './workload-view.ts'

/** The contract, implemented; its procedures need no context. */
export type ServiceRouter = Router<Contract, Record<never, never>>

/** What the procedures reach for. */
export interface RouterDeps {
  readonly db: WriteDb
  readonly ports: ServicePorts
  readonly hub: EventHub
  readonly sync: Sync
  readonly settings: SettingsStore<Settings>
  readonly policy: () => Policy
  readonly workspace: 'sample' | 'real'
  readonly zendeskUrl: string | null
  /** Whether an address lies in what is connected; only such are opened. */
  readonly mayOpen: (url: string) => string | null
}

const os = implement(contract)

/** Builds the router: thin procedures over repositories and rules. */
export function createRouter(deps: RouterDeps): ServiceRouter {
  return os.router({
    ...ticketProcedures(deps),
    ...accountProcedures(deps),
    ...alertProcedures(deps),
    ...appProcedures(deps),
    ...syncProcedures(deps),
  })
}

function viewpoint(deps: RouterDeps): Viewpoint {
  return createViewpoint(deps.db, {
    policy: deps.policy(),
    now: deps.ports.clock.now(),
    zendeskUrl: deps.zendeskUrl,
  })
}

function ticketProcedures(deps: RouterDeps) {
  const { db } = deps
  return {
    tickets: {
      queue: os.tickets.queue.handler(({ input }) =>
        snapshot(db, () => {
          const view = viewpoint(deps)
          const mine = queueAccountIds(view.roster, view.now)
          const accountIds = input.accountId === undefined ? mine : mine.filter((id) => id === input.accountId)
          const rows = queueIds(db, accountIds, input.limit, input.offset).flatMap((id) => {
            const ticket = readTicket(db, id)
            return ticket ? [toTicketRow(ticket, view)] : []
          })
          return { rows, ...queueCounts(db, accountIds, view.now), now: view.now }
        }),
      ),
      get: os.tickets.get.handler(({ input, errors }) => {
        const ticket = readTicket(db, input.id)
        if (!ticket) {
          throw errors.NOT_FOUND({
            message: `Ticket ${input.id} is not stored here. It may belong to an account that is not synced.`,
            data: { what: 'ticket', id: String(input.id) },
          })
        }
        return toTicketDetail(ticket, viewpoint(deps))
      }),
      list: os.tickets.list.handler(({ input }) => {
        const found = listTickets(db, {
          afterId: input.afterId,
          limit: input.limit + 1,
          organizationId: input.organizationId,
        })
        return { tickets: found.slice(0, input.limit), more: found.length > input.limit }
      }),
    },
    issues: {
      list: os.issues.list.handler(({ input }) => listIssues(db, { ...input, accountId: input.accountId })),
    },
    activity: {
      list: os.activity.list.handler(({ input }) => {
        const found = listEvents(db, input.afterSeq, input.limit + 1)
        return { events: found.slice(0, input.limit), more: found.length > input.limit }
      }),
    },
  }
}

function accountProcedures(deps: RouterDeps) {
  const { db } = deps
  return {
    accounts: {
      list: os.accounts.list.handler(() => {
        const view = viewpoint(deps)
        const order = { covering: 0, own: 1, other: 2 }
        const accounts = view.roster.accounts
          .map((account) => {
            const tickets = readCursor(db, 'zendesk', organizationScope(account.id))
            const issues = readCursor(db, 'gitlab', labelScope(account.id))
            return {
              id: account.id,
              name: account.name,
              aseId: account.aseId,
              aseName: nameOf(account.aseId, view.roster),
              label: account.label,
              relation: relationTo(account.id, view.roster, view.now),
              openTickets: liveTicketsOf(db, account.id),
              openIssues: openIssuesOf(db, account.id),
              freshness: {
                ticketsSyncedAt: tickets.completedAt,
                issuesSyncedAt: issues.completedAt,
                problem: tickets.problem ?? issues.problem,
              },
            }
          })
          .toSorted((a, b) => order[a.relation] - order[b.relation] || a.name.localeCompare(b.name))
        return { accounts, now: view.now }
      }),
    },
    coverage: {
      list: os.coverage.list.handler(() => {
        const { roster, now } = viewpoint(deps)
        const order = { running: 0, upcoming: 1, past: 2 }
        const coverages = roster.coverages
          .map((coverage) => {
            const account = roster.accounts.find((candidate) => candidate.id === coverage.accountId)
            const ase = roster.people.find((person) => person.id === account?.aseId)
            return {
              id: coverage.id,
              accountId: coverage.accountId,
              accountName: account?.name ?? `Organization ${coverage.accountId}`,
              aseName: ase?.name ?? 'No ASE',
              aseTimeZone: ase?.timeZone ?? 'UTC',
              coverName: nameOf(coverage.coverId, roster) ?? `User ${coverage.coverId}`,
              mine: coverage.coverId === roster.me?.id,
              phase: isWithin(now, coverage)
                ? ('running' as const)
                : coverage.startsAt > now
                  ? ('upcoming' as const)
                  : ('past' as const),
              startsAt: coverage.startsAt,
              endsAt: coverage.endsAt,
            }
          })
          .toSorted((a, b) => order[a.phase] - order[b.phase] || a.startsAt - b.startsAt)
        return { coverages, now }
      }),
    },
    workload: {
      week: os.workload.week.handler(({ input, errors }) => {
        const { roster, policy, now } = viewpoint(deps)
        const load = workloadOf(input.week, {
          db,
          roster,
          policy,
          now,
          setBaseline: deps.settings.get().baselinePerWeek,
        })
        if (load) return load
        throw errors.NOT_FOUND({
          message: `${input.week} is no week of that year; the last one is W52 or W53.`,
          data: { what: 'week', id: input.week ?? '' },
        })
      }),
    },
  }
}

function alertProcedures(deps: RouterDeps) {
  const { db, hub } = deps
  const { clock } = deps.ports
  return {
    alerts: {
      list: os.alerts.list.handler(({ input }) => ({
        alerts: listAlerts(db, input.limit),
        unopened: countUnopened(db),
      })),
      takePending: os.alerts.takePending.handler(() => {
        if (deps.ports.notifier.native) return { alerts: [] }
        const alerts = unshownAlerts(db)
        markShown(
          db,
          alerts.map((alert) => alert.id),
          clock.now(),
        )
        return { alerts }
      }),
      markOpened: os.alerts.markOpened.handler(({ input, errors }) => {
        if (!markOpened(db, input.id, clock.now())) {
          throw errors.NOT_FOUND({
            message: `There is no alert ${input.id}.`,
            data: { what: 'alert', id: String(input.id) },
          })
        }
        hub.publish('alerts', [input.id])
        return {}
      }),
    },
    events: {
      stream: os.events.stream.handler(({ input, signal }) => hub.stream(input.epoch, input.since, signal)),
    },
  }
}

function appProcedures(deps: RouterDeps) {
  const { db, ports, settings, hub } = deps
  return {
    app: {
      status: os.app.status.handler(() => {
        const { me } = readRoster(db)
        return {
          version: ports.version,
          host: ports.host,
          capabilities: { nativeNotifications: ports.notifier.native, tray: ports.tray },
          workspace: deps.workspace,
          me: me && { id: me.id, name: me.name, timeZone: me.timeZone },
          sync: deps.sync.state,
          unopenedAlerts: countUnopened(db),
          clock: { now: ports.clock.now(), speed: ports.clock.speed },
        }
      }),
      openExternal: os.app.openExternal.handler(async ({ input, errors }) => {
        const url = deps.mayOpen(input.url)
        if (url === null) {
          throw errors.REFUSED({
            message: 'Only addresses of your Zendesk and GitLab are opened from here.',
            data: { reason: 'address' },
          })
        }
        await ports.openExternal(url)
        return {}
      }),
    },
    settings: {
      get: os.settings.get.handler(() => settings.get()),
      set: os.settings.set.handler(({ input }) => {
        const next = settings.set(input)
        hub.publish('settings')
        return next
      }),
    },
  }
}

function syncProcedures(deps: RouterDeps) {
  const { db, sync } = deps
  return {
    sync: {
      status: os.sync.status.handler(() => {
        const { roster, now } = viewpoint(deps)
        const scopes = listCursors(db).map(({ source, scope, completedAt, problem }) => ({
          source,
          scope,
          name: scopeName(scope, roster),
          completedAt,
          problem,
        }))
        const completed = scopes.flatMap((scope) => scope.completedAt ?? [])
        return {
          state: sync.state,
          lastCompletedAt: completed.length === 0 ? null : Math.max(...completed),
          nextRunAt: sync.nextRunAt,
          scopes,
          now,
        }
      }),
      run: os.sync.run.handler(() => sync.run()),
    },
  }
}

function scopeName(scope: string, roster: Roster): string {
  const [kind, id] = scope.split(':')
  const account = roster.accounts.find((candidate) => candidate.id === Number(id))
  const name = account?.name ?? `organization ${id}`
  if (kind === 'organization') return `Tickets of ${name}`
  if (kind === 'organization-record') return `Org note of ${name}`
  if (kind === 'label') return `Issues labelled ${account?.label ?? `for ${name}`}`
  return 'Tickets assigned to me'
}

function nameOf(personId: number | null, roster: Roster): string | null {
  return roster.people.find((person) => person.id === personId)?.name ?? null
}
