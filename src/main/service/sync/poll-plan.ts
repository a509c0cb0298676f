import type { PollPlan } from '#contract/connections.ts'

/** What polling by one list of all tickets was found to cost. */
export interface PollMeasure {
  /** Running mean of requests a poll; null before the first one. */
  readonly pages: number | null
  /** Why that list cannot be used, or null. */
  readonly refused: 'forbidden' | 'too-long' | null
  /** When it was last used or tried, ms; 0 when never. */
  readonly at: number
}

/** Nothing was found out yet. */
export const unmeasured: PollMeasure = { pages: null, refused: null, at: 0 }

/** What a plan is made from. */
export interface PollNeeds {
  /** Accounts that were read to the end once. */
  readonly ready: number
  readonly accounts: number
  readonly measure: PollMeasure
  /** Time of the service's clock, ms. */
  readonly now: number
}

const hourMs = 3_600_000
/** Weight of the latest poll in the running mean. */
const weight = 0.2

/** The longest reading of the list of all tickets that is still worth it: more than asking for each organization, and a few. */
export function mostPages(ready: number): number {
  return ready + 3
}

/** The measure after a poll by the list of all tickets that took so many pages. Older than an hour, it begins anew. */
export function measured(before: PollMeasure, pages: number, now: number): PollMeasure {
  const goesOn = before.pages !== null && before.refused === null && now - before.at < hourMs
  const mean = goesOn && before.pages !== null ? before.pages * (1 - weight) + pages * weight : pages
  return { pages: mean, refused: null, at: now }
}

/**
 * Chooses how tickets are polled: by one list of all tickets, or by the list of each organization, whichever takes fewer
 * requests and is allowed. What was found out counts for an hour.
 */
export function choosePollPlan({ ready, accounts, measure, now }: PollNeeds): PollPlan {
  const perOrganization = (words: string): PollPlan => ({
    mode: 'per-organization',
    words: `Per organization: ${words}`,
  })
  const each = `${ready} ${ready === 1 ? 'request' : 'requests'} a poll`
  if (accounts === 0) return perOrganization('there is no account yet.')
  if (ready < accounts && ready < 2)
    return perOrganization(`${accounts - ready} of ${accounts} accounts are being read for the first time.`)
  if (ready < 2) return perOrganization('there is one account, so one request a poll.')
  const isRecent = measure.at > 0 && now - measure.at < hourMs
  if (isRecent && measure.refused === 'forbidden') {
    return perOrganization(`${each}; this sign-in may not list all tickets.`)
  }
  const pages = measure.pages === null ? null : measure.pages.toFixed(1).replace(/\.0$/, '')
  if (isRecent && measure.refused === 'too-long') {
    return perOrganization(`${each}; one list of all tickets took more than ${mostPages(ready)}.`)
  }
  if (isRecent && measure.pages !== null && measure.pages >= ready) {
    return perOrganization(`${each}; one list of all tickets takes about ${pages}.`)
  }
  return {
    mode: 'all-tickets',
    words:
      pages === null
        ? `One list of all tickets: not measured yet; per organization it would be ${each}.`
        : `One list of all tickets: about ${pages} ${pages === '1' ? 'request' : 'requests'} a poll; per organization it would be ${ready}.`,
  }
}
