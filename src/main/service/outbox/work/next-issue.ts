import type { Issue } from '#core/issues/issue.ts'
import { addMarker, hasMarker } from '#core/outbox/marker.ts'
import { sameLabel, spelling, type WorkWish } from '#core/outbox/work-wish.ts'
import { RemoteFailure } from '../../transport/remote-failure.ts'
import { stillOpen, type GitlabWork, type RowOf, type WorkStep } from './gitlab-work.ts'
import { spellings } from './find-label.ts'

type NewIssueWish = Extract<WorkWish, { kind: 'create-issue' }>

/** How far back a lost issue is looked for before it was first sent: the clock of this computer may be wrong. */
const lookBackMs = 24 * 3600 * 1000

/**
 * What is to be done next about a new issue: it is looked for by its mark before it is sent again, and what GitLab left out of it is
 * put on with a second call, or said.
 */
export async function nextOfNewIssue(work: GitlabWork, row: RowOf<NewIssueWish>): Promise<WorkStep> {
  const { wish, before } = row
  const issue = await findMade(work, row)
  if (issue) return completed(work, row, issue)
  if (before.iid !== undefined) {
    return { kind: 'failed', words: `It was opened as #${before.iid}, and is not to be seen in GitLab any more.` }
  }
  const open = stillOpen(work, row)
  if (open) return open
  const labels = await spellings(work, wish.projectId, wish.labels)
  return {
    kind: 'send',
    stamp: work.clock.now(),
    async call() {
      const { projectId, title, assigneeIds, confidential, dueDate } = wish
      const description = addMarker(wish.description, row.marker)
      const fields = { title, description, labels, assigneeIds, confidential, dueDate }
      const made = await work.writes.createIssue(projectId, fields)
      return { done: true, before: { iid: made.iid }, url: made.url }
    },
  }
}

async function findMade(work: GitlabWork, row: RowOf<NewIssueWish>): Promise<Issue | null> {
  const { projectId } = row.wish
  const { iid } = row.before
  if (iid !== undefined) {
    try {
      return await work.writes.issue(projectId, iid)
    } catch (error) {
      if (error instanceof RemoteFailure && error.kind === 'not-found') return null
      throw error
    }
  }
  if (row.sendingAt === null) return null
  const mine = await work.writes.myIssuesSince(projectId, (row.sentStamp ?? row.createdAt) - lookBackMs)
  return mine.find(({ description }) => hasMarker(description, row.marker)) ?? null
}

/** GitLab may answer yes and leave something out: labels, because of the role or by a fault of its own; people, by its licence. */
function completed(work: GitlabWork, row: RowOf<NewIssueWish>, issue: Issue): WorkStep {
  const { wish, before } = row
  const missing = wish.labels.filter((label) => !issue.labels.some((one) => sameLabel(one, label)))
  const tried = { ...before, iid: issue.iid, tried: [...(before.tried ?? []), 'labels'] }
  if (missing.length > 0 && before.tried?.includes('labels') !== true) {
    return {
      kind: 'send',
      stamp: issue.updatedAt,
      continues: true,
      withoutIt: tried,
      async call() {
        const addLabels = await spellings(work, wish.projectId, missing)
        await work.writes.changeIssue(wish.projectId, issue.iid, { addLabels })
        return { done: true, before: tried, url: issue.url }
      },
    }
  }
  return { kind: 'verified', url: issue.url, issue, words: leftOut(wish, issue, missing) }
}

function leftOut(wish: NewIssueWish, issue: Issue, missing: readonly string[]): string | null {
  const labels = missing.map((label) => `“${spelling(label, issue.labels)}”`).join(', ')
  const words = [
    ...(missing.length > 0
      ? [`The issue is there, and GitLab did not put on ${labels}: your role may not. Ask somebody who may.`]
      : []),
    ...(issue.assignees.length < wish.assigneeIds.length
      ? ['GitLab did not assign everybody: its licence may allow one person only.']
      : []),
    ...(wish.confidential && !issue.confidential ? ['GitLab did not make it confidential.'] : []),
  ]
  return words.length === 0 ? null : words.join(' ')
}
