import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useConnectionStatus, useWindow } from '../api/window-context.tsx'

/** Begins a call about a ticket or with an account, and leads to where it is typed. */
export function useStartCall(): {
  readonly start: (about: { readonly accountId: number; readonly ticketId?: number }) => void
  readonly possible: boolean
  readonly error: Error | null
} {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const connected = useConnectionStatus() === 'open'
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.calls.start.mutationOptions(),
    onSuccess: async (call) => {
      queryClient.setQueryData(queries.call(call.id).queryKey, call)
      await navigate({ to: '/calls/$callId', params: { callId: call.id } })
    },
  })
  return { start: mutate, possible: connected && !isPending, error }
}
