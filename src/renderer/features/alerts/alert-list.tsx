import { useState } from 'react'
import type { AlertRow } from '#contract/alerts.ts'
import { Button } from '../../ui/button.tsx'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { useSnooze } from '../../ui/use-snooze.ts'
import { AlertItem, canDismiss } from './alert-item.tsx'
import { useAlertWalk } from './use-alert-walk.ts'
import { useDismiss } from './use-dismiss.ts'
import { useOpenAlert } from './use-open-alert.ts'
import styles from './alerts-screen.module.css'

/** The alerts that were read so far, walked by keyboard, and how to read on. */
export function AlertList(props: {
  readonly alerts: readonly AlertRow[]
  readonly startAt: number | undefined
  readonly more: boolean
  readonly reading: boolean
  readonly onMore: () => void
}) {
  const { alerts, startAt, more, reading, onMore } = props
  const walk = useAlertWalk(alerts, startAt)
  const [snoozingId, setSnoozing] = useState<number | undefined>(undefined)
  const open = useOpenAlert()
  const dismiss = useDismiss()
  const { snooze } = useSnooze()
  const { current } = walk
  const startSnooze = (alert: AlertRow) => setSnoozing(alert.ticketId === null ? undefined : alert.id)
  useShortcuts([
    { keys: 'j', words: 'Next alert', group: 'Alerts', run: () => walk.move(1) },
    { keys: 'k', words: 'Previous alert', group: 'Alerts', run: () => walk.move(-1) },
    { keys: 'ArrowDown', words: 'Next alert', group: 'Alerts', run: () => walk.move(1) },
    { keys: 'ArrowUp', words: 'Previous alert', group: 'Alerts', run: () => walk.move(-1) },
    { keys: 'Enter', words: 'Open what it is about', group: 'Alerts', run: () => current && open(current) },
    {
      keys: 'e',
      words: 'Dismiss the alert',
      group: 'Alerts',
      run: () => current && canDismiss(current) && dismiss([current.id]),
    },
    { keys: 's', words: 'Snooze its ticket', group: 'Alerts', run: () => current && startSnooze(current) },
  ])
  return (
    <>
      <ol className={styles.list} aria-label="Alerts, newest first">
        {alerts.map((alert) => (
          <AlertItem
            key={alert.id}
            alert={alert}
            snoozing={alert.id === snoozingId}
            onOpen={() => open(alert)}
            onDismiss={() => dismiss([alert.id])}
            onSnooze={() => startSnooze(alert)}
            onSnoozed={(until) => {
              setSnoozing(undefined)
              if (until && alert.ticketId !== null) snooze(alert.ticketId, until)
            }}
            onFocus={() => walk.setCursor(alert.id)}
            register={(element) => walk.register(alert.id, element)}
          />
        ))}
      </ol>
      {more && (
        <p className={styles.more}>
          <Button disabled={reading} onClick={onMore}>
            {reading ? 'Reading…' : 'Show more'}
          </Button>
        </p>
      )}
    </>
  )
}
