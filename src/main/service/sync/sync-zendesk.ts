import type { Roster } from '../db/workspace.ts'
import { createLookUps } from './look-up-tickets.ts'
import { createPolling, type PollOptions } from './poll-tickets.ts'
import { createDetails } from './read-details.ts'
import { createMyTickets } from './read-my-tickets.ts'
import { organizationJobs } from './read-organizations.ts'
import { createLiveRefresh } from './refresh-live.ts'
import { createSweeps } from './sweep-organizations.ts'
import type { SyncJob } from './sync-job.ts'
import type { ZendeskSync } from './zendesk-sync.ts'

/** What keeping in step with Zendesk needs beside what its jobs share. */
export interface ZendeskJobsOptions extends PollOptions {
  /** How far back the tickets I took are wanted, as an instant. */
  readonly workSince: () => number
}

/** Everything that keeps the database in step with Zendesk. */
export interface ZendeskJobs {
  jobs(roster: Roster): SyncJob[]
  /** How long it is from one poll to the next at present, ms. */
  everyMs(): number
  /** A person wants to know now: tries again what was put off after failures. */
  askAgain(): void
}

/** Creates the jobs of Zendesk: tickets, conversations, clocks, my own work, and what became of tickets no list shows. */
export function createZendeskJobs(sync: ZendeskSync, options: ZendeskJobsOptions): ZendeskJobs {
  const polling = createPolling(sync, options)
  const lookUps = createLookUps(sync)
  const details = createDetails(sync)
  const live = createLiveRefresh(sync)
  const mine = createMyTickets(sync, options.workSince)
  const sweeps = createSweeps(sync, { seed: options.seed, everyMs: polling.everyMs })
  return {
    everyMs: polling.everyMs,
    jobs: (roster) => [
      ...polling.jobs(roster),
      lookUps.job(),
      ...live.jobs(roster),
      ...mine.jobs(roster),
      details.job(roster),
      ...organizationJobs(sync, roster),
      ...sweeps.jobs(roster),
    ],
    askAgain() {
      details.askAgain()
      live.askAgain()
    },
  }
}
