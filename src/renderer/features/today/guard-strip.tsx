import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { GuardedTicket } from '#contract/guidance.ts'
import type { OutboxEntry } from '#contract/outbox.ts'
import { useConnectionStatus, useNow, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { ChangeDialog } from '../../ui/change-dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ago } from '../../ui/time-words.ts'
import styles from './guard-strip.module.css'

/** Covered tickets that were taken from their ASE or whose Cc lost me, each with the button that mends it. Nothing while there are none. */
export function GuardStrip() {
  const { queries } = useWindow()
  const { data } = useQuery(queries.guard())
  const { data: changes } = useQuery(queries.unsettledChanges())
  const [mending, setMending] = useState<GuardedTicket | undefined>(undefined)
  if (!data || data.tickets.length === 0) return null
  return (
    <section className={styles.strip} aria-label="Covered tickets that went astray">
      <ul>
        {data.tickets.map((ticket) => (
          <Astray
            key={`${ticket.ticketId} ${ticket.lost}`}
            ticket={ticket}
            onItsWay={changes?.entries.some((entry) => mends(entry, ticket)) ?? false}
            onMend={() => setMending(ticket)}
          />
        ))}
      </ul>
      {mending && (
        <ChangeDialog
          title={`${mending.repairWords}: #${mending.ticketId}`}
          intent={mending.repair}
          onClose={() => setMending(undefined)}
        />
      )}
    </section>
  )
}

function mends({ intent }: OutboxEntry, { repair }: GuardedTicket): boolean {
  return intent.kind === repair.kind && 'ticketId' in intent && intent.ticketId === repair.ticketId
}

function Astray(props: { readonly ticket: GuardedTicket; readonly onItsWay: boolean; readonly onMend: () => void }) {
  const { ticket, onItsWay, onMend } = props
  const now = useNow()
  const connected = useConnectionStatus() === 'open'
  return (
    <li className={styles.row}>
      <Icon name="alert" size={14} />
      <span className={styles.words}>
        <Link to="/today/ticket/$ticketId" params={{ ticketId: String(ticket.ticketId) }} search>
          #{ticket.ticketId} {ticket.subject}
        </Link>{' '}
        <span className={styles.soft}>
          {ticket.accountName} · {ticket.words} {ago(ticket.at, now)}
        </span>
      </span>
      <Button icon={ticket.lost === 'cc' ? 'person' : 'handoff'} disabled={!connected || onItsWay} onClick={onMend}>
        {onItsWay ? 'On its way' : ticket.repairWords}
      </Button>
    </li>
  )
}
