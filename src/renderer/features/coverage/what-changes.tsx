import type { TakingIn } from './use-taken-in.ts'
import styles from './coverage-screen.module.css'

/** What taking in a plan changes here, a line each, and what both sides changed. */
export function WhatChanges({ outcome }: { readonly outcome: TakingIn }) {
  const { fresh, changes, conflicts } = outcome
  return (
    <div role="status">
      <h3>{fresh ? 'A plan that is new here' : changes.length === 0 ? 'Nothing is new in it' : 'What changes here'}</h3>
      <Lines changes={changes} conflicts={conflicts} />
    </div>
  )
}

/** The changes themselves. */
export function Lines({ changes, conflicts }: Pick<TakingIn, 'changes' | 'conflicts'>) {
  return (
    <>
      <ul className={styles.changes}>
        {changes.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {conflicts.length > 0 && (
        <>
          <h3>Changed on both sides</h3>
          <p className={styles.soft}>Both are kept until you choose one in the plan.</p>
          <ul className={styles.changes}>
            {conflicts.map(({ field, about, sides }) => (
              <li key={field}>
                {about}: {sides.map(({ words }) => words).join(' or ')}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
