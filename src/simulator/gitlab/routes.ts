import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { engineerUser } from '../world/issues.ts'
import type { Epic, Issue, WorkItem } from '../world/issue.ts'
import { me } from '../world/people.ts'
import { answerGraphql } from './graphql.ts'
import { faultIn, selectIssues } from './issue-query.ts'
import { pageReply } from './listing.ts'
import { currentUserJson, groupAt, groupJson, projectAt, projectJson } from './place-replies.ts'
import { epicJson, issueJson, noteJson } from './rendering.ts'
import type { World } from '../world/world.ts'
import type { RouteDeps } from './route-deps.ts'

const notFound = json({ error: '404 Not Found' }, 404)

/** Answers a request of somebody who is signed in. */
export function answerRoute(request: VendorRequest, deps: RouteDeps): VendorReply {
  const { longest_url: longest } = deps.switches.read()
  if (`${request.path}?${request.query.toString()}`.length > longest) {
    return { status: 414, text: '<html><head><title>414 Request-URI Too Large</title></head></html>' }
  }
  if (request.path === '/api/graphql') return answerGraphql(request, deps)
  const isSubscribing = request.method === 'POST' && /\/labels\/[^/]+\/(un)?subscribe$/.test(request.path)
  if (request.method !== 'GET' && !isSubscribing) return json({ error: '405 Not Allowed' }, 405)
  const path = request.path.replace(/^\/api\/v4/, '')
  if (path === '/version') return json({ version: '18.6.0-ee', revision: '5b1d7a2c9e0' })
  if (path === '/user') return json(currentUserJson(request.origin))
  const [, kind, id = '', rest = ''] = /^\/(groups|projects)\/([^/]+)(\/.*)?$/.exec(path) ?? []
  const place = decodeURIComponent(id)
  if (kind === 'groups') return groupReply(request, place, rest, deps)
  return kind === 'projects' ? projectReply(request, place, rest, deps) : notFound
}

function groupReply(request: VendorRequest, place: string, rest: string, deps: RouteDeps): VendorReply {
  const group = groupAt(place)
  if (!group) return json({ message: '404 Group Not Found' }, 404)
  if (rest === '') return json(groupJson(group, request.origin))
  if (rest === '/issues') {
    const below = deps.world.issues.filter(({ project }) => project.path.startsWith(`${group.path}/`))
    return issueList(request, below, deps)
  }
  if (!rest.startsWith('/epics')) return notFound
  const { epics: way } = deps.switches.read()
  if (way === 'graphql') return notFound
  if (way === 'none') return json({ message: '403 Forbidden' }, 403)
  const seen = deps.world.epics.filter(({ isGone }) => !isGone)
  if (rest === '/epics') {
    const below = seen.filter((epic) => epic.group.id === group.id || epic.group.path.startsWith(`${group.path}/`))
    return epicList(request, below, deps)
  }
  const own = seen.filter((epic) => epic.group.id === group.id)
  const [, number = '', notes] = /^\/epics\/(\d+)(\/notes)?$/.exec(rest) ?? []
  // An epic is shown by its number, and its notes by its id.
  const epic = own.find((one) => Number(number) === (notes === undefined ? one.iid : one.id))
  if (!epic) return json({ message: '404 Not found' }, 404)
  return notes === undefined ? json(epicJson(epic, request.origin, deps.zendeskUrl())) : noteList(request, epic)
}

function projectReply(request: VendorRequest, place: string, rest: string, deps: RouteDeps): VendorReply {
  const { project, reply } = projectAt(request, place, deps.world)
  if (!project) return reply
  if (rest === '') return json(projectJson(project, request.origin))
  const own = deps.world.issues.filter((issue) => issue.project.id === project.id)
  if (rest === '/issues') return issueList(request, own, deps)
  const [, label, un] = /^\/labels\/([^/]+)\/(un)?subscribe$/.exec(rest) ?? []
  if (label !== undefined) return subscribe(deps.world, project.id, decodeURIComponent(label), un === undefined)
  const [, number, notes] = /^\/issues\/(\d+)(\/notes)?$/.exec(rest) ?? []
  if (number === undefined) return notFound
  const issue = own.find((one) => one.iid === Number(number) && !one.isGone)
  if (!issue) return json({ message: '404 Not found' }, 404)
  return notes === undefined ? json(issueJson(issue, request.origin, deps.zendeskUrl())) : noteList(request, issue)
}

function issueList(request: VendorRequest, issues: readonly Issue[], deps: RouteDeps): VendorReply {
  const fault = faultIn(request.query)
  if (fault) return json({ error: fault }, 400)
  const seen = issues.filter((issue) => !issue.isGone && !issue.project.isGone)
  const chosen = selectIssues(seen, request.query, engineerUser(me.id).id)
  const by = request.query.get('order_by') === 'updated_at' ? 'updatedAt' : 'createdAt'
  const isAscending = request.query.get('sort') === 'asc' && deps.switches.read().keyset
  const keyOf = (issue: Issue): string => `${String(issue[by]).padStart(16, '0')} ${String(issue.id).padStart(16, '0')}`
  const cut = deps.switches.read().keyset ? { ...request, query: new URLSearchParams(request.query) } : request
  if (isAscending) cut.query.set('pagination', 'keyset')
  return pageReply(
    cut,
    chosen,
    (issue) => issueJson(issue, request.origin, deps.zendeskUrl()),
    isAscending ? keyOf : null,
  )
}

function epicList(request: VendorRequest, epics: readonly Epic[], deps: RouteDeps): VendorReply {
  const fault = faultIn(request.query)
  if (fault) return json({ error: fault }, 400)
  const chosen = selectIssues(epics, request.query, engineerUser(me.id).id)
  return pageReply(request, chosen, (epic) => epicJson(epic, request.origin, deps.zendeskUrl()))
}

function noteList(request: VendorRequest, item: WorkItem): VendorReply {
  const direction = request.query.get('sort') === 'asc' ? 1 : -1
  const isWanted = ({ system }: WorkItem['notes'][number]): boolean => {
    const filter = request.query.get('activity_filter') ?? 'all_notes'
    return filter === 'all_notes' || system === (filter === 'only_activity')
  }
  const notes = item.notes
    .filter((note) => isWanted(note))
    .toSorted((a, b) => (a.createdAt - b.createdAt || a.id - b.id) * direction)
  return pageReply(request, notes, (note) => noteJson(note, item, request.origin))
}

/** Subscribes to a label or takes that back; 304 where it is so already. A label is there when some issue has it. */
function subscribe(world: World, projectId: number, title: string, wanted: boolean): VendorReply {
  const isLabel = world.issues.some((issue) => issue.project.id === projectId && issue.labels.includes(title))
  if (!isLabel) return json({ message: '404 Label Not Found' }, 404)
  const name = `${projectId} ${title}`
  if (world.subscribedLabels.has(name) === wanted) return { status: 304 }
  if (wanted) world.subscribedLabels.add(name)
  else world.subscribedLabels.delete(name)
  return json({ name: title, subscribed: wanted, is_project_label: true }, 201)
}
