import { useQuery } from '@tanstack/react-query'
import { useNow, useTimeZone, useWindow } from '../api/window-context.tsx'
import { Icon } from './icon.tsx'
import { ago, fullTime } from './time-words.ts'
import styles from './freshness.module.css'
import { classNames } from './class-names.ts'

/** Missed turns of syncing after which something counts as stale. */
const staleAfterTurns = 3

/** When something was last read from where it comes from. What is older than three turns of syncing looks it. */
export function Freshness({ at, verb = 'Read' }: { readonly at: number | null; readonly verb?: string }) {
  const now = useNow()
  const timeZone = useTimeZone()
  const { queries } = useWindow()
  const { data: syncEverySeconds = 60 } = useQuery({ ...queries.settings(), select: (all) => all.syncEverySeconds })
  if (at === null) return <span className={classNames(styles.freshness, styles.stale)}>Not read yet</span>
  const stale = now - at > staleAfterTurns * syncEverySeconds * 1000
  return (
    <span
      className={classNames(styles.freshness, stale && styles.stale)}
      title={`Last read ${fullTime(at, timeZone)}${stale ? '. This is older than it should be.' : ''}`}
    >
      {stale && <Icon name="alert" size={12} />}
      {stale ? `Stale: ${verb.toLowerCase()} ${ago(at, now)}` : `${verb} ${ago(at, now)}`}
    </span>
  )
}
