import { useTimeZone } from '../api/window-context.tsx'
import { dayAndTime, zoneName } from './time-words.ts'
import styles from './both-zones.module.css'

/** A stretch of time in my zone and, where that is another one, by the clock of who is away. */
export function BothZones(props: { readonly startsAt: number; readonly endsAt: number; readonly timeZone: string }) {
  const { startsAt, endsAt, timeZone } = props
  const mine = useTimeZone()
  const stretch = (timeZoneOf: string) => `${dayAndTime(startsAt, timeZoneOf)} – ${dayAndTime(endsAt, timeZoneOf)}`
  const there = stretch(timeZone)
  const where = zoneName(timeZone, startsAt)
  return (
    <span>
      <span className={styles.whole}>{dayAndTime(startsAt, mine)} –</span>{' '}
      <span className={styles.whole}>{dayAndTime(endsAt, mine)}</span>
      {mine !== timeZone && (
        <span className={styles.soft}>
          {' '}
          {there === stretch(mine) ? `your time, the same in ${where}` : `your time; in ${where} ${there}`}
        </span>
      )}
    </span>
  )
}
