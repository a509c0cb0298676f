import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Settings } from '#contract/settings.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { errorWords } from '../../ui/error-words.ts'

/** What part of the settings is shown in, and how it is changed. */
export interface SettingsPart {
  readonly settings: Settings
  readonly change: (part: Partial<Settings>) => void
}

/** Keeps a change; what is on screen follows the service's answer. */
export function useSettingsChange(): {
  readonly change: (part: Partial<Settings>) => void
  /** What became of the last one, in words. */
  readonly outcome: string
  readonly error: Error | null
  readonly locked: boolean
} {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const connected = useConnectionStatus() === 'open'
  const { mutate, error, isSuccess, isPending } = useMutation({
    ...queries.procedures.settings.set.mutationOptions(),
    onSuccess: (kept) => queryClient.setQueryData(queries.settings().queryKey, kept),
  })
  const outcome = error ? `Not saved: ${errorWords(error)}` : isPending ? 'Saving…' : isSuccess ? 'Saved.' : ''
  return { change: (part) => mutate(part), outcome, error, locked: !connected }
}
