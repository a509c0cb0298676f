import { useQuery } from '@tanstack/react-query'
import type { SyncState } from '#contract/sync.ts'
import { useNow, useTimeZone, useWindow } from '../api/window-context.tsx'
import { Bar } from '../ui/bar.tsx'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { ago, figure, wallClock } from '../ui/time-words.ts'
import { ChangesLink } from './changes-link.tsx'
import { QuietLink } from './quiet-link.tsx'
import { useSyncNow } from './use-sync-now.ts'
import styles from './layout.module.css'

const looks: Readonly<Record<SyncState, { readonly icon: IconName; readonly style: 'ok' | 'offline' | 'error' }>> = {
  idle: { icon: 'check', style: 'ok' },
  syncing: { icon: 'sync', style: 'ok' },
  offline: { icon: 'offline', style: 'offline' },
  error: { icon: 'alert', style: 'error' },
}

/** How syncing stands, in words, and the button that syncs now. */
export function StatusBar() {
  const { queries } = useWindow()
  const now = useNow()
  const timeZone = useTimeZone()
  const { data } = useQuery(queries.syncStatus())
  const { syncNow, possible, problem } = useSyncNow()
  const state = problem ? 'error' : (data?.state ?? 'idle')
  const { icon, style } = looks[state]
  return (
    <footer className={styles.status}>
      <span className={classNames(styles.state, styles[style])}>
        <Icon name={icon} size={12} />
        {problem
          ? `Sync now failed: ${problem}`
          : data
            ? syncWords(data, now, timeZone)
            : 'Reading how syncing stands…'}
      </span>
      {data?.progress && <Progress progress={data.progress} />}
      <QuietLink />
      <ChangesLink />
      <Button
        look="quiet"
        icon="sync"
        className={classNames(styles.syncNow, state === 'syncing' && styles.spins)}
        disabled={!possible || state === 'syncing'}
        onClick={syncNow}
      >
        {state === 'syncing' ? 'Syncing…' : 'Sync now'}
      </Button>
    </footer>
  )
}

/** `Reading the tickets of Acme: 120 of 400`, with the bar that says the same. */
function Progress({ progress }: { readonly progress: SyncProgress }) {
  const { words, done, total } = progress
  const count = total === null ? figure(done) : `${figure(done)} of ${figure(total)}`
  return (
    <span className={styles.progress} title={`${words}: ${count}`}>
      <span className={styles.progressWords}>
        {words}: {count}
      </span>
      {total !== null && <Bar kind="progressbar" name={words} value={done} of={total} words={count} />}
    </span>
  )
}

interface SyncProgress {
  readonly words: string
  readonly done: number
  readonly total: number | null
}

interface SyncStanding {
  readonly state: SyncState
  readonly lastCompletedAt: number | null
  readonly scopes: readonly { readonly name: string; readonly problem: string | null }[]
}

/** `Synced 20 s ago`, `Offline since 14:02 – showing what was read then`, `Error: …`. */
export function syncWords({ state, lastCompletedAt, scopes }: SyncStanding, now: number, timeZone: string): string {
  const last = lastCompletedAt === null ? 'never before' : `last ${ago(lastCompletedAt, now)}`
  if (state === 'syncing') return `Syncing… (${last})`
  if (state === 'offline') {
    if (lastCompletedAt === null) return 'Offline – nothing has been read yet'
    return `Offline since ${wallClock(lastCompletedAt, now, timeZone)} – showing what was read then`
  }
  if (state === 'error') {
    const failed = scopes.filter((scope) => scope.problem !== null)
    const first = failed[0]
    if (!first) return `Error: the last sync failed (${last})`
    const more = failed.length > 1 ? ` and ${failed.length - 1} more (see Settings)` : ''
    return `Error: ${first.name}${more}: ${first.problem} (${last})`
  }
  return lastCompletedAt === null ? 'Not synced yet' : `Synced ${ago(lastCompletedAt, now)}`
}
