import { type ComponentProps, type ReactNode, type Ref, useId } from 'react'
import styles from './text-field.module.css'

/** A choice from a list under its name, with what the choice means. */
export function SelectField({
  label,
  hint,
  children,
  ref,
  ...select
}: {
  readonly label: string
  readonly hint?: ReactNode
  /** The options. */
  readonly children: ReactNode
  readonly ref?: Ref<HTMLSelectElement> | undefined
} & Omit<ComponentProps<'select'>, 'id' | 'className'>) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <select {...select} ref={ref} id={id} className={styles.input} aria-describedby={`${id}-words`}>
        {children}
      </select>
      <p id={`${id}-words`} className={styles.hint}>
        {hint}
      </p>
    </div>
  )
}
