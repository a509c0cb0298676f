import type { SlaClock } from '#contract/tickets.ts'
import { metricWord } from '#core/tickets/metric-word.ts'
import { useNow, useTimeZone } from '../api/window-context.tsx'
import { Icon } from './icon.tsx'
import { duration, fullTime, wallClock } from './time-words.ts'
import { urgencyOf, urgencyWords } from './urgency.ts'
import styles from './urgency.module.css'
import { classNames } from './class-names.ts'

/** A clock in two lines: how long is left, and which clock runs out when in my zone. Ticks with the service's time. */
export function Countdown({ clock }: { readonly clock: SlaClock | null }) {
  const now = useNow()
  const timeZone = useTimeZone()
  const urgency = urgencyOf(clock, now)
  const { word, icon } = urgencyWords[urgency]
  const runs = clock !== null && clock.breachAt !== null && urgency !== 'met' && urgency !== 'paused'
  const breachAt = runs ? clock.breachAt : null
  return (
    <span title={breachAt === null ? undefined : `${metricWord(clock?.metric ?? '')}: ${fullTime(breachAt, timeZone)}`}>
      <span className={classNames(styles.badge, styles[urgency])} data-urgency={urgency}>
        <span className={styles.icon}>
          <Icon name={icon} size={14} />
        </span>
        <span className={styles.left}>{breachAt === null ? word : <Left breachAt={breachAt} now={now} />}</span>
      </span>
      <span className={styles.words}>
        {breachAt !== null && (urgency === 'later' ? '' : `${word} · `)}
        {breachAt !== null && `${wallClock(breachAt, now, timeZone)} · `}
        {clock ? metricWord(clock.metric) : 'Nothing is running'}
      </span>
    </span>
  )
}

function Left({ breachAt, now }: { readonly breachAt: number; readonly now: number }) {
  return breachAt <= now ? `${duration(now - breachAt)} ago` : duration(breachAt - now)
}
