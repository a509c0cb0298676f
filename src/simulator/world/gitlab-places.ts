import type { GitlabProject } from './issue.ts'
import { accounts } from './organizations.ts'
import type { Organization } from './organizations.ts'

/** A group: every part of a path above a project. Its id never changes. */
export interface GitlabGroup {
  readonly id: number
  readonly path: string
}

/** Projects by account: the collaboration project first, then those in subgroups. */
export function projectsOf(account: Organization): readonly GitlabProject[] {
  const base = 58_000_000 + accounts.indexOf(account) * 1000
  const path = account.gitlabGroup ?? ''
  const project = (number: number, full: string): GitlabProject => ({
    id: base + number,
    path: full,
    formerPaths: [],
    isGone: false,
  })
  if (path.endsWith('/collaboration')) return [project(1, path)]
  return [project(1, `${path}/collaboration`), project(2, `${path}/projects/migration`)]
}

const openingPaths = accounts.flatMap(projectsOf).map(({ path }) => path)

/** Every group above a project, by full path. */
export const gitlabGroups: readonly GitlabGroup[] = [...new Set(openingPaths.flatMap(ancestors))]
  .sort()
  .map((path, index) => ({ id: 9_400_000 + index * 17, path }))

function ancestors(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** The projects of one world, which may be renamed, moved and lost. */
export function createProjects(): ReadonlyMap<number, GitlabProject> {
  return new Map(accounts.flatMap(projectsOf).map((project) => [project.id, project]))
}
