import { useId, useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { HandoffPacket, HandoffRow } from '#contract/handoffs.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { BothZones } from '../../ui/both-zones.tsx'
import { Button } from '../../ui/button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { HandOverDialog } from './hand-over-dialog.tsx'
import { stateLooks } from './handoff-words.ts'
import { TimeLeft } from './time-left.tsx'
import styles from './handoff.module.css'

/** One absence with the handoffs of its accounts. */
export function PacketPart({ packet }: { readonly packet: HandoffPacket }) {
  const { role, aseName, aseTimeZone, startsAt, endsAt, accounts } = packet
  const headingId = useId()
  const [handing, setHanding] = useState<readonly HandoffRow[]>([])
  const begun = accounts.filter(({ state }) => state !== 'not-begun')
  return (
    <section aria-labelledby={headingId} className={styles.packet}>
      <div className={styles.packetHead}>
        <div>
          <h2 id={headingId}>{role === 'ase' ? 'Your absence' : `${aseName} away`}</h2>
          <p>
            <BothZones startsAt={startsAt} endsAt={endsAt} timeZone={aseTimeZone} />
          </p>
          <p className={styles.soft}>
            <TimeLeft startsAt={startsAt} endsAt={endsAt} />
          </p>
        </div>
        <div className={styles.buttons}>
          {begun.length < accounts.length && <Begin packet={packet} />}
          {begun.length > 1 && (
            <Button icon="handoff" onClick={() => setHanding(begun)}>
              Hand over all {begun.length}…
            </Button>
          )}
        </div>
      </div>
      <ul className={styles.stack}>
        {accounts.map((row) => (
          <AccountRow key={row.id} row={row} role={role} onHandOver={() => setHanding([row])} />
        ))}
      </ul>
      {handing.length > 0 && (
        <HandOverDialog
          title={`Hand over ${handing.length === 1 ? (handing[0]?.accountName ?? '') : `${handing.length} accounts`}`}
          handoffIds={handing.map(({ id }) => id)}
          onClose={() => setHanding([])}
        />
      )}
    </section>
  )
}

/** Begins what of an absence is not begun: the accounts' texts are filled from their pages and their last handoffs. */
function Begin({ packet }: { readonly packet: HandoffPacket }) {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const connected = useConnectionStatus() === 'open'
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.handoffs.begin.mutationOptions(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.procedures.handoffs.key() }),
  })
  return (
    <>
      <Problem error={error} />
      <Button
        look="primary"
        icon="plus"
        disabled={!connected || isPending}
        onClick={() => mutate({ absenceId: packet.absenceId })}
      >
        {isPending ? 'Beginning…' : 'Begin'}
      </Button>
    </>
  )
}

function AccountRow(props: {
  readonly row: HandoffRow
  readonly role: HandoffPacket['role']
  readonly onHandOver: () => void
}) {
  const { row, role, onHandOver } = props
  const { id, accountName, coverNames, state, ownerWords } = row
  const looks = stateLooks[state]
  const isBegun = state !== 'not-begun'
  return (
    <li className={styles.account}>
      <div className={styles.accountWords}>
        <h3>
          {accountName}{' '}
          <Pill tone={looks.tone} icon={looks.icon}>
            {looks.word}
          </Pill>
        </h3>
        <p>{ownerWords}</p>
        <p className={styles.soft}>
          {role === 'cover' ? '' : `${coverNames.join(', ') || 'Nobody'} covers. `}
          {isBegun ? `${row.prepared} of ${row.tickets} prepared, ${row.reviewed} gone over` : tickets(row.tickets)}
        </p>
        <Warnings row={row} />
      </div>
      {isBegun && (
        <div className={styles.buttons}>
          {role === 'ase' && (
            <Link
              to="/handoff/$handoffId"
              params={{ handoffId: id }}
              aria-label={`Prepare ${accountName}`}
              className={row.prepared < row.tickets ? styles.linkFirst : styles.link}
            >
              Prepare
            </Link>
          )}
          <Link
            to="/handoff/$handoffId/review"
            params={{ handoffId: id }}
            aria-label={`Review ${accountName}`}
            className={role === 'cover' || row.prepared === row.tickets ? styles.linkFirst : styles.link}
          >
            Review
          </Link>
          <Button icon="handoff" aria-label={`Hand over ${accountName}…`} onClick={onHandOver}>
            Hand over…
          </Button>
        </div>
      )}
    </li>
  )
}

/** What needs somebody, each with its number. */
function Warnings({ row: { stale, notReviewed, conflicts } }: { readonly row: HandoffRow }) {
  if (stale + notReviewed + conflicts === 0) return null
  return (
    <p className={styles.pills}>
      {conflicts > 0 && (
        <Pill tone="danger" icon="alert">
          {conflicts === 1 ? '1 written on both sides' : `${conflicts} written on both sides`}
        </Pill>
      )}
      {stale > 0 && (
        <Pill tone="warning" icon="alert">
          {stale} changed since
        </Pill>
      )}
      {notReviewed > 0 && (
        <Pill tone="caution" icon="eye">
          {notReviewed} not reviewed
        </Pill>
      )}
    </p>
  )
}

function tickets(count: number): string {
  return count === 1 ? '1 active ticket' : `${count} active tickets`
}
