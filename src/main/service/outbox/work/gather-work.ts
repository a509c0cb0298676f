import type { WorkIntent } from '#contract/work-intent.ts'
import type { WishPreview } from '#core/outbox/preview-wish.ts'
import type { PreviewedProject, WorkFacts } from '#core/outbox/work-facts.ts'
import { previewWork } from '#core/outbox/work-preview.ts'
import { targetOf, type FileWish, type WorkWish } from '#core/outbox/work-wish.ts'
import { labelScope, readCursor } from '../../db/cursors.ts'
import { readProject } from '../../db/gitlab-projects.ts'
import { movingWorkRowsOf } from '../../db/outbox.ts'
import type { ReadDb } from '../../db/sql.ts'
import { accountOfProject, projectByIssues, readChangeableIssue, type ChangeableIssue } from '../../db/work-targets.ts'
import { readRoster } from '../../db/workspace.ts'
import type { GitlabIdentity } from '../../gitlab/gitlab-identity.ts'
import type { GitlabWrites } from '../../gitlab/gitlab-writes.ts'
import { restrictedFor } from '../../desk/restricted.ts'
import { whoSees } from '../../gitlab/known-projects.ts'
import { RemoteFailure } from '../../transport/remote-failure.ts'

/** A change in GitLab with all that was looked up for it. */
export interface GatheredWork {
  readonly wish: WorkIntent
  readonly issue: ChangeableIssue | null
  /** What it is about, for lists: the issue's title, or the path of the project. */
  readonly subject: string
  /** Where that is. */
  readonly url: string | null
  readonly preview: WishPreview
}

/** What a preview is gathered from. */
export interface WorkSources {
  readonly db: ReadDb
  readonly connected: boolean
  readonly identity: GitlabIdentity | null
  readonly now: number
}

/**
 * Looks up, in the local database only, what a preview is made of, and makes it.
 *
 * @param file of a change to a file: the file as it was read for it.
 */
export function gatherWork(sources: WorkSources, wish: WorkIntent, file: WorkFacts['file']): GatheredWork {
  const { db, connected, identity, now } = sources
  const issue = 'iid' in wish ? readChangeableIssue(db, wish.projectId, wish.iid) : null
  const project = projectOf(db, wish.projectId)
  const accountId = issue?.accountId ?? project?.accountId ?? null
  const facts: WorkFacts = {
    ...{ connected, project, file, now },
    issue: issue && { ...issue, freshAsOf: freshAsOf(db, issue) },
    me: identity && { id: identity.user.id, name: identity.user.name },
    mayWrite: identity && identity.mode !== 'read-only',
    restricted: restrictedFor(db, accountId, textsOf(wish)),
    coveredAse: accountId === null ? null : coveredAse(db, accountId, now),
    waiting: movingWorkRowsOf(db, targetOf(wish)).map((row) => row.wish),
  }
  const subject = issue?.title ?? project?.path ?? ''
  return { wish, issue, subject, url: issue?.url ?? project?.url ?? null, preview: previewWork(wish, facts) }
}

/** A file as it is now, for a preview; in words why it could not be read. */
export async function readFileFact(writes: GitlabWrites, wish: FileWish): Promise<NonNullable<WorkFacts['file']>> {
  try {
    const { defaultBranch } = await writes.project(wish.projectId)
    return { seen: defaultBranch === null ? null : await writes.file(wish.projectId, wish.path, defaultBranch) }
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error
    return { problem: error.message }
  }
}

function projectOf(
  db: ReadDb,
  id: number,
): (PreviewedProject & { readonly url: string; readonly accountId: number | null }) | null {
  const known = readProject(db, id)
  const found = known ?? projectByIssues(db, id)
  if (!found) return null
  const { path, url } = found
  const customerSees = whoSees(db, { id, path, visibility: known?.visibility ?? 'private' })
  const accountId = accountOfProject(db, id) ?? projectByIssues(db, id)?.accountId ?? null
  return { path, url, customerSees, accessLevel: known?.accessLevel ?? null, accountId }
}

/** The restricted account that a change is of, or whose name or number stands in what would be written; null where there is none. */
export function restrictedWork(db: ReadDb, wish: WorkWish): string | null {
  const issue = 'iid' in wish ? readChangeableIssue(db, wish.projectId, wish.iid) : null
  return restrictedFor(db, issue?.accountId ?? projectOf(db, wish.projectId)?.accountId ?? null, textsOf(wish))
}

function textsOf(wish: WorkWish): readonly string[] {
  return Object.values(wish).flat().map(String)
}

/** The name of the ASE whose account I cover at present, or null. */
function coveredAse(db: ReadDb, accountId: number, now: number): string | null {
  const { me, accounts, coverages, people } = readRoster(db)
  const aseId = accounts.find(({ id }) => id === accountId)?.aseId ?? null
  if (me === null || aseId === null || aseId === me.id) return null
  const isCovering = coverages.some(
    (one) => one.accountId === accountId && one.coverId === me.id && one.startsAt <= now && now < one.endsAt,
  )
  return isCovering ? (people.find(({ id }) => id === aseId)?.name ?? 'its ASE') : null
}

/** An issue is as fresh as the last complete reading of its account's list, or its own. */
function freshAsOf(db: ReadDb, issue: ChangeableIssue): number {
  const { accountId, fetchedAt } = issue
  if (accountId === null) return fetchedAt
  return Math.max(fetchedAt, readCursor(db, 'gitlab', labelScope(accountId)).completedAt ?? 0)
}
