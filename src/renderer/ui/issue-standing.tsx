import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { useConnectionStatus, useNow, useTimeZone } from '../api/window-context.tsx'
import { Button } from './button.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import type { ExchangedOne, IssueStanding as Standing, TakingIn } from './exchange.ts'
import { FetchDialog } from './fetch-dialog.tsx'
import { Caution } from './notice.tsx'
import { Pill } from './pill.tsx'
import { SendIssueDialog } from './send-issue-dialog.tsx'
import { ago, dayAndTime, fullTime } from './time-words.ts'
import { useOpenExternal } from './use-open-external.ts'
import { Lines } from './what-changes.tsx'
import styles from './exchange.module.css'

type Dialog = 'send' | 'another' | 'fetch' | 'close'
type Issue = NonNullable<Standing['issue']>

/** The GitLab issue something is in, and how the two stand to each other. Nothing where there is none. */
export function IssueStanding<Outcome extends TakingIn>(props: {
  readonly one: ExchangedOne<Outcome>
  readonly standing: Standing | undefined
  /** A dialog read the issue: how it stands may be known better now. */
  readonly onLooked: () => void
  /** Over it, where it stands among other sections. */
  readonly heading?: string
}) {
  const { one, standing, onLooked, heading } = props
  const [open, setOpen] = useState<Dialog | undefined>(undefined)
  const close = () => {
    setOpen(undefined)
    onLooked()
  }
  if (!standing || (!standing.issue && !standing.order)) return null
  const { issue, order } = standing
  return (
    <section aria-label="GitLab issue" className={styles.standing}>
      {heading !== undefined && <h2>{heading}</h2>}
      <div className={styles.buttons}>
        {issue && <WhichIssue issue={issue} />}
        {standing.toSend && !order && <span className={styles.soft}>What changed here is not in the issue yet.</span>}
        {issue && <Actions standing={standing} issue={issue} onOpen={setOpen} />}
      </div>
      <Order order={order} noun={one.noun} />
      {issue?.problem != null && <Caution>{issue.problem}</Caution>}
      <Waiting waiting={standing.waiting} noun={one.noun} />
      <TakenIn takenIn={standing.takenIn} noun={one.noun} />
      {(open === 'send' || open === 'another') && (
        <SendIssueDialog one={one} another={open === 'another'} onClose={close} />
      )}
      {issue && open === 'fetch' && <FetchDialog one={one} reference={issue.reference} onClose={close} />}
      {issue && open === 'close' && <CloseIssueDialog issue={issue} onClose={close} />}
    </section>
  )
}

/** Closes the issue; what is in it stays as it is here. */
export function CloseIssueDialog({ issue, onClose }: { readonly issue: Issue; readonly onClose: () => void }) {
  const { projectId, iid, reference } = issue
  return (
    <ChangeDialog
      title={`Close ${reference}`}
      intent={{ kind: 'issue-state', projectId, iid, state: 'closed' }}
      onClose={onClose}
    />
  )
}

function WhichIssue({ issue }: { readonly issue: Issue }) {
  const openExternal = useOpenExternal()
  const now = useNow()
  const timeZone = useTimeZone()
  return (
    <>
      <Button look="quiet" icon="external" onClick={() => openExternal(issue.url)}>
        {issue.reference}
      </Button>
      {issue.state === 'opened' ? <Pill tone="success">Open</Pill> : <Pill>Closed</Pill>}
      <span className={styles.soft} title={fullTime(issue.readAt, timeZone)}>
        Read {ago(issue.readAt, now)}
      </span>
    </>
  )
}

function Order({ order, noun }: Pick<Standing, 'order'> & { readonly noun: string }) {
  if (!order) return null
  const changes = <Link to="/changes">Changes</Link>
  if (order.state !== 'failed' && order.state !== 'conflict') {
    return (
      <p className={styles.soft}>
        The {noun} is being sent: see {changes}.
      </p>
    )
  }
  return (
    <Caution>
      <p>
        The {noun} was not sent. {order.problem ?? 'The issue changed meanwhile.'} Give it up or try again under{' '}
        {changes}.
      </p>
    </Caution>
  )
}

function Waiting({ waiting, noun }: Pick<Standing, 'waiting'> & { readonly noun: string }) {
  if (!waiting) return null
  return (
    <Caution icon="info">
      <strong>The issue says something that is not taken in here yet.</strong>
      <Lines {...waiting} noun={noun} />
    </Caution>
  )
}

function TakenIn({ takenIn, noun }: Pick<Standing, 'takenIn'> & { readonly noun: string }) {
  const timeZone = useTimeZone()
  if (!takenIn) return null
  const lead = `Taken in from GitLab, ${dayAndTime(takenIn.at, timeZone)}`
  const [only, ...more] = takenIn.changes
  if (more.length === 0) {
    return (
      <p className={styles.soft}>
        {lead}: {only}
      </p>
    )
  }
  return (
    <details className={styles.soft}>
      <summary>{lead}</summary>
      <Lines changes={takenIn.changes} conflicts={[]} noun={noun} />
    </details>
  )
}

function Actions(props: {
  readonly standing: Standing
  readonly issue: Issue
  readonly onOpen: (dialog: Dialog) => void
}) {
  const { standing, issue, onOpen } = props
  const disabled = useConnectionStatus() !== 'open'
  return (
    <>
      {standing.toSend && !standing.order && (
        <Button look="primary" icon="send" disabled={disabled} onClick={() => onOpen('send')}>
          Send to GitLab…
        </Button>
      )}
      <Button icon="sync" disabled={disabled} onClick={() => onOpen('fetch')}>
        {standing.waiting ? 'Look and take in…' : 'Fetch now…'}
      </Button>
      {issue.state === 'opened' && (
        <Button look="quiet" disabled={disabled} onClick={() => onOpen('close')}>
          Close the issue…
        </Button>
      )}
      {issue.problem !== null && !standing.order && (
        <Button disabled={disabled} onClick={() => onOpen('another')}>
          Open another issue…
        </Button>
      )}
    </>
  )
}
