import { type ReactNode, useId, useState } from 'react'
import { Switch } from '@base-ui/react/switch'
import styles from './settings.module.css'

/** A group of settings under a heading. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div className={styles.fields}>{children}</div>
    </section>
  )
}

/** One of a few, all in sight. */
export function Choice<Value extends string>(props: {
  readonly name: string
  readonly value: Value
  readonly choices: Readonly<Record<Value, string>>
  readonly onChange: (value: Value) => void
}) {
  const id = useId()
  const values = Object.keys(props.choices) as Value[]
  return (
    <div role="radiogroup" aria-labelledby={id} className={styles.field}>
      <span id={id}>{props.name}</span>
      <div className={styles.choices}>
        {values.map((value) => (
          <label key={value} className={styles.choice}>
            <input type="radio" name={id} checked={value === props.value} onChange={() => props.onChange(value)} />
            {props.choices[value]}
          </label>
        ))}
      </div>
    </div>
  )
}

/** On or off. */
export function Toggle(props: {
  readonly name: string
  readonly hint?: string
  readonly value: boolean
  readonly onChange: (value: boolean) => void
}) {
  const hintId = useId()
  return (
    <div>
      <label className={styles.toggle}>
        <Switch.Root
          className={styles.switch}
          checked={props.value}
          aria-describedby={props.hint ? hintId : undefined}
          onCheckedChange={props.onChange}
        >
          <Switch.Thumb className={styles.thumb} />
        </Switch.Root>
        {props.name}
      </label>
      {props.hint && (
        <p id={hintId} className={styles.hint}>
          {props.hint}
        </p>
      )}
    </div>
  )
}

/** A number that is kept when the field is left or Enter is pressed, and explained when it cannot be. */
export function NumberField(props: {
  readonly name: string
  readonly unit: string
  readonly hint?: string
  readonly value: number | null
  readonly min: number
  readonly max: number
  readonly optional?: boolean
  /** Takes no decimals. */
  readonly whole?: boolean
  readonly onChange: (value: number | null) => void
}) {
  const id = useId()
  const [text, setText] = useState<string | undefined>(undefined)
  const [problem, setProblem] = useState('')
  const keep = () => {
    if (text === undefined) return
    const value = text.trim() === '' ? null : Number(text)
    const fits = value === null ? props.optional === true : value >= props.min && value <= props.max
    if (!fits) return setProblem(`Enter a number from ${props.min} to ${props.max}.`)
    if (props.whole && value !== null && !Number.isInteger(value)) return setProblem('Enter a whole number.')
    setProblem('')
    setText(undefined)
    if (value !== props.value) props.onChange(value)
  }
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{props.name}</label>
      <div>
        <input
          id={id}
          className={styles.number}
          inputMode="decimal"
          value={text ?? props.value ?? ''}
          aria-invalid={problem !== ''}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setText(event.target.value)}
          onBlur={keep}
          onKeyDown={(event) => event.key === 'Enter' && keep()}
        />{' '}
        {props.unit}
        <p id={`${id}-hint`} className={problem ? styles.problem : styles.hint}>
          {problem || props.hint}
        </p>
      </div>
    </div>
  )
}
