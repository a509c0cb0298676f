import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import type { HandoffTicket, TicketFactsValues } from '#contract/handoffs.ts'
import { useNow, useTimeZone } from '../../api/window-context.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { Freshness } from '../../ui/freshness.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Pill } from '../../ui/pill.tsx'
import { priorityWord, StatusPill } from '../../ui/ticket-words.tsx'
import { ago, dayAndTime, fullTime, zoneName } from '../../ui/time-words.ts'
import styles from './handoff.module.css'

/** What is known of a ticket without anybody's judgement, as it is now: how it stands, its clocks, who said what last. */
export function TicketFacts(props: {
  readonly ticket: HandoffTicket
  /** By whose clock times are written beside mine. */
  readonly aseTimeZone: string
  /** Says whether I am on Cc. */
  readonly covering: boolean
}) {
  const { ticket, aseTimeZone, covering } = props
  const { facts, emergency, breachesBeforeReturn, iAmOn, gone } = ticket
  return (
    <section aria-label="Facts" className={styles.facts}>
      {gone !== null && (
        <p className={styles.caution}>
          <Icon name="alert" size={14} />
          <span>
            <strong>Not active any more.</strong> {gone}
          </span>
        </p>
      )}
      <div className={styles.factsHead}>
        <p className={styles.pills}>
          <StatusPill status={facts.status} />
          <Pill tone={facts.priority === 'urgent' ? 'danger' : 'plain'}>{priorityWord(facts.priority)}</Pill>
          {emergency && (
            <Pill tone="danger" icon="flame">
              Emergency
            </Pill>
          )}
          {breachesBeforeReturn && (
            <Pill tone="warning" icon="clock">
              Breaches before the return
            </Pill>
          )}
          {covering && (
            <Pill tone={iAmOn ? 'success' : 'warning'} icon={iAmOn ? 'check' : 'alert'}>
              {iAmOn ? 'You are on Cc' : 'You are not on Cc'}
            </Pill>
          )}
          <AsKnown at={ticket.factsAt} />
          <Link to="/today/ticket/$ticketId" params={{ ticketId: String(ticket.ticketId) }}>
            Open the ticket
          </Link>
        </p>
        <Clocks clocks={facts.clocks} aseTimeZone={aseTimeZone} />
      </div>
      <Messages facts={facts} />
    </section>
  )
}

function AsKnown({ at }: { readonly at: number | null }) {
  return at === null ? <span className={styles.soft}>As the handoff last knew it</span> : <Freshness at={at} />
}

function Clocks(props: { readonly clocks: TicketFactsValues['clocks']; readonly aseTimeZone: string }) {
  const { clocks, aseTimeZone } = props
  const mine = useTimeZone()
  if (clocks.length === 0) return null
  return (
    <ul className={styles.clocks} aria-label="Clocks">
      {clocks.map(({ metric, breachAt }) => (
        <li key={`${metric} ${breachAt}`}>
          <Countdown clock={{ metric, stage: 'active', breachAt }} />
          {dayAndTime(breachAt, mine) !== dayAndTime(breachAt, aseTimeZone) && (
            <span className={styles.soft}>
              {dayAndTime(breachAt, aseTimeZone)} in {zoneName(aseTimeZone, breachAt)}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

function Messages({ facts }: { readonly facts: TicketFactsValues }) {
  const { lastCustomer, lastPublicReply, lastNote, issues, ccNames, assigneeName, createdAt } = facts
  return (
    <>
      <dl className={styles.factList}>
        <Fact name="Customer’s last">
          <Said message={lastCustomer} none="Has written nothing" />
        </Fact>
        <Fact name="Our last reply">
          <Said message={lastPublicReply} none="None yet" />
        </Fact>
        {lastNote && (
          <Fact name="Last note">
            <Said message={lastNote} none="" />
          </Fact>
        )}
        {issues.length > 0 && (
          <Fact name="Linked issues">
            {issues.map(({ reference, title, open }) => (
              <span key={reference} className={styles.issue}>
                {reference} {title} <Pill tone={open ? 'success' : 'plain'}>{open ? 'Open' : 'Closed'}</Pill>
              </span>
            ))}
          </Fact>
        )}
      </dl>
      <p className={styles.soft}>
        {assigneeName ? `Assigned to ${assigneeName}` : 'Assigned to nobody'} ·{' '}
        {ccNames.length > 0 ? `Cc: ${ccNames.join(', ')}` : 'Nobody on Cc'} · opened <Ago at={createdAt} />
      </p>
    </>
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

function Said(props: { readonly message: TicketFactsValues['lastNote']; readonly none: string }) {
  const { message, none } = props
  if (!message) return <span className={styles.soft}>{none}</span>
  const { byName, at, words } = message
  return (
    <span className={styles.said} title={words}>
      <span className={styles.soft}>
        {byName}, <Ago at={at} />:
      </span>{' '}
      “{words}”
    </span>
  )
}

/** How long ago something was, ticking by itself. */
export function Ago({ at }: { readonly at: number }) {
  const now = useNow()
  const timeZone = useTimeZone()
  return (
    <time dateTime={new Date(at).toISOString()} title={fullTime(at, timeZone)}>
      {ago(at, now)}
    </time>
  )
}
