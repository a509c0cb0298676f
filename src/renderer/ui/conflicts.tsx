import { useId } from 'react'
import type { PlanConflict } from '#contract/plans.ts'
import { useConnectionStatus, useTimeZone } from '../api/window-context.tsx'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { Problem } from './notice.tsx'
import { fullTime } from './time-words.ts'
import styles from './conflicts.module.css'

/** What two people wrote without seeing the other's words: both sides, until somebody chooses one. Nothing where there is none. */
export function Conflicts<Conflict extends PlanConflict>(props: {
  readonly conflicts: readonly Conflict[]
  readonly onKeep: (conflict: Conflict, side: number) => void
  /** Whether a choice is on its way. */
  readonly pending: boolean
  readonly error: Error | null
}) {
  const { conflicts, onKeep, pending, error } = props
  const heading = useId()
  const locked = useConnectionStatus() !== 'open' || pending
  if (conflicts.length === 0) return null
  return (
    <section aria-labelledby={heading} className={styles.conflicts}>
      <h2 id={heading}>Changed on both sides</h2>
      <p className={styles.soft}>Both are kept. Choose the one that holds; the other is dropped then.</p>
      <ul className={styles.conflicts}>
        {conflicts.map((conflict, nth) => (
          <li key={nth} className={styles.conflict}>
            <h3>
              <Icon name="alert" size={14} /> {conflict.about}
            </h3>
            <Sides conflict={conflict} locked={locked} onKeep={(side) => onKeep(conflict, side)} />
          </li>
        ))}
      </ul>
      <Problem error={error} />
    </section>
  )
}

function Sides(props: {
  readonly conflict: PlanConflict
  readonly locked: boolean
  readonly onKeep: (side: number) => void
}) {
  const { about, sides } = props.conflict
  const timeZone = useTimeZone()
  return (
    <ul className={styles.sides}>
      {sides.map(({ words, byName, at }, side) => (
        <li key={side}>
          <strong className={styles.told}>{words || 'Nothing'}</strong>
          <span className={styles.soft}>
            {byName ?? 'Somebody'}, {fullTime(at, timeZone)}
          </span>
          <Button
            disabled={props.locked}
            aria-label={`${about}: keep what ${byName ?? 'somebody'} wrote, ${side + 1} of ${sides.length}`}
            onClick={() => props.onKeep(side)}
          >
            Keep this
          </Button>
        </li>
      ))}
    </ul>
  )
}
