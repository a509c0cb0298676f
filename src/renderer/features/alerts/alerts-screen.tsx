import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import type { AlertRow } from '#contract/alerts.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState, ErrorNotice, Loading } from '../../ui/notice.tsx'
import { NotificationPermissionLine } from '../../ui/notification-permission.tsx'
import { Screen } from '../../ui/screen.tsx'
import { AlertFilters } from './alert-filters.tsx'
import { AlertList } from './alert-list.tsx'
import type { AlertSearch } from './alert-search.ts'
import { KeptStill } from './kept-still.tsx'
import { PauseButtons, QuietLine } from './quiet-line.tsx'
import { useDismiss } from './use-dismiss.ts'
import styles from './alerts-screen.module.css'

/** Everything that was raised, newest first, what became of it, and what holds alerts back at present. */
export function AlertsScreen() {
  const { queries } = useWindow()
  const search = useSearch({ from: '/alerts' })
  const { data: stands } = useQuery(queries.alertsNow())
  const list = useInfiniteQuery(
    queries.alerts({
      kinds: search.kind === undefined ? undefined : [search.kind],
      accountId: search.account,
      open: search.open,
    }),
  )
  const alerts = list.data?.pages.flatMap((page) => page.alerts)
  return (
    <Screen
      title="Alerts"
      about={stands && <Unopened count={stands.unopened} shown={search.open === true} />}
      actions={
        <div className={styles.tools}>
          {stands && <PauseButtons quiet={stands.quiet} />}
          <Link to="/settings/alerts">Which alerts come</Link>
        </div>
      }
    >
      <div className={styles.top}>
        {stands && <QuietLine quiet={stands.quiet} />}
        <NotificationPermissionLine missingOnly />
        <KeptStill />
      </div>
      <div className={styles.bar}>
        <AlertFilters search={search} />
        {alerts && <DismissAll alerts={alerts} />}
      </div>
      {alerts && alerts.length > 0 ? (
        <AlertList
          alerts={alerts}
          startAt={search.alert}
          more={list.hasNextPage}
          reading={list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage({ cancelRefetch: false })}
        />
      ) : alerts ? (
        <NoAlerts search={search} />
      ) : list.error ? (
        <ErrorNotice what="The alerts could not be read" error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <Loading what="Reading the alerts…" />
      )}
    </Screen>
  )
}

/** Puts away what was announced and nobody opened, as far as the list shows it. */
function DismissAll({ alerts }: { readonly alerts: readonly AlertRow[] }) {
  const dismiss = useDismiss()
  const shown = alerts.filter(({ state }) => state === 'shown').map(({ id }) => id)
  if (shown.length === 0) return null
  return (
    <Button icon="check" onClick={() => dismiss(shown.slice(0, mostAtOnce))}>
      Dismiss all shown ({shown.length})
    </Button>
  )
}

/** The most the service takes in one call. */
const mostAtOnce = 1000

function NoAlerts({ search }: { readonly search: AlertSearch }) {
  if (search.kind !== undefined || search.account !== undefined || search.open) {
    return (
      <EmptyState icon="check" title={search.open ? 'Nothing is left to open here' : 'Nothing of this was raised'}>
        <p>
          <Link to="/alerts">Show everything</Link>
        </p>
      </EmptyState>
    )
  }
  return (
    <EmptyState icon="bell" title="Nothing was raised yet">
      <p>
        What happens on accounts you cover, and on your own while you are at work, is raised once and stays listed here.
      </p>
      <p>
        <Link to="/settings/alerts">Choose which alerts come</Link>
      </p>
    </EmptyState>
  )
}

/** How many nobody opened, as a way to them: what is only listed may lie in front of them. */
function Unopened({ count, shown }: { readonly count: number; readonly shown: boolean }) {
  if (count === 0) return 'All that was announced has been seen to.'
  const words = `${count} not opened yet`
  return shown ? (
    words
  ) : (
    <Link to="/alerts" search={{ open: true }}>
      {words}
    </Link>
  )
}
