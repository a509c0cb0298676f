import { type ComponentProps, type ReactNode, type Ref, useId } from 'react'
import { classNames } from './class-names.ts'
import styles from './text-field.module.css'

interface FieldWords {
  readonly label: string
  readonly hint?: ReactNode
  /** Why what stands in it does not do. */
  readonly problem?: string | undefined
}

/** A line of text under its name, with what it is for and what is wrong with it. */
export function TextField({
  label,
  hint,
  problem,
  ref,
  ...input
}: FieldWords &
  Omit<ComponentProps<'input'>, 'id' | 'className'> & { readonly ref?: Ref<HTMLInputElement> | undefined }) {
  const id = useId()
  return (
    <Field id={id} label={label} hint={hint} problem={problem}>
      <input
        type="text"
        autoComplete="off"
        spellCheck={false}
        {...input}
        ref={ref}
        id={id}
        className={styles.input}
        aria-invalid={Boolean(problem)}
        aria-describedby={`${id}-words`}
      />
    </Field>
  )
}

/** Several lines of text under their name. */
export function TextArea({
  label,
  hint,
  problem,
  ref,
  ...input
}: FieldWords &
  Omit<ComponentProps<'textarea'>, 'id' | 'className'> & { readonly ref?: Ref<HTMLTextAreaElement> | undefined }) {
  const id = useId()
  return (
    <Field id={id} label={label} hint={hint} problem={problem}>
      <textarea
        rows={7}
        {...input}
        ref={ref}
        id={id}
        className={classNames(styles.input, styles.area)}
        aria-invalid={Boolean(problem)}
        aria-describedby={`${id}-words`}
      />
    </Field>
  )
}

function Field(props: FieldWords & { readonly id: string; readonly children: ReactNode }) {
  const { id, label, hint, problem, children } = props
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {children}
      <p id={`${id}-words`} className={problem ? styles.problem : styles.hint}>
        {problem ?? hint}
      </p>
    </div>
  )
}
