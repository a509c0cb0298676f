import type { GitlabProject } from './issue.ts'
import { accounts } from './organizations.ts'
import type { Organization } from './organizations.ts'

/** A group: every part of a path above a project. Its id never changes. */
export interface GitlabGroup {
  readonly id: number
  readonly path: string
}

const reporter = 20
const developer = 30

/** Projects by account: the collaboration project first, then those in subgroups. */
export function projectsOf(account: Organization): readonly GitlabProject[] {
  const base = 58_000_000 + accounts.indexOf(account) * 1000
  const path = account.gitlabGroup ?? ''
  const project = (number: number, full: string): GitlabProject => ({
    id: base + number,
    path: full,
    formerPaths: [],
    isGone: false,
    visibility: 'private',
    accessLevel: account.key === 'kestrel' ? reporter : developer,
  })
  if (path.endsWith('/collaboration')) return [project(1, path)]
  return [project(1, `${path}/collaboration`), project(2, `${path}/projects/migration`)]
}

const own = (id: number, path: string): GitlabProject => ({
  id,
  path,
  formerPaths: [],
  isGone: false,
  visibility: 'internal',
  accessLevel: developer,
})

/** Projects of Support itself, which no customer sees: where coverage is asked for, and where notes of organizations are kept. */
export function supportProjects(): { readonly coverage: GitlabProject; readonly organizations: GitlabProject } {
  return {
    coverage: own(57_400_001, 'support/assigned-support-engineers'),
    organizations: own(57_400_002, 'support/organizations'),
  }
}

const allProjects = (): readonly GitlabProject[] => [
  ...accounts.flatMap(projectsOf),
  ...Object.values(supportProjects()),
]

/** Every group above a project, by full path. */
export const gitlabGroups: readonly GitlabGroup[] = [...new Set(allProjects().flatMap(({ path }) => ancestors(path)))]
  .sort()
  .map((path, index) => ({ id: 9_400_000 + index * 17, path }))

function ancestors(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** The projects of one world, which may be renamed, moved and lost. */
export function createProjects(): ReadonlyMap<number, GitlabProject> {
  return new Map(allProjects().map((project) => [project.id, project]))
}
