import type { ServiceClient } from '../../api/connection.ts'
import { Icon } from '../../ui/icon.tsx'
import styles from './handoff.module.css'

/** What taking in handoffs changes, or has changed. */
export type TakingIn = Awaited<ReturnType<ServiceClient['handoffs']['import']>>

/** What taking in a handoff changes here, a line each, what both sides wrote, and what could not be read. */
export function WhatChanges({ outcome }: { readonly outcome: TakingIn }) {
  const { fresh, changes, conflicts, unread } = outcome
  return (
    <div role="status">
      <h3>{headingOf(fresh, changes.length)}</h3>
      <Lines changes={changes} conflicts={conflicts} />
      {unread.length > 0 && (
        <div className={styles.stale}>
          <h3>
            <Icon name="alert" size={14} /> Could not be read
          </h3>
          <p>This is left here as it stands. The rest is taken in.</p>
          <ul className={styles.listed}>
            {unread.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

/** The changes themselves. */
export function Lines({ changes, conflicts }: Pick<TakingIn, 'changes' | 'conflicts'>) {
  return (
    <>
      <ul className={styles.listed}>
        {changes.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {conflicts.length > 0 && (
        <>
          <h3>Written on both sides</h3>
          <p className={styles.soft}>Both are kept until you choose one in the handoff.</p>
          <ul className={styles.listed}>
            {conflicts.map(({ field, ticketId, about, sides }) => (
              <li key={`${ticketId} ${field}`}>
                {about}: {sides.map(({ words }) => `“${words}”`).join(' or ')}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function headingOf(fresh: number, changes: number): string {
  if (fresh > 0) return fresh === 1 ? 'A handoff that is new here' : `${fresh} handoffs that are new here`
  return changes === 0 ? 'Nothing is new in it' : 'What changes here'
}
