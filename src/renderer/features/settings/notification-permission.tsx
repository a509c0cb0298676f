import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import styles from './settings.module.css'

/** Whether the browser may show notifications, and the button that asks for it. Nothing where the host shows its own. */
export function NotificationPermissionLine() {
  const { queries, notifications } = useWindow()
  const { data: status } = useQuery(queries.status())
  const [permission, setPermission] = useState(notifications.permission())
  if (!status || status.capabilities.nativeNotifications) return null
  if (permission === 'default') {
    return (
      <p>
        <Button icon="bell" onClick={() => void notifications.request().then(setPermission)}>
          Allow notifications
        </Button>{' '}
        <span className={styles.hint}>Until then alerts show up in this window only.</span>
      </p>
    )
  }
  return <p className={styles.hint}>{words[permission]}</p>
}

const words = {
  granted: 'This browser shows notifications.',
  denied: 'This browser blocks notifications. Allow them for this address in the browser’s site settings.',
  unavailable: 'This browser has no notifications; alerts show up in this window only.',
} as const
