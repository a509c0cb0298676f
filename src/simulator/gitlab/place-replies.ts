import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { gitlabGroups } from '../world/gitlab-places.ts'
import type { GitlabGroup } from '../world/gitlab-places.ts'
import type { GitlabProject } from '../world/issue.ts'
import { engineerUser } from '../world/issues.ts'
import { me } from '../world/people.ts'
import type { World } from '../world/world.ts'
import { userBasicJson } from './rendering.ts'

/** Who is signed in. */
export function currentUserJson(origin: string): Record<string, unknown> {
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

/** The group with this id or full path. */
export function groupAt(place: string): GitlabGroup | undefined {
  return gitlabGroups.find(({ id, path }) => path === place || String(id) === place)
}

/** A project as it was asked for, or the answer that it is elsewhere or not there for us. */
export function projectAt(
  request: VendorRequest,
  place: string,
  { projects }: World,
): { readonly project: GitlabProject; readonly reply: null } | { readonly project: null; readonly reply: VendorReply } {
  const all = [...projects.values()]
  const project = all.find(({ id, path }) => String(id) === place || path === place)
  if (project && !project.isGone) return { project, reply: null }
  const moved = project ? undefined : all.find(({ formerPaths, isGone }) => !isGone && formerPaths.includes(place))
  if (!moved) return { project: null, reply: json({ message: '404 Project Not Found' }, 404) }
  const rest = request.path.slice(`/api/v4/projects/${encodeURIComponent(place)}`.length)
  const query = request.query.size === 0 ? '' : `?${request.query.toString()}`
  const location = `${request.origin}/api/v4/projects/${moved.id}${rest}${query}`
  return { project: null, reply: { status: 301, text: 'This resource has been moved', headers: { location } } }
}

/** A group as it is shown by itself. */
export function groupJson({ path, id }: GitlabGroup, origin: string): Record<string, unknown> {
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
    parent_id: groupAt(parent)?.id ?? null,
    created_at: '2023-02-01T09:00:00.000Z',
  }
}

/** A project as it is shown by itself. We are direct members of the customers' projects, and members of Support's by its group. */
export function projectJson(project: GitlabProject, origin: string, { repositories }: World): Record<string, unknown> {
  const { path, id, visibility, accessLevel } = project
  const { defaultBranch, branches } = repositories.of(project)
  const isEmpty = branches.size === 0
  const above = path.split('/').slice(0, -1)
  const access = { access_level: accessLevel, notification_level: 3 }
  const isOurs = visibility === 'internal'
  return {
    id,
    description: null,
    name: path.split('/').at(-1),
    name_with_namespace: path.replaceAll('/', ' / '),
    path: path.split('/').at(-1),
    path_with_namespace: path,
    created_at: '2023-02-01T09:00:00.000Z',
    default_branch: isEmpty ? null : defaultBranch,
    web_url: `${origin}/${path}`,
    http_url_to_repo: `${origin}/${path}.git`,
    readme_url: isEmpty ? null : `${origin}/${path}/-/blob/${defaultBranch}/README.md`,
    namespace: {
      id: groupAt(above.join('/'))?.id ?? null,
      name: above.at(-1),
      path: above.at(-1),
      kind: 'group',
      full_path: above.join('/'),
    },
    visibility,
    archived: false,
    empty_repo: isEmpty,
    issues_enabled: true,
    merge_requests_enabled: true,
    permissions: { project_access: isOurs ? null : access, group_access: isOurs ? access : null },
  }
}
