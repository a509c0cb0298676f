import { z } from 'zod'
import type { VendorReply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import type { GitlabProject } from '../world/issue.ts'
import type { GitlabLabel } from '../world/labels.ts'
import { pageReply } from './listing.ts'
import { flag, readParams } from './params.ts'
import type { ProjectQuestion, ProjectRoute } from './route-deps.ts'
import { levels, refusedBelow } from './route-deps.ts'

/** Addresses of labels, below a project. */
export const labelRoutes: readonly ProjectRoute[] = [
  ['GET', /^\/labels$/, list],
  ['POST', /^\/labels$/, create],
  ['GET', /^\/labels\/([^/]+)$/, (asked, name) => withLabel(asked, name, (label) => json(labelJson(asked, label)))],
  ['POST', /^\/labels\/([^/]+)\/subscribe$/, (asked, name) => subscribe(asked, name, true)],
  ['POST', /^\/labels\/([^/]+)\/unsubscribe$/, (asked, name) => subscribe(asked, name, false)],
]

const missing = json({ message: '404 Label Not Found' }, 404)

const withLabel = (
  { world, project }: ProjectQuestion,
  name: string | undefined,
  then: (label: GitlabLabel) => VendorReply,
): VendorReply => {
  const label = world.labels.find(project, name ?? '')
  return label ? then(label) : missing
}

const listSchema = z.object({
  include_ancestor_groups: flag.default(true),
  with_counts: flag.default(false),
  search: z.string().optional(),
})

function list(asked: ProjectQuestion): VendorReply {
  const read = readParams(asked.request, listSchema)
  if (read.refusal) return read.refusal
  const { search = '', include_ancestor_groups: withGroups, with_counts: withCounts } = read.params
  const wanted = search.toLowerCase()
  const chosen = asked.world.labels
    .available(asked.project, withGroups)
    .filter(({ name, description }) => `${name}\n${description ?? ''}`.toLowerCase().includes(wanted))
  return pageReply(asked.request, chosen, (label) => ({
    ...labelJson(asked, label),
    ...(withCounts ? countsOf(asked, label) : {}),
  }))
}

const createSchema = z.object({
  name: z.string(),
  color: z.string(),
  description: z.string().nullish(),
})

function create(asked: ProjectQuestion): VendorReply {
  const { world, project } = asked
  const refusal = refusedBelow(asked, levels.reporter)
  if (refusal) return refusal
  const read = readParams(asked.request, createSchema)
  if (read.refusal) return read.refusal
  const { color, description } = read.params
  const name = read.params.name.trim()
  if (world.labels.available(project).some((label) => label.name === name)) {
    return json({ message: 'Label already exists' }, 409)
  }
  const faults = {
    ...(name === ''
      ? { title: ["can't be blank", 'is invalid'] }
      : name.includes(',')
        ? { title: ['is invalid'] }
        : {}),
    ...(isColor(color) ? {} : { color: ['must be a valid color code'] }),
  }
  if (Object.keys(faults).length > 0) return json({ message: faults }, 400)
  const owner = { kind: 'project', id: project.id } as const
  return json(labelJson(asked, world.labels.add({ name, color, description: description ?? null, owner })), 201)
}

// GitLab takes every name of CSS; these are enough to tell a name from a mistake.
const colorNames = ['black', 'blue', 'gray', 'green', 'orange', 'pink', 'purple', 'red', 'teal', 'white', 'yellow']

const isColor = (color: string): boolean =>
  /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(color) || colorNames.includes(color.toLowerCase())

function subscribe(asked: ProjectQuestion, name: string | undefined, wanted: boolean): VendorReply {
  const { labels } = asked.world
  return withLabel(asked, name, (label) => {
    if (labels.isSubscribed(asked.project, label) === wanted) return { status: 304 }
    labels.subscribe(asked.project, label, wanted)
    return json(labelJson(asked, label), 201)
  })
}

function labelJson({ world, project }: ProjectQuestion, label: GitlabLabel): Record<string, unknown> {
  const { id, name, color, description, owner } = label
  return {
    id,
    name,
    description,
    description_html: description ?? '',
    text_color: '#FFFFFF',
    color,
    archived: false,
    subscribed: world.labels.isSubscribed(project, label),
    priority: null,
    is_project_label: owner.kind === 'project',
  }
}

function countsOf({ world, project }: ProjectQuestion, { name }: GitlabLabel): Record<string, number> {
  const isHere = (issue: { readonly project: GitlabProject; readonly labels: readonly string[] }): boolean =>
    issue.project.id === project.id && issue.labels.includes(name)
  const own = world.issues.filter((issue) => isHere(issue) && !issue.isGone)
  const open = own.filter(({ state }) => state === 'opened').length
  return { open_issues_count: open, closed_issues_count: own.length - open, open_merge_requests_count: 0 }
}
