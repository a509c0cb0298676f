import { z } from 'zod'
import { firstReadAt, labelScope, labelSweepScope, readCursor, writeCursor } from '../db/cursors.ts'
import { noteIssueLookUps } from '../db/issue-look-ups.ts'
import { listedIssues } from '../db/read-issues.ts'
import { transaction } from '../db/sql.ts'
import { letOthersRun } from '../let-others-run.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { assertSameLabel, atPlace, storeIssues, type GitlabSync, type LabelledAccount } from './gitlab-sync.ts'
import { nextNight } from './next-night.ts'
import { share } from './poll-pace.ts'
import { ranks, type SyncJob } from './sync-job.ts'

/** What the nightly look-through needs beside what all jobs share. */
export interface LabelSweepOptions {
  /** Spreads many Understudys over the hour. */
  readonly seed: number
  /** One page each time that a poll's interval has passed, ms. */
  readonly everyMs: () => number
}

const hourMs = 3_600_000

/** Where a look-through goes on: at an instant of creation, or with a next page where a whole page was created at one instant. */
const place = z.object({ after: z.number(), next: z.string().nullable() })
type Place = z.infer<typeof place>

/**
 * Creates the nightly look-through: everything with an account's label, oldest first, one page after another with the polls in
 * between. Each page begins at the instant at which the last one of the page before was created, so that nothing that leaves the list
 * meanwhile pulls another one past it. What is stored and not shown is looked up; what was not stored is stored.
 */
export function createLabelSweeps(sync: GitlabSync, options: LabelSweepOptions) {
  const { db, now } = sync
  const delayMs = Math.round(share(options.seed, 5) * hourMs)
  const notBefore = new Map<number, number>()

  async function readPage(account: LabelledAccount): Promise<'done'> {
    const scope = labelSweepScope(account.id)
    const from = placeOf(readCursor(db, 'gitlab', scope).passCursor)
    notBefore.set(account.id, now() + options.everyMs())
    const page = await atPlace(sync, account, (where) =>
      sync.api.labelledIssues(where, account.label, listPlace(from), 'created'),
    )
    await letOthersRun()
    const begin = from?.after ?? 0
    const last = page.rows.at(-1)?.createdAt ?? begin
    if (page.next !== null && last < begin) {
      throw new RemoteFailure('malformed', 'GitLab sent issues in another order than it was asked for.')
    }
    // Of what was created at the page's last instant the next one shows the rest.
    const until = page.next === null ? null : last
    const shown = new Set(page.rows.map(({ projectId, iid }) => `${projectId}/${iid}`))
    transaction(db, () => {
      assertSameLabel(db, account)
      // A next page goes on behind what was created at that instant.
      const first = from?.next == null ? begin : begin + 1
      const listed = listedIssues(db, { accountId: account.id, kind: 'issue' }, first, until)
      storeIssues(sync, page.rows, () => account.id, 'list')
      noteIssueLookUps(
        db,
        listed.filter(({ projectId, iid }) => !shown.has(`${projectId}/${iid}`)),
        'not-listed',
      )
      const isAlike = page.next !== null && last === begin
      const next: Place | null = page.next === null ? null : { after: last, next: isAlike ? page.next : null }
      writeCursor(db, 'gitlab', scope, {
        passCursor: next === null ? null : JSON.stringify(next),
        problem: null,
        ...(next === null ? { completedAt: now() } : {}),
      })
    })
    sync.onPage()
    return 'done'
  }

  return {
    jobs(accounts: readonly LabelledAccount[], timeZone: string): SyncJob[] {
      return accounts.flatMap((account) => {
        const readAt = readCursor(db, 'gitlab', labelScope(account.id)).completedAt
        if (readAt === null) return []
        const { completedAt, passCursor } = readCursor(db, 'gitlab', labelSweepScope(account.id))
        const since = completedAt ?? firstReadAt(db, 'gitlab', labelScope(account.id)) ?? readAt
        const night = nextNight(Math.min(since, now()), timeZone, delayMs)
        const pause = Math.min(notBefore.get(account.id) ?? 0, now() + options.everyMs())
        return [
          {
            source: 'gitlab' as const,
            scope: labelSweepScope(account.id),
            name: `All issues labelled ${account.label}, looked through at night`,
            dueAt: Math.max(passCursor === null ? night : 0, pause),
            rank: passCursor === null ? ranks.sweep : ranks.sweepBegun,
            onDemand: false,
            run: () => readPage(account),
          },
        ]
      })
    },
  }
}

function placeOf(cursor: string | null): Place | null {
  return cursor === null ? null : (place.safeParse(JSON.parse(cursor)).data ?? null)
}

function listPlace(from: Place | null) {
  if (from === null) return null
  return from.next === null ? { createdSince: from.after } : { next: from.next }
}
