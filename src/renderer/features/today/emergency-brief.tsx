import { type ReactNode, useEffect, useRef } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { BriefTicket, EmergencyBrief as Brief, GuidancePerson } from '#contract/guidance.ts'
import { useNow, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { ErrorNotice, Loading } from '../../ui/notice.tsx'
import { ago, wallClock } from '../../ui/time-words.ts'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import { onlineWords } from './online-line.tsx'
import { StatusPill } from '../../ui/ticket-words.tsx'
import styles from './emergency-brief.module.css'

/** What to know of an emergency at once, from what is stored: who is who, what is open, what happened, what was like it. */
export function EmergencyBrief({ ticketId, onClose }: { readonly ticketId: number; readonly onClose: () => void }) {
  const { queries } = useWindow()
  const { data: brief, error, refetch } = useQuery(queries.brief(ticketId))
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = brief !== undefined
  useEffect(() => {
    if (shown) heading.current?.focus()
  }, [shown])
  if (!brief) {
    return error ? (
      <ErrorNotice what="The brief could not be read" error={error} onRetry={() => void refetch()} />
    ) : (
      <Loading what="Reading the brief…" />
    )
  }
  return (
    <section className={styles.brief} aria-labelledby="brief">
      <div className={styles.head}>
        <h2 id="brief" ref={heading} tabIndex={-1}>
          Brief: {brief.account?.name ?? 'no account'}
        </h2>
        <Button icon="return" title="Key: b" aria-keyshortcuts="b" onClick={onClose}>
          Back to the ticket
        </Button>
      </div>
      <WhoIsWho brief={brief} />
      <Desk desk={brief.desk} />
      <Part title={`Other open tickets (${brief.openTotal})`} empty="No other ticket is open.">
        {brief.open.map((ticket) => (
          <TicketLine key={ticket.id} ticket={ticket} />
        ))}
      </Part>
      <Part title="Last events" empty="Nothing was recorded yet.">
        {brief.events.map((event) => (
          <li key={`${event.ticketId} ${event.at} ${event.words}`}>
            <TicketLink id={event.ticketId} /> {event.words} <When at={event.at} />
          </li>
        ))}
      </Part>
      <Part title="Solved ones like it" empty="No solved ticket has these words in its subject.">
        {brief.similar.map((ticket) => (
          <TicketLine key={ticket.id} ticket={ticket} more={`shares: ${ticket.shared.join(', ')}`} />
        ))}
      </Part>
    </section>
  )
}

function WhoIsWho({ brief }: { readonly brief: Brief }) {
  const { ase, cover, action, steps } = brief.guidance
  const texts = steps.flatMap((step) => (step.kind === 'copy' ? [step] : []))
  return (
    <>
      <p className={styles.action}>{action}</p>
      <dl className={styles.people}>
        {ase && <Somebody title="ASE" person={ase} />}
        {cover && cover.id !== ase?.id && <Somebody title="Covers" person={cover} />}
        <dt>Requester</dt>
        <dd>{brief.requesterName ?? 'Unknown'}</dd>
      </dl>
      {texts.map((step) => (
        <div key={step.id}>
          <p>{step.words}</p>
          <Copyable name={`the text: ${step.words}`} text={step.text} />
          {step.id === 'ping-ase' && <SlackLink desk={brief.desk} />}
        </div>
      ))}
    </>
  )
}

/** Leads to the account’s channel where it is known how to get there; else the text is all there is. */
function SlackLink({ desk }: { readonly desk: Brief['desk'] }) {
  const openExternal = useOpenExternal()
  const url = desk?.slackUrl
  if (!url) return null
  return (
    <p className={styles.soft}>
      <Button icon="external" title={url} onClick={() => openExternal(url)}>
        Open the account’s channel in Slack
      </Button>{' '}
      The customer reads it too.
    </p>
  )
}

function Somebody({ title, person }: { readonly title: string; readonly person: GuidancePerson }) {
  const mine = useTimeZone()
  return (
    <>
      <dt>{title}</dt>
      <dd>
        <strong>{person.name}</strong>
        {person.slackHandle && ` ${person.slackHandle}`} · {person.state === 'away' ? 'Away. ' : ''}
        {onlineWords(person, mine)}
      </dd>
    </>
  )
}

function Desk({ desk }: { readonly desk: Brief['desk'] }) {
  if (!desk) {
    return (
      <p className={styles.soft}>
        Contacts and environment of this account are not written down yet. The account’s page has room for them.
      </p>
    )
  }
  return (
    <>
      {desk.slackChannel && <p>Slack channel: {desk.slackChannel}</p>}
      <Part title="Contacts" empty="Nobody is written down yet.">
        {desk.contacts.map((contact) => (
          <li key={`${contact.side} ${contact.name}`}>
            <strong>{contact.name}</strong>
            {contact.side === 'internal' && ' (ours)'}
            {[contact.role, contact.reach, contact.howToWork].filter(Boolean).map((words) => ` · ${words}`)}
          </li>
        ))}
      </Part>
      <Part title="Environment" empty="Nothing is written down yet.">
        {desk.environment.map(({ field, name, text }) => (
          <li key={field}>
            <span className={styles.soft}>{name}:</span> {text}
          </li>
        ))}
        {desk.environmentNote !== '' && <li className={styles.note}>{desk.environmentNote}</li>}
      </Part>
    </>
  )
}

function Part({ title, empty, children }: { title: string; empty: string; children: ReactNode }) {
  const isEmpty = Array.isArray(children) && children.flat().every((child) => child === false)
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {isEmpty ? <p className={styles.soft}>{empty}</p> : <ul className={styles.list}>{children}</ul>}
    </section>
  )
}

function TicketLine({ ticket, more }: { readonly ticket: BriefTicket; readonly more?: string }) {
  return (
    <li>
      <TicketLink id={ticket.id} /> {ticket.subject} <StatusPill status={ticket.status} />{' '}
      <span className={styles.soft}>
        {[ticket.priority, ticket.assigneeName, more].filter(Boolean).join(' · ')} <When at={ticket.updatedAt} />
      </span>
    </li>
  )
}

function TicketLink({ id }: { readonly id: number }) {
  return (
    <Link to="/today/ticket/$ticketId" params={{ ticketId: String(id) }} search>
      #{id}
    </Link>
  )
}

function When({ at }: { readonly at: number }) {
  const now = useNow()
  const timeZone = useTimeZone()
  return (
    <time dateTime={new Date(at).toISOString()} className={styles.soft}>
      {ago(at, now)} · {wallClock(at, now, timeZone)}
    </time>
  )
}
