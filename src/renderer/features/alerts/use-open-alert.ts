import { useCallback } from 'react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useWindow } from '../../api/window-context.tsx'

/** Leads to an alert's ticket and remembers that somebody followed it. */
export function useOpenAlert(): (alert: { readonly id: number; readonly ticketId: number }) => void {
  const { queries } = useWindow()
  const navigate = useNavigate()
  const { mutate } = useMutation(queries.procedures.alerts.markOpened.mutationOptions())
  return useCallback(
    (alert) => {
      mutate({ id: alert.id })
      void navigate({ to: '/today/ticket/$ticketId', params: { ticketId: String(alert.ticketId) } })
    },
    [mutate, navigate],
  )
}
