import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { classNames } from '../ui/class-names.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import styles from './layout.module.css'

/** Something about a connection that has to be known on every screen, and the way to where it is mended. */
export function ConnectionBanner(props: {
  readonly icon: IconName
  readonly style: 'lost' | 'away'
  readonly role: 'alert' | 'status'
  readonly what: string
  readonly children: ReactNode
}) {
  return (
    <div className={classNames(styles.banner, styles[props.style])} role={props.role}>
      <Icon name={props.icon} />
      <p>
        <strong>{props.what}</strong> {props.children}
      </p>
      <Link to="/settings/connections" className={styles.connect}>
        Connections
      </Link>
    </div>
  )
}
