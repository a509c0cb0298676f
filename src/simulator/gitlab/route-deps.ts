import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import type { GitlabProject } from '../world/issue.ts'
import type { World } from '../world/world.ts'
import type { GitlabSwitches } from './settings.ts'

/** What answering needs. */
export interface RouteDeps {
  readonly world: World
  readonly switches: GitlabSwitches
  readonly zendeskUrl: () => string
}

/** What was asked about one project. */
export interface ProjectQuestion extends RouteDeps {
  readonly request: VendorRequest
  readonly project: GitlabProject
}

/** A method, the path below a project, and who answers; the parts in brackets of the path come decoded. */
export type ProjectRoute = readonly [
  method: string,
  path: RegExp,
  answer: (asked: ProjectQuestion, ...parts: readonly string[]) => VendorReply,
]

/** What is not at this address. */
export const notFound = json({ error: '404 Not Found' }, 404)

/** The refusal of somebody whose level in the project is too low; null when it suffices. */
export function refusedBelow({ project }: ProjectQuestion, level: 10 | 20 | 30 | 40): VendorReply | null {
  return project.accessLevel < level ? json({ message: '403 Forbidden' }, 403) : null
}

/** What may be done from which level on. */
export const levels = { guest: 10, reporter: 20, developer: 30, maintainer: 40 } as const

/** Whether we may push to a branch: developers may to every one but those that are protected from them. */
export function mayPush({ world, project }: ProjectQuestion, name: string): boolean {
  const { defaultBranch, pushLevel } = world.repositories.of(project)
  return project.accessLevel >= (name === defaultBranch ? pushLevel : levels.developer)
}
