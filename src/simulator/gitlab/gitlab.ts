import { createHash } from 'node:crypto'
import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import type { Vendor } from '../http/vendor-server.ts'
import { MINUTE, SECOND } from '../time.ts'
import type { Issue } from '../world/issue.ts'
import { engineerUser, projectsOf } from '../world/issues.ts'
import { accounts } from '../world/organizations.ts'
import { me } from '../world/people.ts'
import type { World } from '../world/world.ts'
import { faultIn, selectIssues } from './issue-query.ts'
import { issueJson, userBasicJson } from './rendering.ts'

export interface GitlabDeps {
  readonly world: World
  readonly token: string
}

const projects = accounts.flatMap(projectsOf)

/** Every group above a project, by full path, with an id that never changes. */
const groups: ReadonlyMap<string, number> = new Map(
  [...new Set(projects.flatMap(({ path }) => ancestors(path)))]
    .sort()
    .map((path, index) => [path, 9_400_000 + index * 17]),
)

function ancestors(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** GitLab as a member of the customers' groups sees it: the REST API below `/api/v4`. */
export function createGitlab({ world, token }: GitlabDeps): Vendor {
  return {
    target: 'gitlab',
    answer(request) {
      const bearer = (request.headers.authorization ?? '').replace(/^Bearer /, '')
      if (![request.headers['private-token'], bearer].includes(token)) return json({ message: '401 Unauthorized' }, 401)
      if (request.method !== 'GET') return json({ error: '405 Not Allowed' }, 405)
      return withETag(route(request, world), request)
    },
    failure: (status) =>
      status === 401
        ? { message: '401 Unauthorized' }
        : status === 403
          ? {
              error: 'insufficient_scope',
              error_description: 'The request requires higher privileges than provided by the access token.',
            }
          : { message: { error: 'Too many requests. Please try again later.' } },
    budgetHeaders: ({ limit, remaining, resetsIn }) => ({
      'ratelimit-limit': String(limit),
      'ratelimit-name': 'throttle_authenticated_api',
      'ratelimit-observed': String(limit - remaining),
      'ratelimit-remaining': String(remaining),
      'ratelimit-reset': String(Math.ceil((Math.floor(Date.now() / MINUTE) * MINUTE + MINUTE) / SECOND)),
      ...(remaining === 0 ? { 'ratelimit-resettime': new Date(Date.now() + resetsIn * SECOND).toUTCString() } : {}),
      vary: 'Origin',
    }),
  }
}

function route(request: VendorRequest, world: World): VendorReply {
  const path = request.path.replace(/^\/api\/v4/, '')
  if (path === '/version') return json({ version: '18.6.0-ee', revision: '5b1d7a2c9e0' })
  if (path === '/user') return json(currentUser(request.origin))
  const match = /^\/(groups|projects)\/([^/]+)(\/issues)?$/.exec(path)
  if (!match) return json({ error: '404 Not Found' }, 404)
  const [, kind, id = '', isList] = match
  const place = decodeURIComponent(id)
  if (kind === 'groups') {
    const full = [...groups].find(([name, number]) => name === place || String(number) === place)
    if (!full) return json({ message: '404 Group Not Found' }, 404)
    if (!isList) return json(groupJson(full[0], full[1], request.origin))
    return listIssues(
      request,
      world.issues.filter((issue) => issue.project.path.startsWith(`${full[0]}/`)),
    )
  }
  const project = projects.find((one) => one.path === place || String(one.id) === place)
  if (!project) return json({ message: '404 Project Not Found' }, 404)
  if (!isList) return json(projectJson(project.path, project.id, request.origin))
  return listIssues(
    request,
    world.issues.filter((issue) => issue.project.id === project.id),
  )
}

function listIssues(request: VendorRequest, issues: readonly Issue[]): VendorReply {
  const { query, origin } = request
  const fault = faultIn(query)
  if (fault) return json({ error: fault }, 400)
  const page = Math.max(1, Number(query.get('page') ?? 1))
  const perPage = Math.min(100, Math.max(1, Number(query.get('per_page') ?? 20)))
  const chosen = selectIssues(issues, query, engineerUser(me.id).id)
  const pages = Math.max(1, Math.ceil(chosen.length / perPage))
  const at = (number: number): string => {
    const changed = new URLSearchParams(query)
    changed.set('page', String(number))
    changed.set('per_page', String(perPage))
    return `${origin}${request.path}?${changed.toString()}`
  }
  const links = [
    ...(page > 1 ? [`<${at(page - 1)}>; rel="prev"`] : []),
    ...(page < pages ? [`<${at(page + 1)}>; rel="next"`] : []),
    `<${at(1)}>; rel="first"`,
    `<${at(pages)}>; rel="last"`,
  ]
  const rows = chosen.slice((page - 1) * perPage, page * perPage)
  return json(
    rows.map((issue) => issueJson(issue, origin)),
    200,
    {
      link: links.join(', '),
      'x-page': String(page),
      'x-per-page': String(perPage),
      'x-next-page': page < pages ? String(page + 1) : '',
      'x-prev-page': page > 1 ? String(page - 1) : '',
      'x-total': String(chosen.length),
      'x-total-pages': String(pages),
    },
  )
}

function withETag(reply: VendorReply, request: VendorRequest): VendorReply {
  if (reply.status !== 200) return reply
  const tag = `W/"${createHash('md5').update(JSON.stringify(reply.json)).digest('hex')}"`
  const headers = { ...reply.headers, etag: tag, 'cache-control': 'max-age=0, private, must-revalidate' }
  if (request.headers['if-none-match'] === tag) return { status: 304, headers }
  return { ...reply, headers }
}

function currentUser(origin: string): Record<string, unknown> {
  const user = engineerUser(me.id)
  return {
    ...userBasicJson(user, origin),
    created_at: '2021-04-12T08:11:02.000Z',
    bio: '',
    location: '',
    organization: '',
    job_title: 'Support Engineer',
    bot: false,
    last_sign_in_at: null,
    confirmed_at: '2021-04-12T08:15:44.000Z',
    email: me.email,
    two_factor_enabled: true,
    external: false,
    private_profile: false,
    commit_email: me.email,
  }
}

function groupJson(path: string, id: number, origin: string): Record<string, unknown> {
  const parent = path.split('/').slice(0, -1).join('/')
  return {
    id,
    web_url: `${origin}/groups/${path}`,
    name: path.split('/').at(-1),
    path: path.split('/').at(-1),
    description: '',
    visibility: 'private',
    full_name: path.replaceAll('/', ' / '),
    full_path: path,
    parent_id: groups.get(parent) ?? null,
    created_at: '2023-02-01T09:00:00.000Z',
  }
}

function projectJson(path: string, id: number, origin: string): Record<string, unknown> {
  return {
    id,
    description: null,
    name: path.split('/').at(-1),
    name_with_namespace: path.replaceAll('/', ' / '),
    path: path.split('/').at(-1),
    path_with_namespace: path,
    created_at: '2023-02-01T09:00:00.000Z',
    default_branch: 'main',
    web_url: `${origin}/${path}`,
    visibility: 'private',
    archived: false,
    issues_enabled: true,
  }
}
