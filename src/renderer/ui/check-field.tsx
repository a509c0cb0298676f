import { type ReactNode, type Ref, useId } from 'react'
import styles from './text-field.module.css'

/** Something that is so or not, with what that means. */
export function CheckField(props: {
  readonly label: string
  readonly hint?: ReactNode
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly ref?: Ref<HTMLInputElement>
}) {
  const { label, hint, checked, onChange, ref } = props
  const id = useId()
  return (
    <div className={styles.field}>
      <label className={styles.check}>
        <input
          ref={ref}
          type="checkbox"
          checked={checked}
          aria-describedby={`${id}-words`}
          onChange={(event) => onChange(event.target.checked)}
        />
        {label}
      </label>
      <p id={`${id}-words`} className={styles.hint}>
        {hint}
      </p>
    </div>
  )
}
