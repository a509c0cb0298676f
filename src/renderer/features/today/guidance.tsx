import { useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { GuidanceStep, TicketGuidance } from '#contract/guidance.ts'
import type { TicketDetail } from '#contract/tickets.ts'
import { useWindow } from '../../api/window-context.tsx'
import { ChangeDialog } from '../../ui/change-dialog.tsx'
import { classNames } from '../../ui/class-names.ts'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { Pill } from '../../ui/pill.tsx'
import { CaptureDialog } from './capture-dialog.tsx'
import { GuidanceStepRow } from './guidance-step.tsx'
import { HandoverDialog } from './handover-dialog.tsx'
import { OnlineLine } from './online-line.tsx'
import styles from './guidance.module.css'

const numbers = [1, 2, 3, 4, 5, 6] as const

/** What to do with a ticket, why, and step by step. `onBrief` opens what to know of it at once. */
export function Guidance({ ticket, onBrief }: { readonly ticket: TicketDetail; readonly onBrief: () => void }) {
  const { queries } = useWindow()
  const { data } = useQuery(queries.guidance(ticket.id))
  const [open, setOpen] = useState<GuidanceStep | undefined>(undefined)
  const list = useRef<HTMLOListElement>(null)
  const take = (number: number) => list.current?.children[number - 1]?.querySelector('button')?.click()
  useShortcuts(
    numbers.map((number) => ({
      keys: String(number),
      words: `Take step ${number} of what to do`,
      group: 'Ticket',
      run: () => take(number),
    })),
  )
  // The row of the queue says the same, and is there at once.
  const { action, reason, source } = data ?? ticket.guidance
  return (
    <section className={classNames(styles.guidance, ticket.emergency && styles.emergency)} aria-label="What to do">
      {ticket.emergency && (
        <Pill tone="danger" icon="alert">
          Emergency
        </Pill>
      )}
      <p className={styles.action}>{action}</p>
      <p>{reason}</p>
      {data && <OnlineLine guidance={data} />}
      {data && data.steps.length > 0 && (
        <ol ref={list} className={styles.steps} aria-label="Steps">
          {data.steps.map((step, index) => (
            <GuidanceStepRow
              key={step.id}
              step={step}
              number={index + 1}
              guidance={data}
              ticket={ticket}
              onStart={() => (step.kind === 'brief' ? onBrief() : setOpen(step))}
            />
          ))}
        </ol>
      )}
      <p className={styles.soft}>Source: {source}</p>
      {open && data && <StepDialog step={open} guidance={data} onClose={() => setOpen(undefined)} />}
    </section>
  )
}

function StepDialog(props: {
  readonly step: GuidanceStep
  readonly guidance: TicketGuidance
  readonly onClose: () => void
}) {
  const { step, guidance, onClose } = props
  const { ticketId } = guidance
  switch (step.kind) {
    case 'change':
      return <ChangeDialog title={`${step.words}: #${ticketId}`} intent={step.intent} onClose={onClose} />
    case 'handover':
      return <HandoverDialog ticketId={ticketId} template={step.text} onClose={onClose} />
    case 'capture':
      return <CaptureDialog ticketId={ticketId} template={step.text} onClose={onClose} />
    case 'copy':
    case 'open':
    case 'choice':
    case 'brief':
    case 'do':
      return null
  }
}
