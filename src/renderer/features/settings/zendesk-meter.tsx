import type { ZendeskConnection } from '#contract/connections.ts'
import { Link } from '@tanstack/react-router'
import { useNow } from '../../api/window-context.tsx'
import { Bar } from '../../ui/bar.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ago, duration, figure } from '../../ui/time-words.ts'
import styles from './connections.module.css'

type Meter = ZendeskConnection['meter']

/** A share of the company's budget below which it looks scarce. */
const scarceShare = 0.1

/** What Understudy asks of Zendesk, what the company's account has left, and why nothing goes out at present. */
export function ZendeskMeter({ meter }: { readonly meter: Meter }) {
  return (
    <>
      {meter.waiting && <Waiting waiting={meter.waiting} />}
      <OwnPace meter={meter} />
      {meter.budget ? (
        <Budget budget={meter.budget} />
      ) : (
        <p className={styles.soft}>Zendesk has not told yet how much the company’s account has left.</p>
      )}
      <p>
        {figure(meter.requestsLastHour)} in the last hour
        {meter.queued > 0 && ` · ${meter.queued === 1 ? '1 request waits' : `${figure(meter.queued)} requests wait`}`}
      </p>
    </>
  )
}

function OwnPace({ meter }: { readonly meter: Meter }) {
  const made = figure(meter.requestsLastMinute)
  if (meter.perMinute === null) return <p>{made} in the last minute</p>
  const words = `${made} of ${figure(meter.perMinute)} in the last minute`
  return (
    <p className={styles.gauge}>
      <Bar
        kind="meter"
        name="Requests in the last minute"
        value={meter.requestsLastMinute}
        of={meter.perMinute}
        words={words}
      />
      <span>
        {words} <span className={styles.soft}>that Understudy allows itself.</span>{' '}
        <Link to="/settings" className={styles.soft}>
          Change
        </Link>
      </span>
    </p>
  )
}

function Budget({ budget }: { readonly budget: NonNullable<Meter['budget']> }) {
  const now = useNow()
  const words = `${figure(budget.remaining)} of ${figure(budget.limit)} left`
  const scarce = budget.remaining < budget.limit * scarceShare
  return (
    <p className={styles.gauge}>
      <Bar
        kind="meter"
        name="Left of the company’s budget"
        value={budget.remaining}
        of={budget.limit}
        words={words}
        scarce={scarce}
      />
      <span>
        {scarce && (
          <span className={styles.scarce}>
            <Icon name="alert" size={12} /> Scarce:{' '}
          </span>
        )}
        {words}{' '}
        <span className={styles.soft}>for everybody of your company this minute, told {ago(budget.asOf, now)}.</span>
      </span>
    </p>
  )
}

function Waiting({ waiting }: { readonly waiting: NonNullable<Meter['waiting']> }) {
  const now = useNow()
  const leftMs = waiting.until - now
  return (
    <p className={styles.waiting}>
      <Icon name={waiting.reason === 'unreachable' ? 'offline' : 'pause'} size={14} />
      <span>
        {waiting.words} <strong>{leftMs > 0 ? `Goes on in ${duration(leftMs)}.` : 'Goes on now.'}</strong>
      </span>
    </p>
  )
}
