import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { WriteIntent, WritePreview } from '#contract/outbox.ts'
import { useWindow } from '../api/window-context.tsx'
import { useSettled } from './use-settled.ts'

/** What a change would do, as far as it is known. */
export interface ChangePreview {
  /** The last answer; while one types it is the one for what was typed before. */
  readonly preview: WritePreview | undefined
  /** Whether it is the answer for the very change that would be sent now. */
  readonly current: boolean
  readonly error: Error | null
  readonly retry: () => void
}

/** Asks what a change would do, again whenever it is another change. Nothing is sent. */
export function useChangePreview(intent: WriteIntent | null): ChangePreview {
  const { queries } = useWindow()
  const wanted = JSON.stringify(intent)
  const asked = useSettled(wanted)
  const settled = JSON.parse(asked) as WriteIntent | null
  const query = useQuery({
    // Without a change nothing is asked; the key only has to be there.
    ...queries.preview(settled ?? { kind: 'follow', ticketId: 1 }),
    enabled: settled !== null,
    placeholderData: keepPreviousData,
  })
  const preview = intent === null ? undefined : query.data?.previews[0]
  return {
    preview,
    current: preview !== undefined && asked === wanted && !query.isPlaceholderData && !query.isFetching,
    error: query.error,
    retry: () => void query.refetch(),
  }
}
