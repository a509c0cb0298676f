import { useRef, useState } from 'react'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { HandoffDetail } from '#contract/handoffs.ts'
import { Bar } from '../../ui/bar.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { EmptyState } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { AccountPart } from './account-part.tsx'
import { HandoffActions } from './handoff-actions.tsx'
import { HandoffConflicts } from './handoff-conflicts.tsx'
import { HandoffGate } from './handoff-gate.tsx'
import { HandoffIssue } from './handoff-issue.tsx'
import { type FocusWish, LineForm } from './line-form.tsx'
import { PrepareList } from './prepare-list.tsx'
import { TimeLeft } from './time-left.tsx'
import { useKeptOrder } from './use-kept-order.ts'
import styles from './handoff.module.css'

/** Where the ASE writes what nobody else can know of an account and its tickets. */
export function PrepareScreen() {
  const { handoffId } = useParams({ from: '/handoff/$handoffId' })
  return (
    <HandoffGate handoffId={handoffId}>
      {(handoff) =>
        handoff.role === 'ase' ? <Preparation key={handoff.id} handoff={handoff} /> : <NotMine handoff={handoff} />
      }
    </HandoffGate>
  )
}

function NotMine({ handoff }: { readonly handoff: HandoffDetail }) {
  return (
    <Screen title={handoff.accountName} about={<Link to="/handoff">Back to Handoff</Link>}>
      <EmptyState icon="handoff" title={`${handoff.aseName} prepares this handoff`}>
        <p>
          What is written of it is shown in{' '}
          <Link to="/handoff/$handoffId/review" params={{ handoffId: handoff.id }}>
            the review
          </Link>
          , where it is gone through, said back and accepted.
        </p>
      </EmptyState>
    </Screen>
  )
}

function Preparation({ handoff }: { readonly handoff: HandoffDetail }) {
  const { ticket: at } = useSearch({ from: '/handoff/$handoffId' })
  const navigate = useNavigate()
  const lines = useKeptOrder(handoff.lines)
  const wish = useRef<FocusWish>('heading')
  const [said, setSaid] = useState('')
  const here = lines.findIndex(({ ticketId }) => ticketId === at)
  const ticket = lines[here]
  const go = (place: number, wanted: FocusWish) => {
    wish.current = wanted
    setSaid('')
    const next = lines[place]?.ticketId
    void navigate({
      to: '/handoff/$handoffId',
      params: { handoffId: handoff.id },
      search: next === undefined ? {} : { ticket: next },
      replace: true,
    })
  }
  // The account part stands before the first ticket, at -1.
  const step = (by: number) => {
    const next = here + by
    if (next >= -1 && next < lines.length) go(next, fieldWithFocus() ?? 'heading')
  }
  const nextMissing = () => {
    const around = [...lines.keys()].map((index) => (here + 1 + index) % lines.length)
    const next = around.find((index) => index !== here && (lines[index]?.missing.length ?? 0) > 0)
    if (next === undefined) setSaid('Nothing is missing in any other ticket.')
    else go(next, 'missing')
  }
  useShortcuts([
    { keys: 'j', words: 'Next ticket', group: 'Prepare', run: () => step(1) },
    { keys: 'alt+ArrowDown', words: 'Next ticket', group: 'Prepare', run: () => step(1) },
    { keys: 'k', words: 'Previous ticket', group: 'Prepare', run: () => step(-1) },
    { keys: 'alt+ArrowUp', words: 'Previous ticket', group: 'Prepare', run: () => step(-1) },
    { keys: 'mod+enter', words: 'Next ticket with something missing', group: 'Prepare', run: nextMissing },
  ])
  return (
    <Screen
      title={`Prepare: ${handoff.accountName}`}
      about={<About handoff={handoff} />}
      actions={<HandoffActions handoff={handoff} at="prepare" />}
    >
      <div className={styles.body}>
        <HandoffIssue handoffId={handoff.id} />
        <HandoffConflicts handoff={handoff} />
        <div className={styles.columns}>
          <div className={styles.aside}>
            <Progress handoff={handoff} />
            <PrepareList texts={handoff.texts} lines={lines} at={ticket?.ticketId} onGo={go} />
          </div>
          <div className={styles.main}>
            <p role="status" className={styles.soft}>
              {said}
            </p>
            {ticket ? (
              <LineForm key={ticket.ticketId} handoff={handoff} ticket={ticket} wish={wish} />
            ) : (
              <AccountPart handoff={handoff} wish={wish} />
            )}
          </div>
        </div>
      </div>
    </Screen>
  )
}

function About({ handoff }: { readonly handoff: HandoffDetail }) {
  return (
    <>
      <Link to="/handoff">Back to Handoff</Link> · <TimeLeft startsAt={handoff.startsAt} endsAt={handoff.endsAt} /> ·{' '}
      {handoff.ownerWords}
    </>
  )
}

function Progress({ handoff }: { readonly handoff: HandoffDetail }) {
  const { prepared, tickets } = handoff
  const words = `${prepared} of ${tickets} prepared`
  return (
    <p className={styles.progress}>
      {prepared === tickets && <Icon name="check" size={14} />}
      <span>{words}</span>
      <Bar kind="progressbar" name="Prepared" value={prepared} of={tickets} words={words} />
    </p>
  )
}

/** The field of a line that has the focus, so that the same one has it in the next ticket. */
function fieldWithFocus(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-field]')?.dataset['field']
}
