import { useId } from 'react'
import type { CalendarRow } from '#contract/calendars.ts'
import styles from './calendars.module.css'

const words: Readonly<Record<CalendarRow['purpose'], string>> = { absence: 'Absences', 'on-call': 'On-call shifts' }

/** What the events of a calendar are. */
export function PurposeField(props: {
  readonly purpose: CalendarRow['purpose']
  readonly onChange: (purpose: CalendarRow['purpose']) => void
}) {
  const id = useId()
  const choices = Object.keys(words) as CalendarRow['purpose'][]
  return (
    <div role="radiogroup" aria-labelledby={id} className={styles.choices}>
      <span id={id} className={styles.name}>
        Its events are
      </span>
      {choices.map((choice) => (
        <label key={choice} className={styles.check}>
          <input type="radio" name={id} checked={choice === props.purpose} onChange={() => props.onChange(choice)} />
          {words[choice]}
        </label>
      ))}
    </div>
  )
}
