import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { errorWords } from './error-words.ts'
import { Icon, type IconName } from './icon.tsx'
import styles from './notice.module.css'

/** What a place without content says: why it is empty, and what to do meanwhile. */
export function EmptyState({
  icon,
  title,
  children,
}: {
  readonly icon: IconName
  readonly title: string
  readonly children: ReactNode
}) {
  return (
    <div className={styles.empty}>
      <span className={styles.sign}>
        <Icon name={icon} size={24} />
      </span>
      <h2>{title}</h2>
      <div className={styles.words}>{children}</div>
    </div>
  )
}

/** What a place says that could not be filled, with the one thing to do about it. */
export function ErrorNotice({ what, error, onRetry }: { what: string; error: Error; onRetry: () => void }) {
  return (
    <div className={styles.error} role="alert">
      <Icon name="alert" />
      <div>
        <strong>{what}</strong>
        <p>{errorWords(error)}</p>
      </div>
      <Button icon="sync" onClick={onRetry}>
        Try again
      </Button>
    </div>
  )
}

/** Says that something is on its way, without jumping in for an answer that is there at once. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <p className={styles.loading} role="status">
      {what}
    </p>
  )
}

/** What to think of before going on. */
export function Caution({ icon = 'alert', children }: { readonly icon?: IconName; readonly children: ReactNode }) {
  return (
    <div className={styles.caution}>
      <Icon name={icon} size={14} />
      <div>{children}</div>
    </div>
  )
}

/** Why something that was asked for just now was not done, beside where it was asked. */
export function Problem({ error }: { readonly error: Error | null }) {
  if (!error) return null
  return (
    <p ref={scrollIntoSight} className={styles.problem} role="alert">
      <Icon name="alert" size={14} />
      <span>{errorWords(error)}</span>
    </p>
  )
}

function scrollIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}
