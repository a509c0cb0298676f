import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import type { HandoffDetail } from '#contract/handoffs.ts'
import { Button } from '../../ui/button.tsx'
import { HandOverDialog } from './hand-over-dialog.tsx'
import styles from './handoff.module.css'

/** From preparing to reviewing and back, and the handing over of this one account. */
export function HandoffActions({
  handoff,
  at,
}: {
  readonly handoff: HandoffDetail
  readonly at: 'prepare' | 'review'
}) {
  const [open, setOpen] = useState(false)
  const params = { handoffId: handoff.id }
  return (
    <div className={styles.actions}>
      {at === 'prepare' ? (
        <Link to="/handoff/$handoffId/review" params={params} className={styles.link}>
          Review
        </Link>
      ) : (
        handoff.role === 'ase' && (
          <Link to="/handoff/$handoffId" params={params} className={styles.link}>
            Prepare
          </Link>
        )
      )}
      <Button icon="handoff" onClick={() => setOpen(true)}>
        Hand over…
      </Button>
      {open && (
        <HandOverDialog
          title={`Hand over ${handoff.accountName}`}
          handoffIds={[handoff.id]}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  )
}
