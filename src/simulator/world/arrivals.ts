import { problems } from '../stories/problems.ts'
import { createRandom } from '../random.ts'
import { MINUTE, SECOND, wholeSecond } from '../time.ts'
import type { TicketPlan } from './conversation.ts'
import { organizationByKey, otherOrganizations } from './organizations.ts'
import { colleagues, me } from './people.ts'

/** How far apart the ids of tickets that arrive are: between two of them lie tickets of other customers. */
const idStep = 211

/** The `index`th ticket that arrives after the anchor. The first comes within two minutes, on a covered account. */
export function arrival(seed: number, at: number, index: number, firstId: number): TicketPlan {
  const random = createRandom(seed, 'arrival', index)
  const organization = organizationByKey(whereFrom(index, random.next()))
  const problem = random.pick(problems)
  const calm = organization.ase !== null && random.chance(0.97)
  const emergency = problem.priority === 'urgent' && !calm && index > 0
  const byMe = !organization.ase && random.chance(0.12)
  const owner = organization.ase ?? (byMe ? me : random.pick(colleagues))
  return {
    id: firstId + index * idStep,
    problem,
    organization,
    requester: random.pick(organization.contacts),
    priority: problem.priority === 'urgent' && !emergency ? 'high' : problem.priority,
    tags: emergency ? ['emergency'] : [],
    times: [at],
    assignee: owner,
    takenAt: organization.autoAssigned ? at : wholeSecond(at + random.int(8, 75) * MINUTE),
    successor: organization.ase ? (organization.ase.id === me.id ? me : random.pick(colleagues)) : owner,
    ccIds: [],
    followerIds: [],
    pace: 0.5,
  }
}

/** When the `index`th arrival comes, given when the one before it came. */
export function arrivalTime(seed: number, anchor: number, previous: number, index: number): number {
  const random = createRandom(seed, 'gap', index)
  if (index === 0) return wholeSecond(anchor + random.int(60, 110) * SECOND)
  return wholeSecond(previous + random.int(20 * 60, 40 * 60) * SECOND)
}

/** Covered accounts get the first ticket and every fifth after it; the rest is spread. */
function whereFrom(index: number, share: number): string {
  if (index % 5 === 0) return index % 10 === 0 ? 'cascadia' : 'meridian'
  if (share < 0.1) return 'kestrel'
  if (share < 0.2) return 'brandt'
  return otherOrganizations[Math.floor(share * 1000) % otherOrganizations.length]?.key ?? 'lumen'
}

/** The first free id after the `index`th arrival, for tickets made by hand between two arrivals. */
export function idAfterArrival(firstId: number, index: number, made: number): number {
  return firstId + index * idStep + 1 + made
}

/** How many tickets fit by hand between two arrivals. */
export const idsBetweenArrivals = idStep - 1
