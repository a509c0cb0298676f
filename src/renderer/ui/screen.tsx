import type { ReactNode } from 'react'
import styles from './screen.module.css'

/** A screen with a title, one line of what it is for, and content that scrolls under both. */
export function Screen({
  title,
  about,
  actions,
  children,
}: {
  readonly title: string
  readonly about?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <div>
          <h1>{title}</h1>
          {about && <p className={styles.about}>{about}</p>}
        </div>
        {actions}
      </header>
      <div className={styles.content} tabIndex={-1}>
        {children}
      </div>
    </div>
  )
}
