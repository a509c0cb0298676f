import type { TicketRow } from '#contract/tickets.ts'
import { classNames } from '../../ui/class-names.ts'
import { Countdown } from '../../ui/countdown.tsx'
import { Freshness } from '../../ui/freshness.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Pill } from '../../ui/pill.tsx'
import { SnoozedPill } from './ticket-snooze.tsx'
import { priorityWord, StatusPill } from '../../ui/ticket-words.tsx'
import styles from './queue.module.css'

/** What a row of the queue needs beside its ticket. */
export interface QueueRowProps {
  readonly row: TicketRow
  /** Position in the whole queue, from 0. */
  readonly index: number
  readonly offset: number
  readonly current: boolean
  readonly selected: boolean
  readonly onOpen: (id: number) => void
  readonly onFocus: (id: number) => void
  readonly register: (id: number, element: HTMLElement | null) => void
}

/** One ticket of the queue: when it breaches, what it is, what to do, who has it, how it stands. */
export function QueueRow({ row, index, offset, current, selected, onOpen, onFocus, register }: QueueRowProps) {
  return (
    <div
      ref={(element) => register(row.id, element)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      tabIndex={current ? 0 : -1}
      className={classNames(styles.row, selected && styles.selected)}
      style={{ transform: `translateY(${offset}px)` }}
      onClick={() => onOpen(row.id)}
      onFocus={() => onFocus(row.id)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        onOpen(row.id)
      }}
    >
      <div role="gridcell" className={styles.cell}>
        <Countdown clock={row.nextClock} />
      </div>
      <div role="gridcell" className={styles.cell}>
        <div className={styles.subject}>
          {row.emergency && (
            <Pill tone="danger" icon="alert">
              Emergency
            </Pill>
          )}
          <SnoozedPill ticketId={row.id} />
          <span className={styles.title}>{row.subject}</span>
        </div>
        <div className={styles.hint}>
          <span className={styles.account} title={relationWords[row.relation]}>
            {row.relation === 'covering' && <Icon name="coverage" size={12} />}
            {row.accountName ?? 'No account'}
          </span>
          <span className={styles.id}>#{row.id}</span>
          <span className={styles.action} title={`${row.guidance.action} ${row.guidance.reason}`}>
            {row.guidance.action}
          </span>
        </div>
      </div>
      <div role="gridcell" className={styles.cell}>
        <div className={styles.pills}>
          <StatusPill status={row.status} />
        </div>
        <div className={classNames(styles.priority, row.priority === 'urgent' && styles.urgent)}>
          {priorityWord(row.priority)}
        </div>
      </div>
      <div role="gridcell" className={classNames(styles.cell, styles.people)}>
        <div className={styles.assignee}>{row.assigneeName ?? 'Nobody assigned'}</div>
        <Freshness at={row.fetchedAt} />
      </div>
    </div>
  )
}

const relationWords: Readonly<Record<TicketRow['relation'], string>> = {
  covering: 'You cover this account',
  own: 'Your own account',
  other: 'An account you neither own nor cover',
}
