import { listEvents } from '../db/events.ts'
import { listIssues, readIssue } from '../db/read-issues.ts'
import { listTickets, queueCounts, queueIds, readTicket } from '../db/read-tickets.ts'
import { snapshot } from '../db/sql.ts'
import { os, viewpointOf, type RouterDeps } from './router-deps.ts'
import { queueAccountIds, toTicketDetail, toTicketRow } from './ticket-views.ts'

/** Tickets, issues and what happened to them. */
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
    issues: {
      list: os.issues.list.handler(({ input }) =>
        listIssues(deps.session().db, { ...input, accountId: input.accountId }),
      ),
      get: os.issues.get.handler(({ input, errors }) => {
        const { db } = deps.session()
        const found = snapshot(db, () => readIssue(db, input))
        if (found) return found
        throw errors.NOT_FOUND({
          message: 'This is not stored here. Its account may have been given another label or place in GitLab.',
          data: { what: input.kind, id: `${input.projectId}/${input.iid}` },
        })
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
