import { useQuery } from '@tanstack/react-query'
import { useWindow } from '../api/window-context.tsx'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { useNotificationPermission } from './use-notification-permission.ts'
import styles from './notification-permission.module.css'

/**
 * Whether the browser may show notifications, and the button that asks for it. Nothing where the host shows its own; with
 * `missingOnly`, nothing where they are allowed either.
 */
export function NotificationPermissionLine({ missingOnly = false }: { readonly missingOnly?: boolean }) {
  const { queries, notifications } = useWindow()
  const { data: status } = useQuery(queries.status())
  const permission = useNotificationPermission()
  if (!status || status.capabilities.nativeNotifications) return null
  if (permission === 'granted') {
    return missingOnly ? null : <p className={styles.line}>This browser shows notifications.</p>
  }
  if (permission === 'default') {
    return (
      <p className={styles.line}>
        <Button icon="bell" onClick={() => void notifications.request()}>
          Allow notifications
        </Button>
        <span>Until then alerts show up in this window only.</span>
      </p>
    )
  }
  return (
    <p className={styles.line}>
      <Icon name="bell-off" size={14} />
      <span>{words[permission]}</span>
    </p>
  )
}

const words = {
  denied:
    'This browser blocks notifications, so alerts show up in this window only. Allow them for this address in the browser’s site settings.',
  unavailable: 'This browser has no notifications; alerts show up in this window only.',
} as const
