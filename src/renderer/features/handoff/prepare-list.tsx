import { memo, useCallback, useEffect, useRef } from 'react'
import type { HandoffDetail, HandoffTicket } from '#contract/handoffs.ts'
import { accountTexts } from '#core/handoff/handoff-document.ts'
import { Icon } from '../../ui/icon.tsx'
import { missingWords, severityLooks } from './handoff-words.ts'
import type { FocusWish } from './line-form.tsx'
import styles from './handoff.module.css'

/** The account and its tickets, each with what is missing of it. */
export function PrepareList(props: {
  readonly texts: HandoffDetail['texts']
  readonly lines: readonly HandoffTicket[]
  /** The ticket that is open; undefined for the account part. */
  readonly at: number | undefined
  readonly onGo: (place: number, wish: FocusWish) => void
}) {
  const { texts, lines, at, onGo } = props
  const written = accountTexts.filter((text) => texts[text].value.trim() !== '').length
  const latest = useRef(onGo)
  useEffect(() => {
    latest.current = onGo
  })
  // One for all rows and for ever: a row is drawn again only when its own ticket is another.
  const go = useCallback((place: number) => latest.current(place, 'heading'), [])
  return (
    <nav aria-label="Parts of the handoff">
      <ol className={styles.parts}>
        <li>
          <button
            type="button"
            className={styles.part}
            aria-current={at === undefined ? 'true' : undefined}
            onClick={() => go(-1)}
          >
            <Icon name="building" size={14} />
            <span className={styles.partName}>The account</span>
            <span className={styles.partWords}>
              {written} of {accountTexts.length} texts written
            </span>
          </button>
        </li>
        {lines.map((ticket, place) => (
          <Row key={ticket.ticketId} ticket={ticket} place={place} isOpen={ticket.ticketId === at} onGo={go} />
        ))}
      </ol>
    </nav>
  )
}

const Row = memo(function Row(props: {
  readonly ticket: HandoffTicket
  readonly place: number
  readonly isOpen: boolean
  readonly onGo: (place: number) => void
}) {
  const { ticket, place, isOpen, onGo } = props
  const { ticketId, facts, line, missing, gone } = ticket
  const row = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isOpen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen])
  const looks = line?.severity ? severityLooks[line.severity] : undefined
  const complete = missing.length === 0
  return (
    <li>
      <button
        ref={row}
        type="button"
        className={styles.part}
        data-complete={complete}
        data-tone={looks?.tone}
        aria-current={isOpen ? 'true' : undefined}
        onClick={() => onGo(place)}
      >
        <Icon name={looks?.icon ?? 'dash'} size={14} />
        <span className={styles.partName}>
          #{ticketId} {facts.subject}
        </span>
        <span className={styles.partWords}>
          {looks ? `${looks.word}. ` : ''}
          {gone ?? missingWords(ticket)}
        </span>
      </button>
    </li>
  )
})
