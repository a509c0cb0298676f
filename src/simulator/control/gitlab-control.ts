import { z } from 'zod'
import { gitlabSettingsSchema } from '../gitlab/settings.ts'
import type { GitlabSwitches } from '../gitlab/settings.ts'
import type { VendorReply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { engineerUser } from '../world/issues.ts'
import { me } from '../world/people.ts'
import type { World } from '../world/world.ts'

export interface GitlabControlDeps {
  readonly world: World
  readonly gitlabSwitches: GitlabSwitches
}

type Order = readonly [path: RegExp, handle: (body: unknown, id: number) => VendorReply | Promise<VendorReply>]

const ok = json({ ok: true })
const missing = (what: string): VendorReply => json({ error: `no such ${what}` }, 404)

const openSchema = z.object({ title: z.string().min(1), labels: z.array(z.string()).default([]) }).strict()
const changeSchema = z
  .object({
    title: z.string().min(1),
    state: z.enum(['opened', 'closed']),
    labels: z.array(z.string()),
    is_gone: z.boolean(),
    touch: z.boolean(),
  })
  .partial()
  .strict()
const noteSchema = z.object({ body: z.string().min(1), internal: z.boolean().default(false) }).strict()
const moveSchema = z.object({ project_id: z.number().int() }).strict()
const projectSchema = z
  .object({ path: z.string().min(1), is_gone: z.boolean() })
  .partial()
  .strict()

/** Orders about GitLab: how it is set up, and what people do to issues, epics and projects there. Ids are GitLab's own. */
export function gitlabOrders({ world, gitlabSwitches }: GitlabControlDeps): readonly Order[] {
  const { gitlab, projects } = world
  const by = engineerUser(me.id)
  const issueOf = (id: number) => world.issues.find((issue) => issue.id === id)
  const itemOf = (id: number) => issueOf(id) ?? world.epics.find((epic) => epic.id === id)
  return [
    [/^\/gitlab$/, (body) => json(gitlabSwitches.set(gitlabSettingsSchema.parse(body)))],
    [
      /^\/gitlab\/projects\/(\d+)\/issues$/,
      (body, id) => {
        const { title, labels } = openSchema.parse(body)
        const project = projects.get(id)
        if (!project) return missing('project')
        const issue = gitlab.open(project, title, labels, by)
        return json({ id: issue.id, iid: issue.iid }, 201)
      },
    ],
    [
      /^\/gitlab\/projects\/(\d+)$/,
      (body, id) => {
        const { path, is_gone: isGone } = projectSchema.parse(body)
        const project = projects.get(id)
        if (!project) return missing('project')
        if (path !== undefined) gitlab.rename(project, path)
        if (isGone !== undefined) gitlab.lose(project, isGone)
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
        const { body: text, internal } = noteSchema.parse(body)
        const item = itemOf(id)
        if (!item) return missing('issue or epic')
        return json({ id: gitlab.note(item, { author: by, text, internal }).id }, 201)
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
