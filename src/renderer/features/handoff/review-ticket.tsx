import { type RefObject, useEffect, useRef } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { HandoffDetail, HandoffTicket } from '#contract/handoffs.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { Problem } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { severityLooks } from './handoff-words.ts'
import { LineWords } from './line-words.tsx'
import { TeachBack } from './teach-back.tsx'
import { Ago, TicketFacts } from './ticket-facts.tsx'
import { useHandoffKept } from './use-handoff-kept.ts'
import type { ReviewModeState } from './use-review-mode.ts'
import { Verdict } from './verdict.tsx'
import styles from './handoff.module.css'

interface TicketProps {
  readonly handoff: HandoffDetail
  readonly ticket: HandoffTicket
}

/** One ticket of the review: first the facts, then the ASE's words, then what the covering engineer makes of them. */
export function ReviewTicket(
  props: TicketProps & {
    readonly mode: ReviewModeState
    /** Whether the ASE's words were asked for already. */
    readonly shown: boolean
    readonly onShow: () => void
  },
) {
  const { handoff, ticket, mode, shown, onShow } = props
  const { ticketId, facts, line, teachBack, stale, reviewedAt } = ticket
  const looks = line?.severity ? severityLooks[line.severity] : undefined
  // Whoever wrote them knows them, and whoever said them back has read them.
  const open = shown || !mode.mayAct('cover') || teachBack?.current === true
  const answer = useRef<HTMLDivElement>(null)
  const onSaid = useFocusOnAnswer(answer, teachBack)
  return (
    <>
      <h2 tabIndex={-1} className={styles.large}>
        {looks && (
          <Pill tone={looks.tone} icon={looks.icon}>
            {looks.word}
          </Pill>
        )}{' '}
        #{ticketId} {facts.subject}
      </h2>
      {stale.length > 0 && <Stale {...props} />}
      <TicketFacts ticket={ticket} aseTimeZone={handoff.aseTimeZone} covering={handoff.role === 'cover'} />
      {!open ? (
        <Scan aseName={handoff.aseName} onShow={onShow} />
      ) : line ? (
        <LineWords handoff={handoff} line={line} />
      ) : (
        <p className={styles.soft}>{handoff.aseName} has written nothing of this ticket yet.</p>
      )}
      {open && reviewedAt === null && mode.mayAct('cover') && line?.severity === 'stable' && (
        <GoneOver handoff={handoff} ticket={ticket} words="Gone over, nothing to say back" />
      )}
      {open && (
        <div className={styles.dialogue}>
          <TeachBack handoff={handoff} ticket={ticket} mode={mode} onSaid={onSaid} />
          <div ref={answer}>{teachBack && <Verdict handoff={handoff} ticket={ticket} mode={mode} />}</div>
        </div>
      )}
      {stale.length === 0 && reviewedAt !== null && (
        <p className={styles.soft}>
          <Icon name="check" size={12} /> Gone over by {ticket.reviewedByName ?? 'somebody'}, <Ago at={reviewedAt} />
        </p>
      )}
    </>
  )
}

/** Moves the focus on to the answer once what was said back stands there: the field it was typed in is gone then. */
function useFocusOnAnswer(answer: RefObject<HTMLElement | null>, teachBack: HandoffTicket['teachBack']): () => void {
  const before = useRef<HandoffTicket['teachBack'] | undefined>(undefined)
  useEffect(() => {
    if (before.current === undefined || before.current === teachBack) return
    before.current = undefined
    answer.current?.querySelector<HTMLElement>('button:not(:disabled), [tabindex]')?.focus()
  }, [answer, teachBack])
  return () => {
    before.current = teachBack
  }
}

/** Holds the words back until the facts were looked at: whoever takes over reads those first. */
function Scan({ aseName, onShow }: { readonly aseName: string; readonly onShow: () => void }) {
  useShortcuts([{ keys: ' ', words: 'Show what the ASE says', group: 'Ticket of the review', run: onShow }])
  return (
    <p className={styles.scan}>
      <span>
        <strong>Scan the facts first.</strong> Ask about what is unclear.
      </span>
      <Button look="primary" icon="eye" title="Key: Space" onClick={onShow}>
        Show what {aseName} says
      </Button>
    </p>
  )
}

/** What is otherwise since somebody went over it. */
function Stale({ handoff, ticket, mode }: TicketProps & { readonly mode: ReviewModeState }) {
  return (
    <section aria-label="Changed since it was gone over" className={styles.stale}>
      <h3>
        <Icon name="alert" size={14} /> Changed since{' '}
        {ticket.reviewedByName ? `${ticket.reviewedByName} went over it` : 'it was gone over'}
      </h3>
      <ul className={styles.listed}>
        {ticket.stale.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {mode.mayAct('cover') && <GoneOver handoff={handoff} ticket={ticket} words="Gone over again" />}
    </section>
  )
}

/** Says that the ticket was gone over as it is now. */
function GoneOver({ handoff, ticket, words }: TicketProps & { readonly words: string }) {
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const kept = useHandoffKept()
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.handoffs.review.mutationOptions(),
    onSuccess: kept,
  })
  const disabled = !connected || isPending
  const review = () => {
    if (!disabled) mutate({ handoffId: handoff.id, ticketId: ticket.ticketId })
  }
  useShortcuts([{ keys: 'r', words: 'Gone over as it is now', group: 'Ticket of the review', run: review }])
  return (
    <>
      <Problem error={error} />
      <div>
        <Button icon="check" title="Key: r" disabled={disabled} onClick={review}>
          {words}
        </Button>
      </div>
    </>
  )
}
