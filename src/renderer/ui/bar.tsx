import { classNames } from './class-names.ts'
import styles from './bar.module.css'

/** How much of something is used or done, drawn; the words beside it say the same. `of` is its whole. */
export function Bar(props: {
  /** A level that goes up and down, or work that gets done. */
  readonly kind: 'meter' | 'progressbar'
  readonly name: string
  readonly value: number
  readonly of: number
  readonly words: string
  readonly scarce?: boolean
}) {
  const share = props.of > 0 ? Math.max(0, Math.min(1, props.value / props.of)) : 0
  return (
    <span
      role={props.kind}
      aria-label={props.name}
      aria-valuemin={0}
      aria-valuemax={props.of}
      aria-valuenow={Math.min(props.value, props.of)}
      aria-valuetext={props.words}
      className={styles.bar}
    >
      <span className={classNames(styles.filled, props.scarce && styles.scarce)} style={{ width: `${share * 100}%` }} />
    </span>
  )
}
