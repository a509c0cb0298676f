import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useMute, useMutedAccounts } from '../../ui/use-mute.ts'
import { useSnooze } from '../../ui/use-snooze.ts'
import styles from './alerts-screen.module.css'

/** What was told to keep still: snoozed tickets and muted accounts, each with the way back. Nothing where nothing was. */
export function KeptStill() {
  return (
    <>
      <SnoozedTickets />
      <MutedAccounts />
    </>
  )
}

function SnoozedTickets() {
  const { queries } = useWindow()
  const { data } = useQuery(queries.snoozes())
  const { wake } = useSnooze()
  if (!data || data.snoozes.length === 0) return null
  return (
    <section className={styles.still} aria-labelledby="snoozed">
      <h2 id="snoozed">Snoozed tickets</h2>
      <ul>
        {data.snoozes.map((snooze) => (
          <li key={snooze.ticketId}>
            <Icon name="moon" size={14} />
            <Link to="/today/ticket/$ticketId" params={{ ticketId: String(snooze.ticketId) }}>
              #{snooze.ticketId}
            </Link>
            <span className={styles.subject}>{snooze.subject}</span>
            <span className={styles.until}>{snooze.words}</span>
            <Button look="quiet" aria-label={`Wake #${snooze.ticketId} now`} onClick={() => wake(snooze)}>
              Wake now
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function MutedAccounts() {
  const { queries } = useWindow()
  const { data } = useQuery(queries.accounts())
  const muted = useMutedAccounts()
  const mute = useMute()
  if (muted.length === 0) return null
  const accounts = muted.map((id) => ({
    id,
    name: data?.accounts.find((account) => account.id === id)?.name ?? `Organization ${id}`,
  }))
  return (
    <section className={styles.still} aria-labelledby="muted">
      <h2 id="muted">Muted accounts</h2>
      <ul>
        {accounts.map((account) => (
          <li key={account.id}>
            <Icon name="bell-off" size={14} />
            <span className={styles.subject}>{account.name}</span>
            <span className={styles.until}>Only listed, emergencies too</span>
            <Button look="quiet" aria-label={`Unmute ${account.name}`} onClick={() => mute(account, false)}>
              Unmute
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
