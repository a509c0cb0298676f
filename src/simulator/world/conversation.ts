import type { Problem } from '../stories/problem.ts'
import { fillIn } from '../stories/problem.ts'
import { createRandom } from '../random.ts'
import { HOUR, MINUTE, wholeSecond } from '../time.ts'
import { detailsOf } from './details.ts'
import { emergencyForm } from './forms.ts'
import type { Change, Happening, Opening } from './happening.ts'
import { closesAfter } from './happening.ts'
import type { Organization } from './organizations.ts'
import type { ZendeskUser } from './people.ts'
import type { TicketPriority, TicketStatus } from './ticket.ts'

/** What is known of a ticket before its life is worked out. Instants are ms since the epoch. */
export interface TicketPlan {
  readonly id: number
  readonly problem: Problem
  readonly organization: Organization
  readonly requester: ZendeskUser
  readonly priority: TicketPriority | null
  readonly tags: readonly string[]
  /** When each message that is already decided was written; the first one opens the ticket. */
  readonly times: readonly number[]
  readonly assignee: { readonly id: number; readonly name: string } | null
  /** When the assignee got it; equal to the opening where accounts are assigned automatically. */
  readonly takenAt: number
  /** Who writes the agent's messages after the decided ones. */
  readonly successor: { readonly id: number; readonly name: string }
  readonly ccIds: readonly number[]
  readonly followerIds: readonly number[]
  /** State after the last decided message, where it is not what that message makes it. */
  readonly status?: TicketStatus
  /** When the clock started by the last decided message runs out, where the policy's target is not wanted. */
  readonly breachAt?: number
  /** When the first undecided message comes. Left out: the conversation takes its usual time. */
  readonly nextAt?: number
  /** Multiplies the usual time between messages. */
  readonly pace: number
}

const usualWaitMs = { customer: [2 * HOUR, 20 * HOUR], agent: [HOUR, 9 * HOUR], note: [15 * MINUTE, 3 * HOUR] } as const

/** Works out everything that happens to a ticket, from its opening to the day it is closed. */
export function planTicket(seed: number, plan: TicketPlan): readonly Happening[] {
  const { id, problem, organization, requester, assignee } = plan
  const random = createRandom(seed, 'life', id)
  const times = fillTimes(plan, random)
  const openedAt = times[0] ?? 0
  const writer = assignee ?? plan.successor
  const details = detailsOf(seed, id, organization, { requester: requester.name, agent: writer.name }, openedAt)
  const decided = plan.times.length
  const lastSaid = problem.turns.slice(0, decided).findLastIndex(([speaker]) => speaker !== 'note')
  const automatic = assignee !== null && plan.takenAt <= openedAt
  const happenings: Happening[] = []
  const change = (at: number, what: Change): void => {
    happenings.push({ at, kind: 'changed', ticketId: id, change: what })
  }
  problem.turns.forEach(([speaker, text], index) => {
    const at = times[index]
    if (at === undefined) return
    const isLastDecided = index === decided - 1
    const breach = index === lastSaid && plan.breachAt !== undefined ? { breachAt: wholeSecond(plan.breachAt) } : {}
    if (index === 0) {
      const texts = { subject: fillIn(problem.subject, details), text: fillIn(text, details) }
      happenings.push({ at, kind: 'opened', opening: { ...openingOf(plan, automatic), ...texts, ...breach } })
      return
    }
    const author = speaker === 'customer' ? requester : index < decided ? writer : plan.successor
    const signed = fillIn(text, { ...details, agent: author.name.split(' ')[0] ?? author.name })
    const comment = { authorId: author.id, public: speaker !== 'note', text: signed, ...breach }
    const waits = speaker === 'agent' && problem.turns[index + 1]?.[0] === 'customer' && random.chance(0.6)
    change(at, { comment, ...(waits && !isLastDecided ? { status: 'pending' as const } : {}) })
  })
  if (assignee && !automatic) change(wholeSecond(plan.takenAt), { assigneeId: assignee.id })
  const lastDecided = plan.times.at(-1)
  if (plan.status && lastDecided !== undefined) change(wholeSecond(lastDecided) + 1000, { status: plan.status })
  const told = decided >= problem.turns.length
  const end = Math.max(times.at(-1) ?? openedAt, told ? (plan.nextAt ?? 0) : 0)
  if (plan.status !== 'solved' && plan.status !== 'closed') {
    const solvedAt = wholeSecond(end + random.int(HOUR, 16 * HOUR) * plan.pace)
    const taker = assignee ? {} : { assigneeId: plan.successor.id }
    change(solvedAt, { status: 'solved', ...taker })
    change(solvedAt + closesAfter, { status: 'closed' })
  }
  return happenings.sort((a, b) => a.at - b.at)
}

function openingOf(plan: TicketPlan, automatic: boolean): Omit<Opening, 'subject' | 'text'> {
  const { id, problem, organization, requester, priority, assignee, ccIds, followerIds } = plan
  return {
    id,
    organizationId: organization.id,
    requesterId: requester.id,
    type: problem.type,
    priority,
    tags: [problem.area, `sub_${organization.supportLevel}`, ...plan.tags],
    ...(plan.tags.includes('emergency') ? { formId: emergencyForm.id } : {}),
    assigneeId: automatic ? (assignee?.id ?? null) : null,
    ccIds,
    followerIds,
  }
}

function fillTimes(plan: TicketPlan, random: ReturnType<typeof createRandom>): readonly number[] {
  const times = plan.times.map(wholeSecond)
  for (let index = times.length; index < plan.problem.turns.length; index++) {
    const [least, most] = usualWaitMs[plan.problem.turns[index]?.[0] ?? 'customer']
    const wait = random.int(least, most) * plan.pace
    const last = times.at(-1) ?? 0
    times.push(wholeSecond(index === plan.times.length && plan.nextAt !== undefined ? plan.nextAt : last + wait))
  }
  return times
}
