import { useQuery } from '@tanstack/react-query'
import type { AlertRow } from '#contract/alerts.ts'
import { useNow, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { classNames } from '../../ui/class-names.ts'
import { EmptyState, ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Screen } from '../../ui/screen.tsx'
import { ago, wallClock } from '../../ui/time-words.ts'
import { useOpenAlert } from './use-open-alert.ts'
import styles from './alerts-screen.module.css'

/** Everything that was raised, newest first; opening one leads to its ticket. */
export function AlertsScreen() {
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.alerts())
  return (
    <Screen
      title="Alerts"
      about={
        data && (data.unopened === 0 ? 'All that was announced has been opened.' : `${data.unopened} not opened yet.`)
      }
    >
      {data?.alerts.length === 0 ? (
        <EmptyState icon="bell" title="Nothing was raised yet">
          <p>Each new ticket of an account you cover is raised once, and is listed here from then on.</p>
        </EmptyState>
      ) : data ? (
        <ol className={styles.list}>
          {data.alerts.map((alert) => (
            <Alert key={alert.id} alert={alert} />
          ))}
        </ol>
      ) : error ? (
        <ErrorNotice what="The alerts could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the alerts…" />
      )}
    </Screen>
  )
}

function Alert({ alert }: { readonly alert: AlertRow }) {
  const now = useNow()
  const timeZone = useTimeZone()
  const openAlert = useOpenAlert()
  return (
    <li>
      <button
        type="button"
        className={classNames(styles.alert, alert.openedAt === null && alert.announced && styles.unopened)}
        onClick={() => openAlert(alert)}
      >
        <span className={styles.mark}>
          <AlertMark alert={alert} />
        </span>
        <span className={styles.words}>
          <span className={styles.title}>{alert.title}</span>
          <span className={styles.body}>{alert.body}</span>
        </span>
        <span className={styles.time}>
          {ago(alert.raisedAt, now)} · {wallClock(alert.raisedAt, now, timeZone)}
        </span>
      </button>
    </li>
  )
}

function AlertMark({ alert }: { readonly alert: AlertRow }) {
  if (alert.openedAt !== null) return 'Opened'
  if (alert.announced) return <Pill tone="info">New</Pill>
  return (
    <span title="Not announced: it was there before Understudy first read this account, or notifications were off.">
      Listed
    </span>
  )
}
