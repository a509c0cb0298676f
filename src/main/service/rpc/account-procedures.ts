import type { AccountPolicy, AccountRow } from '#contract/accounts.ts'
import type { PolicyOverride } from '#core/policy/policy-overrides.ts'
import {
  addAccount,
  changeAccount,
  findAgents,
  findOrganizations,
  organizationDetails,
  removeAccount,
} from '../accounts/accounts.ts'
import { labelScope, organizationScope, readCursor } from '../db/cursors.ts'
import { openIssuesOf } from '../db/read-issues.ts'
import { liveTicketsOf } from '../db/read-tickets.ts'
import type { StoredAccount } from '../db/workspace.ts'
import { Refusal } from '../refusal.ts'
import type { ZendeskAt } from '../zendesk/zendesk-api.ts'
import { answering } from './answering.ts'
import { nameOf, os, viewpointOf, type RouterDeps } from './router-deps.ts'
import { relationTo, type Viewpoint } from './ticket-views.ts'

/** The accounts of the workspace, and which organizations become one. */
export function accountProcedures(deps: RouterDeps) {
  return {
    accounts: {
      list: os.accounts.list.handler(() => {
        const view = viewpointOf(deps)
        const order = { covering: 0, own: 1, other: 2 }
        const accounts = view.roster.accounts
          .map((account) => toAccountRow(account, view))
          .toSorted((a, b) => order[a.relation] - order[b.relation] || a.name.localeCompare(b.name))
        return { accounts, now: view.now }
      }),
      find: os.accounts.find.handler(({ input, errors }) =>
        answering(errors, async () => ({ organizations: await findOrganizations(source(deps), input.name) })),
      ),
      findAgents: os.accounts.findAgents.handler(({ input, errors }) =>
        answering(errors, async () => ({ agents: await findAgents(source(deps), input.name) })),
      ),
      organization: os.accounts.organization.handler(({ input, errors }) =>
        answering(errors, () => organizationDetails(source(deps), input.id)),
      ),
      add: os.accounts.add.handler(({ input, errors }) =>
        answering(errors, async () => {
          await addAccount(source(deps), input)
          return changed(deps, input.organizationId)
        }),
      ),
      change: os.accounts.change.handler(({ input, errors }) =>
        answering(errors, async () => {
          await changeAccount(source(deps), input)
          return changed(deps, input.id)
        }),
      ),
      remove: os.accounts.remove.handler(({ input, errors }) =>
        answering(errors, async () => {
          const { db, workspace, customerData } = deps.session()
          customerData.forget(input.id, removeAccount(db, input.id, workspace.clock.now()))
          for (const kind of ['accounts', 'tickets', 'issues', 'sync'] as const) deps.hub.publish(kind)
          return {}
        }),
      ),
    },
  }
}

/** What the accounts are asked from. */
function source(deps: RouterDeps) {
  const { db, sources, workspace } = deps.session()
  const zendesk: ZendeskAt = (urgency) => {
    if (!sources) throw new Refusal('refused', 'Nothing is connected here, so Zendesk cannot be asked.')
    return sources.zendesk.api(urgency)
  }
  return { db, zendesk, now: () => workspace.clock.now() }
}

const missing = (id: number) => ({ missing: { what: 'organization', id: String(id) } })

/** The account after a change; its tickets are read at once. */
function changed(deps: RouterDeps, id: number): AccountRow {
  const { sync } = deps.session()
  deps.hub.publish('accounts', [id])
  sync.wake()
  const view = viewpointOf(deps)
  const account = view.roster.accounts.find((candidate) => candidate.id === id)
  if (!account) throw new Refusal('not-found', `Organization ${id} is not followed.`, missing(id))
  return toAccountRow(account, view)
}

function toAccountRow(account: StoredAccount, view: Viewpoint): AccountRow {
  const { db } = view
  const tickets = readCursor(db, 'zendesk', organizationScope(account.id))
  const issues = readCursor(db, 'gitlab', labelScope(account.id))
  return {
    id: account.id,
    name: account.name,
    aseId: account.aseId,
    aseName: nameOf(account.aseId, view.roster),
    aseSince: account.aseSince,
    label: account.label,
    gitlabGroup: account.gitlabGroup,
    relation: relationTo(account.id, view.roster, view.now),
    policy: policyOf(account, view),
    openTickets: liveTicketsOf(db, account.id),
    openIssues: openIssuesOf(db, account.id),
    freshness: {
      ticketsSyncedAt: tickets.completedAt,
      issuesSyncedAt: issues.completedAt,
      problem: tickets.problem ?? issues.problem,
    },
  }
}

function policyOf({ policyOverrides }: StoredAccount, { roster, policy }: Viewpoint): AccountPolicy {
  const own = <Value>(override: PolicyOverride<Value> | undefined) => {
    if (!override) return null
    const { value, why, setAt } = override
    return { value, why, byName: nameOf(override.byId, roster), setAt }
  }
  return {
    reductionPerAccount: {
      policyValue: policy.covering.reductionPerAccount,
      own: own(policyOverrides.reductionPerAccount),
    },
    notAssignedToAse: {
      policyValue: policy.contributing.notAssignedToAse,
      own: own(policyOverrides.notAssignedToAse),
    },
  }
}
