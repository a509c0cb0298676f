import { z } from 'zod'

/** A project as far as writing in it is concerned. */
export interface GitlabProject {
  readonly id: number
  /** `group/subgroup/project`, as GitLab tells it now. */
  readonly path: string
  readonly url: string
  readonly visibility: 'private' | 'internal' | 'public'
  /** Null while its repository is empty. */
  readonly defaultBranch: string | null
  /** The role of whoever is signed in, as GitLab counts it (20 Reporter, 30 Developer, 40 Maintainer); null where it did not tell. */
  readonly accessLevel: number | null
}

/** A label as a project has it, its own or one of a group above it. */
export interface GitlabLabel {
  readonly id: number
  readonly name: string
  readonly subscribed: boolean
  readonly isProjectLabel: boolean
}

/** A board; `labels` is what it is scoped to, and each list that is of a label names it. */
export interface GitlabBoard {
  readonly id: number
  readonly name: string
  readonly url: string
  readonly labels: readonly string[]
  readonly lists: readonly { readonly id: number; readonly label: string | null }[]
}

const id = z.number().int().positive()
const access = z.object({ access_level: z.number().int().nullish() }).nullish()

/** A project. Lists of a group leave out the role of whoever is signed in; of two roles, the project's and its group's, the higher counts. */
export const wireProject = z
  .object({
    id,
    path_with_namespace: z.string(),
    web_url: z.url(),
    visibility: z.enum(['private', 'internal', 'public']),
    default_branch: z.string().nullish(),
    empty_repo: z.boolean().nullish(),
    permissions: z.object({ project_access: access, group_access: access }).nullish(),
  })
  .transform((wire): GitlabProject => {
    const { project_access: own, group_access: inherited } = wire.permissions ?? {}
    const levels = [own?.access_level, inherited?.access_level].filter((level) => level != null)
    return {
      id: wire.id,
      path: wire.path_with_namespace,
      url: wire.web_url,
      visibility: wire.visibility,
      defaultBranch: wire.empty_repo === true ? null : (wire.default_branch ?? null),
      accessLevel: levels.length === 0 ? null : Math.max(...levels),
    }
  })

/** A label as lists of a project and the answer to a new one give it. */
export const wireLabel = z
  .object({
    id,
    name: z.string(),
    subscribed: z.boolean().nullish(),
    is_project_label: z.boolean().nullish(),
  })
  .transform((wire): GitlabLabel => ({
    id: wire.id,
    name: wire.name,
    subscribed: wire.subscribed ?? false,
    isProjectLabel: wire.is_project_label ?? true,
  }))

const named = z.object({ name: z.string() })
const board = z.object({
  id,
  name: z.string(),
  project: z.object({ web_url: z.url() }).nullish(),
  /** What it is scoped to; told only where the licence includes that. */
  labels: z.array(named).nullish(),
  lists: z.array(z.object({ id, label: named.nullish() })).nullish(),
})

/** A board. @param projectUrl where its project is, for when GitLab does not tell. */
export const wireBoard = (projectUrl: string) =>
  board.transform((wire): GitlabBoard => ({
    id: wire.id,
    name: wire.name,
    url: wire.project ? `${wire.project.web_url}/-/boards/${wire.id}` : projectUrl,
    labels: wire.labels?.map(({ name }) => name) ?? [],
    lists: wire.lists?.map((list) => ({ id: list.id, label: list.label?.name ?? null })) ?? [],
  }))
