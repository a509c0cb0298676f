import { openActions } from '../calls/open-actions.ts'
import type { ReturnDesk } from '../returns/build-return-list.ts'
import { viewpointOf, type RouterDeps } from './router-deps.ts'
import { ticketUrl } from './ticket-views.ts'

/** What return meetings are seen in as it is now. */
export function returnDeskOf(deps: RouterDeps): ReturnDesk {
  const viewpoint = viewpointOf(deps)
  const { roster, now } = viewpoint
  const { db } = deps.session()
  const callDesk = { db, policy: deps.policy(), now: () => now, outbox: null }
  return {
    ...{ db, roster, now, emergencyMark: deps.settings.get().emergencyMark },
    ticketUrl: (id) => ticketUrl(id, viewpoint),
    openActions: (accountId) => openActions(callDesk, accountId),
  }
}
