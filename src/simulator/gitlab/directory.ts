import { z } from 'zod'
import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import type { GitlabMember } from '../world/gitlab-people.ts'
import { gitlabUsers, membersOf } from '../world/gitlab-people.ts'
import type { GitlabGroup } from '../world/gitlab-places.ts'
import type { GitlabProject, GitlabUser } from '../world/issue.ts'
import { pageReply } from './listing.ts'
import { flag, readParams, whole } from './params.ts'
import { projectJson } from './place-replies.ts'
import { userBasicJson } from './rendering.ts'
import type { ProjectQuestion, ProjectRoute, RouteDeps } from './route-deps.ts'

/** Addresses of members, below a project. */
export const memberRoutes: readonly ProjectRoute[] = [['GET', /^\/members\/all$/, members]]

function members({ request, project }: ProjectQuestion): VendorReply {
  const query = (request.query.get('query') ?? '').toLowerCase()
  const chosen = membersOf(project)
    .filter(({ user }) => isCalled(user, query))
    .map((member) => ({ ...member, id: member.user.id }))
  return pageReply(request, chosen, (member) => memberJson(member, request.origin))
}

const isCalled = ({ name, username }: GitlabUser, query: string): boolean =>
  `${name}\n${username}`.toLowerCase().includes(query)

const memberJson = ({ user, accessLevel }: GitlabMember, origin: string): Record<string, unknown> => ({
  ...userBasicJson(user, origin),
  access_level: accessLevel,
  created_at: '2023-02-01T09:00:00.000Z',
  expires_at: null,
  membership_state: 'active',
})

/** Users by their name here, or by words of their names. */
function userList(request: VendorRequest): VendorReply {
  const username = request.query.get('username')?.toLowerCase()
  const search = (request.query.get('search') ?? '').toLowerCase()
  const chosen = gitlabUsers.filter((user) =>
    username === undefined ? isCalled(user, search) : user.username.toLowerCase() === username,
  )
  return pageReply(request, chosen, (user) => userBasicJson(user, request.origin))
}

const listSchema = z.object({
  search: z.string().default(''),
  archived: flag.default(false),
  include_subgroups: flag.default(false),
  with_shared: flag.default(true),
  membership: flag.default(false),
  min_access_level: whole.default(0),
})

function projectList(
  request: VendorRequest,
  deps: RouteDeps,
  isWanted: (project: GitlabProject, subgroups: boolean) => boolean,
  withRights: boolean,
): VendorReply {
  const read = readParams(request, listSchema)
  if (read.refusal) return read.refusal
  const { search, archived, include_subgroups: subgroups, min_access_level: least } = read.params
  const word = search.toLowerCase()
  const chosen = [...deps.world.projects.values()]
    .filter((project) => !project.isGone && !archived && project.accessLevel >= least)
    // A project is found by its own name; with a slash in what is sought, by the names above it too.
    .filter(({ path }) => (word.includes('/') ? path : (path.split('/').at(-1) ?? '')).toLowerCase().includes(word))
    .filter((project) => isWanted(project, subgroups))
    .toSorted((a, b) => b.id - a.id)
  return pageReply(request, chosen, (project) => {
    const { permissions, ...rest } = projectJson(project, request.origin, deps.world)
    return withRights ? { ...rest, permissions } : rest
  })
}

/** The projects of a group; those of its subgroups when that is asked for. */
export function groupProjects(request: VendorRequest, group: GitlabGroup, deps: RouteDeps): VendorReply {
  const isBelow = ({ path }: GitlabProject, subgroups: boolean): boolean => {
    const rest = path.startsWith(`${group.path}/`) ? path.slice(group.path.length + 1) : ''
    return rest !== '' && (subgroups || !rest.includes('/'))
  }
  return projectList(request, deps, isBelow, false)
}

/** Every project that we can see. */
function allProjects(request: VendorRequest, deps: RouteDeps): VendorReply {
  return projectList(request, deps, () => true, true)
}

/** Answers what is asked of users and projects in general; undefined for another path. */
export function answerDirectory(request: VendorRequest, path: string, deps: RouteDeps): VendorReply | undefined {
  if (path === '/projects') return allProjects(request, deps)
  if (path === '/users') return userList(request)
  const id = /^\/users\/(\d+)$/.exec(path)?.[1]
  if (id === undefined) return undefined
  const user = gitlabUsers.find((one) => String(one.id) === id)
  return user ? json(userBasicJson(user, request.origin)) : json({ message: '404 User Not Found' }, 404)
}
