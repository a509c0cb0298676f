import { implement } from '@orpc/server'
import { contract } from '#contract/contract.ts'
import type { Settings } from '#contract/settings.ts'
import type { Policy } from '#core/policy/policy.ts'
import type { Connections } from '../connections/connections.ts'
import { readRoster, type Roster } from '../db/workspace.ts'
import type { HandoffDesk } from '../handoffs/handoff-desk.ts'
import { handoffMentions } from '../handoffs/handoff-mentions.ts'
import type { PlanSetting } from '../plans/plan-setting.ts'
import type { Policies } from '../policy/policies.ts'
import type { ServicePorts } from '../ports.ts'
import type { Session } from '../session.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { EventHub } from './event-hub.ts'
import { createViewpoint, type Viewpoint } from './ticket-views.ts'
import type { WorkloadFacts } from './workload-view.ts'

/** What the procedures reach for. */
export interface RouterDeps {
  readonly ports: ServicePorts
  readonly hub: EventHub
  readonly settings: SettingsStore<Settings>
  readonly policies: Policies
  /** The one in force. */
  readonly policy: () => Policy
  readonly connections: Connections
  /** The workspace that is served at this moment; asked for at every call, because connecting changes it. */
  readonly session: () => Session
}

/** Implements the contract; the procedures need no context. */
export const os = implement(contract)

/**
 * Looks at the workspace as it is now.
 *
 * @param at another time to look from: who is away, covers and is at work then.
 */
export function viewpointOf({ session, policy, settings }: RouterDeps, at?: number): Viewpoint {
  const { db, workspace, sources } = session()
  return createViewpoint(db, {
    policy: policy(),
    now: at ?? workspace.clock.now(),
    zendeskUrl: sources?.zendesk.url ?? null,
    emergencyMark: settings.get().emergencyMark,
  })
}

/** What plans are seen in as it is now. */
export function planSettingOf(deps: RouterDeps): PlanSetting {
  const { roster, policy, now } = viewpointOf(deps)
  const { podMemberIds } = deps.settings.get()
  return { roster, policy, now, podMemberIds, handoffs: (plan) => handoffMentions(handoffDeskOf(deps), plan) }
}

/** What handoffs are seen and changed in as it is now. */
export function handoffDeskOf({ session, settings }: RouterDeps): HandoffDesk {
  const { db, workspace } = session()
  return { db, roster: readRoster(db), now: workspace.clock.now(), emergencyMark: settings.get().emergencyMark }
}

/** Path of the project in which coverage issues are opened: the one that was set, else in the sample its own; null: none. */
export function coverageProjectOf(deps: RouterDeps): string | null {
  return deps.settings.get().coverageProject ?? sampleCoverageProject(deps)
}

/** Path of the project in which the sample opens coverage issues where none was set; null where another workspace is served. */
export function sampleCoverageProject({ session }: RouterDeps): string | null {
  const { source } = session().workspace
  return source.kind === 'sample' ? (source.simulator?.workspace.coverageProject ?? null) : null
}

/** What loads are reckoned from as it is now. */
export function workloadFactsOf(deps: RouterDeps): WorkloadFacts {
  const { roster, policy, now } = viewpointOf(deps)
  return { db: deps.session().db, roster, policy, now, setBaseline: deps.settings.get().baselinePerWeek }
}

/** The name of somebody who works here, or null. */
export function nameOf(personId: number | null, roster: Roster): string | null {
  return roster.people.find((person) => person.id === personId)?.name ?? null
}
