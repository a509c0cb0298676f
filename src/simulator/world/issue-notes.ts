import type { createRandom } from '../random.ts'
import { DAY, wholeSecond } from '../time.ts'
import type { GitlabUser, IssueNote } from './issue.ts'

const remarks = [
  'We tried this on staging and it works as described.',
  'Could you look at the second task? We are not sure about the order.',
  'The maintenance window is confirmed by our operations team.',
  'I added the output of the check to the description.',
  'This waits for the security review, which is next week.',
  'Done on our side.',
  'Let us talk about it in the next call.',
  'The numbers look better since the change.',
]

/** The notes that an issue has when the world opens, with one of the system now and then. */
export function openingNotes(
  random: ReturnType<typeof createRandom>,
  issue: { readonly id: number; readonly createdAt: number; readonly updatedAt: number },
  people: readonly [GitlabUser, GitlabUser],
): IssueNote[] {
  const count = random.int(0, 6)
  return Array.from({ length: count }, (_, index) => {
    const system = index % 4 === 3
    const span = Math.max(DAY, issue.updatedAt - issue.createdAt)
    return {
      id: issue.id * 100 + index,
      author: people[index % 2] as GitlabUser,
      text: system ? 'changed the description' : random.pick(remarks),
      createdAt: Math.min(issue.updatedAt, wholeSecond(issue.createdAt + (span * (index + 1)) / (count + 1))),
      system,
      internal: !system && index % 5 === 2,
    }
  })
}
