import type { Toast } from '@base-ui/react/toast'
import type { AlertNotice } from '#contract/alerts.ts'
import type { BrowserNotifications } from '../api/browser-notifications.ts'
import type { ServiceClient } from '../api/connection.ts'
import { createShownNotices, settledTags } from '../features/alerts/alert-toasts.ts'
import { followNotice } from '../features/alerts/follow-notice.ts'
import type { AppRouter } from './routes.tsx'

/** What a toast of an alert carries. */
export interface ToastData {
  readonly notice?: AlertNotice
  /** Leads to what the notice is about. */
  readonly follow?: (notice: AlertNotice) => void
}

/** Shows notices of alerts in this window and, once allowed, outside of it. */
export interface NoticeBoard {
  show(notice: AlertNotice): void
  /** Takes back what was opened or dismissed meanwhile, here or in another window. */
  takeBackSettled(): Promise<void>
}

/** What a board shows on and leads to. */
export interface NoticeBoardPorts {
  readonly toasts: ReturnType<typeof Toast.createToastManager<ToastData>>
  readonly router: AppRouter
  readonly client: ServiceClient
  readonly notifications: BrowserNotifications
}

/** Alerts stay this long on screen; Alerts lists them for ever. */
const toastMs = 30_000
/** Urgent ones stay until somebody closes them. */
const urgentToastMs = 0
/** Open alerts looked through for those on screen. */
const openAlertsRead = 200

/** Begins with nothing shown. */
export function createNoticeBoard({ client, notifications, toasts, router }: NoticeBoardPorts): NoticeBoard {
  const shown = createShownNotices()
  const takeBack = (tags: readonly string[]) => {
    shown.drop(tags)
    for (const tag of tags) {
      toasts.close(tag)
      notifications.close(tag)
    }
  }
  const follow = (notice: AlertNotice) => {
    takeBack([notice.tag])
    followNotice(notice, {
      openTicket: (id) => void router.navigate({ to: '/today/ticket/$ticketId', params: { ticketId: String(id) } }),
      openAlerts: (search) => void router.navigate({ to: '/alerts', search }),
      markOpened: (id) => void client.alerts.markOpened({ id }).catch(() => {}),
    })
  }
  router.subscribe('onResolved', ({ toLocation }) => {
    // Whoever looks at the list needs no second one before it.
    if (toLocation.pathname !== '/alerts') return
    takeBack(
      shown
        .all()
        .filter(({ alertIds }) => alertIds.length > 1)
        .map(({ tag }) => tag),
    )
  })
  return {
    show(notice) {
      takeBack(shown.add(notice))
      const timeout = notice.urgent ? urgentToastMs : toastMs
      toasts.add({ id: notice.tag, title: notice.title, timeout, data: { notice, follow } })
      if (notifications.permission() === 'granted') notifications.show(notice, () => follow(notice))
    },
    async takeBackSettled() {
      const notices = shown.all()
      if (notices.length === 0) return
      const { alerts, more } = await client.alerts.list({ open: true, limit: openAlertsRead })
      const open = alerts.map(({ id }) => id)
      takeBack(settledTags(notices, open, more))
    },
  }
}
