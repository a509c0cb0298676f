import type { Issue } from '#core/issues/issue.ts'
import { issueHolds, issueSides, judgeIssueWish } from '#core/outbox/work-judge.ts'
import type { IssueWish } from '#core/outbox/work-wish.ts'
import type { WorkBefore } from '../../db/outbox.ts'
import { spellings } from './find-label.ts'
import { stillOpen, type GitlabWork, type RowOf, type WorkStep } from './gitlab-work.ts'

/** What is to be done next about a change to what an issue itself says. The issue tells, by what it says now. */
export async function nextOfIssueChange(work: GitlabWork, row: RowOf<IssueWish>): Promise<WorkStep> {
  const { wish, before } = row
  const issue = await work.writes.issue(wish.projectId, wish.iid)
  const spelt = wish.kind === 'issue-labels' ? await spellings(work, wish.projectId, wish.add) : []
  const verdict = judgeIssueWish(wish, before, issue, spelt)
  if (verdict.kind === 'holds') return { kind: 'verified', url: issue.url, issue }
  const conflict = { kind: 'conflict', sides: issueSides(wish, before, issue), before: decided(issue) } as const
  // GitLab showed it made, and it is so no more: somebody undid it.
  if (row.state === 'sent') return before.shown === true ? conflict : { kind: 'unseen' }
  if (verdict.kind === 'conflict') {
    const isHopeless = wish.kind === 'issue-task' && before.tried?.includes('decided') === true
    return isHopeless ? { kind: 'failed', words: taskGoneWords(wish.text) } : conflict
  }
  if (row.sendingAt !== null) {
    const open = stillOpen(work, row)
    if (open) return open
    // It may have been made and undone since: making it again would undo that without a word.
    if (issue.updatedAt !== row.sentStamp) return conflict
  }
  return {
    kind: 'send',
    stamp: issue.updatedAt,
    async call() {
      const changed = await work.writes.changeIssue(wish.projectId, wish.iid, verdict.order)
      return { done: true, before: { ...before, shown: issueHolds(wish, changed) }, url: issue.url }
    },
  }
}

/** What a person decides about is compared with what they see now. */
function decided({ title, description, labels, state }: Issue): WorkBefore {
  return { title, description, labels, state, tried: ['decided'] }
}

function taskGoneWords(text: string): string {
  return `The task “${text}” is not in the description any more, so it cannot be marked. Nothing was changed.`
}
