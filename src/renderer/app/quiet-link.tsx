import { useQuery } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import { useWindow } from '../api/window-context.tsx'
import { Icon } from '../ui/icon.tsx'
import { quietWords } from '../ui/quiet-words.ts'
import styles from './layout.module.css'

/** That alerts are held back, with how many wait, as a link to where that ends; nothing while they come as they come, or where Alerts says it. */
export function QuietLink() {
  const { queries } = useWindow()
  const { data: quiet } = useQuery({ ...queries.alertsNow(), select: (alerts) => alerts.quiet })
  const onAlerts = useRouterState({ select: (state) => state.location.pathname === '/alerts' })
  if (!quiet || quiet.reason === 'none' || onAlerts) return null
  return (
    <Link to="/alerts" className={styles.changes}>
      <Icon name={quiet.reason === 'quiet-hours' ? 'moon' : 'pause'} size={12} />
      {quietWords(quiet)}
    </Link>
  )
}
