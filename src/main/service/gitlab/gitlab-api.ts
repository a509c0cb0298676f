import { EpicNotes, Epics, Groups, IssueNotes, Issues, Projects } from '@gitbeaker/rest'
import { z } from 'zod'
import type { Issue, IssueNote } from '#core/issues/issue.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { RemoteRequest, RemoteResponse } from '../transport/transport.ts'
import { followingMoves } from './following-moves.ts'
import { allowedQuery, createGitlabClient, type GitlabAnswer, type KnownEtag } from './gitlab-client.ts'
import { graphqlEpicNotes, graphqlEpics } from './graphql-epics.ts'
import type { GitlabPage } from './gitlab-page.ts'
import { readGitlab } from './read-gitlab.ts'
import { toNotes, wireEpic, wireIssue, wireNote } from './wire-issues.ts'

/** Where an account's proactive work lies. The id stays when the group or project is renamed or moved. */
export interface GitlabPlace {
  readonly kind: 'group' | 'project'
  readonly id: number
  /** Its full path, as GitLab tells it now. */
  readonly path: string
}

/** Where to begin or to go on in a list of issues: at an instant (inclusive), with a next page, or null for its beginning. */
export type ListPlace =
  | { readonly since: number }
  | { readonly createdSince: number }
  | { readonly next: string }
  | null

/** By which way the epics of a host are read. */
export type EpicsWay = 'rest' | 'graphql'

/** What Understudy reads from GitLab. Every call throws `RemoteFailure` when it fails. */
export interface GitlabApi {
  /** The group or project with this full path, or the project with this number. A project that was moved is found where it is now. */
  place(path: string): Promise<GitlabPlace>
  /** Issues with a label in a group (subgroups included) or a project: those that changed longest ago first, or the oldest first. */
  labelledIssues(
    place: GitlabPlace,
    label: string,
    from: ListPlace,
    order?: 'changed' | 'created',
    known?: KnownEtag,
  ): Promise<GitlabPage<Issue>>
  /** Issues of a project by their numbers, whatever labels they have. Too many are refused with a 414. */
  issuesByIid(projectId: number, iids: readonly number[], known?: KnownEtag): Promise<GitlabPage<Issue>>
  issue(projectId: number, iid: number): Promise<Issue>
  /** Whether a project can be seen at all; throws `not-found` where not. */
  project(projectId: number): Promise<void>
  /** What people wrote on an issue, oldest first. */
  issueNotes(projectId: number, iid: number, next: string | null): Promise<GitlabPage<IssueNote>>
  /** Finds out whether epics of a group are told, by a way. Throws where not. */
  probeEpics(way: EpicsWay, group: GitlabPlace): Promise<void>
  /** Epics with a label in a group and the groups below it, oldest first. */
  labelledEpics(way: EpicsWay, group: GitlabPlace, label: string, next: string | null): Promise<GitlabPage<Issue>>
  /** @param group the epic's own group. */
  epic(way: EpicsWay, group: Pick<GitlabPlace, 'id' | 'path'>, iid: number): Promise<Issue>
  epicNotes(
    way: EpicsWay,
    group: Pick<GitlabPlace, 'id' | 'path'>,
    epic: Pick<Issue, 'id' | 'iid'>,
    next: string | null,
  ): Promise<GitlabPage<IssueNote>>
}

/** What the connector needs. */
export interface GitlabApiOptions {
  /** The host, with the path below which GitLab lives where there is one, without a slash at its end. */
  readonly url: string
  /** Makes a call that carries the sign-in. */
  readonly send: (request: RemoteRequest) => Promise<RemoteResponse>
}

const perPage = 100
const namedPlace = z.object({ id: z.number().int().positive(), full_path: z.string() })
const namedProject = z.object({ id: z.number().int().positive(), path_with_namespace: z.string() })

