import { useState } from 'react'
import { TextField } from '../../ui/text-field.tsx'
import { leadTimesWords, readLeadTimes } from './lead-times.ts'
import { Section } from './settings-fields.tsx'
import type { SettingsPart } from './use-settings-change.ts'
import styles from './settings.module.css'

const priorities = [
  ['urgent', 'Urgent'],
  ['high', 'High'],
  ['normal', 'Normal'],
  ['low', 'Low'],
] as const

/** How long before a clock ends it is announced, for each priority. */
export function LeadTimeSettings({ settings, change }: SettingsPart) {
  const { breachLeadMinutes } = settings
  return (
    <Section title="Before a breach">
      <p className={styles.hint}>
        How long before a clock runs out it is announced: up to four times, like <code>2 h, 30 min</code>. Leave a field
        empty for never. A ticket without a priority counts as normal.
      </p>
      <div className={styles.leads}>
        {priorities.map(([priority, word]) => (
          <LeadTimesField
            key={priority}
            label={word}
            minutes={breachLeadMinutes[priority]}
            onChange={(minutes) => change({ breachLeadMinutes: { ...breachLeadMinutes, [priority]: [...minutes] } })}
          />
        ))}
      </div>
    </Section>
  )
}

/** Is kept when the field is left or Enter is pressed, and explained when it cannot be. */
function LeadTimesField(props: {
  readonly label: string
  readonly minutes: readonly number[]
  readonly onChange: (minutes: readonly number[]) => void
}) {
  const { label, minutes, onChange } = props
  const [text, setText] = useState<string | undefined>(undefined)
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const keep = () => {
    if (text === undefined) return
    const read = readLeadTimes(text)
    if (read.kind === 'wrong') return setProblem(read.problem)
    setProblem(undefined)
    setText(undefined)
    if (read.minutes.join() !== minutes.join()) onChange(read.minutes)
  }
  return (
    <TextField
      label={label}
      value={text ?? leadTimesWords(minutes)}
      problem={problem}
      onChange={(event) => setText(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => event.key === 'Enter' && keep()}
    />
  )
}
