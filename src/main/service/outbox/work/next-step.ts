import type { WorkRow } from '../../db/outbox.ts'
import type { GitlabWork, RowOf, WorkStep } from './gitlab-work.ts'
import { nextOfBoard } from './next-board.ts'
import { nextOfComment } from './next-comment.ts'
import { nextOfFile } from './next-file.ts'
import { nextOfIssueChange } from './next-issue-change.ts'
import { nextOfNewIssue } from './next-issue.ts'
import { nextOfNewLabel, nextOfSubscription } from './next-label.ts'

/**
 * Looks at what a change is about, and says what is to be done next. Nothing is sent by it.
 *
 * @throws {RemoteFailure} when the look did not succeed.
 */
export function nextStep(work: GitlabWork, row: WorkRow): Promise<WorkStep> {
  const { wish } = row
  const about = <Wish extends WorkRow['wish']>(its: Wish): RowOf<Wish> => ({ ...row, wish: its })
  switch (wish.kind) {
    case 'create-issue':
      return nextOfNewIssue(work, about(wish))
    case 'issue-comment':
      return nextOfComment(work, about(wish))
    case 'issue-labels':
    case 'issue-state':
    case 'issue-task':
    case 'issue-text':
      return nextOfIssueChange(work, about(wish))
    case 'create-label':
      return nextOfNewLabel(work, about(wish))
    case 'subscribe-label':
      return nextOfSubscription(work, about(wish))
    case 'create-board':
      return nextOfBoard(work, about(wish))
    case 'file-change':
      return nextOfFile(work, about(wish))
  }
}