/** Creates the GitLab connector: gitbeaker's resources over our transport, which brings timeout, Retry-After and headers. */
export function createGitlabApi({ url, send }: GitlabApiOptions): GitlabApi {
  const client = createGitlabClient(url, send)

  const projectAt = (path: string): Promise<GitlabPlace> =>
    followingMoves(path, async (id) => {
      const { body } = await client.call((options) => new Projects(options).show(id))
      const project = readGitlab('a project', namedProject, body)
      return { kind: 'project', id: project.id, path: project.path_with_namespace }
    })

  return {
    async place(path) {
      // A number is what Zendesk keeps of a collaboration project; a group may have the same one.
      if (/^\d+$/.test(path)) return projectAt(path)
      try {
        const { body } = await client.call((options) => new Groups(options).show(path))
        const group = readGitlab('a group', namedPlace, body)
        return { kind: 'group', id: group.id, path: group.full_path }
      } catch (error) {
        if (!(error instanceof RemoteFailure) || error.kind !== 'not-found') throw error
        return projectAt(path)
      }
    },
    async labelledIssues(place, label, from, order = 'changed', known) {
      const query = from !== null && 'next' in from ? allowedQuery(from.next) : firstQuery(label, from, order)
      const target = place.kind === 'group' ? { groupId: place.id } : { projectId: place.id }
      // The library's types name each key; ours are GitLab's own, checked before they are sent.
      const answer = await client.call((options) => new Issues(options).all({ ...target, ...query } as never), known)
      return pageOf('issues', wireIssue, answer)
    },
    async issuesByIid(projectId, iids, known) {
      const query = { iids: [...iids], state: 'all', scope: 'all', per_page: String(perPage) }
      const answer = await client.call((options) => new Issues(options).all({ projectId, ...query } as never), known)
      return pageOf('issues', wireIssue, answer)
    },
    async issue(projectId, iid) {
      const { body } = await client.call((options) => new Issues(options).show(iid, { projectId }))
      return readGitlab('an issue', wireIssue, body)
    },
    async project(projectId) {
      const { body } = await client.call((options) => new Projects(options).show(projectId))
      readGitlab('a project', namedProject, body)
    },
    async issueNotes(projectId, iid, next) {
      const answer = await client.call((options) => new IssueNotes(options).all(projectId, iid, notesQuery(next)))
      return notesOf(answer)
    },
    async probeEpics(way, group) {
      if (way === 'graphql') await graphqlEpics(client, group, { label: null, first: 1, after: null })
      else await client.call((options) => new Epics(options).all(group.id, { per_page: '1', state: 'all' } as never))
    },
    async labelledEpics(way, group, label, next) {
      if (way === 'graphql') return graphqlEpics(client, group, { label, first: perPage, after: next })
      const first = {
        ...{ labels: label, state: 'all', order_by: 'created_at', sort: 'asc', per_page: String(perPage) },
        ...{ include_descendant_groups: 'true', include_ancestor_groups: 'false' },
      }
      const query = next === null ? first : allowedQuery(next)
      const answer = await client.call((options) => new Epics(options).all(group.id, query as never))
      return pageOf('epics', wireEpic, answer)
    },
    async epic(way, group, iid) {
      if (way === 'graphql') {
        const { rows } = await graphqlEpics(client, group, { label: null, first: 1, after: null, iid })
        if (rows[0]) return rows[0]
        throw new RemoteFailure('not-found', 'GitLab does not have this epic, or does not let you see it.')
      }
      const { body } = await client.call((options) => new Epics(options).show(group.id, iid))
      return readGitlab('an epic', wireEpic, body)
    },
    async epicNotes(way, group, epic, next) {
      if (way === 'graphql') return graphqlEpicNotes(client, group, epic.iid, next)
      const answer = await client.call((options) => new EpicNotes(options).all(group.id, epic.id, notesQuery(next)))
      return notesOf(answer)
    },
  }
}

function firstQuery(
  label: string,
  from: { readonly since: number } | { readonly createdSince: number } | null,
  order: 'changed' | 'created',
) {
  return {
    ...{ labels: label, state: 'all', scope: 'all', issue_type: 'issue' },
    ...{ order_by: order === 'changed' ? 'updated_at' : 'created_at', sort: 'asc', per_page: String(perPage) },
    ...(from && 'since' in from ? { updated_after: new Date(from.since).toISOString() } : {}),
    ...(from && 'createdSince' in from ? { created_after: new Date(from.createdSince).toISOString() } : {}),
  }
}

function notesQuery(next: string | null) {
  if (next !== null) return allowedQuery(next)
  return { activity_filter: 'only_comments', order_by: 'created_at', sort: 'asc', per_page: String(perPage) }
}

function notesOf(answer: GitlabAnswer): GitlabPage<IssueNote> {
  const { rows, ...page } = pageOf('notes', wireNote, answer)
  return { ...page, rows: toNotes(rows) }
}

function pageOf<Row extends z.ZodType>(what: string, row: Row, answer: GitlabAnswer): GitlabPage<z.output<Row>> {
  const { unchanged, next, address, etag } = answer
  const rows = unchanged ? [] : readGitlab(what, z.array(row), answer.body)
  return { rows, next: unchanged ? null : next, unchanged, asked: { address, etag } }
}
