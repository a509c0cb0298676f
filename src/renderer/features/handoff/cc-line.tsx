import { useState } from 'react'
import type { HandoffDetail } from '#contract/handoffs.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { CcDialog } from './cc-dialog.tsx'
import { ticketCount } from './handoff-words.ts'
import styles from './handoff.module.css'

/** How many of an account's active tickets lack me, as Zendesk has it, and the way to be added to them. Only for who covers. */
export function CcLine({ handoff }: { readonly handoff: HandoffDetail }) {
  const [open, setOpen] = useState(false)
  if (handoff.role !== 'cover') return null
  const active = handoff.lines.filter(({ gone }) => gone === null)
  const lacking = active.filter(({ iAmOn }) => !iAmOn)
  if (active.length === 0) return null
  return (
    <div className={lacking.length > 0 ? styles.caution : styles.accepted}>
      <Icon name={lacking.length > 0 ? 'alert' : 'check'} size={14} />
      <span>
        {lacking.length > 0
          ? `${lacking.length} of ${ticketCount(active.length)} ${lacking.length === 1 ? 'lacks' : 'lack'} you on Cc, as Zendesk has it.`
          : `You are on Cc of ${active.length === 1 ? 'the ticket' : `all ${active.length} tickets`}, as Zendesk has it.`}
      </span>
      {lacking.length > 0 && (
        <Button icon="plus" onClick={() => setOpen(true)}>
          Add me to {lacking.length === 1 ? 'it' : `all ${lacking.length}`}…
        </Button>
      )}
      {open && <CcDialog tickets={lacking} onClose={() => setOpen(false)} />}
    </div>
  )
}
