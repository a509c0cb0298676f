import type { WriteIntent } from '#contract/outbox.ts'
import { isLive } from '#core/tickets/ticket.ts'
import type { TrueTicket } from '#simulator/control/truth.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createAsk } from '#test/simulator/ask.ts'
import type { Dice } from './dice.ts'

/** What customers, engineers and admins do in Zendesk, and what a person wants done there. */
export interface Deeds {
  /** How often each was done. */
  readonly done: Readonly<Record<string, number>>
  /** What goes on every day. */
  gentle(): Promise<unknown>
  /** What ends a ticket, or takes it elsewhere. */
  drastic(): Promise<unknown>
  /** The customer replies to the ticket that was unchanged longest, of those that the list at `path` is about. */
  replyToOldest(path: string): Promise<unknown>
  /** Changes of one to six tickets that a person wants made. */
  intents(): WriteIntent[]
}

/**
 * Creates the deeds that are done to the tickets of some accounts.
 *
 * @param followed ids of the accounts.
 * @param beforeNight whether the nightly look-through is still to come, which alone sees some things.
 */
export function createDeeds(
  simulator: Simulator,
  dice: Dice,
  followed: readonly number[],
  beforeNight: () => boolean,
): Deeds {
  const { order } = createAsk(simulator.description)
  const { workspace } = simulator.description
  const done: Record<string, number> = {}
  let written = 0

  function tickets(which: (ticket: TrueTicket) => boolean): TrueTicket[] {
    return simulator.truth().tickets.filter((ticket) => followed.includes(ticket.organizationId) && which(ticket))
  }
  const unsolved = () => tickets((ticket) => ticket.fate === null && isLive(ticket))
  /** Those of an organization, longest unchanged first; of all where there is no path of one. */
  const unchanged = (path: string) => {
    const [, organization] = /organizations\/(\d+)/.exec(path) ?? []
    const ours = unsolved().filter(({ organizationId }) => !organization || organizationId === Number(organization))
    return ours.toSorted((a, b) => a.updatedAt - b.updatedAt)
  }
  const gone = () => tickets(({ fate }) => fate === 'deleted' || fate === 'restricted').filter(isLive)

  async function act(deed: string, ticket: TrueTicket | undefined, path: string, body: object = {}): Promise<void> {
    if (!ticket) return
    const { status } = await order(`/tickets/${ticket.id}${path}`, body)
    if (status < 300) done[deed] = (done[deed] ?? 0) + 1
  }

  const gentle: Record<string, () => Promise<unknown>> = {
    open: async () => {
      const opened = { organization_id: dice.one(followed), subject: `Opened by hand ${(written += 1)}` }
      await order('/tickets', { ...opened, priority: dice.one(['low', 'normal', 'high', 'urgent', null]) })
      done['open'] = (done['open'] ?? 0) + 1
    },
    reply: () => act('reply', dice.one(unsolved()), '/comments', { body: `The customer says ${(written += 1)}` }),
    answer: () => {
      const author = { author_id: dice.one(workspace.people)?.id, public: dice.below(2) === 0 }
      return act('answer', dice.one(unsolved()), '/comments', { body: `An engineer says ${(written += 1)}`, ...author })
    },
    status: () => act('status', dice.one(unsolved()), '', { status: dice.one(['open', 'pending', 'hold', 'solved']) }),
    priority: () => act('priority', dice.one(unsolved()), '', { priority: dice.one(['low', 'high', 'urgent']) }),
    assign: () => act('assign', dice.one(unsolved()), '', { assignee_id: dice.one(workspace.people)?.id }),
    tag: () => act('tag', dice.one(unsolved()), '', { tags: ['geo', `by-hand-${(written += 1)}`] }),
    cc: () => act('cc', dice.one(unsolved()), '', { email_cc_ids: dice.below(2) === 0 ? [workspace.meId] : [] }),
  }
  const drastic: Record<string, () => Promise<unknown>> = {
    delete: () => act('delete', dice.one(unsolved()), '/delete'),
    merge: async () => {
      const [source, target] = dice.shuffle(unsolved())
      await act('merge', source, '/merge', { into: target?.id })
    },
    move: () => act('move', dice.one(unsolved()), '/move', { organization_id: dice.one(followed) }),
    leave: () => {
      const elsewhere = simulator.truth().tickets.map(({ organizationId }) => organizationId)
      const stranger = dice.one(elsewhere.filter((id) => !followed.includes(id)))
      return act('leave', dice.one(unsolved()), '/move', { organization_id: stranger })
    },
    restrict: () => act('restrict', dice.one(unsolved()), '/restrict'),
    restore: () => act('restore', dice.one(gone()), '/restore'),
    archive: () =>
      beforeNight()
        ? act('archive', dice.one(tickets(({ status, fate }) => status === 'closed' && fate === null)), '/archive')
        : Promise.resolve(),
  }

  function intentFor(ticketId: number): WriteIntent {
    const number = (written += 1)
    const text = `Case${number}: node${number} ran out of disk${number}, log${number} shows it`
    return (
      dice.one<WriteIntent>([
        { kind: 'internal-note', ticketId, body: text },
        { kind: 'internal-note', ticketId, body: text },
        { kind: 'add-cc', ticketId },
        { kind: 'follow', ticketId },
        { kind: 'assign', ticketId, assigneeId: dice.one(workspace.people)?.id ?? workspace.meId },
        { kind: 'tags', ticketId, add: [`day-${number}`], remove: [] },
      ]) ?? { kind: 'follow', ticketId }
    )
  }

  return {
    done,
    gentle: () => gentle[dice.one(Object.keys(gentle)) ?? 'reply']?.() ?? Promise.resolve(),
    drastic: () => drastic[dice.one(Object.keys(drastic)) ?? 'delete']?.() ?? Promise.resolve(),
    replyToOldest: (path) =>
      act('reply', unchanged(path)[0], '/comments', { body: `The customer says ${(written += 1)}` }),
    intents: () =>
      dice
        .shuffle(unsolved())
        .slice(0, 1 + dice.below(6))
        .map(({ id }) => intentFor(id)),
  }
}
