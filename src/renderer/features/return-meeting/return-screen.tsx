import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'

/** Where the meeting after an absence will be held. */
export function ReturnScreen() {
  return (
    <Screen title="Return" about="The meeting after an absence: what happened, and who keeps which ticket.">
      <EmptyState icon="return" title="The return meeting comes in a later version">
        <p>
          What happened since the handoff will be listed here row by row: new, solved and breached tickets, promises
          made, and for each ticket opened meanwhile whether it is kept or transferred.
        </p>
        <p>
          Meanwhile: Understudy already records what it sees change, whenever it reads Zendesk and GitLab.{' '}
          <Link to="/coverage">Coverage</Link> shows when it ends, and <Link to="/alerts">Alerts</Link> lists the new
          tickets.
        </p>
      </EmptyState>
    </Screen>
  )
}
