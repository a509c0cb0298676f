import { problems } from '../stories/problems.ts'
import { wholeSecond } from '../time.ts'
import { arrival, arrivalTime, idAfterArrival, idsBetweenArrivals } from './arrivals.ts'
import { planTicket } from './conversation.ts'
import { createEarlierStates } from './earlier-states.ts'
import { createFates } from './fates.ts'
import type { Fate } from './fates.ts'
import type { Change, Happening, Opening } from './happening.ts'
import { changeTicket, openTicket } from './happening.ts'
import { createHistory, firstHistoryId, historyEndsMs } from './history.ts'
import { createGitlabWorld } from './gitlab-world.ts'
import { createIssueCourse, nextIssueChange } from './issue-course.ts'
import { createListing } from './listing.ts'
import { ticketsTakenByMe } from './load-history.ts'
import { openingScene, recentTickets } from './opening-scene.ts'
import { organizations } from './organizations.ts'
import { agents } from './people.ts'
import type { ZendeskUser } from './people.ts'
import { createQueue } from './queue.ts'
import type { Ticket } from './ticket.ts'
import { scenes } from './scenes.ts'

/** Tickets of the sample workspace's history that are not mine. */
const othersInSample = 700

export interface WorldOptions {
  readonly seed: number
  readonly anchor: number
  readonly scale: number | undefined
}

/** What an organization's note was changed to, and when. */
export interface OrganizationNote {
  readonly text: string | null
  readonly updatedAt: number
}

type Due =
  | Happening
  | { readonly kind: 'arrival'; readonly index: number }
  | { readonly kind: 'issue'; readonly index: number }

/** A world of tickets and issues. Its state follows from seed, anchor and time, and from what was changed by hand. */
export type World = ReturnType<typeof createWorld>

