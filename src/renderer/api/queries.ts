import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { infiniteQueryOptions, keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query'
import type { AlertKind } from '#contract/alerts.ts'
import type { DeskShape } from '#contract/desk.ts'
import type { WriteIntent } from '#contract/outbox.ts'
import type { InstantMs } from '#core/instant.ts'
import type { ServiceClient } from './connection.ts'
import { handoffQueries } from './handoff-queries.ts'
import { planQueries } from './plan-queries.ts'
import { returnQueries } from './return-queries.ts'
import type { Area } from './live-updates.ts'
import type { ServiceClock } from './service-clock.ts'

/** Rows asked for at once while scrolling the queue. */
const queuePageSize = 200
/** Alerts asked for at once. */
const alertPageSize = 100
/** Quiet hours begin and end without anything having changed. */
const quietEveryMs = 20_000
/** How often the meter of the calls is read again while somebody looks at it. */
const meterEveryMs = 5000

/** Answers from Zendesk or GitLab itself: no change notice tells that they are old. */
const fromElsewhere = { staleTime: 60_000, gcTime: 60_000 } as const

/** One account over a window of time that somebody may cover. */
export interface CoverWindow {
  readonly accountId: number
  readonly startsAt: InstantMs
  readonly endsAt: InstantMs
}

/** Which alerts are wanted. */
export interface AlertFilter {
  readonly kinds?: readonly AlertKind[] | undefined
  readonly accountId?: number | undefined
  /** Leaves out what was opened, dismissed or only listed. */
  readonly open?: boolean | undefined
}

/** Everything the screens ask the service, with the keys that change notices refresh. */
export type Queries = ReturnType<typeof createQueries>

/** Query options over the contract. The status is also what sets the window's clock. */
export function createQueries(client: ServiceClient, clock: ServiceClock) {
  const procedures = createTanstackQueryUtils(client)
  return {
    procedures,
    ...handoffQueries(procedures),
    ...planQueries(procedures),
    ...returnQueries(procedures),
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
    /** What to do with a ticket, step by step. */
    guidance: (ticketId: number) => procedures.guidance.of.queryOptions({ input: { ticketId } }),
    /** What to know of an emergency at once. */
    brief: (ticketId: number) => procedures.guidance.brief.queryOptions({ input: { ticketId } }),
    /** Covered tickets that went astray. */
    guard: () => procedures.guidance.guard.queryOptions({ input: {} }),
    emergencyMarks: () => procedures.guidance.emergencyMarks.queryOptions({ input: {} }),
    coverages: () => procedures.coverage.list.queryOptions({ input: {} }),
    /** Six weeks from a week's Monday, the present one when none is named. The last ones stay while others are read. */
    ribbon: (week: string | undefined) =>
      procedures.coverage.ribbon.queryOptions({
        input: week === undefined ? {} : { week },
        placeholderData: keepPreviousData,
      }),
    /** What saying yes would mean. Asked anew each time, because it depends on everything else that was said yes to. */
    whatIf: (windows: readonly CoverWindow[], coverId?: number) =>
      procedures.plans.whatIf.queryOptions({
        input: { windows: [...windows], ...(coverId === undefined ? {} : { coverId }) },
        staleTime: 0,
        gcTime: 0,
        placeholderData: keepPreviousData,
      }),
    /** What several changes would do. Asked anew each time, because it depends on the tickets' present state. */
    previews: (intents: readonly WriteIntent[]) =>
      procedures.outbox.preview.queryOptions({ input: { intents: [...intents] }, staleTime: 0, gcTime: 0 }),
    shifts: () => procedures.onCall.list.queryOptions({ input: {} }),
    calendars: () => procedures.calendars.list.queryOptions({ input: {} }),
    absences: () => procedures.absences.list.queryOptions({ input: {} }),
    week: () => procedures.workload.week.queryOptions({ input: {} }),
    /** Any week by its name; the last one stays while another is read. */
    weekNamed: (week: string | undefined) =>
      procedures.workload.week.queryOptions({
        input: week === undefined ? {} : { week },
        placeholderData: keepPreviousData,
      }),
    day: () => procedures.workload.day.queryOptions({ input: {} }),
    people: () => procedures.people.list.queryOptions({ input: {} }),
    ...accountPageQueries(procedures, client),
    /** Whose data is kept after a coverage, and what was removed. */
    customerData: () => procedures.customerData.list.queryOptions({ input: {} }),
    accounts: () => procedures.accounts.list.queryOptions({ input: {} }),
    issues: (accountId: number, state: 'opened' | 'closed' = 'opened') =>
      procedures.issues.list.queryOptions({ input: { accountId, state, limit: 200 } }),
    issue: ({
      kind,
      projectId,
      iid,
    }: {
      readonly kind: 'issue' | 'epic'
      readonly projectId: number
      readonly iid: number
    }) => procedures.issues.get.queryOptions({ input: { kind, projectId, iid } }),
    /** Everything that was raised, newest first. */
    alerts: ({ kinds, accountId, open = false }: AlertFilter) =>
      infiniteQueryOptions({
        queryKey: [...procedures.alerts.list.key({ type: 'infinite' }), { kinds, accountId, open }],
        queryFn: ({ pageParam, signal }) =>
          client.alerts.list(
            {
              limit: alertPageSize,
              open,
              ...(kinds ? { kinds: [...kinds] } : {}),
              ...(accountId ? { accountId } : {}),
              ...(pageParam === null ? {} : { beforeId: pageParam }),
            },
            { signal },
          ),
        initialPageParam: null as number | null,
        getNextPageParam: (page) => (page.more ? page.alerts.at(-1)?.id : undefined),
        placeholderData: keepPreviousData,
      }),
    /** Whether alerts are announced at present, and how many nobody opened. */
    alertsNow: () => procedures.alerts.list.queryOptions({ input: { limit: 1 }, refetchInterval: quietEveryMs }),
    snoozes: () => procedures.alerts.snoozes.queryOptions({ input: {} }),
    mutedAccounts: () => procedures.alerts.muted.queryOptions({ input: {} }),
    /** Projects of an account in which work can be written down, asked from GitLab. */
    workProjects: (accountId: number) =>
      procedures.issues.projects.queryOptions({ input: { accountId }, ...fromElsewhere }),
    /** Where a piece of work belongs; the answer depends on nothing but the text. */
    placeWork: (text: string) =>
      procedures.issues.placeWork.queryOptions({ input: { text }, staleTime: Infinity, gcTime: 0 }),
    syncStatus: () => procedures.sync.status.queryOptions({ input: {} }),
    settings: () => procedures.settings.get.queryOptions({ input: {} }),
    policies: () => procedures.settings.policies.queryOptions({ input: {} }),
    connections: () => procedures.connections.get.queryOptions({ input: {} }),
    /** The same with the meter kept up to date: calls are counted, not announced. */
    connectionsWithMeter: () => procedures.connections.get.queryOptions({ input: {}, refetchInterval: meterEveryMs }),
    /** Every change that is not settled yet, and how many there are of each kind. */
    unsettledChanges: () => procedures.outbox.list.queryOptions({ input: { unsettled: true, limit: 1000 } }),
    /** The last changes, settled ones too. */
    recentChanges: () => procedures.outbox.list.queryOptions({ input: { limit: 200 } }),
    /** What a change would do. Asked anew each time, because it depends on the ticket's present state. */
    preview: (intent: WriteIntent) =>
      procedures.outbox.preview.queryOptions({ input: { intents: [intent] }, staleTime: 0, gcTime: 0 }),
    /** Typed text is asked for while it is typed; an answer that nobody waits for any more is called off. */
    findOrganizations: (name: string) => procedures.accounts.find.queryOptions({ input: { name }, ...fromElsewhere }),
    findAgents: (name: string) => procedures.accounts.findAgents.queryOptions({ input: { name }, ...fromElsewhere }),
    /** What an account's project in GitLab has and lacks: asked from GitLab, again for whoever opens it again. */
    accountKit: (asked: { readonly accountId: number; readonly projectId?: number; readonly place?: string }) =>
      procedures.accountKits.look.queryOptions({ input: asked, staleTime: 0, gcTime: 0 }),
    organization: (id: number) => procedures.accounts.organization.queryOptions({ input: { id }, ...fromElsewhere }),
  }
}

type Procedures = ReturnType<typeof createTanstackQueryUtils<ServiceClient>>

/** What is written down of an account: its page, its organization note, its calls. */
function accountPageQueries(procedures: Procedures, client: ServiceClient) {
  return {
    /** The page of an account. */
    desk: (accountId: number) => procedures.desks.get.queryOptions({ input: { accountId } }),
    /** What taking something in would change on an account's page. */
    deskImport: (
      accountId: number,
      from: { readonly kind: 'text'; readonly text: string } | { readonly kind: 'organization-fields' },
    ) => procedures.desks.import.queryOptions({ input: { accountId, from, apply: false }, staleTime: 0, gcTime: 0 }),
    deskExport: (accountId: number, as: DeskShape) =>
      procedures.desks.export.queryOptions({ input: { accountId, as }, staleTime: 0, gcTime: 0 }),
    /** The Organizations project by its path, asked from GitLab. */
    organizationsProject: (path: string) =>
      procedures.orgNotes.findProject.queryOptions({ input: { path }, ...fromElsewhere }),
    /** Calls with an account, or all. */
    calls: (accountId: number | undefined) =>
      procedures.calls.list.queryOptions({ input: accountId === undefined ? {} : { accountId } }),
    call: (id: string) => procedures.calls.get.queryOptions({ input: { id } }),
    /** Action items of calls that are not done. */
    callActions: (accountId: number | undefined) =>
      procedures.calls.actions.queryOptions({ input: accountId === undefined ? {} : { accountId } }),
    /** What filing a call would write. Asked anew each time, because it depends on what is typed and stored. */
    callPreview: (id: string, projectId: number | null) =>
      procedures.calls.preview.queryOptions({ input: { id, projectId }, staleTime: 0, gcTime: 0 }),
    /** An account's organization note as it stands in Zendesk, with what is being written. */
    orgNote: (accountId: number) => procedures.orgNotes.get.queryOptions({ input: { accountId } }),
    /** What a text says; the answer depends on the text and on who the ASE is. */
    noteLint: (accountId: number, text: string) =>
      procedures.orgNotes.lint.queryOptions({ input: { accountId, text }, gcTime: 0 }),
    /** What asking for a note would write. Under a key of its own, because GitLab is not to be asked again with every change notice. */
    noteRequest: (asked: { readonly accountId: number; readonly text: string; readonly removal: boolean }) =>
      queryOptions({
        queryKey: ['org-note-request', asked],
        queryFn: ({ signal }) => client.orgNotes.previewMergeRequest(asked, { signal }),
        staleTime: 0,
        gcTime: 0,
      }),
  }
}

/** Asks again for what is shown of some areas. What is not shown is asked for when it is. */
export function refreshAreas(queryClient: QueryClient, queries: Queries, areas: readonly Area[]): void {
  for (const area of areas) void queryClient.invalidateQueries({ queryKey: queries.procedures[area].key() })
}
