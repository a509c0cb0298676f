import type { World } from '../world/world.ts'
import type { GitlabSwitches } from './settings.ts'

/** What answering needs. */
export interface RouteDeps {
  readonly world: World
  readonly switches: GitlabSwitches
  readonly zendeskUrl: () => string
}
