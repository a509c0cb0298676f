import { createRandom } from '../random.ts'
import { HOUR, MINUTE, wholeSecond } from '../time.ts'
import type { GitlabUser, Issue } from './issue.ts'
import { taskCounts, withNextTicked } from './task-list.ts'

/** When the `index`th change to an issue comes, given when the one before it came. */
export function nextIssueChange(seed: number, previous: number, index: number): number {
  const random = createRandom(seed, 'issue-gap', index)
  return wholeSecond(previous + (index === 0 ? random.int(6, 12) * MINUTE : random.int(60, 240) * MINUTE))
}

/** An issue as it would be if nobody had written to this GitLab. */
interface UntouchedIssue {
  readonly issue: Issue
  readonly worker: GitlabUser
  state: Issue['state']
  tasksLeft: number
}

/**
 * The changes that come to issues by themselves. Which ones come follows from the seed alone: they are chosen among the issues as they would
 * be if nobody had written, and then carried out as far as they fit what people made of them.
 */
export function createIssueCourse(seed: number, issues: readonly Issue[]) {
  const untouched = issues.map((issue): UntouchedIssue => {
    const { count, done } = taskCounts(issue.description)
    return { issue, worker: issue.assignees[0] ?? issue.author, state: issue.state, tasksLeft: count - done }
  })
  /** Lets the `index`th change happen: a task is ticked, a note is written, a finished issue is closed or a closed one reopened. */
  return (index: number, at: number): void => {
    const random = createRandom(seed, 'issue-change', index)
    const open = untouched.filter(({ state }) => state === 'opened')
    const chosen = random.pick(open.length > untouched.length / 3 ? open : untouched)
    const { issue, worker } = chosen
    if (chosen.state === 'closed') {
      chosen.state = 'opened'
      setState(issue, 'opened', worker, at)
    } else if (chosen.tasksLeft > 0) {
      chosen.tasksLeft--
      const description = withNextTicked(issue.description)
      if (description === issue.description) return
      issue.description = description
      issue.updatedAt = at
    } else if (random.chance(0.5) || at - issue.createdAt < HOUR) {
      const written = { author: worker, text: 'Any news on this?', createdAt: at, system: false, internal: false }
      issue.notes = [...issue.notes, { id: 980_000_000 + index, ...written }]
      issue.updatedAt = at
    } else {
      chosen.state = 'closed'
      setState(issue, 'closed', worker, at)
    }
  }
}

function setState(issue: Issue, state: Issue['state'], by: GitlabUser, at: number): void {
  if (issue.state === state) return
  issue.state = state
  issue.updatedAt = at
  issue.closedAt = state === 'closed' ? at : null
  issue.closedBy = state === 'closed' ? by : null
}
