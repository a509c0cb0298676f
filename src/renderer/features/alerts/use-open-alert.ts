import { useMutation } from '@tanstack/react-query'
import { type LinkProps, useNavigate } from '@tanstack/react-router'
import type { AlertKind, AlertRow } from '#contract/alerts.ts'
import { useWindow } from '../../api/window-context.tsx'
import { useAlertsAgain } from '../../ui/use-alerts-again.ts'

type Screen = Extract<LinkProps['to'], '/coverage' | '/return' | '/accounts' | '/settings/connections' | '/alerts'>

/** Where an alert leads that is about no ticket. */
const screens: Readonly<Partial<Record<AlertKind, Screen>>> = {
  'swap-open': '/coverage',
  'coverage-coming': '/coverage',
  'coverage-started': '/coverage',
  'coverage-ended': '/coverage',
  'return-meeting-due': '/return',
  'return-meeting': '/return',
  'sign-in-ending': '/settings/connections',
  'account-unseen': '/accounts',
}

/** Kinds that lead to the return meeting of their coverage. */
const ofMeetings: ReadonlySet<AlertKind> = new Set(['return-meeting-due', 'return-meeting'])

/** Leads to what an alert is about and remembers that somebody followed it. */
export function useOpenAlert(): (alert: Pick<AlertRow, 'id' | 'kind' | 'ticketId' | 'coverageId'>) => void {
  const { queries } = useWindow()
  const navigate = useNavigate()
  const again = useAlertsAgain()
  const { mutate } = useMutation({
    ...queries.procedures.alerts.markOpened.mutationOptions(),
    onSuccess: again,
  })
  return ({ id, kind, ticketId, coverageId }) => {
    mutate({ id })
    if (coverageId !== null && ofMeetings.has(kind)) {
      void navigate({ to: '/return/$coverageId', params: { coverageId } })
    } else if (ticketId === null) void navigate({ to: screens[kind] ?? '/alerts' })
    else void navigate({ to: '/today/ticket/$ticketId', params: { ticketId: String(ticketId) } })
  }
}
