import type { DescribedFacts, DescribedHandoff, DescribedLine } from '../description.ts'
import { brandtLines, cascadiaLines, type HandedLine } from '../stories/handed-lines.ts'
import { DAY, HOUR, localDay, localTime } from '../time.ts'
import { organizationByKey } from './organizations.ts'
import { dana, ines, me } from './people.ts'
import type { Ticket, TicketComment } from './ticket.ts'
import type { World } from './world.ts'

type HandoffWorld = Pick<World, 'unsolvedTicket' | 'users'>

/**
 * The handoffs of a world built around `anchor`: Cascadia Freight was handed over to me in full before its ASE left, and Brandt, which is
 * mine, is just begun for my own absence. What happened to a ticket after it was gone through is not in its facts of then.
 */
export function describeHandoffs(anchor: number, world: HandoffWorld): readonly DescribedHandoff[] {
  const left = localTime(dana.timeZone, anchor, 0)
  const reviewedAt = Math.min(anchor - 9 * HOUR, left - HOUR)
  const cascadia = organizationByKey('cascadia')
  const brandt = organizationByKey('brandt')
  return [
    {
      planOrAbsenceId: 'absence-dana',
      accountId: cascadia.id,
      coverId: me.id,
      begunAt: reviewedAt - 2 * DAY,
      texts: {
        mood: 'Tired of Geo. Marcus trusts us and says so; he does not like to be asked the same thing twice.',
        paused: 'The runner review and the call every other Tuesday. Leah has told them.',
        dates: 'Their upgrade is on the second weekend of next month. The renewal is in spring.',
      },
      tickets: ticketsOf(cascadia.key, cascadiaLines, world, {
        writtenAt: reviewedAt - 5 * HOUR,
        reviewedAt,
        timeZone: dana.timeZone,
      }),
      acceptedAt: reviewedAt,
    },
    {
      planOrAbsenceId: `sample-${me.username}`,
      accountId: brandt.id,
      coverId: ines.id,
      begunAt: anchor - 14 * HOUR,
      texts: { mood: 'Calm. They like short answers with commands in them.' },
      tickets: ticketsOf(brandt.key, brandtLines, world, {
        writtenAt: anchor - 13 * HOUR,
        reviewedAt: null,
        timeZone: me.timeZone,
      }),
      acceptedAt: null,
    },
  ]
}

interface Told {
  readonly writtenAt: number
  /** Null while nobody went through it. */
  readonly reviewedAt: number | null
  readonly timeZone: string
}

/** Tickets that were there when the lines were gone through; others are not in a handoff. */
function ticketsOf(organization: string, lines: readonly HandedLine[], world: HandoffWorld, told: Told) {
  return lines.flatMap((line): DescribedHandoff['tickets'][number][] => {
    const ticket = world.unsolvedTicket(organization, line.problem)
    const { reviewedAt, writtenAt } = told
    if (!ticket || (reviewedAt !== null && ticket.createdAt > writtenAt)) return []
    return [
      {
        ticketId: ticket.id,
        line: lineOf(line, told),
        writtenAt,
        saidBack: line.saidBack ?? null,
        reviewed: reviewedAt === null ? null : { at: reviewedAt, facts: factsAt(ticket, reviewedAt, world) },
      },
    ]
  })
}

function lineOf(line: HandedLine, { writtenAt, timeZone }: Told): DescribedLine {
  const { severity, story, nextAction, askWhom, dueIn, foreseen } = line
  return {
    ...{ severity, story, nextAction, askWhom },
    // I cover the one account, and what is due of the other is due before my own absence.
    nextOwner: nextAction === '' ? '' : me.name,
    nextBy: dueIn === undefined ? '' : localDay(timeZone, writtenAt, dueIn),
    contingencies: foreseen.map(({ fires, ...each }, index) => ({
      ...each,
      id: `${line.problem}-${index + 1}`,
      trigger:
        fires === undefined
          ? null
          : typeof fires === 'string'
            ? { on: fires }
            : { on: 'no-reply-by', at: writtenAt + fires.noReplyWithin * HOUR },
    })),
    nothingForeseen: false,
  }
}

/** What was to be seen of a ticket at an instant that is not long ago, as far as messages tell. */
function factsAt(ticket: Ticket, at: number, { users }: HandoffWorld): DescribedFacts {
  const nameOf = (id: number | null) => (id === null ? null : (users.get(id)?.name ?? null))
  const isAgent = (id: number) => users.get(id)?.role === 'agent'
  const until = ticket.comments.filter(({ createdAt }) => createdAt <= at)
  const last = (fits: (comment: TicketComment) => boolean) => {
    const comment = until.findLast(fits)
    if (!comment) return null
    const words = comment.text.replaceAll(/\s+/g, ' ').trim().slice(0, 160)
    return { at: comment.createdAt, byName: nameOf(comment.authorId) ?? '', words }
  }
  const isAsItWas = until.length === ticket.comments.length
  const running = ticket.clocks.flatMap(({ metric, stage, breachAt }) =>
    stage === 'active' && breachAt !== null ? [{ metric, breachAt }] : [],
  )
  return {
    subject: ticket.subject,
    status: ticket.status,
    priority: ticket.priority,
    assigneeId: ticket.assigneeId,
    assigneeName: nameOf(ticket.assigneeId),
    createdAt: ticket.createdAt,
    lastCustomer: last(({ authorId, public: isPublic }) => isPublic && !isAgent(authorId)),
    lastPublicReply: last(({ authorId, public: isPublic }) => isPublic && isAgent(authorId)),
    lastNote: last(({ public: isPublic }) => !isPublic),
    clocks: isAsItWas ? running.toSorted((a, b) => a.breachAt - b.breachAt) : [],
    ccNames: ticket.ccIds.flatMap((id) => nameOf(id) ?? []),
    issues: [],
  }
}
