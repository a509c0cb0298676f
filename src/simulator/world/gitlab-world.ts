import { createBoards } from './boards.ts'
import { openingEpics } from './epics.ts'
import { createGitlabDeeds } from './gitlab-deeds.ts'
import { createProjects } from './gitlab-places.ts'
import type { Epic, Issue } from './issue.ts'
import { openingIssues, type FindTicket } from './issues.ts'
import { createLabels } from './labels.ts'
import { createMergeRequests } from './merge-requests.ts'
import { createRepositories } from './repositories.ts'

/** Everything that lies in the GitLab of a world. `now` is simulated time. */
export function createGitlabWorld(seed: number, anchor: number, now: () => number, findTicket: FindTicket) {
  const projects = createProjects()
  const issues: Issue[] = openingIssues(seed, anchor, projects, findTicket)
  const epics: readonly Epic[] = openingEpics(seed, anchor)
  const labels = createLabels(issues)
  const boards = createBoards(labels, projects)
  const repositories = createRepositories(projects, anchor, now)
  return {
    issues: issues as readonly Issue[],
    epics,
    projects,
    labels,
    boards,
    repositories,
    mergeRequests: createMergeRequests(repositories, now),
    /** Issues by id that we said we want to hear of, or no longer. */
    subscribedIssues: new Map<number, boolean>(),
    gitlab: createGitlabDeeds({ issues, epics, projects, labels, boards, now }),
  }
}
