import { Toast } from '@base-ui/react/toast'
import type { AlertNotice } from '#contract/alerts.ts'
import { useWindow } from '../api/window-context.tsx'
import { useDismiss } from '../features/alerts/use-dismiss.ts'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { useNotificationPermission } from '../ui/use-notification-permission.ts'
import { useSnooze } from '../ui/use-snooze.ts'
import type { ToastData } from './notice-board.ts'
import styles from './toast-list.module.css'

/** What the window says by itself: alerts, and what did not work. */
export function ToastList() {
  const { toasts } = Toast.useToastManager<ToastData>()
  return (
    <Toast.Portal>
      <Toast.Viewport className={styles.viewport}>
        {toasts.map((toast, index) => (
          <Toast.Root
            key={toast.id}
            toast={toast}
            className={classNames(styles.toast, toast.data?.notice?.urgent && styles.urgent)}
            swipeDirection="right"
            data-alert={toast.data?.notice !== undefined}
          >
            <Toast.Content>
              <Toast.Title className={styles.title} />
              {toast.data?.notice ? <NoticeLines notice={toast.data.notice} /> : <ToastWords />}
              <div className={styles.actions}>
                {toast.data?.notice && (
                  <NoticeActions toastId={toast.id} data={toast.data} notice={toast.data.notice} />
                )}
                {toast.data?.notice && index === toasts.length - 1 && <AllowButton />}
                <Toast.Action render={<Button look="primary" />} />
                {!toast.data?.notice && <Toast.Close render={<Button look="quiet" />}>Dismiss</Toast.Close>}
              </div>
            </Toast.Content>
          </Toast.Root>
        ))}
      </Toast.Viewport>
    </Toast.Portal>
  )
}

function ToastWords() {
  return <Toast.Description className={styles.description} />
}

function NoticeLines({ notice }: { readonly notice: AlertNotice }) {
  return (
    <ul className={notice.alertIds.length > 1 ? styles.listed : styles.lines}>
      {notice.body.split('\n').map((line, index) => (
        // Two alerts of a list may read the same.
        <li key={index}>{line}</li>
      ))}
    </ul>
  )
}

/** What can be done about an alert right away. Dismissing puts it away in the list too; a toast that times out does not. */
function NoticeActions(props: { readonly toastId: string; readonly data: ToastData; readonly notice: AlertNotice }) {
  const { toastId, data, notice } = props
  const { alertIds, ticketId } = notice
  const { close } = Toast.useToastManager()
  const { snooze } = useSnooze()
  const dismiss = useDismiss()
  return (
    <>
      <Button look="primary" onClick={() => data.follow?.(notice)}>
        {alertIds.length > 1 ? 'Open Alerts' : 'Open'}
      </Button>
      {ticketId !== null && (
        <Button
          look="quiet"
          onClick={() => {
            close(toastId)
            snooze(ticketId, { kind: 'for', minutes: 60 })
          }}
        >
          Snooze 1 hour
        </Button>
      )}
      <Button
        look="quiet"
        onClick={() => {
          close(toastId)
          dismiss(alertIds)
        }}
      >
        Dismiss
      </Button>
    </>
  )
}

/** Asks for the browser's notifications, once somebody has seen what they are for. */
function AllowButton() {
  const { notifications } = useWindow()
  const permission = useNotificationPermission()
  if (permission === 'denied') return <span className={styles.denied}>This browser blocks notifications.</span>
  if (permission !== 'default') return null
  return (
    <Button look="quiet" onClick={() => void notifications.request()}>
      Allow notifications
    </Button>
  )
}
