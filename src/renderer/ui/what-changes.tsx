import type { TakingIn } from './exchange.ts'
import { Caution } from './notice.tsx'
import styles from './exchange.module.css'

/** What taking something in changes here, a line each, what both sides changed, and what could not be read. */
export function WhatChanges(props: {
  readonly outcome: TakingIn
  readonly noun: string
  /** That it was not known here. */
  readonly fresh: string | undefined
}) {
  const { outcome, noun, fresh } = props
  const { changes, unread = [] } = outcome
  return (
    <div role="status">
      <h3>{fresh ?? (changes.length === 0 ? 'Nothing is new in it' : 'What changes here')}</h3>
      <Lines {...outcome} noun={noun} />
      {unread.length > 0 && (
        <Caution>
          <h3>Could not be read</h3>
          <p>This is left here as it stands. The rest is taken in.</p>
          <List lines={unread} />
        </Caution>
      )}
    </div>
  )
}

/** The changes themselves. */
export function Lines({ changes, conflicts, noun }: TakingIn & { readonly noun: string }) {
  return (
    <>
      <List lines={changes} />
      {conflicts.length > 0 && (
        <>
          <h3>Changed on both sides</h3>
          <p className={styles.soft}>Both are kept until you choose one in the {noun}.</p>
          <List
            lines={conflicts.map(
              ({ about, sides }) => `${about}: ${sides.map(({ words }) => `“${words}”`).join(' or ')}`,
            )}
          />
        </>
      )}
    </>
  )
}

function List({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul className={styles.listed}>
      {lines.map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  )
}
