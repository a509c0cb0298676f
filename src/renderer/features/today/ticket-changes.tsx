import { useQuery } from '@tanstack/react-query'
import type { OutboxEntry } from '#contract/outbox.ts'
import { useNow, useWindow } from '../../api/window-context.tsx'
import { ChangeCard } from '../../ui/change-card.tsx'
import { isSettled } from '../../ui/change-words.ts'
import { ErrorNotice } from '../../ui/notice.tsx'
import styles from './ticket-panel.module.css'

/** How long a settled change stays in sight on its ticket. */
const shownSettledMs = 10 * 60_000

/** The changes to one ticket that are on their way or need a person, and those that were settled just now. */
export function TicketChanges({ ticketId }: { readonly ticketId: number }) {
  const { queries } = useWindow()
  const now = useNow()
  const unsettled = useQuery(queries.unsettledChanges())
  const recent = useQuery(queries.recentChanges())
  const error = unsettled.error ?? recent.error
  const known = [...(recent.data?.entries ?? []), ...(unsettled.data?.entries ?? [])]
  const shown = [...new Map(known.map((entry) => [entry.id, entry])).values()]
    .filter((entry) => entry.intent.ticketId === ticketId && (!isSettled(entry) || isFresh(entry, now)))
    .toSorted((a, b) => b.id - a.id)
  if (error && known.length === 0) {
    const retry = () => void Promise.all([unsettled.refetch(), recent.refetch()])
    return <ErrorNotice what="The changes to this ticket could not be read" error={error} onRetry={retry} />
  }
  if (shown.length === 0) return null
  return (
    <section aria-label="Changes">
      <h3>Changes</h3>
      <ul className={styles.changes}>
        {shown.map((entry) => (
          <ChangeCard key={entry.id} entry={entry} withTicket={false} />
        ))}
      </ul>
    </section>
  )
}

function isFresh({ settledAt }: OutboxEntry, now: number): boolean {
  return settledAt !== null && now - settledAt < shownSettledMs
}
