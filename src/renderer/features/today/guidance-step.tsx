import { type ReactNode } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { GuidanceStep, PreAseChoice, TicketGuidance } from '#contract/guidance.ts'
import type { TicketDetail } from '#contract/tickets.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Problem } from '../../ui/notice.tsx'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import styles from './guidance.module.css'

/** What a row of the steps needs. `onStart` begins what needs a dialog, or the brief. */
export interface GuidanceStepRowProps {
  readonly step: GuidanceStep
  /** The key that takes it, from 1. */
  readonly number: number
  readonly guidance: TicketGuidance
  readonly ticket: TicketDetail
  readonly onStart: () => void
}

/** One step of what to do: a button, a text to copy, a choice, or a plain sentence. */
export function GuidanceStepRow(props: GuidanceStepRowProps) {
  return (
    <li className={styles.step}>
      <StepBody {...props} />
    </li>
  )
}

function StepBody(props: GuidanceStepRowProps) {
  const { step, number, guidance, ticket, onStart } = props
  const openExternal = useOpenExternal()
  const connected = useConnectionStatus() === 'open'
  const button = (icon: IconName, onClick: () => void, disabled = false): ReactNode => (
    <Button
      icon={icon}
      title={`${step.source}. Key: ${number}`}
      aria-keyshortcuts={String(number)}
      disabled={disabled}
      onClick={onClick}
    >
      {step.words}
    </Button>
  )
  switch (step.kind) {
    case 'change':
      if (!step.done) return button(step.intent.kind === 'assign' ? 'handoff' : 'person', onStart, !connected)
      return (
        <span className={styles.done}>
          <Icon name="check" size={14} /> {step.words}: done
        </span>
      )
    case 'copy':
      return (
        <>
          <span title={step.source}>{step.words}</span>
          <Copyable name={`the text: ${step.words}`} text={step.text} />
        </>
      )
    case 'open':
      return button('external', () => openExternal(step.url))
    case 'choice':
      return <CustomerChoice words={step.words} choice={step.choice} guidance={guidance} ticket={ticket} />
    case 'handover':
      return button('edit', onStart, !connected)
    case 'capture':
      return button('copy', onStart, !connected)
    case 'brief':
      return button('info', onStart)
    case 'do':
      return <span title={step.source}>{step.words}</span>
  }
}

function CustomerChoice(props: {
  readonly words: string
  readonly choice: PreAseChoice | null
  readonly guidance: TicketGuidance
  readonly ticket: TicketDetail
}) {
  const { words, choice, guidance, ticket } = props
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const connected = useConnectionStatus() === 'open'
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.guidance.setChoice.mutationOptions(),
    onSuccess: (answer) => {
      queryClient.setQueryData(queries.guidance(ticket.id).queryKey, answer)
      void queryClient.invalidateQueries({ queryKey: queries.procedures.tickets.key() })
    },
  })
  const choices: readonly (readonly [PreAseChoice | null, string])[] = [
    [null, 'Not asked yet'],
    ['asked', 'Asked'],
    ['ase', guidance.ase?.name ?? 'The ASE'],
    ['assignee', ticket.assigneeName ?? 'The assignee'],
  ]
  return (
    <>
      <span>
        {words}
        {guidance.preAse?.byName && <span className={styles.soft}> (recorded by {guidance.preAse.byName})</span>}
      </span>
      <div role="group" aria-label={words} className={styles.choices}>
        {choices.map(([value, name]) => (
          <Button
            key={value ?? 'none'}
            look={value === choice ? 'primary' : 'plain'}
            aria-pressed={value === choice}
            disabled={!connected || isPending}
            onClick={() => value !== choice && mutate({ ticketId: ticket.id, choice: value })}
          >
            {name}
          </Button>
        ))}
      </div>
      <Problem error={error} />
    </>
  )
}
