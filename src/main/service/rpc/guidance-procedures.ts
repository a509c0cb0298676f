import { storeChoice } from '../db/pre-ase-choices.ts'
import { readTicket } from '../db/read-tickets.ts'
import { snapshot } from '../db/sql.ts'
import { Refusal } from '../refusal.ts'
import { answering } from './answering.ts'
import { toEmergencyBrief } from './brief-view.ts'
import { emergencyMarks } from './emergency-marks.ts'
import { guardedTickets } from './guard-view.ts'
import { toTicketGuidance } from './guidance-view.ts'
import { os, viewpointOf, type RouterDeps } from './router-deps.ts'

/** What to do with tickets, and what to know when it is urgent. */
export function guidanceProcedures(deps: RouterDeps) {
  const stored = (ticketId: number) => {
    const ticket = readTicket(deps.session().db, ticketId)
    if (ticket) return ticket
    throw new Refusal(
      'not-found',
      `Ticket ${ticketId} is not stored here. It may belong to an account that is not synced.`,
      { missing: { what: 'ticket', id: String(ticketId) } },
    )
  }
  return {
    guidance: {
      of: os.guidance.of.handler(({ input, errors }) =>
        answering(errors, () => toTicketGuidance(stored(input.ticketId), viewpointOf(deps, input.at), input.as)),
      ),
      setChoice: os.guidance.setChoice.handler(({ input, errors }) =>
        answering(errors, () => {
          const { db, workspace } = deps.session()
          const ticket = stored(input.ticketId)
          const view = viewpointOf(deps)
          if (toTicketGuidance(ticket, view).preAse === null) {
            throw new Refusal(
              'refused',
              'This ticket is not from before its ASE, or the ASE has it already, so there is nothing to choose.',
            )
          }
          const { choice } = input
          const byName = view.roster.me?.name ?? null
          storeChoice(db, ticket.id, choice && { choice, byName, at: workspace.clock.now() })
          deps.hub.publish('tickets', [ticket.id])
          return toTicketGuidance(ticket, view)
        }),
      ),
      brief: os.guidance.brief.handler(({ input, errors }) =>
        answering(errors, () =>
          snapshot(deps.session().db, () => toEmergencyBrief(stored(input.ticketId), viewpointOf(deps))),
        ),
      ),
      guard: os.guidance.guard.handler(() => {
        const view = viewpointOf(deps)
        return { tickets: guardedTickets(view), now: view.now }
      }),
      emergencyMarks: os.guidance.emergencyMarks.handler(() => {
        const { db, workspace, sources } = deps.session()
        const { emergencyMark: mark } = deps.settings.get()
        const zendesk = sources?.zendesk.api('person') ?? null
        return emergencyMarks({ db, now: workspace.clock.now(), mark, zendesk })
      }),
    },
  }
}
