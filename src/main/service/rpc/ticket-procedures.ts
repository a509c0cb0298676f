import { listEvents } from '../db/events.ts'
import { listTickets, queueCounts, queueIds, readTicket } from '../db/read-tickets.ts'
import { snapshot } from '../db/sql.ts'
import { os, viewpointOf, type RouterDeps } from './router-deps.ts'
import { queueAccountIds, toTicketDetail, toTicketRow } from './ticket-views.ts'

/** Tickets, and what happened to them and to issues. */
export function ticketProcedures(deps: RouterDeps) {
  return {
    tickets: {
      queue: os.tickets.queue.handler(({ input }) => {
        const { db } = deps.session()
        return snapshot(db, () => {
          const view = viewpointOf(deps)
          const mine = queueAccountIds(view.roster, view.now)
          const accountIds = input.accountId === undefined ? mine : mine.filter((id) => id === input.accountId)
          const rows = queueIds(db, accountIds, input.limit, input.offset).flatMap((id) => {
            const ticket = readTicket(db, id)
            return ticket ? [toTicketRow(ticket, view)] : []
          })
          return { rows, ...queueCounts(db, accountIds, view.now), now: view.now }
        })
      }),
      get: os.tickets.get.handler(({ input, errors }) => {
        const ticket = readTicket(deps.session().db, input.id)
        if (!ticket) {
          throw errors.NOT_FOUND({
            message: `Ticket ${input.id} is not stored here. It may belong to an account that is not synced.`,
            data: { what: 'ticket', id: String(input.id) },
          })
        }
        return toTicketDetail(ticket, viewpointOf(deps))
      }),
      list: os.tickets.list.handler(({ input }) => {
        const found = listTickets(deps.session().db, {
          afterId: input.afterId,
          limit: input.limit + 1,
          organizationId: input.organizationId,
        })
        return { tickets: found.slice(0, input.limit), more: found.length > input.limit }
      }),
    },
    activity: {
      list: os.activity.list.handler(({ input }) => {
        const found = listEvents(deps.session().db, input.afterSeq, input.limit + 1)
        return { events: found.slice(0, input.limit), more: found.length > input.limit }
      }),
    },
  }
}
