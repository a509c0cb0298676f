import { MINUTE, SECOND } from '../time.ts'

/** What is left of an allowance of requests. */
export interface BudgetState {
  readonly limit: number
  readonly remaining: number
  /** Seconds until the allowance is full again, at least 1. */
  readonly resetsIn: number
  readonly exceeded: boolean
}

interface BudgetOptions {
  readonly limit: () => number
  /** Where windows are counted, in ms: the wall clock or the simulated one. */
  readonly now: () => number
  readonly windowMs?: number
  /** What somebody else spends of each window. */
  readonly others?: () => number
}

/** Counts requests by the minute, or by another window; `key` keeps separate counts. */
export function createRequestBudget({ limit, now, windowMs = MINUTE, others = () => 0 }: BudgetOptions) {
  const used = new Map<string | number, number>()
  let counted = Number.NaN
  const read = (key: string | number, more: number): BudgetState => {
    const instant = now()
    const current = Math.floor(instant / windowMs)
    if (current !== counted) {
      counted = current
      used.clear()
    }
    const own = (used.get(key) ?? 0) + more
    const spent = own + others()
    used.set(key, own)
    const resetsIn = Math.max(1, Math.ceil(((current + 1) * windowMs - instant) / SECOND))
    return { limit: limit(), remaining: Math.max(0, limit() - spent), resetsIn, exceeded: spent > limit() }
  }
  return {
    /** Counts one request. */
    spend: (key: string | number = ''): BudgetState => read(key, 1),
    /** What is left, without a request. */
    look: (key: string | number = ''): BudgetState => read(key, 0),
  }
}

export type RequestBudget = ReturnType<typeof createRequestBudget>
