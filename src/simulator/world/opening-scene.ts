import { problemByKey, problems } from '../stories/problems.ts'
import { createRandom } from '../random.ts'
import { HOUR, MINUTE } from '../time.ts'
import type { TicketPlan } from './conversation.ts'
import type { Scene } from './scenes.ts'
import { scenes } from './scenes.ts'
import { accounts, organizationByKey, otherOrganizations, writingOrganizations } from './organizations.ts'
import type { Organization } from './organizations.ts'
import { agents, colleagues, me } from './people.ts'

/** Tickets of the last weeks that others solved. */
export const recentTickets = 30

type UnnumberedPlan = Omit<TicketPlan, 'id'>

/** The tickets that are in motion when the world opens, in order of creation; numbered from `firstId`. */
export function openingScene(
  seed: number,
  anchor: number,
  takenByMe: readonly number[],
  atMost: number,
  more: number,
  firstId: number,
): readonly TicketPlan[] {
  const plans = [
    ...scenes.map((scene, index) => planScene(seed, anchor, scene, index)),
    ...takenByMe.map((takenAt, index) => planOwnWork(seed, takenAt, index)),
    ...range(recentTickets).map((index) => planRecent(seed, anchor, index)),
    ...range(more).map((index) => planBacklog(seed, anchor, index)),
  ].slice(0, atMost)
  const random = createRandom(seed, 'ids')
  let id = firstId
  return plans
    .map((plan, order) => ({ plan, order }))
    .sort((a, b) => (a.plan.times[0] ?? 0) - (b.plan.times[0] ?? 0) || a.order - b.order)
    .map(({ plan }) => ({ ...plan, id: (id += random.int(3, 37)) }))
}

const range = (length: number): readonly number[] => Array.from({ length }, (_, index) => index)

function planScene(seed: number, anchor: number, scene: Scene, index: number): UnnumberedPlan {
  const random = createRandom(seed, 'scene', index)
  const organization = organizationByKey(scene.organization)
  const colleague = random.pick(colleagues)
  const assignee = whoIs(scene.assignee, organization, colleague)
  const times = scene.hoursAgo.map((hours) => anchor - hours * HOUR)
  const openedAt = times[0] ?? anchor
  const automatic = scene.assignee === 'ase' && organization.autoAssigned
  return {
    problem: problemByKey(scene.problem),
    organization,
    requester: random.pick(organization.contacts),
    priority: scene.priority,
    tags: scene.tags ?? [],
    times,
    assignee,
    takenAt: automatic ? openedAt : openedAt + random.int(6, 14) * MINUTE,
    successor: scene.assignee === 'me' ? me : colleague,
    ccIds: scene.cc === false ? [] : organization.ase && organization.ase.id !== me.id ? [me.id] : [],
    followerIds: scene.follows ? [me.id] : [],
    ...(scene.status ? { status: scene.status } : {}),
    ...(scene.breachesIn === undefined ? {} : { breachAt: anchor + scene.breachesIn * MINUTE }),
    nextAt: anchor + (scene.nextIn === undefined ? random.int(5 * 60, 60 * 60) : scene.nextIn) * MINUTE,
    pace: 1.5,
  }
}

function whoIs(
  assignee: Scene['assignee'],
  organization: Organization,
  colleague: { readonly id: number; readonly name: string },
): { readonly id: number; readonly name: string } | null {
  if (assignee === 'nobody') return null
  if (assignee === 'me') return me
  return assignee === 'ase' ? organization.ase : colleague
}

/** A ticket of an organization without an ASE that I took at `takenAt`: what the load figures count. */
function planOwnWork(seed: number, takenAt: number, index: number): UnnumberedPlan {
  const random = createRandom(seed, 'own', index)
  const organization = random.pick(otherOrganizations)
  const problem = random.pick(problems)
  return {
    problem,
    organization,
    requester: random.pick(organization.contacts),
    priority: problem.priority === 'urgent' ? 'high' : problem.priority,
    tags: [],
    times: [takenAt - random.int(5, 90) * MINUTE],
    assignee: me,
    takenAt,
    successor: me,
    ccIds: [],
    followerIds: [],
    nextAt: takenAt + random.int(10, 60) * MINUTE,
    pace: 0.8,
  }
}

/** A ticket of the last weeks that somebody else solved. */
function planRecent(seed: number, anchor: number, index: number): UnnumberedPlan {
  const random = createRandom(seed, 'recent', index)
  const organization = random.pick(writingOrganizations)
  const problem = random.pick(problems)
  const openedAt = anchor - random.int(9 * 24, 24 * 24) * HOUR - random.int(0, 59) * MINUTE
  const assignee = organization.ase ?? random.pick(colleagues)
  return {
    problem,
    organization,
    requester: random.pick(organization.contacts),
    priority: problem.priority === 'urgent' ? 'high' : problem.priority,
    tags: [],
    times: [openedAt],
    assignee,
    takenAt: openedAt + (organization.autoAssigned ? 0 : random.int(5, 50) * MINUTE),
    successor: assignee,
    ccIds: [],
    followerIds: [],
    pace: 1,
  }
}

/** One more unsolved ticket, for worlds larger than the sample workspace. */
function planBacklog(seed: number, anchor: number, index: number): UnnumberedPlan {
  const random = createRandom(seed, 'backlog', index)
  const organization = random.chance(0.8) ? random.pick(accounts) : random.pick(otherOrganizations)
  const problem = random.pick(problems)
  const openedAt = anchor - random.int(2, 240) * HOUR
  const assignee = organization.ase ?? random.pick(agents.slice(4))
  return {
    problem,
    organization,
    requester: random.pick(organization.contacts),
    priority: problem.priority === 'urgent' ? 'high' : problem.priority,
    tags: [],
    times: [openedAt],
    assignee,
    takenAt: openedAt + random.int(1, 90) * MINUTE,
    successor: assignee,
    ccIds: [],
    followerIds: [],
    breachAt: anchor + random.int(-600, 4000) * MINUTE,
    nextAt: anchor + random.int(3, 90) * HOUR,
    pace: 3,
  }
}
