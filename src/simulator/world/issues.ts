import { issueStories } from '../stories/issue-stories.ts'
import { createRandom } from '../random.ts'
import { DAY, MINUTE, wholeSecond } from '../time.ts'
import { projectsOf } from './gitlab-places.ts'
import { gitlabUserOf } from './issue.ts'
import { openingNotes } from './issue-notes.ts'
import type { GitlabProject, GitlabUser, Issue } from './issue.ts'
import { organizationByKey } from './organizations.ts'
import { engineers } from './people.ts'
import { withTasks } from './task-list.ts'

const engineerUsers: readonly GitlabUser[] = engineers.map(({ gitlabId, username, name }) => ({
  id: gitlabId,
  username,
  name,
}))

/** GitLab user of the engineer with this Zendesk id. */
export function engineerUser(zendeskId: number): GitlabUser {
  const index = engineers.findIndex(({ id }) => id === zendeskId)
  return engineerUsers[Math.max(0, index)] as GitlabUser
}

/** Finds the open ticket of a customer about a problem, both by their keys. */
export type FindTicket = (organization: string, problem: string) => number | undefined

/** Issues as they stand at the anchor, in order of creation. */
export function openingIssues(
  seed: number,
  anchor: number,
  projectsById: ReadonlyMap<number, GitlabProject>,
  findTicket: FindTicket,
): Issue[] {
  const iids = new Map<number, number>()
  return issueStories
    .map((story, order) => ({ story, order }))
    .sort((a, b) => b.story.daysAgo - a.story.daysAgo || a.order - b.order)
    .map(({ story, order }, index) => {
      const random = createRandom(seed, 'issue', order)
      const account = organizationByKey(story.account)
      const projects = projectsOf(account)
      const place = projects[story.place === 'migration' ? projects.length - 1 : 0] as GitlabProject
      const project = projectsById.get(place.id) ?? place
      const iid = (iids.get(project.id) ?? 0) + 1
      iids.set(project.id, iid)
      const ase = engineerUser(account.ase?.id ?? 0)
      const customer = gitlabUserOf(random.pick(account.contacts))
      const author = story.byCustomer ? customer : ase
      const createdAt = wholeSecond(anchor - story.daysAgo * DAY - random.int(0, 600) * MINUTE)
      const updatedAt = wholeSecond(anchor - story.updatedDaysAgo * DAY - random.int(30, 600) * MINUTE)
      const closed = story.closed === true
      const tasks = story.tasks ?? []
      const label = account.label ?? ''
      const ticket = story.ticket === undefined ? undefined : findTicket(story.account, story.ticket)
      const intro = ticket === undefined ? story.intro : `${story.intro} Came up in {ticket ${ticket}}.`
      const id = 171_000_000 + index * 311
      const lastChange = Math.max(createdAt, updatedAt)
      return {
        id,
        iid,
        project,
        title: story.title.replace('{call}', new Date(createdAt + 3 * DAY).toISOString().slice(0, 10)),
        author,
        createdAt,
        confidential: story.confidential === true,
        dueDate:
          story.dueInDays === undefined ? null : new Date(anchor + story.dueInDays * DAY).toISOString().slice(0, 10),
        assignees: story.unassigned ? [] : [ase],
        type: 'issue',
        description: withTasks(intro, tasks, closed ? tasks.length : (story.tasksDone ?? 0)),
        labels: [...(story.labels ?? []), ...(story.unlabelled ? [] : [label])].sort(),
        state: closed ? 'closed' : 'opened',
        updatedAt: lastChange,
        closedAt: closed ? lastChange : null,
        closedBy: closed ? ase : null,
        notes: openingNotes(random, { id, createdAt, updatedAt: lastChange }, [ase, customer]),
        isGone: false,
        movedToId: null,
      } satisfies Issue
    })
}
