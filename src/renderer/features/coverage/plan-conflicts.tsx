import { useMutation } from '@tanstack/react-query'
import type { PlanConflict, PlanDetail } from '#contract/plans.ts'
import { useConnectionStatus, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Problem } from '../../ui/notice.tsx'
import { fullTime } from '../../ui/time-words.ts'
import { usePlanKept } from './use-plan-kept.ts'
import styles from './plan-screen.module.css'

/** What two people changed without seeing the other's change: both sides, until somebody chooses one. */
export function PlanConflicts({ plan }: { readonly plan: PlanDetail }) {
  if (plan.conflicts.length === 0) return null
  return (
    <section aria-labelledby="conflicts">
      <h2 id="conflicts">Changed on both sides</h2>
      <p className={styles.soft}>Both are kept. Choose the one that holds; the other is dropped then.</p>
      <ul className={styles.entries}>
        {plan.conflicts.map((conflict) => (
          <Conflict key={conflict.field} planId={plan.id} conflict={conflict} />
        ))}
      </ul>
    </section>
  )
}

function Conflict({ planId, conflict }: { readonly planId: string; readonly conflict: PlanConflict }) {
  const { queries } = useWindow()
  const timeZone = useTimeZone()
  const connected = useConnectionStatus() === 'open'
  const kept = usePlanKept()
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.plans.resolve.mutationOptions(),
    onSuccess: kept,
  })
  return (
    <li className={styles.entry} data-conflict="true">
      <h3>
        <Icon name="alert" size={14} /> {conflict.about}
      </h3>
      <ul className={styles.sides}>
        {conflict.sides.map(({ words, byName, at }, side) => (
          <li key={side}>
            <strong>{words}</strong>
            <span className={styles.soft}>
              {byName ?? 'Somebody'}, {fullTime(at, timeZone)}
            </span>
            <Button
              disabled={!connected || isPending}
              aria-label={`${conflict.about}: keep ${words}`}
              onClick={() => mutate({ planId, field: conflict.field, side })}
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
