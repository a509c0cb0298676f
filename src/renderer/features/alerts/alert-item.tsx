import { useRef } from 'react'
import type { AlertRow, SnoozeUntil } from '#contract/alerts.ts'
import { useNow, useTimeZone } from '../../api/window-context.tsx'
import { alertKindWords } from '../../ui/alert-kinds.ts'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Pill } from '../../ui/pill.tsx'
import { SnoozeMenu } from '../../ui/snooze-menu.tsx'
import { ago, fullTime, wallClock } from '../../ui/time-words.ts'
import { AlertStatePill } from './alert-state.tsx'
import styles from './alerts-screen.module.css'

/** What one alert of the list shows and tells its screen. */
export interface AlertItemProps {
  readonly alert: AlertRow
  readonly snoozing: boolean
  readonly onOpen: () => void
  readonly onDismiss: () => void
  readonly onSnooze: () => void
  readonly onSnoozed: (until: SnoozeUntil | null) => void
  readonly onFocus: () => void
  readonly register: (element: HTMLElement | null) => void
}

/** One alert: what it says, why it is there, what became of it when, and what can be done with it. */
export function AlertItem(props: AlertItemProps) {
  const { alert, snoozing, onOpen, onDismiss, onSnooze, onSnoozed, onFocus, register } = props
  const snoozeButton = useRef<HTMLButtonElement>(null)
  return (
    <li
      className={classNames(
        styles.alert,
        alert.state === 'shown' && styles.unopened,
        alert.state === 'listed' && styles.listed,
      )}
      onFocus={onFocus}
    >
      <div className={styles.state}>
        <AlertStatePill state={alert.state} />
        <span className={styles.kind}>{alertKindWords[alert.kind].word}</span>
      </div>
      <div className={styles.words}>
        <button ref={register} type="button" className={styles.title} onClick={onOpen}>
          {alert.title}
        </button>{' '}
        {alert.urgent && (
          <Pill tone="danger" icon="alert">
            Urgent
          </Pill>
        )}
        <p className={styles.body}>{alert.body}</p>
        <p className={styles.why}>
          {alert.why}
          {heldWords(alert)}
        </p>
        <AlertTimes alert={alert} />
      </div>
      <div className={styles.actions}>
        {alert.ticketId !== null && (
          <Button
            ref={snoozeButton}
            look="quiet"
            icon="moon"
            title="Snooze the ticket. Key: s"
            aria-label={`Snooze #${alert.ticketId}`}
            aria-haspopup="menu"
            aria-expanded={snoozing}
            onClick={onSnooze}
          />
        )}
        {canDismiss(alert) && (
          <Button look="quiet" icon="close" title="Dismiss. Key: e" aria-label="Dismiss" onClick={onDismiss} />
        )}
      </div>
      {snoozing && <SnoozeMenu anchor={snoozeButton} onChoose={onSnoozed} onClose={() => onSnoozed(null)} />}
    </li>
  )
}

/** Whether putting it away changes anything. */
export function canDismiss({ state }: AlertRow): boolean {
  return state === 'shown' || state === 'held'
}

function heldWords({ state, heldBy }: AlertRow): string {
  if (heldBy === null) return ''
  return state === 'held' ? ` It waits. ${heldBy}` : state === 'listed' ? ` It was only listed. ${heldBy}` : ''
}

function AlertTimes({ alert }: { readonly alert: AlertRow }) {
  const now = useNow()
  const timeZone = useTimeZone()
  const times = [
    ['Due', alert.dueAt],
    ['raised', alert.raisedAt],
    ['shown', alert.shownAt],
    ['opened', alert.openedAt],
    ['dismissed', alert.dismissedAt],
  ] as const
  return (
    <p className={styles.times}>
      {times.map(
        ([word, at]) =>
          at !== null && (
            <time key={word} dateTime={new Date(at).toISOString()} title={fullTime(at, timeZone)}>
              {word} {wallClock(at, now, timeZone)}
            </time>
          ),
      )}
      <span>{ago(alert.raisedAt, now)}</span>
    </p>
  )
}
