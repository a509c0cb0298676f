import type { Ref } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useWindow } from '../../api/window-context.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { QueueState } from './use-queue.ts'
import styles from './queue-toolbar.module.css'

/** What the line above the queue shows and changes. */
export interface QueueToolbarProps {
  readonly ref: Ref<HTMLInputElement>
  readonly filter: string
  readonly onFilter: (filter: string) => void
  readonly onLeaveFilter: () => void
  readonly account: number | undefined
  readonly shown: number
  readonly queue: QueueState
}

/** Filter by words and by account, and how many tickets there are. */
export function QueueToolbar({ ref, filter, onFilter, onLeaveFilter, account, shown, queue }: QueueToolbarProps) {
  return (
    <div className={styles.toolbar}>
      <label className={styles.filter}>
        <Icon name="search" size={14} />
        <input
          ref={ref}
          type="text"
          value={filter}
          placeholder="Filter by words or #number"
          aria-label="Filter the queue"
          onChange={(event) => onFilter(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onFilter('')
            if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') {
              event.preventDefault()
              onLeaveFilter()
            }
          }}
        />
        <kbd>/</kbd>
      </label>
      <AccountSelect account={account} />
      {!queue.loading && !queue.error && (
        <p className={styles.counts} role="status">
          {filter ? `${shown} of ${ticketsWord(queue.total)}` : ticketsWord(queue.total)}
          {queue.breached > 0 && <strong className={styles.breached}> · {queue.breached} breached</strong>}
        </p>
      )}
    </div>
  )
}

function AccountSelect({ account }: { readonly account: number | undefined }) {
  const { queries } = useWindow()
  const navigate = useNavigate()
  const { data } = useQuery(queries.accounts())
  const choices = data?.accounts.filter((row) => row.relation !== 'other' || row.id === account) ?? []
  return (
    <select
      className={styles.select}
      aria-label="Account"
      value={account ?? ''}
      onChange={(event) => {
        const chosen = Number(event.target.value)
        void navigate({ to: '.', search: chosen ? { account: chosen } : {} })
      }}
    >
      <option value="">All my accounts</option>
      {choices.map((row) => (
        <option key={row.id} value={row.id}>
          {row.name} ({row.openTickets})
        </option>
      ))}
    </select>
  )
}

function ticketsWord(count: number): string {
  return count === 1 ? '1 ticket' : `${count} tickets`
}
