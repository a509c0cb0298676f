import { useQueryClient } from '@tanstack/react-query'
import { refreshAreas } from '../api/queries.ts'
import { useWindow } from '../api/window-context.tsx'

/** Asks again for the alerts, what holds them back, and how many are not opened. */
export function useAlertsAgain(): () => void {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  return () => refreshAreas(queryClient, queries, ['alerts', 'app'])
}
