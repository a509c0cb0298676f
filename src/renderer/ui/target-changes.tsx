import { useQuery } from '@tanstack/react-query'
import type { OutboxEntry, WriteIntent } from '#contract/outbox.ts'
import { useNow, useWindow } from '../api/window-context.tsx'
import { ChangeCard } from './change-card.tsx'
import { isSettled } from './change-words.ts'
import { ErrorNotice } from './notice.tsx'
import styles from './change-card.module.css'

/** How long a settled change stays in sight where it was made. */
const shownSettledMs = 10 * 60_000

/** The changes to one thing that are on their way or need a person, and the latest that was settled just now; nothing while there are none. */
export function TargetChanges(props: {
  /** What they are made to, in words: `this ticket`. */
  readonly target: string
  readonly isAbout: (intent: WriteIntent) => boolean
  readonly heading?: boolean
  /** Another part of the screen says it when the changes cannot be read. */
  readonly quiet?: boolean
  /** Each also says what it is made to, and leads there. */
  readonly withTarget?: boolean
}) {
  const { target, isAbout, heading = false, quiet = false, withTarget = false } = props
  const { queries } = useWindow()
  const now = useNow()
  const unsettled = useQuery(queries.unsettledChanges())
  const recent = useQuery(queries.recentChanges())
  const error = unsettled.error ?? recent.error
  const known = [...(recent.data?.entries ?? []), ...(unsettled.data?.entries ?? [])]
  const shown = [...new Map(known.map((entry) => [entry.id, entry])).values()]
    .filter((entry) => isAbout(entry.intent) && (!isSettled(entry) || isFresh(entry, now)))
    .toSorted((a, b) => b.id - a.id)
    // Of those that are over the latest says enough; Changes lists them all.
    .filter((entry, _, all) => !isSettled(entry) || entry === all.find(isSettled))
  if (error && known.length === 0 && !quiet) {
    const retry = () => void Promise.all([unsettled.refetch(), recent.refetch()])
    return <ErrorNotice what={`The changes to ${target} could not be read`} error={error} onRetry={retry} />
  }
  if (shown.length === 0) return null
  return (
    <section aria-label={heading ? 'Changes' : `Changes to ${target}`}>
      {heading && <h3>Changes</h3>}
      <ul className={styles.list}>
        {shown.map((entry) => (
          <ChangeCard key={entry.id} entry={entry} withTarget={withTarget} />
        ))}
      </ul>
    </section>
  )
}

function isFresh({ settledAt }: OutboxEntry, now: number): boolean {
  return settledAt !== null && now - settledAt < shownSettledMs
}
