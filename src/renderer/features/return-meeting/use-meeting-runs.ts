import { useEffect, useRef } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { refreshAreas } from '../../api/queries.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { useSettled } from '../../ui/use-settled.ts'

/** Tells the service that a meeting runs here, and at which row, for as long as it does; alerts are held meanwhile. */
export function useMeetingRuns(meeting: {
  readonly coverageId: string
  readonly runs: boolean
  readonly at: string | null
}): void {
  const { coverageId, runs, at } = meeting
  const { connection, queries } = useWindow()
  const queryClient = useQueryClient()
  const connected = useConnectionStatus() === 'open'
  const settled = useSettled(at ?? '')
  const latest = useRef(at)
  useEffect(() => {
    latest.current = at
  })
  useEffect(() => {
    if (!runs) return
    const { alerts, returns } = connection.client
    const again = () => refreshAreas(queryClient, queries, ['alerts', 'app'])
    // The line about the alerts says how they stand, also where this was refused.
    const hold = (wanted: boolean) => void alerts.hold({ meeting: wanted }).then(again, again)
    const leave = () => {
      hold(false)
      returns.stand({ coverageId, at: latest.current, running: false }).catch(unheard)
      // Whoever comes back finds their place at once.
      const { queryKey } = queries.returnList(coverageId)
      queryClient.setQueryData(queryKey, (before) => before && { ...before, at: latest.current, running: false })
    }
    hold(true)
    // A window that is closed has no other last moment.
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [connection, queries, queryClient, coverageId, runs])
  useEffect(() => {
    // A service that was started anew knows of no meeting.
    if (!runs || !connected) return
    connection.client.returns.stand({ coverageId, at: settled === '' ? null : settled, running: true }).catch(unheard)
  }, [connection, connected, coverageId, runs, settled])
}

/** Where a meeting stands is only for taking it up again: it goes on without. */
function unheard(): void {}
