import type { Details, Problem } from '../stories/problem.ts'
import { fillIn } from '../stories/problem.ts'
import { createRandom, mix } from '../random.ts'
import { DAY, HOUR, MINUTE, wholeSecond } from '../time.ts'
import { detailsOf } from './details.ts'
import { auditsOfHistory } from './audits.ts'
import { closesAfter } from './happening.ts'
import { aseSince, organizations, otherOrganizations, accounts } from './organizations.ts'
import { supportForm } from './forms.ts'
import { agents, me, supportGroup } from './people.ts'
import type { Ticket, TicketAudit, TicketComment } from './ticket.ts'
import { auditId, commentId } from './ticket.ts'

/** Where ids of history begin; the oldest ticket has the lowest. */
export const firstHistoryId = 100_001

/** History ends this long before the anchor: younger tickets may still change, and are kept apart. */
export const historyEndsMs = 36 * DAY

const historyBeginsMs = 730 * DAY

/**
 * Closed tickets, which never change. Kept as numbers and turned into tickets when read, so that hundreds of thousands
 * cost little to make. Row `i` has the id `firstHistoryId + i`; rows are in order of creation.
 */
export interface History {
  readonly length: number
  readonly createdAt: Float64Array
  readonly updatedAt: Float64Array
  organizationIdAt(row: number): number
  assigneeIdAt(row: number): number
  ticketAt(row: number): Ticket
}

export interface HistorySize {
  /** When I took tickets of organizations without an ASE, oldest first. */
  readonly takenByMe: readonly number[]
  /** How many tickets beside those. */
  readonly others: number
}

interface Rows {
  readonly createdAt: Float64Array
  readonly takenAt: Float64Array
  readonly solvedAt: Float64Array
  readonly updatedAt: Float64Array
  readonly organization: Uint8Array
  readonly assignee: Uint8Array
}

/** Makes the history of a world built around `anchor`. */
export function createHistory(seed: number, anchor: number, size: HistorySize, problems: readonly Problem[]): History {
  const rows = makeRows(seed, anchor, size)
  const organizationOf = (row: number) => organizations[rows.organization[row] ?? 0] ?? organizations[0]
  const assigneeOf = (row: number) => agents[rows.assignee[row] ?? 0] ?? agents[0]
  return {
    length: rows.createdAt.length,
    createdAt: rows.createdAt,
    updatedAt: rows.updatedAt,
    organizationIdAt: (row) => organizationOf(row)?.id ?? 0,
    assigneeIdAt: (row) => assigneeOf(row)?.id ?? 0,
    ticketAt(row) {
      const organization = organizationOf(row)
      const assignee = assigneeOf(row)
      if (!organization || !assignee || row >= rows.createdAt.length) throw new Error(`no history row ${row}`)
      const id = firstHistoryId + row
      const random = createRandom(seed, 'history', id)
      const problem = random.pick(problems)
      const requester = random.pick(organization.contacts)
      const createdAt = rows.createdAt[row] ?? 0
      const solvedAt = rows.solvedAt[row] ?? 0
      const details = detailsOf(seed, id, organization, { requester: requester.name, agent: assignee.name }, createdAt)
      let told: readonly TicketComment[] | undefined
      let audited: readonly TicketAudit[] | undefined
      const priority = random.chance(0.2) ? 'high' : problem.priority === 'urgent' ? 'high' : problem.priority
      return {
        id,
        organizationId: organization.id,
        requesterId: requester.id,
        subject: fillIn(problem.subject, details),
        type: problem.type,
        createdAt,
        updatedAt: rows.updatedAt[row] ?? 0,
        status: 'closed',
        statusAt: rows.updatedAt[row] ?? 0,
        priority,
        assigneeId: assignee.id,
        groupId: supportGroup.id,
        formId: supportForm.id,
        initiallyAssignedAt: rows.takenAt[row] ?? 0,
        assignedAt: rows.takenAt[row] ?? 0,
        solvedAt,
        tags: [problem.area, `sub_${organization.supportLevel}`],
        ccIds: [],
        followerIds: [],
        clocks: [{ metric: 'first_reply_time', stage: 'achieved', breachAt: createdAt + 4 * HOUR }],
        // Lists read one message of five: the conversation is told when somebody asks for it.
        get comments() {
          return (told ??= tell({ id, problem, requester, assignee, createdAt, solvedAt, details }))
        },
        get audits() {
          return (audited ??= auditsOfHistory(this))
        },
      }
    },
  }
}

interface Told {
  readonly id: number
  readonly problem: Problem
  readonly requester: { readonly id: number }
  readonly assignee: { readonly id: number }
  readonly createdAt: number
  readonly solvedAt: number
  readonly details: Details
}

function tell({ id, problem, requester, assignee, createdAt, solvedAt, details }: Told): readonly TicketComment[] {
  const turns = problem.turns.slice(0, 5)
  return turns.map(([speaker, text], index) => ({
    id: commentId(id, index),
    authorId: speaker === 'customer' ? requester.id : assignee.id,
    public: speaker !== 'note',
    text: fillIn(text, details),
    createdAt: wholeSecond(createdAt + ((solvedAt - createdAt) * index) / turns.length),
    auditId: auditId(id, index),
  }))
}

function makeRows(seed: number, anchor: number, size: HistorySize): Rows {
  const count = size.takenByMe.length + size.others
  const rows: Rows = {
    createdAt: new Float64Array(count),
    takenAt: new Float64Array(count),
    solvedAt: new Float64Array(count),
    updatedAt: new Float64Array(count),
    organization: new Uint8Array(count),
    assignee: new Uint8Array(count),
  }
  const from = anchor - historyBeginsMs
  const step = (historyBeginsMs - historyEndsMs) / Math.max(1, size.others)
  const firstOther = accounts.length
  const mine = Math.max(
    0,
    agents.findIndex(({ id }) => id === me.id),
  )
  let other = 0
  let taken = 0
  for (let row = 0; row < count; row++) {
    const noise = mix(seed, row, 77)
    const otherAt =
      other < size.others ? wholeSecond(from + (other + (mix(seed, other, 78) % 1000) / 1000) * step) : Infinity
    const mineAt = (size.takenByMe[taken] ?? Infinity) - 5 * MINUTE
    const isMine = mineAt < otherAt
    const createdAt = isMine ? mineAt : otherAt
    if (isMine) taken++
    else other++
    const ofAccount = !isMine && noise % 10 < 8
    const organization = ofAccount
      ? (noise >>> 8) % accounts.length
      : firstOther + ((noise >>> 8) % otherOrganizations.length)
    rows.createdAt[row] = createdAt
    rows.takenAt[row] = createdAt + (isMine ? 5 : 3 + ((noise >>> 4) % 50)) * MINUTE
    rows.solvedAt[row] = wholeSecond(createdAt + (6 + ((noise >>> 12) % 200)) * HOUR + (noise % 3600) * 1000)
    rows.updatedAt[row] = (rows.solvedAt[row] ?? 0) + closesAfter
    rows.organization[row] = organization
    rows.assignee[row] = isMine ? mine : whoAnswered(organization, createdAt, anchor, noise >>> 16)
  }
  return rows
}

/** The ASE once the account had one; before that, and elsewhere, anybody of the general queue. */
function whoAnswered(organization: number, createdAt: number, anchor: number, noise: number): number {
  const account = organizations[organization]
  const since = account ? aseSince(account, anchor) : null
  if (account?.ase && since !== null && createdAt >= since) {
    return Math.max(
      0,
      agents.findIndex(({ id }) => id === account.ase?.id),
    )
  }
  return 4 + (noise % (agents.length - 4))
}
