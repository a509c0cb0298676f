import type { Issue } from '#core/issues/issue.ts'
import { labelScope, readCursor } from '../db/cursors.ts'
import { writeEtag } from '../db/etags.ts'
import type { Roster } from '../db/workspace.ts'
import {
  assertSameLabel,
  atPlace,
  etagsOf,
  labelledAccounts,
  storeIssues,
  type GitlabSync,
  type LabelledAccount,
} from './gitlab-sync.ts'
import { createIssueLookThrough } from './look-through-issues.ts'
import { createIssueLookUps } from './look-up-issues.ts'
import { jittered, pollEveryMs } from './poll-pace.ts'
import { createEpics } from './read-epics.ts'
import { createNotes } from './read-notes.ts'
import { readOldestFirst } from './read-oldest-first.ts'
import { createLabelSweeps } from './sweep-labels.ts'
import { dueAfter, ranks, type SyncJob } from './sync-job.ts'

/** What keeping in step with GitLab needs beside what its jobs share. */
export interface GitlabJobsOptions {
  /** How often the person wishes, ms. */
  readonly wishMs: () => number
  /** Tells this Understudy's pace from that of others. */
  readonly seed: number
}

/** Everything that keeps the database in step with GitLab. */
export interface GitlabJobs {
  jobs(roster: Roster): SyncJob[]
  /** A person wants to know now: tries again what was put off after failures. */
  askAgain(): void
}

/** Creates the jobs of GitLab: labelled issues and epics, their notes, and what became of those that no list shows. */
export function createGitlabJobs(sync: GitlabSync, options: GitlabJobsOptions): GitlabJobs {
  const { db, now } = sync
  const { seed } = options
  let labelled = 1
  const everyMs = () =>
    pollEveryMs({ ...sync.meter(), wishMs: options.wishMs(), requests: Math.max(1, labelled), now: now() })
  const lookUps = createIssueLookUps(sync)
  const lookThrough = createIssueLookThrough(sync, seed)
  const epics = createEpics(sync, seed)
  const notes = createNotes(sync)
  const sweeps = createLabelSweeps(sync, { seed, everyMs })

  return {
    jobs({ accounts, me }) {
      const here = labelledAccounts(accounts)
      labelled = here.length
      const timeZone = me?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
      const polls = here.map((account): SyncJob => {
        const { completedAt } = readCursor(db, 'gitlab', labelScope(account.id))
        return {
          source: 'gitlab',
          scope: labelScope(account.id),
          name: `Issues labelled ${account.label}`,
          dueAt: dueAfter(completedAt, jittered(everyMs(), seed, completedAt ?? 0), now()),
          rank: ranks.poll,
          onDemand: true,
          run: async () => {
            await readIssues(sync, account)
            return 'done'
          },
        }
      })
      return [
        ...polls,
        lookUps.job(),
        lookThrough.job(),
        notes.job(),
        ...epics.jobs(here),
        ...sweeps.jobs(here, timeZone),
      ]
    },
    askAgain: () => notes.askAgain(),
  }
}

/** Reads what changed of an account's issues. Where nothing did, GitLab says so by the etag of the list that was stored last. */
async function readIssues(sync: GitlabSync, account: LabelledAccount): Promise<void> {
  const { db, now } = sync
  const scope = labelScope(account.id)
  await atPlace(sync, account, async (place) => {
    let asked: { readonly address: string; readonly etag: string | null } | null = null
    await readOldestFirst<Issue>(
      db,
      {
        source: 'gitlab',
        scope,
        page: async (from) => {
          const page = await sync.api.labelledIssues(place, account.label, from, 'changed', etagsOf(sync, scope))
          // Of a list of several pages each poll asks anew from another instant.
          asked = page.next === null ? page.asked : null
          return page
        },
        changedAt: (issue) => issue.updatedAt,
        store: (issues) => {
          assertSameLabel(db, account)
          storeIssues(sync, issues, () => account.id, 'list')
          if (asked) writeEtag(db, 'gitlab', scope, asked, now())
        },
        onPage: sync.onPage,
      },
      now,
    )
  })
}
