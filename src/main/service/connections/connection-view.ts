import type { contract } from '#contract/contract.ts'
import {
  pollPlan,
  signInHealth,
  zendeskProbe,
  type PendingSignIn,
  type ZendeskConnection,
} from '#contract/connections.ts'
import { gitlabHealth, type GitlabConnection, type PendingGitlabSignIn } from '#contract/gitlab-connection.ts'
import type { InferContractRouterOutputs } from '@orpc/contract'
import { readFact } from '../db/facts.ts'
import { expiryWarning } from '../gitlab/expiry-warning.ts'
import { modeWords } from '../gitlab/mode-words.ts'
import type { ServicePorts } from '../ports.ts'
import type { Session } from '../session.ts'

/** What the window shows of connections. */
export type ConnectionsView = InferContractRouterOutputs<typeof contract>['connections']['get']

/** How everything that is connected stands at this moment. */
export function connectionsView(context: {
  readonly session: Session
  readonly pending: PendingSignIn | null
  readonly pendingGitlab: PendingGitlabSignIn | null
  readonly ports: ServicePorts
}): ConnectionsView {
  const { session, pending, pendingGitlab, ports } = context
  return {
    zendesk: zendeskView(session),
    signIn: pending,
    gitlab: gitlabView(session),
    gitlabSignIn: pendingGitlab,
    vault: ports.vault.describe(),
    canUseSession: ports.signInWindow !== undefined,
    now: session.workspace.clock.now(),
  }
}

/** The person's own Zendesk, or null while the sample is shown. */
export function zendeskView({ workspace, sources, db }: Session): ZendeskConnection | null {
  const { source } = workspace
  if (source.kind === 'sample') return null
  const { url, kind, email, user } = source.zendesk
  const standing = sources?.zendesk.standing() ?? { state: 'ready', problem: null }
  return {
    url,
    kind,
    email,
    user,
    ...standing,
    health: readFact(db, 'zendesk', 'health', signInHealth),
    probe: readFact(db, 'zendesk', 'probe', zendeskProbe),
    meter: sources?.zendesk.transport.meter() ?? idleMeter,
    pollPlan: readFact(db, 'zendesk', 'poll-plan', pollPlan),
  }
}

/** The GitLab that was added to the person's own workspace, or null. */
export function gitlabView({ workspace, sources, db }: Session): GitlabConnection | null {
  const { source, clock } = workspace
  if (source.kind === 'sample' || !source.gitlab) return null
  const { url, kind, user } = source.gitlab
  const standing = sources?.gitlab?.standing() ?? { state: 'ready', problem: null }
  const health = readFact(db, 'gitlab', 'health', gitlabHealth)
  const mode = health?.mode ?? 'read-write'
  return {
    url,
    kind,
    user,
    mode,
    modeWords: modeWords[mode],
    ...standing,
    warning: expiryWarning(health?.endsAt ?? null, clock.now()),
    health,
    meter: sources?.gitlab?.transport.meter() ?? idleMeter,
  }
}

/** Where only what is stored is read, nothing is called. */
const idleMeter: ZendeskConnection['meter'] = {
  requestsLastHour: 0,
  requestsLastMinute: 0,
  perMinute: null,
  budget: null,
  waiting: null,
  queued: 0,
}
