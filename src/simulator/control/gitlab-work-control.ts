import { z } from 'zod'
import type { VendorReply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { manager } from '../world/gitlab-people.ts'
import type { World } from '../world/world.ts'

type Order = readonly [path: RegExp, handle: (body: unknown, id: number) => VendorReply]

const ok = json({ ok: true })
const missing = (what: string): VendorReply => json({ error: `no such ${what}` }, 404)

const labelSchema = z.object({ name: z.string().min(1), description: z.string().nullable().default(null) }).strict()
const fileSchema = z
  .object({
    path: z.string().min(1),
    /** Null takes the file away. */
    content: z.string().nullable(),
    branch: z.string().min(1).optional(),
    message: z.string().min(1).default('Change by a colleague'),
  })
  .strict()
const requestSchema = z.object({ state: z.enum(['opened', 'closed']) }).strict()

/** Orders about labels, files and merge requests: what colleagues do to them. Ids are GitLab's own. */
export function gitlabWorkOrders(world: World): readonly Order[] {
  const { gitlab, labels, projects, repositories, mergeRequests } = world
  const requestOf = (id: number) => mergeRequests.all.find((one) => one.id === id)
  return [
    [
      /^\/gitlab\/projects\/(\d+)\/labels$/,
      (body, id) => {
        const { name, description } = labelSchema.parse(body)
        if (!projects.has(id)) return missing('project')
        const made = labels.add({ name, color: '#6699cc', description, owner: { kind: 'project', id } })
        return json({ id: made.id }, 201)
      },
    ],
    [
      /^\/gitlab\/labels\/(\d+)\/delete$/,
      (_, id) => {
        const label = labels.byId(id)
        if (!label) return missing('label')
        gitlab.deleteLabel(label)
        return ok
      },
    ],
    [
      /^\/gitlab\/projects\/(\d+)\/files$/,
      (body, id) => {
        const { path, content, branch, message } = fileSchema.parse(body)
        const project = projects.get(id)
        if (!project) return missing('project')
        const repository = repositories.of(project)
        const { defaultBranch } = repository
        const changes = new Map([[path, content === null ? null : Buffer.from(content, 'utf8')]])
        const about = { branch: branch ?? defaultBranch, startBranch: defaultBranch, message, author: manager }
        return json({ id: repositories.commit(repository, { ...about, changes }).id }, 201)
      },
    ],
    [
      /^\/gitlab\/merge_requests\/(\d+)$/,
      (body, id) => {
        const request = requestOf(id)
        if (!request) return missing('merge request')
        if (request.state === 'merged') return json({ error: 'the merge request is merged' }, 409)
        mergeRequests.change(request, requestSchema.parse(body), manager)
        return ok
      },
    ],
    [
      /^\/gitlab\/merge_requests\/(\d+)\/merge$/,
      (_, id) => {
        const request = requestOf(id)
        if (!request) return missing('merge request')
        if (mergeRequests.merge(request, manager)) return ok
        return json({ error: 'the merge request is not open, or its branches changed the same file' }, 409)
      },
    ],
  ]
}