/** Builds the world around its anchor; nothing has happened after the anchor until `advanceTo` is called. */
export function createWorld({ seed, anchor, scale }: WorldOptions) {
  const size = sizeOf(seed, anchor, scale)
  const history = createHistory(seed, anchor, size.history, problems)
  const firstLiveId = Math.max(712_000, firstHistoryId + history.length + 1000)
  const plans = openingScene(seed, anchor, size.recentlyTaken, size.live, size.more, firstLiveId)
  const firstArrivalId = (plans.at(-1)?.id ?? firstLiveId) + idsBetweenArrivals + 2
  const live = new Map<number, Ticket>()
  const queue = createQueue<Due>()
  const users = new Map<number, ZendeskUser>()
  for (const user of [...agents, ...organizations.flatMap(({ contacts }) => contacts)]) users.set(user.id, user)
  const isAgent = (id: number): boolean => users.get(id)?.role === 'agent'
  let revision = 0
  let arrived = -1
  let madeSinceArrival = 0
  let time = anchor
  const findTicket = (organization: string, problem: string) =>
    plans.find((plan) => plan.organization.key === organization && plan.problem.key === problem)?.id
  const gitlab = createGitlabWorld(seed, anchor, () => time, findTicket)
  const changeIssue = createIssueCourse(seed, gitlab.issues)

  const fates = createFates()
  const earlier = createEarlierStates(live)
  const notes = new Map<number, OrganizationNote>()
  const listing = createListing(history, live, fates, () => revision)
  const schedule = (happenings: readonly Happening[]): void => {
    for (const happening of happenings) queue.add(happening.at, happening)
  }
  for (const plan of plans) schedule(planTicket(seed, plan))
  queue.add(arrivalTime(seed, anchor, anchor, 0), { kind: 'arrival', index: 0 })
  queue.add(nextIssueChange(seed, anchor, 0), { kind: 'issue', index: 0 })

  const happen = (at: number, due: Due): void => {
    revision++
    switch (due.kind) {
      case 'opened':
        live.set(due.opening.id, openTicket(due.opening, at))
        return
      case 'changed': {
        const ticket = live.get(due.ticketId)
        if (!ticket || ticket.status === 'closed' || fates.of(due.ticketId)?.kind === 'deleted') return
        earlier.keep(ticket, at)
        changeTicket(ticket, due.change, at, isAgent)
        return
      }
      case 'arrival':
        arrived = due.index
        madeSinceArrival = 0
        schedule(planTicket(seed, arrival(seed, at, due.index, firstArrivalId)))
        queue.add(arrivalTime(seed, anchor, at, due.index + 1), { kind: 'arrival', index: due.index + 1 })
        return
      case 'issue':
        changeIssue(due.index, at)
        queue.add(nextIssueChange(seed, at, due.index + 1), { kind: 'issue', index: due.index + 1 })
    }
  }

  const advanceTo = (instant: number): void => {
    time = Math.max(time, instant)
    for (let due = queue.takeDue(instant); due; due = queue.takeDue(instant)) happen(due.at, due.item)
  }
  advanceTo(anchor)

  const nextManualId = (): number => {
    if (madeSinceArrival >= idsBetweenArrivals) throw new Error('no more tickets can be made before the next arrival')
    return idAfterArrival(firstArrivalId, arrived, madeSinceArrival++)
  }

  return {
    history,
    live: live as ReadonlyMap<number, Ticket>,
    ...gitlab,
    users: users as ReadonlyMap<number, ZendeskUser>,
    /** The unsolved ticket that an organization has about a problem of the opening scene. */
    unsolvedTicket: (organization: string, problem: string): Ticket | undefined =>
      plans
        .filter((plan) => plan.organization.key === organization && plan.problem.key === problem)
        .map(({ id }) => live.get(id))
        .find((ticket) => ticket && ticket.status !== 'solved' && ticket.status !== 'closed'),
    list: listing,
    /** Lets everything happen that is due by then, in order. */
    advanceTo,
    ticket(id: number): Ticket | undefined {
      const row = id - firstHistoryId
      return live.get(id) ?? (row >= 0 && row < history.length ? history.ticketAt(row) : undefined)
    },
    /** Opens a ticket at the present instant and gives back its id. */
    open(opening: Omit<Opening, 'id'>): Ticket {
      const id = nextManualId()
      happen(wholeSecond(time), { at: time, kind: 'opened', opening: { ...opening, id } })
      return live.get(id) as Ticket
    },
    /** Changes a ticket at the present instant. False when it is closed, deleted or does not exist. */
    change(ticketId: number, change: Change): boolean {
      const ticket = live.get(ticketId)
      if (!ticket || ticket.status === 'closed' || fates.of(ticketId)?.kind === 'deleted') return false
      happen(wholeSecond(time), { at: time, kind: 'changed', ticketId, change })
      return true
    },
    fates: fates as Omit<typeof fates, 'set' | 'clear'>,
    /** Takes a ticket out of the lists, or with `undefined` back into them. */
    setFate(ticketId: number, kind: Fate['kind'] | undefined, actorId: number): void {
      revision++
      const at = wholeSecond(time)
      if (kind === undefined) fates.clear(ticketId)
      else fates.set(ticketId, kind === 'deleted' ? { kind, at, actorId } : { kind, at })
    },
    /** Tickets in motion as they were at `instant`, at most an hour ago. */
    liveAt: earlier.at,
    /** The note of an organization, where it was written anew. */
    noteOf: (organizationId: number): OrganizationNote | undefined => notes.get(organizationId),
    writeNote(organizationId: number, text: string | null): void {
      notes.set(organizationId, { text, updatedAt: wholeSecond(time) })
    },
    /** Zendesk makes a user of an address it does not know. */
    addUser(email: string): ZendeskUser {
      const id = 379000000000 + users.size
      const zone = { timeZone: 'Berlin', ianaTimeZone: 'Europe/Berlin' }
      const name = email.split('@')[0] ?? email
      const user: ZendeskUser = {
        id,
        name,
        email,
        role: 'end-user',
        organizationId: null,
        createdAt: wholeSecond(time),
        ...zone,
      }
      users.set(id, user)
      return user
    },
  }
}

function sizeOf(seed: number, anchor: number, scale: number | undefined) {
  const taken = ticketsTakenByMe(seed, anchor)
  const recentlyTaken = taken.filter((instant) => instant > anchor - historyEndsMs)
  const longAgo = taken.filter((instant) => instant <= anchor - historyEndsMs)
  const sample = scenes.length + recentlyTaken.length + recentTickets
  if (scale === undefined) {
    return { live: sample, more: 0, recentlyTaken, history: { takenByMe: longAgo, others: othersInSample } }
  }
  const more = Math.min(120, Math.floor(scale / 100))
  const live = Math.min(scale, sample + (scale > sample * 4 ? more : 0))
  const left = scale - live
  const takenByMe = left < longAgo.length ? longAgo.slice(longAgo.length - left) : longAgo
  return {
    live,
    more: live - Math.min(live, sample),
    recentlyTaken,
    history: { takenByMe, others: left - takenByMe.length },
  }
}
