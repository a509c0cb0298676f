import { useRef } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OutboxEntry } from '#contract/outbox.ts'
import { useConnectionStatus, useNow, useTimeZone, useWindow } from '../api/window-context.tsx'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { aboutWords, changeLooks, customerLooks, hostOf, isSettled, ticketOf } from './change-words.ts'
import { Icon } from './icon.tsx'
import { Problem } from './notice.tsx'
import { Pill } from './pill.tsx'
import { ago, fullTime } from './time-words.ts'
import { useOpenExternal } from './use-open-external.ts'
import styles from './change-card.module.css'
import table from './table.module.css'

/** One change: what it is, where it stands, and what a person can do about it. `withTarget`: it also says what it is made to. */
export function ChangeCard({ entry, withTarget }: { readonly entry: OutboxEntry; readonly withTarget: boolean }) {
  const now = useNow()
  const timeZone = useTimeZone()
  const { word, icon, tone } = changeLooks(entry)
  const at = entry.settledAt ?? entry.sentAt ?? entry.createdAt
  const card = useRef<HTMLLIElement>(null)
  return (
    <li ref={card} tabIndex={-1} className={styles.card} data-state={entry.state}>
      <div className={styles.head}>
        <Pill tone={tone} icon={icon}>
          {word}
        </Pill>
        {withTarget && <Target entry={entry} />}
        <span className={styles.soft}>
          {entry.attempts > 1 && `tried ${entry.attempts} times · `}
          <time dateTime={new Date(at).toISOString()} title={fullTime(at, timeZone)}>
            {ago(at, now)}
          </time>
        </span>
      </div>
      <p className={styles.words}>{entry.words}</p>
      {!isSettled(entry) && <WhoSees seen={entry.customerSees} />}
      <ProblemOf entry={entry} />
      {entry.state === 'conflict' && entry.conflict && (
        <BothSides conflict={entry.conflict} host={hostOf(entry.intent)} />
      )}
      <ChangeActions entry={entry} onChoose={() => card.current?.focus()} />
    </li>
  )
}

/** The ticket, here; or the issue or project, in GitLab. */
function Target({ entry }: { readonly entry: OutboxEntry }) {
  const { intent, subject, url } = entry
  const openExternal = useOpenExternal()
  const ticketId = ticketOf(intent)
  if (ticketId !== undefined) {
    return (
      <Link to="/today/ticket/$ticketId" params={{ ticketId: String(ticketId) }} className={styles.target}>
        #{ticketId} {subject}
      </Link>
    )
  }
  if (url === null) return <strong className={styles.target}>{aboutWords(entry)}</strong>
  return (
    <button
      type="button"
      className={classNames(styles.target, styles.outside)}
      title="Open in GitLab"
      onClick={() => openExternal(url)}
    >
      {aboutWords(entry)}
    </button>
  )
}

/** Whether the customer will see it; said until nothing can be done about it any more. */
function WhoSees({ seen }: { readonly seen: OutboxEntry['customerSees'] }) {
  const { icon, words } = customerLooks(seen.visible)
  const lead = seen.visible ? 'The customer sees this once it is made.' : words
  return (
    <p className={styles.seen}>
      <Icon name={icon} size={14} />
      <span>
        {lead} {seen.words}
      </span>
    </p>
  )
}

function ProblemOf({ entry }: { readonly entry: OutboxEntry }) {
  if (!entry.problem) return null
  // What asks for a choice is over once the choice was made.
  if (entry.state === 'discarded' && entry.conflict) {
    return <p className={styles.soft}>Somebody changed the same, and theirs was kept.</p>
  }
  return <p className={entry.state === 'failed' ? styles.problem : styles.soft}>{entry.problem}</p>
}

/** What was there, what was meant, and what is there now. */
function BothSides(props: { readonly conflict: NonNullable<OutboxEntry['conflict']>; readonly host: string }) {
  const { conflict, host } = props
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before</th>
          <th scope="col">Yours</th>
          <th scope="col">In {host} now</th>
        </tr>
      </thead>
      <tbody>
        {conflict.map(({ field, before, mine, theirs }, index) => (
          <tr key={`${field} ${index}`} className={styles.side}>
            <td>{field}</td>
            <td>{before}</td>
            <td>{mine}</td>
            <td>{theirs}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** `onChoose` comes before the buttons go, so that the focus does not go with them. */
function ChangeActions({ entry, onChoose }: { readonly entry: OutboxEntry; readonly onChoose: () => void }) {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const connected = useConnectionStatus() === 'open'
  const { outbox } = queries.procedures
  // After a refusal the entry is not what is shown either: it was sent, or settled, meanwhile.
  const onSettled = () => void queryClient.invalidateQueries({ queryKey: outbox.key() })
  const retry = useMutation({ ...outbox.retry.mutationOptions(), onSettled })
  const discard = useMutation({ ...outbox.discard.mutationOptions(), onSettled })
  const resolve = useMutation({ ...outbox.resolve.mutationOptions(), onSettled })
  const locked = !connected || retry.isPending || discard.isPending || resolve.isPending
  const one = { id: entry.id }
  const choices: Partial<Record<OutboxEntry['state'], readonly (readonly [string, () => void])[]>> = {
    queued: [['Take back', () => discard.mutate(one)]],
    failed: [
      ['Try again', () => retry.mutate(one)],
      ['Give up', () => discard.mutate(one)],
    ],
    conflict: [
      ['Keep mine', () => resolve.mutate({ ...one, choice: 'mine' })],
      ['Keep theirs', () => resolve.mutate({ ...one, choice: 'theirs' })],
    ],
  }
  const offered = choices[entry.state] ?? []
  const error = retry.error ?? discard.error ?? resolve.error
  return (
    <>
      <Problem error={error} />
      {offered.length > 0 && (
        <div className={styles.actions}>
          {offered.map(([word, run]) => (
            <Button
              key={word}
              disabled={locked}
              onClick={() => {
                onChoose()
                run()
              }}
            >
              {word}
            </Button>
          ))}
        </div>
      )}
    </>
  )
}
