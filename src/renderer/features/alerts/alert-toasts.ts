import type { AlertRow } from '#contract/alerts.ts'

/** Alerts at once from which they become a single one that lists them. */
export const burstFrom = 4
/** Lines a list of alerts shows before it says how many more there are. */
const mostLines = 6

/** One thing to show: a single alert with its ticket, or a list that leads to Alerts. */
export interface AlertNotice {
  readonly tag: string
  readonly title: string
  readonly lines: readonly string[]
  readonly opens: { readonly kind: 'alert'; readonly id: number; readonly ticketId: number } | { readonly kind: 'list' }
}

/** What to show for alerts that came together: each by itself, or one list when there are more than three. */
export function noticesOf(alerts: readonly AlertRow[]): readonly AlertNotice[] {
  if (alerts.length < burstFrom) return alerts.map(singleNotice)
  const more = alerts.length - mostLines
  return [
    {
      tag: `alerts-${alerts.map((alert) => alert.id).join('-')}`,
      title: `${alerts.length} new alerts`,
      lines: [
        ...alerts.slice(0, mostLines).map((alert) => `${alert.title}: ${alert.body}`),
        ...(more > 0 ? [`and ${more} more`] : []),
      ],
      opens: { kind: 'list' },
    },
  ]
}

function singleNotice(alert: AlertRow): AlertNotice {
  return {
    tag: `alert-${alert.id}`,
    title: alert.title,
    lines: [alert.body],
    opens: { kind: 'alert', id: alert.id, ticketId: alert.ticketId },
  }
}
