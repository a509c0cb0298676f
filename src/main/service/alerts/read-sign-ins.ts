import { signInHealth } from '#contract/connections.ts'
import { gitlabHealth } from '#contract/gitlab-connection.ts'
import type { ConnectedSources } from '../connections/connect-sources.ts'
import { readFact } from '../db/facts.ts'
import type { ReadDb } from '../db/sql.ts'
import type { OpenWorkspace } from '../workspace.ts'
import type { SignInStanding } from './standing-alerts.ts'

/** How the sign-ins of a workspace stand; none where only what is stored is read. */
export function readSignIns(
  db: ReadDb,
  { source }: Pick<OpenWorkspace, 'source'>,
  sources: Pick<ConnectedSources, 'zendesk' | 'gitlab'> | null,
): SignInStanding[] {
  if (!sources) return []
  const isReal = source.kind === 'real'
  const zendesk: SignInStanding = {
    host: 'Zendesk',
    endsAt: isReal ? (readFact(db, 'zendesk', 'health', signInHealth)?.endsAt ?? null) : null,
    renews: !isReal || source.zendesk.kind !== 'api-token',
    problem: sources.zendesk.standing().problem,
  }
  if (!isReal || !source.gitlab || !sources.gitlab) return [zendesk]
  return [
    zendesk,
    {
      host: 'GitLab',
      endsAt: readFact(db, 'gitlab', 'health', gitlabHealth)?.endsAt ?? null,
      renews: source.gitlab.kind !== 'token',
      problem: sources.gitlab.standing().problem,
    },
  ]
}
