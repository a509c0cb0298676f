import { useTimeZone } from '../../api/window-context.tsx'
import { dayOf } from '../../ui/calendar-day.ts'
import { cityName, dayAndTime, timeOfDay } from '../../ui/time-words.ts'
import styles from './run.module.css'

/** When something was, by my clock, and by that of the other side where it shows something else. */
export function Moment(props: {
  readonly at: number
  /** Of the other side. */
  readonly otherZone: string
  /** It was so by then; since when is not known. */
  readonly byThen?: boolean
}) {
  const { at, otherZone, byThen = false } = props
  const mine = useTimeZone()
  const isSame = dayAndTime(at, mine) === dayAndTime(at, otherZone)
  const there = dayOf(at, mine) === dayOf(at, otherZone) ? timeOfDay(at, otherZone) : dayAndTime(at, otherZone)
  return (
    <time dateTime={new Date(at).toISOString()} className={styles.moment}>
      {byThen && 'By '}
      {dayAndTime(at, mine)}
      {!isSame && (
        <span className={styles.soft}>
          {there} in {cityName(otherZone)}
        </span>
      )}
    </time>
  )
}
