import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Toast } from '@base-ui/react/toast'
import { useWindow } from '../api/window-context.tsx'
import type { AlertNotice } from '../features/alerts/alert-toasts.ts'
import { Button } from '../ui/button.tsx'
import type { ToastData } from './app-window.ts'
import type { AppRouter } from './routes.tsx'
import styles from './toast-list.module.css'

/** What the window says by itself: new alerts, and what did not work. */
export function ToastList({ router }: { readonly router: AppRouter }) {
  const { toasts, close } = Toast.useToastManager<ToastData>()
  const { queries } = useWindow()
  const { mutate: markOpened } = useMutation(queries.procedures.alerts.markOpened.mutationOptions())
  const open = (toastId: string, { opens }: AlertNotice) => {
    close(toastId)
    if (opens.kind === 'list') return void router.navigate({ to: '/alerts' })
    markOpened({ id: opens.id })
    void router.navigate({ to: '/today/ticket/$ticketId', params: { ticketId: String(opens.ticketId) } })
  }
  return (
    <Toast.Portal>
      <Toast.Viewport className={styles.viewport}>
        {toasts.map((toast, index) => (
          <Toast.Root key={toast.id} toast={toast} className={styles.toast} swipeDirection="right">
            <Toast.Content>
              <Toast.Title className={styles.title} />
              {toast.data?.notice ? (
                <ul className={styles.lines}>
                  {toast.data.notice.lines.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              ) : (
                <Toast.Description className={styles.description} />
              )}
              <div className={styles.actions}>
                {toast.data?.notice && (
                  <OpenButton notice={toast.data.notice} onOpen={(notice) => open(toast.id, notice)} />
                )}
                {toast.data?.notice && index === toasts.length - 1 && <AllowButton />}
                <Toast.Action render={<Button look="primary" />} />
                <Toast.Close render={<Button look="quiet" />}>Dismiss</Toast.Close>
              </div>
            </Toast.Content>
          </Toast.Root>
        ))}
      </Toast.Viewport>
    </Toast.Portal>
  )
}

function OpenButton({
  notice,
  onOpen,
}: {
  readonly notice: AlertNotice
  readonly onOpen: (notice: AlertNotice) => void
}) {
  return (
    <Button look="primary" onClick={() => onOpen(notice)}>
      {notice.opens.kind === 'list' ? 'Open Alerts' : 'Open'}
    </Button>
  )
}

/** Asks for the browser's notifications, once somebody has seen what they are for. */
function AllowButton() {
  const { notifications } = useWindow()
  const [permission, setPermission] = useState(notifications.permission())
  if (permission === 'denied') return <span className={styles.denied}>This browser blocks notifications.</span>
  if (permission !== 'default') return null
  return (
    <Button look="quiet" onClick={() => void notifications.request().then(setPermission)}>
      Allow notifications
    </Button>
  )
}
