import type { AlertNotice } from '#contract/alerts.ts'

/** What following a notice does. */
export interface NoticeSteps {
  readonly openTicket: (ticketId: number) => void
  /** To the list, at one alert or at all that are open. */
  readonly openAlerts: (search: { readonly alert: number } | { readonly open: true }) => void
  readonly markOpened: (alertId: number) => void
}

/** Leads from a notice to its ticket, or to the list of alerts where it is about several or about no ticket. */
export function followNotice({ alertIds, ticketId }: AlertNotice, steps: NoticeSteps): void {
  const [alertId] = alertIds
  if (alertId === undefined || alertIds.length > 1) return steps.openAlerts({ open: true })
  steps.markOpened(alertId)
  if (ticketId === null) steps.openAlerts({ alert: alertId })
  else steps.openTicket(ticketId)
}
