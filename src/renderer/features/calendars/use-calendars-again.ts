import { useQueryClient } from '@tanstack/react-query'
import { useWindow } from '../../api/window-context.tsx'

/** Asks again for everything that absences and shifts decide. */
export function useCalendarsAgain(): () => Promise<void> {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  return async () => {
    const { calendars, absences, coverage, plans, onCall, workload } = queries.procedures
    for (const area of [calendars, absences, coverage, plans, onCall, workload]) {
      await queryClient.invalidateQueries({ queryKey: area.key() })
    }
  }
}
