import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ServiceClient } from '../../api/connection.ts'
import { useConnectionStatus, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { ChangeDialog } from '../../ui/change-dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Pill } from '../../ui/pill.tsx'
import { dayAndTime } from '../../ui/time-words.ts'
import { useOpenExternal } from '../../ui/use-open-external.ts'
import { FetchDialog } from './fetch-dialog.tsx'
import { SendIssueDialog } from './send-issue-dialog.tsx'
import { Ago } from './ticket-facts.tsx'
import { Lines } from './what-changes.tsx'
import styles from './handoff.module.css'

type Standing = Awaited<ReturnType<ServiceClient['handoffs']['issue']>>
type Dialog = 'send' | 'another' | 'fetch' | 'close'

/** The GitLab issue a handoff is in, and how the two stand to each other. Nothing where there is none. */
export function HandoffIssue({ handoffId }: { readonly handoffId: string }) {
  const { queries } = useWindow()
  const { data, refetch } = useQuery(queries.handoffIssue(handoffId))
  const [open, setOpen] = useState<Dialog | undefined>(undefined)
  const close = () => {
    setOpen(undefined)
    // The dialogs read the issue: how it stands may be known better now.
    void refetch()
  }
  if (!data || (!data.issue && !data.order)) return null
  const { issue, order, waiting, takenIn, toSend } = data
  return (
    <section aria-label="GitLab issue" className={styles.section}>
      <div className={styles.buttons}>
        {issue && <WhichIssue issue={issue} />}
        {toSend && !order && <span className={styles.soft}>Changes here are not sent.</span>}
        {issue && <Actions standing={data} issue={issue} onOpen={setOpen} />}
      </div>
      <Order order={order} />
      {issue?.problem != null && (
        <p className={styles.caution}>
          <Icon name="alert" size={14} />
          <span>{issue.problem}</span>
        </p>
      )}
      {waiting && (
        <div className={styles.caution}>
          <Icon name="info" size={14} />
          <div>
            <strong>The issue says something that is not taken in here yet.</strong>
            <Lines changes={waiting.changes} conflicts={waiting.conflicts} />
          </div>
        </div>
      )}
      <TakenIn takenIn={takenIn} />
      {open === 'send' && <SendIssueDialog handoffId={handoffId} onClose={close} />}
      {open === 'another' && <SendIssueDialog handoffId={handoffId} another onClose={close} />}
      {issue && open === 'fetch' && <FetchDialog handoffId={handoffId} reference={issue.reference} onClose={close} />}
      {issue && open === 'close' && (
        <ChangeDialog
          title={`Close ${issue.reference}`}
          intent={{ kind: 'issue-state', projectId: issue.projectId, iid: issue.iid, state: 'closed' }}
          onClose={close}
        />
      )}
    </section>
  )
}

function WhichIssue({ issue }: { readonly issue: NonNullable<Standing['issue']> }) {
  const openExternal = useOpenExternal()
  return (
    <>
      <Button look="quiet" icon="external" onClick={() => openExternal(issue.url)}>
        {issue.reference}
      </Button>
      {issue.state === 'opened' ? <Pill tone="success">Open</Pill> : <Pill>Closed</Pill>}
      <span className={styles.soft}>
        Read <Ago at={issue.readAt} />
      </span>
    </>
  )
}

function Order({ order }: Pick<Standing, 'order'>) {
  if (!order) return null
  const needsMe = order.state === 'failed' || order.state === 'conflict'
  return (
    <p className={needsMe ? styles.caution : styles.soft}>
      {needsMe && <Icon name="alert" size={14} />}
      <span>
        {needsMe
          ? `The handoff was not sent. ${order.problem ?? 'The issue changed meanwhile.'} Give it up or try again under `
          : 'The handoff is being sent: see '}
        <Link to="/changes">Changes</Link>.
      </span>
    </p>
  )
}

function TakenIn({ takenIn }: Pick<Standing, 'takenIn'>) {
  const timeZone = useTimeZone()
  if (!takenIn) return null
  return (
    <details className={styles.soft}>
      <summary>Taken in from GitLab, {dayAndTime(takenIn.at, timeZone)}</summary>
      <Lines changes={takenIn.changes} conflicts={[]} />
    </details>
  )
}

function Actions(props: {
  readonly standing: Standing
  readonly issue: NonNullable<Standing['issue']>
  readonly onOpen: (dialog: Dialog) => void
}) {
  const { standing, issue, onOpen } = props
  const disabled = useConnectionStatus() !== 'open'
  return (
    <>
      {standing.toSend && !standing.order && (
        <Button icon="send" disabled={disabled} onClick={() => onOpen('send')}>
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
