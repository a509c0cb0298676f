import type { Service } from '#service/service.ts'
import type { WindowKeeper } from './window.ts'

/**
 * Opens what a notification of an earlier run was about, which the system kept: its alert counts as opened, and its ticket comes up.
 *
 * @param tag `alert-12` for alert 12; a list of several leads to Alerts.
 */
export async function openNotice(
  client: Service['client'],
  window: Pick<WindowKeeper, 'openTicket' | 'openAlerts'>,
  tag: string,
): Promise<void> {
  const id = Number(/^alert-(\d+)$/.exec(tag)?.[1] ?? Number.NaN)
  const alert = Number.isSafeInteger(id) ? await alertOf(client, id) : undefined
  if (!alert) return window.openAlerts()
  if (alert.ticketId === null) window.openAlerts()
  else window.openTicket(alert.ticketId)
  await client.alerts.markOpened({ id: alert.id })
}

async function alertOf(client: Service['client'], id: number) {
  const { alerts } = await client.alerts.list({ limit: 1, beforeId: id + 1 })
  return alerts.find((alert) => alert.id === id)
}
