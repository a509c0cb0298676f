import { createRandom } from '../random.ts'
import { DAY, wholeSecond } from '../time.ts'
import { gitlabGroups } from './gitlab-places.ts'
import type { Epic } from './issue.ts'
import { openingNotes } from './issue-notes.ts'
import { engineerUser } from './issues.ts'
import { gitlabUserOf } from './issue.ts'
import { accounts } from './organizations.ts'
import { withTasks } from './task-list.ts'

const stories = [
  {
    title: 'Upgrade to the next major version',
    intro: 'Everything between now and the day of the upgrade, in the order in which it has to be done.',
    tasks: ['Agree the maintenance window', 'Rehearse on staging', 'Upgrade the runners first'],
    tasksDone: 1,
    isClosed: false,
  },
  {
    title: 'Move CI to autoscaled runners',
    intro: 'Runners that come and go with the load, instead of the six fixed machines.',
    tasks: ['Measure a week of queueing', 'Choose instance types'],
    tasksDone: 2,
    isClosed: true,
  },
] as const

/** Epics as they stand at the anchor: two for each account that has a group. */
export function openingEpics(seed: number, anchor: number): Epic[] {
  return accounts.flatMap((account, order) => {
    const group = gitlabGroups.find(({ path }) => path === account.gitlabGroup)
    const [contact] = account.contacts
    if (!group || !contact) return []
    const ase = engineerUser(account.ase?.id ?? 0)
    return stories.map((story, index): Epic => {
      const random = createRandom(seed, 'epic', order * 10 + index)
      const id = 3_100_000 + order * 100 + index
      const createdAt = wholeSecond(anchor - random.int(60, 90) * DAY)
      const updatedAt = wholeSecond(anchor - random.int(2, 12) * DAY)
      return {
        id,
        workItemId: 160_000_000 + order * 100 + index,
        iid: index + 1,
        group,
        title: story.title,
        author: ase,
        createdAt,
        confidential: false,
        dueDate: null,
        assignees: [],
        description: withTasks(story.intro, story.tasks, story.tasksDone),
        labels: [account.label ?? ''],
        state: story.isClosed ? 'closed' : 'opened',
        updatedAt,
        closedAt: story.isClosed ? updatedAt : null,
        closedBy: story.isClosed ? ase : null,
        notes: openingNotes(random, { id: id * 10, createdAt, updatedAt }, [ase, gitlabUserOf(contact)]),
        isGone: false,
      }
    })
  })
}
