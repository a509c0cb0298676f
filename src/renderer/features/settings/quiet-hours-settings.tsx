import { useId } from 'react'
import type { Settings } from '#contract/settings.ts'
import { useTimeZone } from '../../api/window-context.tsx'
import { NumberField, Section, Toggle } from './settings-fields.tsx'
import type { SettingsPart } from './use-settings-change.ts'
import styles from './settings.module.css'

type QuietHours = Settings['quietHours']
type QuietDay = QuietHours['days'][number]

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
/** What a day begins with that had no quiet. */
const standard = { from: '19:00', to: '08:00' } as const
const mostMinutes = 24 * 60

/** When nothing is announced, for each day of the week, and what passes all the same. */
export function QuietHoursSettings({ settings, change }: SettingsPart) {
  const { quietHours } = settings
  const timeZone = useTimeZone()
  const set = (part: Partial<QuietHours>) => change({ quietHours: { ...quietHours, ...part } })
  return (
    <Section title="Quiet hours">
      <Toggle
        name="Keep quiet hours"
        hint={`By your clock, ${timeZone}. What comes meanwhile is told in one list when they end.`}
        value={quietHours.on}
        onChange={(on) => set({ on })}
      />
      {quietHours.on && (
        <>
          <div className={styles.days}>
            {weekdays.map((name, index) => (
              <DayField
                key={name}
                name={name}
                day={quietHours.days[index] ?? null}
                onChange={(day) => set({ days: quietHours.days.map((other, at) => (at === index ? day : other)) })}
              />
            ))}
          </div>
        </>
      )}
      <Toggle
        name="Urgent alerts pass"
        hint="Emergencies, and breaches within the minutes below, are announced during quiet hours and pauses too."
        value={quietHours.urgentPasses}
        onChange={(urgentPasses) => set({ urgentPasses })}
      />
      <NumberField
        name="Urgent within"
        unit="minutes before a breach"
        hint="Also wakes a snoozed ticket."
        value={quietHours.urgentMinutes}
        min={0}
        max={mostMinutes}
        whole
        onChange={(urgentMinutes) => urgentMinutes !== null && set({ urgentMinutes })}
      />
    </Section>
  )
}

function DayField(props: {
  readonly name: string
  readonly day: QuietDay
  readonly onChange: (day: QuietDay) => void
}) {
  const { name, day, onChange } = props
  const id = useId()
  return (
    <div role="group" aria-labelledby={id} className={styles.day}>
      <label className={styles.choice}>
        <input
          type="checkbox"
          checked={day !== null}
          onChange={({ target }) => onChange(target.checked ? standard : null)}
        />
        <span id={id}>{name}</span>
      </label>
      {day === null ? (
        <span className={styles.hint}>No quiet begins on this day</span>
      ) : (
        <>
          <TimeField label={`${name} from`} time={day.from} onChange={(from) => onChange({ ...day, from })} />
          <span>to</span>
          <TimeField label={`${name} to`} time={day.to} onChange={(to) => onChange({ ...day, to })} />
          <span className={styles.hint}>{day.to > day.from ? 'the same day' : 'the next day'}</span>
        </>
      )}
    </div>
  )
}

/** A time of day. While it is half typed nothing is kept. */
function TimeField(props: {
  readonly label: string
  readonly time: string
  readonly onChange: (time: string) => void
}) {
  const { label, time, onChange } = props
  return (
    <input
      type="time"
      required
      className={styles.time}
      aria-label={label}
      value={time}
      onChange={({ target }) => /^\d{2}:\d{2}$/.test(target.value) && onChange(target.value)}
    />
  )
}
