import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import styles from './pill.module.css'
import { classNames } from './class-names.ts'

/** What a pill's colour means; its words say the same. */
export type PillTone = 'plain' | 'info' | 'success' | 'caution' | 'warning' | 'danger'

/** A word or two on a coloured ground: a status, a priority, a relation. */
export function Pill({
  tone = 'plain',
  icon,
  children,
}: {
  readonly tone?: PillTone
  readonly icon?: IconName
  readonly children: ReactNode
}) {
  return (
    <span className={classNames(styles.pill, styles[tone])}>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  )
}
