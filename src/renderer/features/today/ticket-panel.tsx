import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { SlaClock, TicketDetail } from '#contract/tickets.ts'
import { useTimeZone, useNow, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { Freshness } from '../../ui/freshness.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { EmptyState, ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { ago, wallClock } from '../../ui/time-words.ts'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import { Conversation } from './conversation.tsx'
import { EmergencyBrief } from './emergency-brief.tsx'
import { Guidance } from './guidance.tsx'
import { TicketActions } from './ticket-actions.tsx'
import { TicketChanges } from './ticket-changes.tsx'
import { SnoozeButton, SnoozedLine } from './ticket-snooze.tsx'
import { priorityWord, StatusPill } from '../../ui/ticket-words.tsx'
import styles from './ticket-panel.module.css'

/** What a panel shows and how it is left. `takeFocus` moves the focus to its heading once it is there. */
export interface TicketPanelProps {
  readonly ticketId: number
  readonly takeFocus: boolean
  readonly onClose: () => void
}

/** One ticket beside the queue: what to do and why, how it stands, and what was said. */
export function TicketPanel({ ticketId, takeFocus, onClose }: TicketPanelProps) {
  const { queries } = useWindow()
  const { data: ticket, error, refetch } = useQuery(queries.ticket(ticketId))
  const openExternal = useOpenExternal()
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = ticket?.id
  useEffect(() => {
    if (takeFocus && shown !== undefined) heading.current?.focus()
  }, [takeFocus, shown])
  return (
    <aside className={styles.panel} aria-label={`Ticket ${ticketId}`}>
      <header className={styles.bar}>
        <div className={styles.which}>
          <span className={styles.id}>Ticket #{ticketId}</span>
          {ticket && <Freshness at={ticket.fetchedAt} />}
        </div>
        <span className={styles.space} />
        {ticket && <SnoozeButton key={ticketId} ticketId={ticketId} />}
        {ticket && (
          <Button icon="external" aria-label="Open in Zendesk" onClick={() => openExternal(ticket.url)}>
            Zendesk
          </Button>
        )}
        <Button look="quiet" icon="close" aria-label="Close the ticket" onClick={onClose} />
      </header>
      {ticket && <TicketActions key={ticketId} ticket={ticket} />}
      <div className={styles.content}>
        {ticket ? (
          <PanelOfTicket
            key={ticketId}
            ticket={ticket}
            heading={
              <h2 ref={heading} tabIndex={-1} className={styles.subject}>
                {ticket.subject}
              </h2>
            }
          />
        ) : (
          <PanelWithoutTicket error={error} ticketId={ticketId} onRetry={() => void refetch()} />
        )}
      </div>
    </aside>
  )
}

function PanelWithoutTicket(props: {
  readonly error: Error | null
  readonly ticketId: number
  readonly onRetry: () => void
}) {
  const { error, ticketId, onRetry } = props
  if (!error) return <Loading what="Reading the ticket…" />
  if ('code' in error && error.code === 'NOT_FOUND') {
    return (
      <EmptyState icon="search" title={`Ticket #${ticketId} is not here`}>
        <p>It belongs to none of your accounts, or it has not been synced yet. Sync now looks again.</p>
      </EmptyState>
    )
  }
  return <ErrorNotice what={`Ticket #${ticketId} could not be read`} error={error} onRetry={onRetry} />
}

/** A ticket's content, or in its place what to know of it at once. */
function PanelOfTicket({ ticket, heading }: { readonly ticket: TicketDetail; readonly heading: ReactNode }) {
  const [brief, setBrief] = useState(false)
  useShortcuts([
    { keys: 'b', words: 'Open the brief, or go back', group: 'Ticket', run: () => setBrief((open) => !open) },
  ])
  if (brief) return <EmergencyBrief ticketId={ticket.id} onClose={() => setBrief(false)} />
  return (
    <>
      {heading}
      <SnoozedLine ticketId={ticket.id} />
      <Guidance ticket={ticket} onBrief={() => setBrief(true)} />
      <TicketChanges ticketId={ticket.id} />
      <Facts ticket={ticket} />
      <Clocks clocks={ticket.clocks} />
      <Conversation comments={ticket.comments} complete={ticket.commentsComplete} />
    </>
  )
}

function Facts({ ticket }: { readonly ticket: TicketDetail }) {
  return (
    <section aria-label="Facts">
      <p className={styles.pills}>
        <StatusPill status={ticket.status} />
        <Pill tone={ticket.priority === 'urgent' ? 'danger' : 'plain'}>{priorityWord(ticket.priority)}</Pill>
        {(ticket.iAmOnCc || ticket.relation === 'covering') && (
          <Pill tone={ticket.iAmOnCc ? 'success' : 'warning'} icon={ticket.iAmOnCc ? 'check' : 'alert'}>
            {ticket.iAmOnCc ? 'You are on Cc' : 'You are not on Cc'}
          </Pill>
        )}
      </p>
      <dl className={styles.facts}>
        <Fact name="Account">{ticket.accountName ?? 'None'}</Fact>
        <Fact name="Requester">{ticket.requesterName ?? 'Unknown'}</Fact>
        <Fact name="Assignee">{ticket.assigneeName ?? 'Nobody'}</Fact>
        <Fact name="Cc">{ticket.ccNames.join(', ') || 'Nobody'}</Fact>
        {ticket.followerNames.length > 0 && <Fact name="Followers">{ticket.followerNames.join(', ')}</Fact>}
        <Fact name="Created">
          <When at={ticket.createdAt} />
        </Fact>
        <Fact name="Updated">
          <When at={ticket.updatedAt} />
        </Fact>
        {ticket.tags.length > 0 && <Fact name="Tags">{ticket.tags.join(', ')}</Fact>}
      </dl>
    </section>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function When({ at }: { readonly at: number }) {
  const now = useNow()
  const timeZone = useTimeZone()
  return (
    <time dateTime={new Date(at).toISOString()}>
      {ago(at, now)} · {wallClock(at, now, timeZone)}
    </time>
  )
}

function Clocks({ clocks }: { readonly clocks: readonly SlaClock[] }) {
  return (
    <section aria-labelledby="clocks">
      <h3 id="clocks">Clocks</h3>
      {clocks.length === 0 && (
        <p className={styles.soft}>
          <Icon name="dash" size={12} /> No SLA clock runs on this ticket.
        </p>
      )}
      <ul className={styles.clocks}>
        {clocks.map((clock, index) => (
          <li key={`${clock.metric} ${index}`}>
            <Countdown clock={clock} />
          </li>
        ))}
      </ul>
    </section>
  )
}
