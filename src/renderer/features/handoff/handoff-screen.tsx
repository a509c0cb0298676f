import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'

/** Where the meeting before an absence will be held. */
export function HandoffScreen() {
  return (
    <Screen title="Handoff" about="The meeting before an absence: what the covering engineer has to know.">
      <EmptyState icon="handoff" title="The handoff review comes in a later version">
        <p>
          Ticket by ticket, the facts will be filled in from Zendesk, and the two of you will write down what needs
          judgement: the story in a line, the next step, what to do if something happens, whom to ask. Nothing is
          accepted before it was said back.
        </p>
        <p>
          Meanwhile: <Link to="/today">walk the queue</Link> account by account. Each ticket shows its history, its
          clocks, and whether the covering engineer is on Cc.
        </p>
      </EmptyState>
    </Screen>
  )
}
