import type { Ref } from 'react'
import { useTimeZone } from '../api/window-context.tsx'
import { TextField } from './text-field.tsx'
import { cityName, dayAndTime, zoneName } from './time-words.ts'
import { instantOf } from './wall-time.ts'
import { type TypedWindow, windowProblem } from './window-problem.ts'
import styles from './window-fields.module.css'

/** From when to when, by the clock of who is away; what that is by mine stands under each field. */
export function WindowFields(props: {
  readonly window: TypedWindow
  /** The zone whose clock the fields show. */
  readonly timeZone: string
  readonly onChange: (window: TypedWindow) => void
  readonly ref?: Ref<HTMLInputElement> | undefined
}) {
  const { window, timeZone, onChange, ref } = props
  const hint = useZoneHint(timeZone)
  return (
    <div className={styles.fields}>
      <TextField
        ref={ref}
        type="datetime-local"
        label="From"
        hint={hint(window.startsAt)}
        value={window.startsAt}
        onChange={(event) => onChange({ ...window, startsAt: event.target.value })}
      />
      <TextField
        type="datetime-local"
        label="Until"
        hint={hint(window.endsAt)}
        problem={windowProblem(window) === 'reversed' ? 'This is not after its beginning.' : undefined}
        value={window.endsAt}
        onChange={(event) => onChange({ ...window, endsAt: event.target.value })}
      />
    </div>
  )
}

function useZoneHint(timeZone: string): (typed: string) => string {
  const mine = useTimeZone()
  return (typed) => {
    const at = instantOf(typed, timeZone)
    if (at === undefined) return `By the clock in ${cityName(timeZone)}.`
    const there = `By the clock in ${zoneName(timeZone, at)}`
    if (mine === timeZone) return `${there}.`
    const yours = dayAndTime(at, mine)
    return yours === dayAndTime(at, timeZone) ? `${there}, the same as yours.` : `${there}; ${yours} your time.`
  }
}
