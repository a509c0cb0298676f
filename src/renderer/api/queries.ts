import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import type { ServiceClient } from './connection.ts'
import type { Area } from './live-updates.ts'
import type { ServiceClock } from './service-clock.ts'

/** Rows asked for at once while scrolling the queue. */
const queuePageSize = 200

/** Everything the screens ask the service, with the keys that change notices refresh. */
export type Queries = ReturnType<typeof createQueries>

/** Query options over the contract. The status is also what sets the window's clock. */
export function createQueries(client: ServiceClient, clock: ServiceClock) {
  const procedures = createTanstackQueryUtils(client)
  return {
    procedures,
    status: () =>
      queryOptions({
        queryKey: procedures.app.status.queryKey({ input: {} }),
        queryFn: async ({ signal }) => {
          const status = await client.app.status({}, { signal })
          clock.set(status.clock)
          return status
        },
      }),
    queue: (accountId: number | undefined) =>
      infiniteQueryOptions({
        queryKey: [...procedures.tickets.queue.key({ type: 'infinite' }), accountId ?? 'all'],
        queryFn: ({ pageParam, signal }) =>
          client.tickets.queue(
            { limit: queuePageSize, offset: pageParam, ...(accountId ? { accountId } : {}) },
            { signal },
          ),
        initialPageParam: 0,
        getNextPageParam: (page, _pages, offset) => {
          const next = offset + page.rows.length
          return page.rows.length > 0 && next < page.total ? next : undefined
        },
      }),
    queueCount: () => procedures.tickets.queue.queryOptions({ input: { limit: 1 } }),
    ticket: (id: number) => procedures.tickets.get.queryOptions({ input: { id } }),
    coverages: () => procedures.coverage.list.queryOptions({ input: {} }),
    week: () => procedures.workload.week.queryOptions({ input: {} }),
    accounts: () => procedures.accounts.list.queryOptions({ input: {} }),
    issues: (accountId: number) =>
      procedures.issues.list.queryOptions({ input: { accountId, state: 'opened', limit: 200 } }),
    alerts: () => procedures.alerts.list.queryOptions({ input: { limit: 200 } }),
    syncStatus: () => procedures.sync.status.queryOptions({ input: {} }),
    settings: () => procedures.settings.get.queryOptions({ input: {} }),
  }
}

/** Asks again for what is shown of some areas. What is not shown is asked for when it is. */
export function refreshAreas(queryClient: QueryClient, queries: Queries, areas: readonly Area[]): void {
  for (const area of areas) void queryClient.invalidateQueries({ queryKey: queries.procedures[area].key() })
}
