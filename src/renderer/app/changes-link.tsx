import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useWindow } from '../api/window-context.tsx'
import { classNames } from '../ui/class-names.ts'
import { Icon } from '../ui/icon.tsx'
import styles from './layout.module.css'

/** How many changes wait or need a person, as a link to them; nothing while there are none. */
export function ChangesLink() {
  const { queries } = useWindow()
  const { data } = useQuery(queries.unsettledChanges())
  const { waiting = 0, needMe = 0 } = data ?? {}
  if (waiting === 0 && needMe === 0) return null
  const needs = needMe > 0 && (needMe === 1 ? '1 change needs you' : `${needMe} changes need you`)
  const waits =
    waiting > 0 && (needs ? `${waiting} waiting` : waiting === 1 ? '1 change waiting' : `${waiting} changes waiting`)
  return (
    <Link to="/changes" className={classNames(styles.changes, needs && styles.needed)}>
      <Icon name={needs ? 'alert' : 'send'} size={12} />
      {[needs, waits].filter(Boolean).join(' · ')}
    </Link>
  )
}
