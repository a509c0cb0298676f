import type { GitlabApi } from '#service/gitlab/gitlab-api.ts'
import type { GitlabPage } from '#service/gitlab/gitlab-page.ts'
import type { Sources } from '#service/sync/create-sync.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import type { Transport } from '#service/transport/transport.ts'
import type { SlaPath } from '#service/zendesk/probe.ts'
import type { Page, ZendeskApi, ZendeskAt } from '#service/zendesk/zendesk-api.ts'
import { wednesday } from '#test/support/work-values.ts'

/** What a scripted source answers; a call that is left out answers with an empty last page. */
export interface SourceScript {
  readonly zendesk?: Partial<ZendeskApi>
  readonly gitlab?: Partial<GitlabApi> | null
  /** By which way SLA clocks are kept fresh; by ids when it is left out. */
  readonly slaPath?: SlaPath
}

/** A last page of rows. */
export function lastPage<Row>(...rows: readonly Row[]): Page<Row> {
  return { rows, users: [], next: null }
}

const ines = { id: 11, name: 'Ines', email: 'ines@support.example', role: 'agent', timeZone: 'Europe/Berlin' }

/** A Zendesk in which there is nothing; it knows every organization and every user it is asked for. */
export const silentZendesk: ZendeskApi = {
  me: async () => ({ ...ines, restriction: null, lightAgent: false }),
  user: async (id) => ({ ...ines, id }),
  organization: async (id) => ({
    id,
    name: `Organization ${id}`,
    notes: null,
    tags: [],
    fields: {},
    updatedAt: wednesday,
  }),
  organizationsNamed: async () => [],
  agentsNamed: async () => [],
  ticketForms: async () => [],
  allTickets: async () => lastPage(),
  ticketsOfOrganization: async () => lastPage(),
  ticketsOfOrganizationById: async () => lastPage(),
  ticketsAssignedTo: async () => lastPage(),
  ticketsWithCc: async () => lastPage(),
  ticketsFollowedBy: async () => lastPage(),
  ticketsByIds: async () => lastPage(),
  ticket: async (id) => {
    throw new RemoteFailure('not-found', `There is no ticket ${id}.`, { status: 404 })
  },
  liveTicketsBySearch: async () => ({ rows: [], users: [], next: null }),
  comments: async () => lastPage(),
  audits: async () => ({ ...lastPage(), resume: null }),
}

/** A last page of GitLab. */
export function lastOfGitlab<Row>(...rows: readonly Row[]): GitlabPage<Row> {
  return { rows, next: null, unchanged: false, asked: { address: '', etag: null } }
}

const notThere = () => Promise.reject(new RemoteFailure('not-found', 'It is not there.', { status: 404 }))

/** A GitLab in which every path is a group of nothing. */
export const silentGitlab: GitlabApi = {
  place: async (path) => ({ kind: 'group', id: path.length, path }),
  labelledIssues: async () => lastOfGitlab(),
  issuesByIid: async () => lastOfGitlab(),
  issue: notThere,
  project: async () => undefined,
  issueNotes: async () => lastOfGitlab(),
  probeEpics: async () => undefined,
  labelledEpics: async () => lastOfGitlab(),
  epic: notThere,
  epicNotes: async () => lastOfGitlab(),
}

/** Sources that answer as a test says, each call counted as a request and noted by name. */
export function scriptedSources(script: SourceScript): { readonly sources: Sources; readonly calls: string[] } {
  const calls: string[] = []
  const counters = { zendesk: 0, gitlab: 0 }
  const transportOf = (name: keyof typeof counters): Transport => ({
    request: () => Promise.reject(new Error('A scripted source makes no real request')),
    get requestCount() {
      return counters[name]
    },
    meter: () => ({
      requestsLastHour: counters[name],
      requestsLastMinute: counters[name],
      perMinute: null,
      budget: null,
      waiting: null,
      queued: 0,
    }),
    reachableAgain: () => undefined,
  })
  function noted<Api extends object>(name: keyof typeof counters, api: Api): Api {
    return new Proxy(api, {
      get(target, key) {
        const call = Reflect.get(target, key) as (...parameters: unknown[]) => unknown
        return (...parameters: unknown[]) => {
          counters[name] += 1
          calls.push(`${String(key)} ${String(parameters[0])}`)
          return call(...parameters)
        }
      },
    })
  }
  const zendesk = noted('zendesk', { ...silentZendesk, ...script.zendesk })
  const at: ZendeskAt = () => zendesk
  const gitlab: GitlabApi = { ...silentGitlab, ...script.gitlab }
  return {
    calls,
    sources: {
      zendesk: { api: at, transport: transportOf('zendesk'), slaPath: () => script.slaPath ?? 'show-many' },
      gitlab: script.gitlab === null ? null : { api: noted('gitlab', gitlab), transport: transportOf('gitlab') },
    },
  }
}
