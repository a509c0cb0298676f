import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReturnList } from '#contract/returns.ts'
import { useWindow } from '../../api/window-context.tsx'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { EmptyState, ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'

/** Reads the list of a meeting and shows it, or says why it cannot. */
export function ReturnGate(props: {
  readonly coverageId: string
  /** Leaves the screen: it has the window for itself. */
  readonly onLeave: () => void
  readonly children: (list: ReturnList) => ReactNode
}) {
  const { coverageId, onLeave, children } = props
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.returnList(coverageId))
  useShortcuts([{ keys: 'Escape', words: 'Leave, and go on later', group: 'Return meeting', run: onLeave }])
  // Each coverage of an account that was passed on leads here; what is asked about the list is asked by the one that was come by.
  if (data) return children({ ...data, coverageId })
  const gone = error && 'code' in error && error.code === 'NOT_FOUND'
  return (
    <Screen title="Return" about={<Link to="/return">Back to Return</Link>}>
      {gone ? (
        <EmptyState icon="return" title="This meeting is not here">
          <p>Its absence was called off, or it belongs to another workspace. Return lists those there are.</p>
        </EmptyState>
      ) : error ? (
        <ErrorNotice what="The list could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Building the list…" />
      )}
    </Screen>
  )
}
