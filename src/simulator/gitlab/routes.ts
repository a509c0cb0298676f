import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { myUser } from '../world/gitlab-people.ts'
import type { GitlabGroup } from '../world/gitlab-places.ts'
import type { Epic } from '../world/issue.ts'
import { boardRoutes } from './boards.ts'
import { answerDirectory, groupProjects, memberRoutes } from './directory.ts'
import { answerGraphql } from './graphql.ts'
import { faultIn, selectIssues } from './issue-query.ts'
import { issueList, issueRoutes } from './issues.ts'
import { labelRoutes } from './labels.ts'
import { pageReply } from './listing.ts'
import { mergeRequestRoutes } from './merge-requests.ts'
import { noteList, writeNote } from './notes.ts'
import { currentUserJson, groupAt, groupJson, projectAt, projectJson } from './place-replies.ts'
import { epicJson } from './rendering.ts'
import { repositoryRoutes } from './repository.ts'
import type { ProjectRoute, RouteDeps } from './route-deps.ts'
import { notFound } from './route-deps.ts'

const projectRoutes: readonly ProjectRoute[] = [
  ['GET', /^$/, ({ project, request, world }) => json(projectJson(project, request.origin, world))],
  ...issueRoutes,
  ...labelRoutes,
  ...boardRoutes,
  ...repositoryRoutes,
  ...mergeRequestRoutes,
  ...memberRoutes,
]

const notAllowed = json({ error: '405 Not Allowed' }, 405)

/** Answers a request of somebody who is signed in. */
export function answerRoute(request: VendorRequest, deps: RouteDeps): VendorReply {
  const { longest_url: longest } = deps.switches.read()
  if (`${request.path}?${request.query.toString()}`.length > longest) {
    return { status: 414, text: '<html><head><title>414 Request-URI Too Large</title></head></html>' }
  }
  if (request.path === '/api/graphql') return answerGraphql(request, deps)
  const path = request.path.replace(/^\/api\/v4/, '')
  const [, kind, id = '', rest = ''] = /^\/(groups|projects)\/([^/]+)(\/.*)?$/.exec(path) ?? []
  const place = decodeURIComponent(id)
  if (kind === 'groups') return groupReply(request, place, rest, deps)
  if (kind === 'projects') return projectReply(request, place, rest, deps)
  if (request.method !== 'GET') return notAllowed
  if (path === '/version') return json({ version: '18.6.0-ee', revision: '5b1d7a2c9e0' })
  if (path === '/user') return json(currentUserJson(request.origin))
  return answerDirectory(request, path, deps) ?? notFound
}

function projectReply(request: VendorRequest, place: string, rest: string, deps: RouteDeps): VendorReply {
  const { project, reply } = projectAt(request, place, deps.world)
  if (!project) return reply
  const fitting = projectRoutes.filter(([, path]) => path.test(rest))
  const [, path, answer] = fitting.find(([method]) => method === request.method) ?? []
  if (!path || !answer) return fitting.length > 0 || request.method !== 'GET' ? notAllowed : notFound
  const [, ...parts] = path.exec(rest) ?? []
  return answer({ ...deps, request, project }, ...parts.map((part) => decodeURIComponent(part)))
}

function groupReply(request: VendorRequest, place: string, rest: string, deps: RouteDeps): VendorReply {
  const group = groupAt(place)
  if (!group) return json({ message: '404 Group Not Found' }, 404)
  const [, epicPart] = /^\/epics(\/.*|$)/.exec(rest) ?? []
  if (epicPart !== undefined) return epicReply(request, group, epicPart, deps)
  if (request.method !== 'GET') return notAllowed
  if (rest === '') return json(groupJson(group, request.origin))
  if (rest === '/projects') return groupProjects(request, group, deps)
  if (rest !== '/issues') return notFound
  const below = deps.world.issues.filter(({ project }) => project.path.startsWith(`${group.path}/`))
  return issueList(request, below, deps)
}

function epicReply(request: VendorRequest, group: GitlabGroup, rest: string, deps: RouteDeps): VendorReply {
  const { epics: way } = deps.switches.read()
  if (way === 'graphql') return notFound
  if (way === 'none') return json({ message: '403 Forbidden' }, 403)
  const seen = deps.world.epics.filter(({ isGone }) => !isGone)
  if (rest === '') {
    if (request.method !== 'GET') return notAllowed
    const below = seen.filter((epic) => epic.group.id === group.id || epic.group.path.startsWith(`${group.path}/`))
    return epicList(request, below, deps)
  }
  const own = seen.filter((epic) => epic.group.id === group.id)
  const [, number = '', notes] = /^\/(\d+)(\/notes)?$/.exec(rest) ?? []
  // An epic is shown by its number, and its notes by its id.
  const epic = own.find((one) => Number(number) === (notes === undefined ? one.iid : one.id))
  if (!epic) return json({ message: '404 Not found' }, 404)
  if (notes !== undefined && request.method === 'POST') return writeNote(request, epic, deps.world)
  if (request.method !== 'GET') return notAllowed
  return notes === undefined ? json(epicJson(epic, request.origin, deps.zendeskUrl())) : noteList(request, epic)
}

function epicList(request: VendorRequest, epics: readonly Epic[], deps: RouteDeps): VendorReply {
  const fault = faultIn(request.query)
  if (fault) return json({ error: fault }, 400)
  const chosen = selectIssues(epics, request.query, myUser().id)
  return pageReply(request, chosen, (epic) => epicJson(epic, request.origin, deps.zendeskUrl()))
}
