import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useWindow } from '../../api/window-context.tsx'
import { EmptyState } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'

/** Which Zendesk and GitLab are read. Connecting one's own comes later, and this says so. */
export function ConnectionsScreen() {
  const { queries } = useWindow()
  const { data: status } = useQuery(queries.status())
  return (
    <Screen title="Settings › Connections" about={<Link to="/settings">Back to Settings</Link>}>
      <EmptyState icon="building" title="Connecting your Zendesk and GitLab comes in a later version">
        <p>This version cannot sign in to a company’s Zendesk or GitLab yet, and asks for no password or token.</p>
        {status?.workspace === 'sample' && (
          <p>
            What you see is the sample workspace, served by a simulator on this machine. Try everything: nothing leaves
            it.
          </p>
        )}
      </EmptyState>
    </Screen>
  )
}
