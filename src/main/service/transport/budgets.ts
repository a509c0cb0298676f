import { isNearlyUsedUp, type Allowance, type RateNotice } from './rate-headers.ts'

/** The account's allowance as the host last told it, at `asOf`. */
export interface AccountBudget {
  readonly limit: number
  readonly remaining: number
  readonly asOf: number
}

/** Keeps what a host told about its allowances, and says whose turn they hold back. */
export interface Budgets {
  /** Takes note of what an answer on a route told. */
  told(route: string, notice: RateNotice, now: number): void
  /** A call on this route goes out; until the host tells more, it is supposed to have cost one request. */
  sent(route: string): void
  /** Until when the whole host is left alone because the account's allowance is nearly used up, or 0. */
  accountHold(now: number): number
  /** The same for the allowances of the endpoint that a route belongs to, as far as its last answer told. */
  endpointHold(route: string, now: number): number
  readonly account: AccountBudget | null
}

interface Known extends Pick<Allowance, 'limit'> {
  readonly told: number
  readonly asOf: number
  readonly resetsAt: number
  /** Calls since it was told, answers that told nothing included. */
  spent: number
}

/** Creates the memory of one host's allowances. */
export function createBudgets(): Budgets {
  let account: Known | null = null
  const endpoints = new Map<string, Known>()
  const endpointsOfRoute = new Map<string, readonly string[]>()

  const known = (allowance: Allowance, before: Known | null | undefined, now: number): Known => ({
    limit: allowance.limit ?? before?.limit ?? null,
    told: allowance.remaining,
    asOf: now,
    resetsAt: now + allowance.resetsInMs,
    spent: 0,
  })

  const ofRoute = (route: string): readonly Known[] =>
    (endpointsOfRoute.get(route) ?? []).flatMap((name) => endpoints.get(name) ?? [])

  return {
    told(route, notice, now) {
      if (notice.account) account = known(notice.account, account, now)
      for (const [name, allowance] of notice.endpoints) endpoints.set(name, known(allowance, endpoints.get(name), now))
      if (notice.endpoints.size > 0) endpointsOfRoute.set(route, [...notice.endpoints.keys()])
    },
    sent(route) {
      if (account) account.spent += 1
      for (const endpoint of ofRoute(route)) endpoint.spent += 1
    },
    accountHold: (now) => holdOf(account, now),
    endpointHold: (route, now) => Math.max(0, ...ofRoute(route).map((endpoint) => holdOf(endpoint, now))),
    get account() {
      return account === null || account.limit === null
        ? null
        : { limit: account.limit, remaining: account.told, asOf: account.asOf }
    },
  }
}

function holdOf(budget: Known | null, now: number): number {
  if (budget === null || now >= budget.resetsAt) return 0
  return isNearlyUsedUp({ limit: budget.limit, remaining: budget.told - budget.spent }) ? budget.resetsAt : 0
}
