import { carryOver } from '#core/outbox/work-judge.ts'
import type { Issue } from '#core/issues/issue.ts'
import type { WorkWish } from '#core/outbox/work-wish.ts'
import { movingWorkRowsOf, updateOutboxRow, type WorkBefore, type WorkRow } from '../../db/outbox.ts'
import { durably, transaction, type ReadDb } from '../../db/sql.ts'
import { storeIssue } from '../../db/store-issues.ts'
import { storeNotes } from '../../db/store-notes.ts'
import { readChangeableIssue } from '../../db/work-targets.ts'
import { readRoster } from '../../db/workspace.ts'
import { paceKey } from '../outbox-work.ts'
import type { GitlabWork, SeenWork } from './gitlab-work.ts'

/** It was seen in GitLab, and what was read of it is stored. Later changes of mine to the same begin where this one left off. */
export function recordWorkVerified(work: GitlabWork, row: WorkRow, seen: SeenWork): void {
  const settledAt = work.clock.now()
  const done = durably(work.db, () => {
    const isWritten = updateOutboxRow(work.db, row, {
      ...{ state: 'verified', problem: seen.words ?? null, conflict: null, settledAt },
      sentAt: row.sentAt ?? row.sendingAt,
      ...(seen.url === undefined ? {} : { url: seen.url }),
    })
    if (isWritten) carryOn(work, row, seen)
    return isWritten
  })
  work.pace.forget(paceKey(row))
  if (storeSeen(work, row.wish, seen)) work.onIssues()
  if (done) work.onChange([row.id], [])
}

function carryOn({ db }: GitlabWork, row: WorkRow, seen: SeenWork): void {
  for (const later of movingWorkRowsOf(db, row.target)) {
    if (later.id <= row.id) continue
    const before = carriedOn(row, later, seen)
    if (before !== later.before) updateOutboxRow(db, later, { before })
  }
}

function carriedOn({ wish, before: seenBefore }: WorkRow, later: WorkRow, { file }: SeenWork): WorkBefore {
  const { before } = later
  if (wish.kind === 'issue-task' || wish.kind === 'issue-text') return carryOver(before, wish)
  const isSameFile = wish.kind === 'file-change' && later.wish.kind === 'file-change' && later.wish.path === wish.path
  if (!isSameFile || !file) return before
  return before.file?.lastCommitId === seenBefore.file?.lastCommitId ? { ...before, file } : before
}

/** Stores an issue or notes as they were read. Returns whether anything stored has changed. */
function storeSeen(work: GitlabWork, wish: WorkWish, { issue, notes }: SeenWork): boolean {
  if (!issue && !notes) return false
  const { db, zendeskHost } = work
  return transaction(db, () => {
    if (notes && 'iid' in wish && readChangeableIssue(db, wish.projectId, wish.iid)?.accountId != null) {
      storeNotes(db, { kind: 'issue', projectId: wish.projectId, iid: wish.iid }, notes, zendeskHost)
      return true
    }
    const accountId = issue && accountOf(db, issue)
    if (!issue || accountId == null) return false
    return storeIssue(db, accountId, issue, work.clock.now(), { seenIn: 'id', zendeskHost })
  })
}

/** Whose list an issue belongs to: the one it is in, or that of its label. One without a label is in nobody's list. */
function accountOf(db: ReadDb, { projectId, iid, labels }: Issue): number | null {
  const stored = readChangeableIssue(db, projectId, iid)
  if (stored?.accountId != null) return stored.accountId
  const labelled = readRoster(db).accounts.filter(
    ({ label, gitlabGroup }) => label !== null && gitlabGroup !== null && labels.includes(label),
  )
  return labelled[0]?.id ?? null
}
