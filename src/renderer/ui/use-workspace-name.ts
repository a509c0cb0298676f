import { useQuery } from '@tanstack/react-query'
import type { AppStatus } from '#contract/app.ts'
import { useWindow } from '../api/window-context.tsx'

/** Whose work is shown, for the keys of drafts: something of the sample may have the number of something real. */
export function useWorkspaceName(): AppStatus['workspace'] {
  const { queries } = useWindow()
  const { data = 'sample' } = useQuery({ ...queries.status(), select: (status) => status.workspace })
  return data
}
