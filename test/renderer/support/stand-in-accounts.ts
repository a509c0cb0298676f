import type { AccountPolicy, AccountRow, PolicyOverrideChanges } from '#contract/accounts.ts'
import { now } from './fixtures.ts'
import { shippedPolicy } from './rules-fixtures.ts'
import type { StandInImplementer } from './stand-in-implementer.ts'
import type { StandInState } from './stand-in-state.ts'

/** Finds, follows, changes and forgets accounts as the service does. */
export function accountProcedures(os: StandInImplementer, state: StandInState) {
  const { accounts } = os
  const begins = (name: string, typed: string) => name.toLowerCase().startsWith(typed.toLowerCase())
  const nameOf = (id: number | null) =>
    [state.status.me, ...state.agents].find((agent) => agent?.id === id)?.name ?? null
  const overridden = (policy: AccountPolicy, changes: PolicyOverrideChanges = {}): AccountPolicy => {
    const said = { byName: state.status.me?.name ?? null, setAt: now }
    const { reductionPerAccount: reduction, notAssignedToAse: whose } = changes
    return {
      reductionPerAccount:
        reduction === undefined
          ? policy.reductionPerAccount
          : { ...policy.reductionPerAccount, own: reduction && { ...reduction, ...said } },
      notAssignedToAse:
        whose === undefined
          ? policy.notAssignedToAse
          : { ...policy.notAssignedToAse, own: whose && { ...whose, ...said } },
    }
  }
  return {
    list: accounts.list.handler(() => ({ accounts: state.accounts, now })),
    find: accounts.find.handler(({ input }) => ({
      organizations: state.organizations
        .filter(({ name }) => begins(name, input.name))
        .map(({ id, name, followed }) => ({ id, name, followed })),
    })),
    organization: accounts.organization.handler(({ input, errors }) => {
      const found = state.organizations.find(({ id }) => id === input.id)
      if (!found) throw errors.NOT_FOUND({ data: { what: 'organization', id: String(input.id) } })
      return found
    }),
    findAgents: accounts.findAgents.handler(({ input }) => ({
      agents: state.agents.filter(({ name }) => begins(name, input.name)),
    })),
    add: accounts.add.handler(({ input }) => {
      const { organizationId: id, ...link } = input
      const account: AccountRow = {
        ...link,
        id,
        name: state.organizations.find((organization) => organization.id === id)?.name ?? `Organization ${id}`,
        aseName: nameOf(link.aseId),
        relation: link.aseId === state.status.me?.id ? 'own' : 'other',
        policy: shippedPolicy,
        openTickets: 0,
        openIssues: 0,
        freshness: { ticketsSyncedAt: null, issuesSyncedAt: null, problem: null },
      }
      state.accounts = [...state.accounts, account]
      return account
    }),
    change: accounts.change.handler(({ input, errors }) => {
      const { id, policyOverrides, ...changes } = input
      const account = state.accounts.find((candidate) => candidate.id === id)
      if (!account) throw errors.NOT_FOUND({ data: { what: 'account', id: String(id) } })
      const named = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
      const changed: AccountRow = { ...account, ...named, policy: overridden(account.policy, policyOverrides) }
      const after = { ...changed, aseName: nameOf(changed.aseId) ?? account.aseName }
      state.accounts = state.accounts.map((candidate) => (candidate.id === id ? after : candidate))
      return after
    }),
    remove: accounts.remove.handler(({ input }) => {
      state.accounts = state.accounts.filter(({ id }) => id !== input.id)
      return {}
    }),
  }
}
