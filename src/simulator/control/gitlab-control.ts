import { z } from 'zod'
import { gitlabSettingsSchema } from '../gitlab/settings.ts'
import type { GitlabSwitches } from '../gitlab/settings.ts'
import type { VendorReply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { gitlabUsers, myUser } from '../world/gitlab-people.ts'
import type { GitlabProject } from '../world/issue.ts'
import type { World } from '../world/world.ts'
import { gitlabWorkOrders } from './gitlab-work-control.ts'

export interface GitlabControlDeps {
  readonly world: World
  readonly gitlabSwitches: GitlabSwitches
}

type Order = readonly [path: RegExp, handle: (body: unknown, id: number) => VendorReply | Promise<VendorReply>]

const ok = json({ ok: true })
const missing = (what: string): VendorReply => json({ error: `no such ${what}` }, 404)

const userId = z.number().int().optional()
const openSchema = z
  .object({
    title: z.string().min(1),
    description: z.string().nullable().default(null),
    labels: z.array(z.string()).default([]),
    author_id: userId,
  })
  .strict()
const changeSchema = z
  .object({
    title: z.string().min(1),
    state: z.enum(['opened', 'closed']),
    description: z.string().nullable(),
    labels: z.array(z.string()),
    is_gone: z.boolean(),
    touch: z.boolean(),
  })
  .partial()
  .strict()
const noteSchema = z
  .object({ body: z.string().min(1), internal: z.boolean().default(false), author_id: userId })
  .strict()
const moveSchema = z.object({ project_id: z.number().int() }).strict()
const projectSchema = z
  .object({
    path: z.string().min(1),
    is_gone: z.boolean(),
    /** What we may do in it: 10 guest, 20 reporter, 30 developer, 40 maintainer. */
    access_level: z.number().int().min(0).max(50),
    /** From which of these levels on one may push to the default branch. */
    push_level: z.number().int().min(30).max(50),
    /** Takes everything out of the repository. */
    empty: z.literal(true),
  })
  .partial()
  .strict()

/** Orders about GitLab: how it is set up, and what people do to issues, epics and projects there. Ids are GitLab's own. */
export function gitlabOrders({ world, gitlabSwitches }: GitlabControlDeps): readonly Order[] {
  const { gitlab, projects } = world
  const by = myUser()
  const userOf = (id: number | undefined) => gitlabUsers.find((user) => user.id === id) ?? by
  const issueOf = (id: number) => world.issues.find((issue) => issue.id === id)
  const itemOf = (id: number) => issueOf(id) ?? world.epics.find((epic) => epic.id === id)
  return [
    ...gitlabWorkOrders(world),
    [/^\/gitlab$/, (body) => json(gitlabSwitches.set(gitlabSettingsSchema.parse(body)))],
    [
      /^\/gitlab\/projects\/(\d+)\/issues$/,
      (body, id) => {
        const { title, description, labels, author_id: authorId } = openSchema.parse(body)
        const author = userOf(authorId)
        const project = projects.get(id)
        if (!project) return missing('project')
        const issue = gitlab.open(project, { title, description, labels, author, assignees: [author] })
        return json({ id: issue.id, iid: issue.iid }, 201)
      },
    ],
    [
      /^\/gitlab\/projects\/(\d+)$/,
      (body, id) => {
        const wanted = projectSchema.parse(body)
        const project = projects.get(id)
        if (!project) return missing('project')
        changeProject(project, wanted, world)
        return ok
      },
    ],
    [
      /^\/gitlab\/items\/(\d+)$/,
      (body, id) => {
        const { is_gone: isGone, ...parts } = changeSchema.parse(body)
        const item = itemOf(id)
        if (!item) return missing('issue or epic')
        const named = Object.entries({ ...parts, isGone }).filter(([, value]) => value !== undefined)
        gitlab.change(item, Object.fromEntries(named), by)
        return ok
      },
    ],
    [
      /^\/gitlab\/items\/(\d+)\/notes$/,
      (body, id) => {
        const { body: text, internal, author_id: authorId } = noteSchema.parse(body)
        const item = itemOf(id)
        if (!item) return missing('issue or epic')
        return json({ id: gitlab.note(item, { author: userOf(authorId), text, internal }).id }, 201)
      },
    ],
    [
      /^\/gitlab\/items\/(\d+)\/move$/,
      (body, id) => {
        const project = projects.get(moveSchema.parse(body).project_id)
        const issue = issueOf(id)
        if (!project || !issue) return missing('issue or project')
        const moved = gitlab.move(issue, project, by)
        return json({ id: moved.id, iid: moved.iid }, 201)
      },
    ],
  ]
}

function changeProject(
  project: GitlabProject,
  wanted: z.infer<typeof projectSchema>,
  { gitlab, repositories }: World,
): void {
  const { path, is_gone: isGone, access_level: accessLevel, push_level: pushLevel, empty } = wanted
  const repository = repositories.of(project)
  if (path !== undefined) gitlab.rename(project, path)
  if (isGone !== undefined) gitlab.lose(project, isGone)
  if (accessLevel !== undefined) project.accessLevel = accessLevel
  if (pushLevel !== undefined) repository.pushLevel = pushLevel
  if (empty) repositories.empty(repository)
}
