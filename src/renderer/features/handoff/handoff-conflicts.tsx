import { useMutation } from '@tanstack/react-query'
import type { HandoffConflict, HandoffDetail } from '#contract/handoffs.ts'
import { useConnectionStatus, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Problem } from '../../ui/notice.tsx'
import { fullTime } from '../../ui/time-words.ts'
import { useHandoffKept } from './use-handoff-kept.ts'
import styles from './handoff.module.css'

/** What two people wrote without seeing the other's words: both sides, until somebody chooses one. */
export function HandoffConflicts({ handoff }: { readonly handoff: HandoffDetail }) {
  if (handoff.conflictList.length === 0) return null
  return (
    <section aria-labelledby="handoff-conflicts" className={styles.section}>
      <h2 id="handoff-conflicts">Written on both sides</h2>
      <p className={styles.soft}>Both are kept. Choose the one that holds; the other is dropped then.</p>
      <ul className={styles.stack}>
        {handoff.conflictList.map((conflict) => (
          <Conflict key={`${conflict.ticketId} ${conflict.field}`} handoffId={handoff.id} conflict={conflict} />
        ))}
      </ul>
    </section>
  )
}

function Conflict({ handoffId, conflict }: { readonly handoffId: string; readonly conflict: HandoffConflict }) {
  const { queries } = useWindow()
  const timeZone = useTimeZone()
  const connected = useConnectionStatus() === 'open'
  const kept = useHandoffKept()
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.handoffs.resolve.mutationOptions(),
    onSuccess: kept,
  })
  const { field, about, sides } = conflict
  return (
    <li className={styles.conflict}>
      <h3>
        <Icon name="alert" size={14} /> {about}
      </h3>
      <ul className={styles.sides}>
        {sides.map(({ words, byName, at }, side) => (
          <li key={side}>
            <strong className={styles.told}>{words || 'Nothing'}</strong>
            <span className={styles.soft}>
              {byName ?? 'Somebody'}, {fullTime(at, timeZone)}
            </span>
            <Button
              disabled={!connected || isPending}
              aria-label={`${about}: keep what ${byName ?? 'somebody'} wrote, ${side + 1} of ${sides.length}`}
              onClick={() => mutate({ handoffId, field, side })}
            >
              Keep this
            </Button>
          </li>
        ))}
      </ul>
      <Problem error={error} />
    </li>
  )
}
