import { z } from 'zod'
import type { Issue } from '#core/issues/issue.ts'
import { isFollowed } from '../db/accounts.ts'
import { readEtag } from '../db/etags.ts'
import { readFact, writeFact } from '../db/facts.ts'
import type { IssueSeenIn } from '../db/issue-fates.ts'
import { prepared, transaction, type ReadDb, type WriteDb } from '../db/sql.ts'
import { storeIssue } from '../db/store-issues.ts'
import type { StoredAccount } from '../db/workspace.ts'
import type { GitlabApi, GitlabPlace } from '../gitlab/gitlab-api.ts'
import type { KnownEtag } from '../gitlab/gitlab-client.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { Meter } from '../transport/transport.ts'
import type { RunCounts } from './run-counts.ts'

/** What the jobs of GitLab share. */
export interface GitlabSync {
  readonly db: WriteDb
  readonly api: GitlabApi
  /** Host of our Zendesk, by which addresses of tickets are known; null: there is none. */
  readonly zendeskHost: string | null
  readonly meter: () => Meter
  /** Time of the service's clock, ms. */
  readonly now: () => number
  readonly counts: RunCounts
  /** Told after each page that was stored. */
  readonly onPage: () => void
}

/** An account with a label and a place in GitLab. */
export interface LabelledAccount {
  readonly id: number
  readonly label: string
  /** Full path of its group or project, as a person wrote it. */
  readonly place: string
}

/** Of some accounts, those whose proactive work can be read. */
export function labelledAccounts(accounts: readonly StoredAccount[]): LabelledAccount[] {
  return accounts.flatMap(({ id, label, gitlabGroup }) =>
    label === null || gitlabGroup === null ? [] : [{ id, label, place: gitlabGroup }],
  )
}

/** Stores issues and epics as they were met; belongs into the transaction of their page. */
export function storeIssues(
  sync: GitlabSync,
  issues: readonly Issue[],
  accountOf: (issue: Issue) => number | undefined,
  seenIn: IssueSeenIn,
): void {
  const { db, counts, zendeskHost } = sync
  const at = sync.now()
  for (const issue of issues) {
    const accountId = accountOf(issue)
    if (accountId === undefined) continue
    if (storeIssue(db, accountId, issue, at, { seenIn, zendeskHost })) counts.issues += 1
  }
}

/** Finds the etag of a list of a stream again. */
export function etagsOf(sync: GitlabSync, scope: string): KnownEtag {
  return (address) => readEtag(sync.db, 'gitlab', scope, address)
}

const placeFact = (accountId: number) => `place:${accountId}`
const foundPlace = z.object({
  asked: z.string(),
  kind: z.enum(['group', 'project']),
  id: z.number().int().positive(),
  path: z.string(),
})

/** Where an account's proactive work was found to lie, or null when it was not found out. */
export function readPlace(db: ReadDb, accountId: number): (GitlabPlace & { readonly asked: string }) | null {
  return readFact(db, 'gitlab', placeFact(accountId), foundPlace)
}

/**
 * Asks for something of the place of an account by that place's id, which stays when it is renamed or moved. Where the id is no
 * longer known, the path is looked up anew once: somebody may have put another group in its place.
 */
export async function atPlace<Result>(
  sync: Pick<GitlabSync, 'db' | 'now'> & { readonly api: Pick<GitlabApi, 'place'> },
  account: Pick<LabelledAccount, 'id' | 'place'> & Partial<LabelledAccount>,
  ask: (place: GitlabPlace) => Promise<Result>,
): Promise<Result> {
  const { db } = sync
  const known = readPlace(db, account.id)
  if (known?.asked === account.place) {
    try {
      return await ask(known)
    } catch (error) {
      if (!(error instanceof RemoteFailure) || error.kind !== 'not-found') throw error
      const now = await sync.api.place(account.place)
      if (now.id === known.id && now.kind === known.kind) throw error
    }
  }
  const found = await sync.api.place(account.place)
  transaction(db, () => {
    if (isFollowed(db, account.id))
      writeFact(db, 'gitlab', placeFact(account.id), { asked: account.place, ...found }, sync.now())
  })
  return ask(found)
}

/** Nothing is stored of an account that was taken off the list, or given another label or place, while its page was on its way. */
export function assertSameLabel(db: ReadDb, { id, label, place }: LabelledAccount): void {
  const row = prepared<[number], { label: string | null; place: string | null }>(
    db,
    'SELECT label, gitlab_group AS place FROM accounts WHERE id = ?',
  ).get(id)
  if (row?.label === label && row.place === place && isFollowed(db, id)) return
  throw new RemoteFailure('not-found', `${label} is no longer the label, or this no longer the place, of its account.`)
}
