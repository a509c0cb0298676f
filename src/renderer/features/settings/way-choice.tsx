import { useId } from 'react'
import styles from './connections.module.css'

/** One way to sign in, with when to choose it. */
export interface Way {
  readonly title: string
  readonly when: string
  /** Why it cannot be chosen here; it can where this is left out. */
  readonly barred?: string
}

/** The ways to sign in, all in sight. */
export function WayChoice<Kind extends string>(props: {
  readonly name: string
  readonly ways: Readonly<Record<Kind, Way>>
  readonly way: Kind
  readonly onChoose: (way: Kind) => void
}) {
  const id = useId()
  const kinds = Object.keys(props.ways) as Kind[]
  return (
    <div role="radiogroup" aria-label={props.name} className={styles.ways}>
      {kinds.map((kind) => {
        const { title, when, barred } = props.ways[kind]
        return (
          <label key={kind} className={styles.way}>
            <input
              type="radio"
              name={id}
              checked={kind === props.way}
              disabled={barred !== undefined}
              aria-describedby={`${id}-${kind}`}
              onChange={() => props.onChoose(kind)}
            />
            <strong>{title}</strong>
            <span id={`${id}-${kind}`} className={styles.when}>
              {when}
              {barred !== undefined && ` ${barred}`}
            </span>
          </label>
        )
      })}
    </div>
  )
}
