import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { HandoffDetail } from '#contract/handoffs.ts'
import { useWindow } from '../../api/window-context.tsx'
import { EmptyState, ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'

/** Reads a handoff and shows it, or says why it cannot. */
export function HandoffGate(props: {
  readonly handoffId: string
  readonly children: (handoff: HandoffDetail) => ReactNode
}) {
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.handoff(props.handoffId))
  if (data) return props.children(data)
  const gone = error && 'code' in error && error.code === 'NOT_FOUND'
  return (
    <Screen title="Handoff" about={<Link to="/handoff">Back to Handoff</Link>}>
      {gone ? (
        <EmptyState icon="handoff" title="This handoff is not here">
          <p>Its absence was called off, or it belongs to another workspace. Handoff lists those there are.</p>
        </EmptyState>
      ) : error ? (
        <ErrorNotice what="The handoff could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the handoff…" />
      )}
    </Screen>
  )
}
