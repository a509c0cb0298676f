import { type KeyboardEvent, type MouseEvent, useLayoutEffect, useRef } from 'react'
import type { TicketComment } from '#contract/tickets.ts'
import { useNow, useTimeZone } from '../../api/window-context.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import { ago, fullTime, wallClock } from '../../ui/time-words.ts'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import { httpsAddress, sanitiseHtml } from './sanitise-html.ts'
import styles from './conversation.module.css'

/** The messages of a ticket, oldest first; internal notes look different from what the customer sees. */
export function Conversation({ comments, complete }: { comments: readonly TicketComment[]; complete: boolean }) {
  return (
    <section aria-labelledby="conversation">
      <h3 id="conversation">Conversation</h3>
      {!complete && (
        <p className={styles.incomplete} role="status">
          The conversation is still being read from Zendesk; newer messages may be missing here.
        </p>
      )}
      {complete && comments.length === 0 && <p className={styles.incomplete}>Nobody has written anything yet.</p>}
      <ol className={styles.list}>
        {comments.map((comment) => (
          <Message key={comment.id} comment={comment} />
        ))}
      </ol>
    </section>
  )
}

function Message({ comment }: { readonly comment: TicketComment }) {
  const now = useNow()
  const timeZone = useTimeZone()
  return (
    <li className={classNames(styles.message, !comment.public && styles.internal)}>
      <header className={styles.head}>
        <strong>{comment.authorName ?? 'Unknown author'}</strong>
        {comment.authorRole && <span className={styles.soft}>{roleWord(comment.authorRole)}</span>}
        {!comment.public && (
          <span className={styles.note}>
            <Icon name="lock" size={12} />
            Internal note
          </span>
        )}
        <time
          className={styles.time}
          dateTime={new Date(comment.createdAt).toISOString()}
          title={fullTime(comment.createdAt, timeZone)}
        >
          {ago(comment.createdAt, now)} · {wallClock(comment.createdAt, now, timeZone)}
        </time>
      </header>
      <MessageBody comment={comment} />
    </li>
  )
}

function MessageBody({ comment }: { readonly comment: TicketComment }) {
  const holder = useRef<HTMLDivElement>(null)
  const openExternal = useOpenExternal()
  useLayoutEffect(() => {
    if (comment.html) holder.current?.replaceChildren(sanitiseHtml(comment.html))
    else if (holder.current) holder.current.textContent = comment.text
  }, [comment.html, comment.text])
  const open = (event: MouseEvent | KeyboardEvent) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-address]') : null
    const address = httpsAddress(link?.dataset['address'] ?? null)
    if (address === undefined) return
    event.preventDefault()
    openExternal(address)
  }
  return (
    <div
      ref={holder}
      className={classNames(styles.body, !comment.html && styles.plain)}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === 'Enter') open(event)
      }}
    />
  )
}

function roleWord(role: string): string {
  return role === 'end-user' ? 'Customer' : role === 'agent' || role === 'admin' ? 'Support' : role
}
