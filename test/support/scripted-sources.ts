import type { GitlabApi } from '#service/gitlab/gitlab-api.ts'
import type { Sources } from '#service/sync/create-sync.ts'
import type { Transport } from '#service/transport/transport.ts'
import type { Page, ZendeskApi } from '#service/zendesk/zendesk-api.ts'
import { wednesday } from '#test/support/work-values.ts'

/** What a scripted source answers; a call that is left out answers with an empty last page. */
export interface SourceScript {
  readonly zendesk?: Partial<ZendeskApi>
  readonly gitlab?: Partial<GitlabApi> | null
}

/** A last page of rows. */
export function lastPage<Row>(...rows: readonly Row[]): Page<Row> {
  return { rows, users: [], next: null }
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
  const zendesk: ZendeskApi = {
    me: async () => ({ id: 11, name: 'Ines', role: 'agent' }),
    organization: async (id) => ({ id, name: `Organization ${id}`, notes: null, tags: [], updatedAt: wednesday }),
    ticketsOfOrganization: async () => lastPage(),
    ticketsAssignedTo: async () => lastPage(),
    comments: async () => lastPage(),
    ...script.zendesk,
  }
  const gitlab: GitlabApi = { labelledIssues: async () => ({ issues: [], next: null }), ...script.gitlab }
  return {
    calls,
    sources: {
      zendesk: { api: noted('zendesk', zendesk), transport: transportOf('zendesk') },
      gitlab: script.gitlab === null ? null : { api: noted('gitlab', gitlab), transport: transportOf('gitlab') },
    },
  }
}
