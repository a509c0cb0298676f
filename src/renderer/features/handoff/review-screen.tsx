import { useEffect, useRef, useState } from 'react'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { HandoffDetail, HandoffTicket } from '#contract/handoffs.ts'
import { Button } from '../../ui/button.tsx'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Acceptance } from './acceptance.tsx'
import { CcLine } from './cc-line.tsx'
import { HandoffActions } from './handoff-actions.tsx'
import { HandoffConflicts } from './handoff-conflicts.tsx'
import { HandoffGate } from './handoff-gate.tsx'
import { HandoffIssue } from './handoff-issue.tsx'
import { ReviewAccount } from './review-account.tsx'
import { ReviewMode } from './review-mode.tsx'
import { type ReviewPlace, ReviewSteps } from './review-steps.tsx'
import { ReviewTicket } from './review-ticket.tsx'
import { TimeLeft } from './time-left.tsx'
import { useKeptOrder } from './use-kept-order.ts'
import { useReviewMode } from './use-review-mode.ts'
import styles from './handoff.module.css'

/** Where both go through an account: its texts, its tickets one at a time, the gravest first, and at the end the acceptance. */
export function ReviewScreen() {
  const { handoffId } = useParams({ from: '/handoff/$handoffId/review' })
  return <HandoffGate handoffId={handoffId}>{(handoff) => <Review key={handoff.id} handoff={handoff} />}</HandoffGate>
}

function Review({ handoff }: { readonly handoff: HandoffDetail }) {
  const { at = 'account' } = useSearch({ from: '/handoff/$handoffId/review' })
  const navigate = useNavigate()
  const mode = useReviewMode(handoff)
  const lines = useKeptOrder(handoff.lines)
  const [shown, setShown] = useState<ReadonlySet<number>>(new Set())
  const item = useRef<HTMLElement>(null)
  const places: readonly ReviewPlace[] = ['account', ...lines.map(({ ticketId }) => ticketId), 'accept']
  const here = Math.max(0, places.indexOf(at))
  const place = places[here] ?? 'account'
  const go = (next: ReviewPlace | undefined) => {
    if (next === undefined) return
    const params = { handoffId: handoff.id }
    void navigate({ to: '/handoff/$handoffId/review', params, search: { at: next }, replace: true })
  }
  useEffect(() => {
    // Each item begins at its heading, for eyes and for screen readers.
    item.current?.querySelector<HTMLElement>('h2')?.focus()
  }, [place])
  const [back, on] = [places[here - 1], places[here + 1]]
  useShortcuts([
    { keys: 'j', words: 'Next', group: 'Review', run: () => go(on) },
    { keys: 'alt+ArrowDown', words: 'Next', group: 'Review', run: () => go(on) },
    { keys: 'k', words: 'Back', group: 'Review', run: () => go(back) },
    { keys: 'alt+ArrowUp', words: 'Back', group: 'Review', run: () => go(back) },
  ])
  const ticket = lines.find(({ ticketId }) => ticketId === place)
  return (
    <Screen
      title={`Review: ${handoff.accountName}`}
      about={<About handoff={handoff} />}
      actions={<HandoffActions handoff={handoff} at="review" />}
    >
      <div className={styles.body}>
        <CcLine handoff={handoff} />
        <HandoffIssue handoffId={handoff.id} />
        <HandoffConflicts handoff={handoff} />
        <div className={styles.reviewHead}>
          <ReviewSteps lines={lines} accepted={handoff.state === 'accepted'} at={place} onGo={go} />
          <ReviewMode mode={mode} handoff={handoff} />
        </div>
        <article ref={item} className={styles.item}>
          <ItemOf
            {...{ handoff, ticket, place, mode }}
            shown={ticket !== undefined && shown.has(ticket.ticketId)}
            onShow={(ticketId) => setShown(new Set([...shown, ticketId]))}
          />
          <p className={styles.steps}>
            <Button icon="before" disabled={back === undefined} title="Key: k" onClick={() => go(back)}>
              Back
            </Button>
            <span className={styles.soft}>
              {here + 1} of {places.length}
            </span>
            <Button icon="after" disabled={on === undefined} title="Key: j" onClick={() => go(on)}>
              Next
            </Button>
          </p>
        </article>
      </div>
    </Screen>
  )
}

function ItemOf(props: {
  readonly handoff: HandoffDetail
  readonly ticket: HandoffTicket | undefined
  readonly place: ReviewPlace
  readonly mode: ReturnType<typeof useReviewMode>
  readonly shown: boolean
  readonly onShow: (ticketId: number) => void
}) {
  const { handoff, ticket, place, mode, shown, onShow } = props
  if (ticket) {
    return (
      <ReviewTicket
        key={ticket.ticketId}
        {...{ handoff, ticket, mode, shown }}
        onShow={() => onShow(ticket.ticketId)}
      />
    )
  }
  return place === 'accept' ? <Acceptance handoff={handoff} mode={mode} /> : <ReviewAccount handoff={handoff} />
}

function About({ handoff }: { readonly handoff: HandoffDetail }) {
  return (
    <>
      <Link to="/handoff">Back to Handoff</Link> · <TimeLeft startsAt={handoff.startsAt} endsAt={handoff.endsAt} /> ·{' '}
      {handoff.ownerWords}
    </>
  )
}
