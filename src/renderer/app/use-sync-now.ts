import { useMutation } from '@tanstack/react-query'
import { useConnectionStatus, useWindow } from '../api/window-context.tsx'

/** Reads both sources now; while that, or another pass, is under way nothing more happens. */
export function useSyncNow(): {
  readonly syncNow: () => void
  readonly possible: boolean
  readonly problem: string | null
} {
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const { mutate, isPending, error } = useMutation(queries.procedures.sync.run.mutationOptions())
  const possible = connected && !isPending
  return { syncNow: () => possible && mutate({}), possible, problem: error?.message ?? null }
}
